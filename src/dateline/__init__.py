"""dateline reads dated news and keeps the story straight.

>>> from datetime import date
>>> import dateline
>>> reading = dateline.read("The council will vote on Friday.", published=date(2024, 3, 4))
>>> [(t.text, t.value) for t in reading.times]
[('Friday', '2024-03-08')]
"""

from importlib.metadata import version

from dateline import errors, records, times
from dateline.notebook import AddReport, Notebook, Story, read
from dateline.notebook import open_notebook as open  # noqa: A004 - dateline.open reads as the built-in does
from dateline.reader import Reader
from dateline.views.exports import export

__version__ = version("dateline")

__all__ = [
    "AddReport",
    "Notebook",
    "Reader",
    "Story",
    "__version__",
    "errors",
    "export",
    "open",
    "read",
    "records",
    "times",
]
