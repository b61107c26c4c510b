"""The goals' values of a plan, worked out from the waves alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from waveplan.checking.wording import number
from waveplan.domain.parts import CRITICALITY_POINTS
from waveplan.domain.plan import Metrics

if TYPE_CHECKING:
    from waveplan.checking.facts import Facts
    from waveplan.checking.people import Workload

PLACES = 4


class GoalValues:
    """Exact values of the goals: days for `finish`, weight × days for `coexistence`, ratios for the others."""

    def __init__(self, facts: Facts, workload: Workload) -> None:
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
    """Soft dependencies whose two ends move in different waves: weight × days between the two cutovers."""
    total = Decimal(0)
    for item, wave in facts.wave_of.items():
        consumer = facts.items[item]
        for dependency in consumer.entry.depends_on:
            if dependency.coupling == "soft":
                for provider in facts.items.providers(consumer, dependency):
                    other = facts.wave_of.get(provider.id)
                    if other is not None and provider.is_first:
                        total += dependency.weight * abs((other.date - wave.date).days)
    return total


def _peak_load(workload: Workload) -> Fraction:
    ratios = [use.used / offer for key, use in workload.weeks.items() if (offer := workload.offers[key])]
    return max(ratios, default=Fraction(0))


def _criticality_risk(facts: Facts) -> Fraction:
    points = (
        Fraction(CRITICALITY_POINTS[item.entry.criticality], wave.number) for wave in facts.waves for item in wave.items
    )
    return sum(points, Fraction(0))
