"""The goals' values of a plan, worked out from the waves alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from waveplan.checking.placement import Placement
from waveplan.checking.wording import number
from waveplan.checking.workload import TeamWorkload
from waveplan.domain.items import Item
from waveplan.domain.parts import CRITICALITY_POINTS
from waveplan.domain.plan import Metrics
from waveplan.domain.work import Application

PLACES = 4


class GoalValues:
    """Exact values of the goals: days for `finish`, weight × days for `coexistence`, ratios for the others."""

    def __init__(self, placement: Placement, workload: TeamWorkload) -> None:
        self.waves = len(placement.waves)
        self.finish = _finish(placement)
        self.coexistence = _coexistence(placement)
        self.peak_load = _peak_load(workload)
        self.criticality_risk = _criticality_risk(placement)

    def as_metrics(self) -> Metrics:
        """The values as a plan states them: the last three rounded."""
        return Metrics(
            waves=self.waves,
            finish=self.finish,
            coexistence=Decimal(number(self.coexistence, PLACES)),
            peak_load=Decimal(number(self.peak_load, PLACES)),
            criticality_risk=Decimal(number(self.criticality_risk, PLACES)),
        )


def _finish(placement: Placement) -> int:
    last = max((wave.hypercare_days.last for wave in placement.waves), default=placement.calendar.start)
    return max(0, (last - placement.calendar.start).days)


def _coexistence(placement: Placement) -> Decimal:
    """Soft dependencies: weight × days from the first to the last cutover of the items at their two ends.

    An application that moves in batches has all of these at its end, and costs its own weight while it is in parts.
    """
    total = Decimal(0)
    for item in placement.items.planned:
        own = _moved(placement, placement.items.batches_of(item))
        if not own or not placement.items.is_first_batch(item):
            continue
        if item.batch and isinstance(item.entry, Application):
            total += item.entry.batch_weight * _days(own)
        for dependency in item.entry.depends_on:
            for provider in placement.items.providers(item, dependency) if dependency.coupling == "soft" else ():
                end = placement.items.end_of(dependency, provider)
                other = _moved(placement, end) if provider.is_first and end[0] is provider else []
                if other:
                    total += dependency.weight * _days([*own, *other])
    return total


def _moved(placement: Placement, items: Iterable[Item]) -> list[dt.date]:
    """Cutover dates of the items that are placed."""
    return [placement.wave_of[item.id].date for item in items if item.id in placement.wave_of]


def _days(dates: list[dt.date]) -> int:
    return (max(dates) - min(dates)).days


def _peak_load(workload: TeamWorkload) -> Fraction:
    ratios = [use.used / offer for key, use in workload.weeks.items() if (offer := workload.offers[key])]
    return max(ratios, default=Fraction(0))


def _criticality_risk(placement: Placement) -> Fraction:
    points = (
        Fraction(CRITICALITY_POINTS[item.entry.criticality], wave.number)
        for wave in placement.waves
        for item in wave.items
    )
    return sum(points, Fraction(0))
