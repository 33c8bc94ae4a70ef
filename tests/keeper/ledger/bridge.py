"""A footbridge that is to open on a Friday, and what may become of that."""

from __future__ import annotations

from dateline.records import StoryArticle
from tests.keeper.stories_by_hand import Report, TableJudge, days

FRIDAY = days("2024-05-10")

JUDGE = TableJudge(
    {
        ("will * open", "when it was opened"): ("happened", 0.8),
        ("will * open", "called off"): "did not happen",
        ("will * open", "now expected"): "moved",
        ("will * open", "put off"): "moved",
        ("will * open", "is to be opened"): "again",
        ("now expected", "when it was opened"): ("happened", 0.8),
    }
)


def announced(published: str = "2024-05-06", name: str = "a") -> StoryArticle:
    """The announcement."""
    return (
        Report(name, published)
        .say("The Orrin footbridge will open on Friday, the council said.")
        .happened("open", "open", FRIDAY, "expected")
        .expects("open", "open", "The Orrin footbridge opens", FRIDAY, "the council", "certain")
        .file()
    )


def undated() -> StoryArticle:
    """The announcement without a day."""
    return (
        Report("u", "2024-05-06")
        .say("The Orrin footbridge will open, the council said.")
        .happened("open", "open", None, "expected")
        .expects("open", "open", "The Orrin footbridge opens", None, "the council", "certain")
        .file()
    )


def opened(
    published: str = "2024-05-11", on: str | None = "2024-05-10", name: str | None = None
) -> StoryArticle:
    """A report that it opened."""
    return (
        Report(name or f"opened-{published}", published)
        .say("Hundreds crossed the Orrin footbridge when it was opened.")
        .happened("opened", "open", days(on) if on else None)
        .file()
    )


def called_off(published: str = "2024-05-09") -> StoryArticle:
    """A report that it does not open."""
    return (
        Report("off", published)
        .say("The opening of the Orrin footbridge was called off after a survey.")
        .happened("called off", "call off", days("2024-05-09"))
        .file()
    )


def put_off() -> StoryArticle:
    """Another day."""
    return (
        Report("new-day", "2024-05-09")
        .say("The Orrin footbridge is now expected to open on 20 May.")
        .happened("open", "open", days("2024-05-20"), "expected")
        .expects("open", "open", "The Orrin footbridge opens", days("2024-05-20"))
        .file()
    )


def repeated() -> StoryArticle:
    """The same in other words."""
    return (
        Report("b", "2024-05-07")
        .say("The mayor told Radio Orrin that the Orrin footbridge is to be opened on Friday.")
        .happened("opened", "open", FRIDAY, "expected")
        .expects("opened", "open", "the Orrin footbridge is opened by the mayor", FRIDAY, "the mayor")
        .file()
    )


def elsewhere(published: str = "2024-05-11", name: str = "bakery") -> StoryArticle:
    """A report of something else."""
    return (
        Report(name, published)
        .say("A bakery opened in Skelby.")
        .happened("opened", "open", days(published))
        .file()
    )
