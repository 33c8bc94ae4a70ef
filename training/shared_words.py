"""The table of word pieces, which the reader and both pair networks share: `python -m training.shared_words [FOLDER]` takes it out of their files.

All are trained from one encoder whose word pieces stay as published, so that the largest array of each (12 MB) is the others' as well. It is kept
once, beside them (`words.bin`), as external data of the ONNX format; the runtime maps it into memory, once for all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
from pathlib import Path

import onnx
from onnx import TensorProto
from onnx.external_data_helper import load_external_data_for_model

from dateline.reader.model.network import WEIGHTS

WORDS = "words.bin"
MODELS = ("model.onnx", "segments.onnx", "contradictions.onnx")
_TABLE = "encoder.words.weight_quantized"


def share(folder: Path) -> None:
    """Keep the table of the models of `folder` once, each file whole or as it was; a folder that is so already stays the same.

    Raises ValueError where their tables are not the same.
    """
    models = {name: onnx.load(str(folder / name), load_external_data=False) for name in MODELS}
    contents = set()
    for model in models.values():
        load_external_data_for_model(model, str(folder))
        contents.add(_table(model).raw_data)
    if len(contents) != 1:
        raise ValueError(f"{folder}: the word pieces of {' and '.join(MODELS)} are not the same")
    words = contents.pop()
    with tempfile.TemporaryDirectory(dir=folder) as work:
        written = {WORDS: words}
        for name, model in models.items():
            _point_to(_table(model), words)
            written[name] = model.SerializeToString()
        for name, content in written.items():
            (Path(work) / name).write_bytes(content)
            os.chmod(Path(work) / name, 0o644)
            os.replace(Path(work) / name, folder / name)


def _table(model: onnx.ModelProto) -> TensorProto:
    return next(array for array in model.graph.initializer if array.name.endswith(_TABLE))


def _point_to(table: TensorProto, words: bytes) -> None:
    """Have `table` say where its content stands; its digest is told too, so that a model's file is another where its words are."""
    table.ClearField("raw_data")
    table.data_location = TensorProto.EXTERNAL
    del table.external_data[:]
    for key, value in (
        ("location", WORDS),
        ("length", str(len(words))),
        ("checksum", hashlib.sha1(words).hexdigest()),
    ):
        table.external_data.add(key=key, value=value)


def main() -> None:
    """Share the table of a folder's models."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=WEIGHTS)
    share(parser.parse_args().folder)


if __name__ == "__main__":
    main()
