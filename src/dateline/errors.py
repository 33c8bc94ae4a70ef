"""The error tree.

DatelineError                 anything dateline says no to; the message names the input, the fault and the way out
├── SourceError               an input could not be read as articles
│   ├── UndatedArticle        no publication date was found
│   └── BadDate               a date was found, and there is no such day
├── NotebookError             the notebook file cannot be opened or written
├── UnknownStory              no story has that id or title
├── UnknownArticle            no article has that id or source
├── ExportError               an export cannot be made as asked
└── ModelError                the bundled model is missing or does not fit this version
"""


class DatelineError(Exception):
    """Base of every error that dateline raises on purpose."""


class SourceError(DatelineError):
    """An input could not be read as articles."""


class UndatedArticle(SourceError):
    """No publication date was found in an article."""


class BadDate(SourceError):
    """A date was found that does not exist."""


class NotebookError(DatelineError):
    """The notebook file cannot be opened or written."""


class UnknownStory(DatelineError):
    """No story answers to that id or title."""


class UnknownArticle(DatelineError):
    """No article answers to that id or source."""


class ExportError(DatelineError):
    """An export cannot be made as asked."""


class ModelError(DatelineError):
    """The bundled model is missing or does not fit this version of dateline."""
