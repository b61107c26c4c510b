"""The goals' values of a plan, worked out from the waves alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from waveplan.checking.wording import number
from waveplan.domain.inventory import Application
from waveplan.domain.items import Item
from waveplan.domain.parts import CRITICALITY_POINTS
from waveplan.domain.plan import Metrics

if TYPE_CHECKING:
    from waveplan.checking.facts import Facts
    from waveplan.checking.people import TeamWorkload

PLACES = 4


class GoalValues:
    """Exact values of the goals: days for `finish`, weight × days for `coexistence`, ratios for the others."""

    def __init__(self, facts: Facts, workload: TeamWorkload) -> None:
        self.waves = len(facts.waves)
        self.finish = _finish(facts)
        self.coexistence = _coexistence(facts)
        self.peak_load = _peak_load(workload)
        self.criticality_risk = _criticality_risk(facts)

    def as_metrics(self) -> Metrics:
        """The values as a plan states them: the last three rounded."""
        return Metrics(
            waves=self.waves,
            finish=self.finish,
            coexistence=Decimal(number(self.coexistence, PLACES)),
            peak_load=Decimal(number(self.peak_load, PLACES)),
            criticality_risk=Decimal(number(self.criticality_risk, PLACES)),
        )


def _finish(facts: Facts) -> int:
    last = max((wave.hypercare_days.last for wave in facts.waves), default=facts.calendar.start)
    return max(0, (last - facts.calendar.start).days)


def _coexistence(facts: Facts) -> Decimal:
    """Soft dependencies: weight × days from the first to the last cutover of the items at their two ends.

    An application that moves in batches has all of these at its end, and costs its own weight while it is in parts.
    """
    total = Decimal(0)
    for item in facts.items.planned:
        own = _moved(facts, facts.items.batches_of(item))
        if not own or not facts.items.is_first_batch(item):
            continue
        if item.batch and isinstance(item.entry, Application):
            total += item.entry.batch_weight * _days(own)
        for dependency in item.entry.depends_on:
            for provider in facts.items.providers(item, dependency) if dependency.coupling == "soft" else ():
                end = facts.items.end_of(dependency, provider)
                other = _moved(facts, end) if provider.is_first and end[0] is provider else []
                if other:
                    total += dependency.weight * _days([*own, *other])
    return total


def _moved(facts: Facts, items: Iterable[Item]) -> list[dt.date]:
    """Cutover dates of the items that are placed."""
    return [facts.wave_of[item.id].date for item in items if item.id in facts.wave_of]


def _days(dates: list[dt.date]) -> int:
    return (max(dates) - min(dates)).days


def _peak_load(workload: TeamWorkload) -> Fraction:
    ratios = [use.used / offer for key, use in workload.weeks.items() if (offer := workload.offers[key])]
    return max(ratios, default=Fraction(0))


def _criticality_risk(facts: Facts) -> Fraction:
    points = (
        Fraction(CRITICALITY_POINTS[item.entry.criticality], wave.number) for wave in facts.waves for item in wave.items
    )
    return sum(points, Fraction(0))
