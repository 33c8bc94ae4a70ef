"""Article -> Reading: a pure function of one article. It keeps no state but the model it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.numpy_threads import one_thread
from dateline.reader.model import Model, load
from dateline.records import Article, Reading, Span, TimeExpression, Vector
from dateline.vectors import rounded

if TYPE_CHECKING:
    from dateline.reader.parsed import Document
    from dateline.reader.span_index import SpanIndex

__all__ = ["Reader"]


class Reader:
    """Reads articles. The bundled model is loaded at the first article, unless another is given. With `explain`, each time
    says the rule that found it and what its value was counted from.

    Raises ModelError at the first `read` where the bundled model is missing.
    """

    def __init__(self, model: Model | None = None, *, explain: bool = False) -> None:
        self._model = model
        self._explain = explain

    @property
    def model(self) -> Model:
        """The language model in use."""
        if self._model is None:
            self._model = load()
        return self._model

    @one_thread()
    def document(self, article: Article) -> Document:
        """The article cut into sentences, with what the model says of them; page furniture is left out."""
        # the parts are imported where an article is read: whoever looks at a notebook has a reader too, and would wait for them
        from dateline.reader import segmentation
        from dateline.reader.parsed import Document

        sentences = segmentation.split(article.text)
        return Document.of(article, sentences, self.model.analyse(article.text, sentences))

    @one_thread()
    def read(self, article: Article) -> Reading:
        """All that is found in `article`. The same article always gives the same reading."""
        from dateline.reader import calendar, events, expectations, mentions, statements
        from dateline.reader.span_index import SpanIndex

        document = self.document(article)
        found_names = mentions.find(document)
        names = SpanIndex([m.span for m in found_names], lambda span: span)
        found_times = tuple(
            t
            for t in calendar.find(article.text, article.published, document=document, explain=self._explain)
            if document.sentence_at(t.span.start) is not None and not _is_named(t, names)
        )
        found_events = events.find(document, found_times, found_names)
        found_statements = statements.find(document, found_names)
        found_expectations = expectations.find(
            document, found_times, found_names, found_events, found_statements
        )
        return Reading(
            article=article,
            sentences=tuple(s.span for s in document.sentences),
            times=found_times,
            mentions=found_names,
            events=found_events,
            statements=found_statements,
            expectations=found_expectations,
            vectors=_vectors(document),
        )


def _is_named(time: TimeExpression, names: SpanIndex[Span]) -> bool:
    """True for a day or a month without a number that is a part of a longer name ("Sunday Marlowe", "Friday Harbour FC")."""
    if not time.text.isalpha():
        return False
    around = names.overlapping(time.span.start, time.span.end)
    return any(name.contains(time.span) and name != time.span for name in around)


def _vectors(document: Document) -> Vector | None:
    """Sentence vectors at the precision that a notebook keeps, so that a reading is the same fresh or stored."""
    rows = [s.vector for s in document.analysis.sentences]
    if not rows or not rows[0].size:
        return None
    return rounded(np.stack(rows))
