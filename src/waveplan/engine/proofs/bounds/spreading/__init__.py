"""A proven bound on coexistence: lots that are near each other in their ties must spread over waves.

One length for each tie, at least the days between its two lots; any plan's lengths obey rows that follow from how much
room the calendar has: around a lot (star rows), among all pairs of a group (ball rows), between two lots (pair rows).
After Even, Naor, Rao and Schieber, "Divide-and-conquer approximation algorithms via spreading metrics" (J. ACM 2000).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.halting import flag_of

if TYPE_CHECKING:
    from waveplan.engine.proofs.bounds.spreading.rounds import SpreadingPart


@dataclass(frozen=True, slots=True)
class BoundLimits:
    """Wall-clock seconds, or units of work (about a second each; the same limit gives the same bound).

    `best` is the value of the best plan known: the work ends when the bound reaches it.
    """

    seconds: float | None
    deterministic: float | None
    best: Callable[[], int] | int | None = None

    def reached(self, bound: int) -> bool:
        """Whether no plan can be better than the best one known."""
        best = self.best() if callable(self.best) else self.best
        return best is not None and bound >= best

    def spent(self, seconds: float, work: float) -> bool:
        """Whether so much is as much as was allowed."""
        return (self.seconds is not None and seconds >= self.seconds) or (
            self.deterministic is not None and work >= self.deterministic
        )


def coexistence_bound(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    limits: BoundLimits,
    stop: threading.Event,
    tell: Callable[[int], None],
) -> int:
    """The least coexistence any plan can have, in the ties' own scale (Σ weight × days).

    `allowed` narrows each lot's positions to what earlier goals leave; `tell` hears of every improvement.
    """
    began = time.monotonic()
    return Spreading(problem, allowed).run(limits, stop, tell, began)


class Spreading:
    """The work on one such bound, which may go on where it was left."""

    def __init__(self, problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> None:
        """See `coexistence_bound`."""
        from waveplan.engine.proofs.bounds.spreading import parts as parting
        from waveplan.engine.proofs.bounds.spreading.budget_rooms import rooms_in_budgets
        from waveplan.engine.proofs.bounds.spreading.distances import Distances
        from waveplan.engine.proofs.bounds.spreading.floors import floor_of
        from waveplan.engine.proofs.bounds.spreading.least import least_of
        from waveplan.engine.proofs.bounds.spreading.order_pairs import ordered_pairs
        from waveplan.engine.proofs.bounds.spreading.places import places_of
        from waveplan.engine.proofs.bounds.spreading.rooms import rooms_in_waves
        from waveplan.engine.proofs.bounds.spreading.rounds import SpreadingPart

        self._parts: list[SpreadingPart] = []
        self._floor = self._told = 0
        ties = parting.merged_ties(problem)
        if not ties or not all(allowed):
            return
        places = places_of(problem, allowed)
        rooms = [
            room for room in (*rooms_in_waves(problem, places), *rooms_in_budgets(problem, allowed)) if room.matters
        ]
        distances = Distances(problem, allowed, places, rooms)
        known = distances.known(ties)
        self._floor = floor_of(problem, allowed, ties, known, rooms, parting.connected_parts(ties, len(problem.lots)))
        least, ordered = least_of(problem, allowed, rooms), ordered_pairs(problem, allowed, ties)
        self._parts = [
            SpreadingPart(lots, ties, least, distances, known, ordered)
            for lots in parting.connected_parts(ties, parting.MOST_LOTS)
        ]

    def run(
        self, limits: BoundLimits, stop: threading.Event, tell: Callable[[int], None], began: float | None = None
    ) -> int:
        """Raise the bound until no more can be proven, a limit is reached or a stop is asked for."""
        if self._floor > self._told:
            self._told = self._floor
            tell(self._told)
        began = time.monotonic() if began is None else began
        self._told = _raise(self._told, self._parts, limits, began, stop, tell)
        return self._told


def warm_up() -> None:
    """Compile (or load from the cache) all that the bound needs, on as few lots as have prices."""
    from waveplan.engine.compiling.smallest import row_of
    from waveplan.engine.proofs.bounds.spreading.rounds import LEAST_PRICED

    problem, limits = row_of(LEAST_PRICED + LEAST_PRICED % 2), BoundLimits(seconds=None, deterministic=1e-9)
    coexistence_bound(problem, problem.allowed, limits, threading.Event(), lambda _: None)


def _raise(
    floor: int,
    parts: Sequence[SpreadingPart],
    limits: BoundLimits,
    began: float,
    stop: threading.Event,
    tell: Callable[[int], None],
) -> int:
    """Work on the part that gains most, until nothing more can be proven or the limit is reached."""
    from waveplan.engine.proofs.bounds.spreading.rounds import Space

    told, work, started = floor, 0.0, time.monotonic()
    unfinished = [part for part in parts if not part.done]
    lots, ways, starts = map(max, zip((0, 0, 0), *(part.sizes for part in parts), strict=True))
    space = Space(lots, ways, starts, flag_of(stop))
    while unfinished and not stop.is_set() and not limits.reached(told):
        part, now = max(unfinished, key=lambda part: part.gain), time.monotonic()
        likely = part.work * (now - started) / work if work else 0.0
        if limits.spent(now - began + likely / 2.0, work):  # a piece too long is as likely too late as too early
            break
        work += part.advance(space)
        if part.done:
            unfinished.remove(part)
        bound = sum(part.bound for part in parts)
        if bound > told:
            told = bound
            tell(told)
    return told
