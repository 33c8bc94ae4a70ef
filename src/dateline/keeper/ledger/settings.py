"""The numbers of the ledger, fitted on labelled stories, and which ones is written beside them in settings.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.keeper.logistic import Weights
from dateline.language.tables import toml_table


@dataclass(frozen=True, slots=True)
class Settings:
    """`ranking` weighs the signs of `candidates.FEATURES`, `happened_by` those of `happening.SIGNS`, `same` those of `sameness.SIGNS`,
    whose claims are one from a mean probability of `same_least`, and of which the judge is asked where the surest that it is, `same_surest`, could make it
    `same_asked` likely. `least` and `pairs` bound what is read of a report, and so do `margin` and `surest`: where its
    answer's being so much surer (in log odds) than is expected, or so sure where nothing is, would not be enough, the judge is not asked; `happened` to
    `again` are probabilities from which a verdict is taken (`undated` is that of what happened where a claim gives no days), and `as_sure` is the share of the surest one's that the evidence must
    have; from `denied` on, the judge's probability that it did not happen, or was moved, keeps it from being taken for happened. Rows
    below `shown_expectations` are kept and not shown unless they are asked for."""

    ranking: Weights
    happened_by: Weights
    same: Weights
    same_least: float
    same_asked: float
    same_surest: float
    least: float
    pairs: int
    margin: float
    surest: float
    happened: float
    undated: float
    against: float
    moved: float
    again: float
    as_sure: float
    denied: float
    shown_expectations: float


@cache
def settings() -> Settings:
    """The table, read once."""
    table = toml_table("dateline.keeper.ledger", "settings.toml")
    ranking, shown = table["ranking"], table["shown"]
    return Settings(
        ranking=Weights.of(ranking),
        happened_by=Weights.of(table["happened"]),
        same=Weights.of(table["same"]),
        same_least=table["same"]["least"],
        same_asked=table["same"]["asked"],
        same_surest=table["same"]["surest"],
        least=ranking["least"],
        pairs=ranking["pairs"],
        margin=table["happened"]["margin"],
        surest=table["happened"]["surest"],
        **table["verdicts"]["from"],
        as_sure=table["verdicts"]["as_sure"],
        denied=table["verdicts"]["denied"],
        shown_expectations=shown["expectations"],
    )
