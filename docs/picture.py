"""Draws docs/demo.svg, the picture of the terminal in the README: `python docs/picture.py`."""

import re
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console

import dateline
from dateline import demo
from dateline.cli.output import NotebookView
from dateline.views import terminal

out = Console(record=True, width=112, file=StringIO(), force_terminal=True, highlight=False)
with (
    tempfile.TemporaryDirectory() as place,
    demo.articles() as folder,
    dateline.open(Path(place) / "demo.db") as notebook,
):
    notebook.add(folder)
    story, cite = notebook.story("ferry"), NotebookView(notebook).cite
    terminal.heading(out, f"{story.title}: expectations", notebook.last_day())
    terminal.expectations(out, story.expectations()[:6], cite=cite)
    if disputed := notebook.disagreements()[:1]:
        terminal.heading(out, "Disagreements", notebook.last_day())
        terminal.disagreements(out, disputed, cite=cite)
svg = out.export_svg(title="dateline demo")
# the page that shows the picture need not fetch a font
svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
Path(__file__).with_name("demo.svg").write_text(svg, encoding="utf-8")
