"""The error tree.

DatelineError                 anything dateline says no to; the message names the input, the fault and the way out
├── SourceError               an input could not be read as articles
│   ├── UndatedArticle        no publication date was found
│   ├── BadDate               a date was found, and there is no such day
│   └── UnreadArticle         the reader failed on an article, or did not come to its end in time
├── NotebookError             the notebook file cannot be opened or written
│   ├── DamagedNotebook       the file holds what dateline never writes
│   └── NotebookInUse         another process has been writing to it for longer than one wanted to wait
├── UnknownStory              no story has that id or those words
├── UnknownArticle            no article has that handle, id or source
├── SearchError               a search is longer, or asks for more, than is answered
├── ExportError               an export cannot be made as asked
└── ModelError                the bundled model is missing or does not fit this version
"""

from __future__ import annotations

from typing import Self


class DatelineError(Exception):
    """Base of every error that dateline raises on purpose."""


class SourceError(DatelineError):
    """An input could not be read as articles. `given` is the path or address, as given, where none of it could be."""

    given: str | None = None

    def of(self, given: str) -> Self:
        """The same error, said of the whole of what was given."""
        self.given = given
        return self


class UndatedArticle(SourceError):
    """No publication date was found in an article."""


class BadDate(SourceError):
    """A date was found that does not exist."""


class UnreadArticle(SourceError):
    """The reader failed on an article, or did not come to its end in time; a notebook keeps it without what it tells."""


class NotebookError(DatelineError):
    """The notebook file cannot be opened or written."""


class DamagedNotebook(NotebookError):
    """The notebook file holds what dateline never writes."""


class NotebookInUse(NotebookError):
    """Another process is writing to the notebook."""


class UnknownStory(DatelineError):
    """No story answers to that id or title."""


class UnknownArticle(DatelineError):
    """No article answers to that id or source."""


class SearchError(DatelineError):
    """A search is longer, or asks for more, than is answered."""


class ExportError(DatelineError):
    """An export cannot be made as asked."""


class ModelError(DatelineError):
    """The bundled model is missing or does not fit this version of dateline."""


class Stopped(BaseException):
    """An order to stop that the command was given (Ctrl-C, SIGTERM), no error: like KeyboardInterrupt it passes `except Exception`.

    `status` is the exit status that tells it.
    """

    def __init__(self, status: int = 130) -> None:
        super().__init__(status)
        self.status = status
