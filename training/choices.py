"""Fit what the reader chooses by: `python -m training.choices --data ../shared/data`.

The weights of the signs of `reader.due_times` and `reader.holders`, by the probability that they give to the labelled days and holder,
on the training stories. Prints them for choices.toml, and how often the likeliest is the labelled one: on training stories held
out in five parts, and on the validation stories.
"""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from dateline.bench.expectations import same_name
from dateline.reader import Reader, calendar, due_times, event_days, events, holders, mentions, statements
from dateline.reader.antecedents import KIND_OF, PRONOUNS, SIGNS, Antecedents, Phrase, is_reference
from dateline.reader.choices import Candidate, first_of_likeliest
from dateline.reader.parsed import Document
from dateline.reader.speakers import Speakers
from dateline.records import Statement, TimeExpression
from training.corpora.coreference import Described, documents
from training.news_labels import OWN, Story, own_stories, shared_stories
from training.pairs import rows

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
PARTS, DECAY = 5, 2.0
KINDS = {
    "due": due_times.SIGNS,
    "holder": holders.SIGNS,
    "day": event_days.SIGNS,
    **dict.fromkeys(("he", "it", "they"), SIGNS),
}


@dataclass(frozen=True)
class Example:
    """A choice for a labelled expectation: its candidates' signs, (candidates, signs), what each stands for, and which are right."""

    kind: str
    story: str
    signs: Floats
    values: tuple[Hashable, ...]
    right: Bools


def examples(story: Story, reader: Reader) -> Iterator[Example]:
    """The choices for the labelled expectations of a story whose word the model announces, however unlikely."""
    labelled = list(zip(rows(story), story.rows["expectations"], strict=True))
    for number, report in enumerate(story.reports):
        wanted = {row.trigger: (row.due, told["holder"]) for row, told in labelled if row.report == number}
        article = report.article
        document = reader.document(article)
        times = calendar.find(article.text, article.published, document=document)
        names = mentions.find(document)
        said = statements.find(document, names)
        whose = holders.Holders.of(document, said, Speakers(document, names))
        for index, sentence in enumerate(document.clauses):
            for announced in sentence.analysis.announcements:
                token = sentence.tokens[announced.token]
                if (token.start, token.end) not in wanted:
                    continue
                due, holder = wanted[token.start, token.end]
                when = due_times.candidates(document, times, index, announced)
                days = tuple(due_times.first_and_last(c.value) for c in when)
                right = np.array([d == due_times.first_and_last(due) for d in days])
                yield Example("due", story.id, np.array([c.signs for c in when]), days, right)
                who = whose.candidates(index, announced)
                right = np.array([same_name(c.value, holder) for c in who])
                signs = np.array([c.signs for c in who])
                yield Example("holder", story.id, signs, tuple(c.value for c in who), right)


def dated_events(story: Story, reader: Reader) -> Iterator[Example]:
    """The choices for the labelled events of single reports; what is labelled generic has no days."""
    for number, report in enumerate(story.reports):
        labelled = {tuple(e["trigger"]): e for e in story.rows["events"] if e["report"] == number}
        article = report.article
        document = reader.document(article)
        times = calendar.find(article.text, article.published, document=document)
        happenings = events.happenings(document)
        known = event_days.EventDays(document, times, happenings)
        for happening in happenings:
            token = document.token(happening.place)
            told = labelled.get((token.start, token.end))
            if told is None or "generic" in (told["realis"], happening.realis):
                continue
            found = known.candidates(happening)
            days = tuple(due_times.first_and_last(c.value) for c in found)
            right = _labelled_days(told, known, times, happening, article.published)
            signs = np.array([c.signs for c in found])
            yield Example("day", story.id, signs, days, np.array([d in right for d in days]))


def _labelled_days(
    told: dict[str, Any],
    known: event_days.EventDays,
    times: Sequence[TimeExpression],
    happening: event_days.Happening,
    published: date,
) -> set[tuple[date, date] | None]:
    """What a label allows; nothing where it names words that are no time to the calendar."""
    if told["time"] == "untold":
        return {None}
    if told["time"] == "published":
        return {(published, published)}
    start, end = told["time_span"]
    named = [t for t in times if t.span.start < end and start < t.span.end]
    return {due_times.first_and_last(known.days_of(t, happening.realis)) for t in named}


def references(told: Described, reader: Reader) -> Iterator[Example]:
    """The choices for the pronouns of a document with coreference; each goes on from what is right for those before it."""
    document = reader.document(told.article)
    names = mentions.find(document)
    known = Speakers(document, names).antecedents
    said = statements.find(document, names)
    things = {phrase.head.start: phrase.entity for phrase in told.phrases}
    for number, clause in enumerate(document.clauses):
        for phrase in known.phrases(number):
            if phrase.pronoun is None or not is_reference(clause, phrase.place.token):
                continue
            found = known.candidates(phrase.place, _focus(document, said, phrase))
            thing = things.get(phrase.start, "")
            right = [c.value is not None and things.get(c.value.start) == thing for c in found]
            chosen = _reference(phrase, told.article.id, known, found, right)
            goes_back_to = found[int(chosen.right.argmax())].value
            known.settle(phrase.place, known.referent(goes_back_to) if goes_back_to is not None else None)
            yield chosen


def holding_pronouns(story: Story, reader: Reader) -> Iterator[Example]:
    """The choices for the pronouns that hold labelled expectations: right is whoever is named as the labelled holder."""
    labelled = list(zip(rows(story), story.rows["expectations"], strict=True))
    for number, report in enumerate(story.reports):
        wanted = [
            (row, told["holder"], told["holder_words"].lower())
            for row, told in labelled
            if row.report == number and (told.get("holder_words") or "").lower() in PRONOUNS
        ]
        if not wanted:
            continue
        document = reader.document(report.article)
        names = mentions.find(document)
        known = Speakers(document, names).antecedents
        said = statements.find(document, names)
        for row, holder, word in wanted:
            place = document.place_at(row.trigger[0])
            near = known.phrases(place.sentence) if place is not None else []
            pronouns = [p for p in near if document.token(p.place).text.lower() == word]
            if not pronouns:
                continue
            phrase = min(pronouns, key=lambda p: abs(p.start - row.trigger[0]))
            known.of(phrase.place.sentence, phrase.place.token)  # settles the pronouns before it
            found = known.candidates(phrase.place, _focus(document, said, phrase))
            whom = [known.referent(c.value) if c.value is not None else None for c in found]
            right = [isinstance(name, str) and same_name(name, holder) for name in whom]
            yield _reference(phrase, story.id, known, found, right)


def _reference(
    phrase: Phrase,
    home: str,
    known: Antecedents,
    found: Sequence[Candidate[Phrase | None]],
    right: Sequence[bool],
) -> Example:
    """The choice for a pronoun; nothing is right where no candidate is."""
    values = tuple(c.value and known.referent(c.value) for c in found)
    chosen = np.array([not any(right), *right[1:]])
    return Example(KIND_OF[phrase.pronoun or ""], home, np.array([c.signs for c in found]), values, chosen)


def _focus(document: Document, said: Sequence[Statement], phrase: Phrase) -> str | None:
    """The speaker of the statement before the one that a pronoun is the source of."""
    own = (
        n
        for n, s in enumerate(said)
        if s.source is not None and s.source.start <= phrase.start < s.source.end
    )
    return statements.focus(document, said[: next(own, 0)], phrase.place.sentence)


def fit(given: Sequence[Example], names: Sequence[str]) -> Floats:
    """(signs,) the weights that make what is right likeliest; examples without a right candidate teach nothing."""
    known = [example for example in given if example.right.any()]
    signs = np.vstack([example.signs for example in known])
    right = np.concatenate([example.right for example in known])
    sizes = [len(example.right) for example in known]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of = np.repeat(np.arange(len(known)), sizes)
    # the arcs are probabilities, which count for themselves before anything is learned
    prior = np.array([float(name in ("arc", "none")) for name in names])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = signs @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        whole, told = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        gradient = signs.T @ (odds / whole[of] - odds * right / told[of]) + DECAY * (weights - prior)
        penalty = DECAY * float(((weights - prior) ** 2).sum()) / 2
        return float((np.log(whole) - np.log(told)).sum()) + penalty, gradient

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def is_right(example: Example, weights: Floats) -> bool:
    """True where what is likeliest in all is right."""
    odds = np.exp(example.signs @ weights).tolist()
    return bool(example.right[first_of_likeliest(example.values, odds)])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    reader = Reader()
    train: list[Example] = []
    held: list[Example] = []
    for story in (*shared_stories(data), *own_stories(data)):
        told = held if story.is_validation else train
        told.extend(examples(story, reader))
        told.extend(holding_pronouns(story, reader))
    for story in own_stories(data, OWN / "reports", "r*.json"):
        (held if story.is_validation else train).extend(dated_events(story, reader))
    for split, given in (("train", train), ("dev", held)):
        for described in documents(data / f"ud/gum.{split}.conllu.gz"):
            given.extend(references(described, reader))
    for kind, names in KINDS.items():
        own = [example for example in train if example.kind == kind]
        stories = sorted({example.story for example in own})
        right: list[bool] = []
        for part in range(PARTS):
            out = set(stories[part::PARTS])
            weights = fit([example for example in own if example.story not in out], names)
            right += [is_right(example, weights) for example in own if example.story in out]
        weights = fit(own, names)
        print(kind)
        for name, weight in zip(names, weights, strict=True):
            print(f"  {name:14} {weight:6.2f}")
        validation = [is_right(example, weights) for example in held if example.kind == kind]
        print(f"  training stories and documents held out: {np.mean(right):.3f} of {len(right)}")
        print(f"  validation stories, GUM dev: {np.mean(validation):.3f} of {len(validation)}")


if __name__ == "__main__":
    main()
