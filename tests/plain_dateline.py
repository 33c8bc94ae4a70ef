"""`dateline`, with the model of tests/plain_model.py in place of the bundled network: a script, for tests that start processes.

An article that holds the word FAILS makes the reader fail; one that holds DIES ends the process that reads it; one that holds HANGS is
never read to its end, one that holds SPINS neither, within a library's call. PLAIN_SLOWLY says how many seconds an article takes;
with PLAIN_JUDGE set, pairs are judged by their words too, and not by the bundled network.
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def _put_in_place() -> None:
    import dateline.reader
    import dateline.reader.model
    from tests.plain_model import PlainJudge, PlainModel

    class TouchyModel(PlainModel):
        def analyse(self, text: str, sentences: Any) -> Any:
            time.sleep(float(os.environ.get("PLAIN_SLOWLY", "0")))
            if "FAILS" in text:
                raise IndexError("string index out of range")
            if "DIES" in text:
                os._exit(9)
            while "HANGS" in text:
                pass
            if "SPINS" in text:
                deque(itertools.repeat(0), maxlen=0)
            return super().analyse(text, sentences)

    def load(threads: int | None = None) -> Any:
        del threads
        return TouchyModel()

    dateline.reader.model.load = load  # type: ignore[assignment]
    dateline.reader.load = load  # type: ignore[attr-defined]
    if os.environ.get("PLAIN_JUDGE"):
        import dateline.reader.model.pairs
        import dateline.working_out

        for module in (dateline.reader.model.pairs, dateline.working_out):
            module.PairReader = lambda threads=None: PlainJudge()  # type: ignore[assignment,misc]


if __name__ == "__main__":
    from dateline import __main__ as command

    run = command.run

    def run_with_model() -> None:
        _put_in_place()
        run()

    command.run = run_with_model
    command.main()
else:
    # a worker process, which imports this script under another name
    _put_in_place()
