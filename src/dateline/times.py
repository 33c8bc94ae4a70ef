"""Time expressions alone: a TIMEX3 tagger for pipelines that need nothing else of dateline.

>>> from datetime import date
>>> from dateline import times
>>> [time.value for time in times.find("It was signed on Friday.", published=date(2022, 10, 3))]
['2022-09-30']
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dateline.errors import SourceError
from dateline.reader import Reader, calendar
from dateline.reader.calendar import timeml
from dateline.records import Article, Reading, TimeExpression


def find(text: str, published: date, *, explain: bool = False) -> list[TimeExpression]:
    """TIMEX3 expressions of `text`, in order, resolved against `published` (the DCT), by rules alone.

    Spans are character offsets into `text`. With `explain`, each says the rule that found it and what its value was
    counted from.
    """
    return calendar.find(text, published, explain=explain)


def tag_timeml(source: Path, out: Path) -> tuple[list[Path], list[SourceError]]:
    """Tag a `.tml` file, or every one under a folder, into the folder `out`; annotations that were there are replaced.

    Returns the files written and, for each that could not be read, what was wrong with it.
    """
    if source.is_dir():
        return timeml.tag_folder(source, out, find)
    if not source.exists():
        return [], [SourceError(f"{source}: there is no such file")]
    target = out / source.name
    try:
        timeml.tag_file(source, target, find)
    except SourceError as error:
        return [], [error]
    return [target], []


def write_timeml(article: Article, out: Path) -> Path:
    """Write `article` with its times as a TimeML file in the folder `out`, named for its source (and its id, where that
    name is taken). Returns the file. Raises OSError where it cannot be written."""
    out.mkdir(parents=True, exist_ok=True)
    name = Path(article.source).stem or "article"
    target = out / f"{name}.tml"
    if target.exists() and f"<DOCID>{article.id}</DOCID>" not in target.read_text(encoding="utf-8"):
        target = out / f"{name}-{article.id}.tml"
    document = timeml.of_article(article)
    target.write_text(timeml.render(document, find(article.text, article.published)), encoding="utf-8")
    return target


class TimesReader(Reader):
    """Reads the times of articles and nothing else, by rules alone: the bundled model is never loaded.

    With `explain`, each says the rule that found it and what its value was counted from.
    """

    def __init__(self, *, explain: bool = False) -> None:
        super().__init__(explain=explain)

    def read(self, article: Article) -> Reading:
        """The times of `article`; the reading's other parts are empty."""
        found = find(article.text, article.published, explain=self._explain)
        return Reading(article=article, sentences=(), times=tuple(found))
