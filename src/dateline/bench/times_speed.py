"""How fast times are found: megabytes a second on news, and seconds against length on texts made to be slow."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

Tag = Callable[[str, date], object]

MEGABYTES_TO_REACH = 1.0

ADVERSARIAL = {
    "digits": "7" * 64,
    "digits apart": "7 31 1999 ",
    "dashes": "-" * 64,
    "next": "next ",
    "month names": "May March August ",
    "weekdays": "Monday, ",
    "weekdays joined": "Monday, Tuesday and ",
    "numbers in words": "hundred and twenty thousand ",
    "day after": "the day after the ",
    "of the": "the end of the first quarter of ",
    "quotation marks": "'\"",
    "white space": "\n \t",
}
"""What is repeated to look for a blow-up."""


def megabytes_per_second(texts: Sequence[tuple[str, date]], tag: Tag) -> float:
    """UTF-8 megabytes tagged a second of processor time, on one core."""
    size = sum(len(text.encode()) for text, _ in texts)
    started = time.process_time()
    for text, published in texts:
        tag(text, published)
    return size / 1e6 / (time.process_time() - started)


def growth(sizes: Sequence[int], tag: Tag) -> dict[str, list[float]]:
    """Seconds to tag each adversarial text at each size in characters."""
    seconds: dict[str, list[float]] = {}
    for name, piece in ADVERSARIAL.items():
        row = seconds.setdefault(name, [])
        for size in sizes:
            text = (piece * (size // len(piece) + 1))[:size]
            started = time.process_time()
            tag(text, date(2024, 3, 1))
            row.append(time.process_time() - started)
    return seconds


def draw(sizes: Sequence[int], seconds: Mapping[str, Sequence[float]], out: Path) -> None:
    """Plot time against length into the PNG `out`. Raises ImportError where matplotlib (the extra `bench`) is missing."""
    from matplotlib.figure import Figure  # needed for this picture alone

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.add_subplot()
    for name, row in seconds.items():
        axes.plot(sizes, row, marker="o", label=name)
    axes.set(xlabel="characters", ylabel="seconds", title="Time to find times, by length of the text")
    axes.legend(title="repeated", fontsize="small")
    figure.savefig(out, dpi=150)


def main(
    texts: Sequence[tuple[str, date]],
    tag: Tag,
    plot: Path | None = None,
    sizes: Sequence[int] = (125_000, 250_000, 500_000, 1_000_000),
) -> None:
    """Print the speed on `texts`, best of three, and the growth on adversarial texts; draw it where `plot` is given."""
    best = max(megabytes_per_second(texts, tag) for _ in range(3))
    print(f"\n{best:.2f} MB a second on one core (to reach {MEGABYTES_TO_REACH:.1f})\n")
    seconds = growth(sizes, tag)
    print(f"{'repeated, in seconds by characters':<36}" + "".join(f"{size:>11,}" for size in sizes))
    for name, row in seconds.items():
        print(f"{name:<36}" + "".join(f"{second:>11.2f}" for second in row))
    if plot is not None:
        draw(sizes, seconds, plot)
