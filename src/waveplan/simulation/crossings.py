"""What units of a simulated plan send over links, and which windows share them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from waveplan.change_calendar import instant
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.simulation import layout as by
from waveplan.planning.facts.facts import PlanningFacts


class UnitCrossings:
    """Works out both for the units of one plan; `home` is the place of every lot."""

    def __init__(self, facts: PlanningFacts, problem: PlanningProblem, home: Mapping[int, int]) -> None:
        self._facts, self._problem, self._home = facts, problem, home

    def crossing(self, lots: Sequence[int]) -> dict[int, int]:
        """By linked pair of sites: hours that a unit alone takes to cross."""
        found = {}
        for number, pair in enumerate(self._facts.links.pairs):
            sent = sum((Fraction(self._facts.transfers[lot].get(pair, 0)) for lot in lots), Fraction(0))
            if sent:
                slot = self._facts.slots[self._problem.positions[self._home[lots[0]]].slot]
                found[number] = millionths(self._facts.links.hours(pair, slot.span(None)[0], sent))
        return found

    def near(self) -> dict[int, list[int]]:
        """By place: places, of all streams, whose windows overlap its own."""
        spans = [tuple(map(instant, slot.span(None))) for slot in self._facts.slots]
        slots = {
            n: [m for m in range(max(0, n - 20), min(len(spans), n + 21)) if _overlap(spans[n], spans[m])]
            for n in range(len(spans))
        }
        streams = range(len(self._facts.streams))
        return {
            place.index: [self._facts.position(stream, slot) for stream in streams for slot in slots[place.slot]]
            for place in self._problem.positions
        }


def _overlap(one: tuple[dt.datetime, ...], other: tuple[dt.datetime, ...]) -> bool:
    return one is other or (one[0] < other[1] and other[0] < one[1])


def millionths(hours: object) -> int:
    """Hours as histories count them."""
    return int(Fraction(hours) * by.WHOLE)  # type: ignore[call-overload]
