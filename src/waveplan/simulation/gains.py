"""What measures win, and which of them are proposed: for each gain the cheapest, and none that wins nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.simulated import CounterMeasure
from waveplan.simulation.batches import BatchResult
from waveplan.simulation.comparing import RiskComparison
from waveplan.simulation.dates import WatchedDate
from waveplan.simulation.staging import Staging

_LUCK = 2.576  # standard errors that luck explains, one time in a hundred
_LEAST = 0.001  # of all runs: a smaller gain is not shown
_WORTH = 0.0045  # half a point of chance, or a day: what a dearer measure has to win beyond a cheaper one


@dataclass(frozen=True)
class PlayedMeasure:
    """A measure, its cost in person-days, and what the runs of the comparison come to with it."""

    kind: str
    subject: str
    person_days: float
    results: Sequence[BatchResult]
    staging: Staging
    dates: Sequence[WatchedDate]
    waves: tuple[str, ...] = ()


def judged(comparison: RiskComparison, played: Sequence[PlayedMeasure]) -> list[CounterMeasure]:
    """What each wins: those proposed first, from the cheapest on, then those that cost more than such a gain needs to.

    A measure is proposed when those that cost no more all win fewer days at the P80, or fewer runs in which one or all
    of the hard dates are kept: whoever reads down the list finds the cheapest that wins enough.
    """
    found = [_gain(comparison, each) for each in played if each.results]
    standing = float(np.mean(comparison.base_kept[""]))
    found.sort(key=lambda each: (each.kind, each.subject))
    found.sort(key=lambda each: (each.person_days, -each.in_time, -each.p80_days, -each.mean_days))
    best, ranked = dict[str, float](), list[CounterMeasure]()
    for each in found:
        if each.verdict != "nothing":
            wins = {"P80": float(each.p80_days), "": each.in_time - standing, **each.gains}
            better = [name for name, gain in wins.items() if gain > best.get(name, 0.0) + _WORTH]
            best = {name: max(gain, best.get(name, 0.0)) for name, gain in wins.items()}
            each = replace(each, verdict="proposed" if better else "dearer")
        ranked.append(each)
    order = ("proposed", "dearer", "nothing")
    return sorted(ranked, key=lambda each: order.index(each.verdict))  # stable: the cheapest first in each


def _gain(comparison: RiskComparison, played: PlayedMeasure) -> CounterMeasure:
    days, mean = comparison.won(played.results, played.dates)
    moved = (played.staging.facts.start - comparison.staging.facts.start).days  # days are told from another start
    kept = comparison.kept(played.results, played.staging, played.dates)
    before = {name: flags[: len(kept[""])] for name, flags in comparison.base_kept.items()}
    gains = {name: float(np.mean(flags) - np.mean(before[name])) for name, flags in kept.items() if name in before}
    wins = (days > moved and mean > moved) or any(_is_won(before[name], kept[name]) for name in gains)
    return CounterMeasure(
        played.kind,
        played.subject,
        played.person_days,
        days - moved,
        mean - moved,
        float(np.mean(kept[""])),
        {name: gain for name, gain in gains.items() if name},
        "dearer" if wins else "nothing",
        played.waves,
    )


def _is_won(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> bool:
    """Whether more runs keep a date than luck explains: of those that differ, as many might have gone either way."""
    won, lost = int(np.sum(after & ~before)), int(np.sum(before & ~after))
    return won - lost > max(_LUCK * sqrt(won + lost), _LEAST * len(before))
