"""A bound on coexistence whatever the size: by spreading, and by timetable for those parts whose orders are known.

Connected parts of the ties are bounded apart, as if the others left them all the room; so bounds of parts add up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from waveplan.engine.clock import Allotment
from waveplan.engine.problem import Assignment, PlanningProblem, WeightedTie
from waveplan.engine.proofs.bounds.spreading import BoundLimits, coexistence_bound

_ORDERED = 0.5  # of a part's weight: with so much of it on ties of known order a timetable tells more than room
_SPREAD = 0.07  # of the time, for each kind of part, before the timetable has what is left

Ties = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class CoexistenceBounding:
    """What to bound: `most_waves` and `allowed` are what earlier goals leave."""

    problem: PlanningProblem
    allowed: Sequence[Sequence[int]]
    most_waves: int | None

    def run(self, within: Allotment, stop: threading.Event, tell: Callable[[int], None]) -> Assignment | None:
        """Tell ever better bounds, in the ties' own scale; an assignment that may be a good plan, for others to judge.

        Seconds end it, or units of deterministic time: then it does the same work each time.
        """
        ordered, others = self._parted()
        limits = BoundLimits(within.seconds, within.deterministic)
        if not ordered:
            coexistence_bound(self.problem, self.allowed, limits, stop, tell)
            return None
        began = time.monotonic()
        short = within.part(_SPREAD)
        apart = self._spread(others, short, stop, tell)
        known = self._spread(ordered, short, stop, lambda bound: tell(apart + bound))
        left = within.part(1.0 - 2.0 * _SPREAD)
        if within.seconds is not None:
            left = replace(left, seconds=max(0.0, within.seconds - (time.monotonic() - began)))
        return self._timetable(ordered, left, stop, lambda bound: tell(apart + max(known, bound)))

    def _parted(self) -> tuple[Ties, Ties]:
        """The ties of parts in which it is mostly known which lot comes first, and all others."""
        from waveplan.engine.directions import directions
        from waveplan.engine.proofs.bounds.spreading.parts import connected_parts, merged_ties
        from waveplan.engine.proofs.bounds.timetable import MOST_PLACES

        ties = merged_ties(self.problem)
        if not all(self.allowed) or sum(map(len, self.allowed)) > MOST_PLACES:
            return {}, ties
        parts = connected_parts(ties, len(self.problem.lots))
        part_of = {lot: number for number, lots in enumerate(parts) for lot in lots}
        whole, known = [0] * len(parts), [0] * len(parts)
        directed = directions(self.problem, self.allowed, ties)
        for pair, weight in ties.items():
            whole[part_of[pair[0]]] += weight
            known[part_of[pair[0]]] += weight if pair in directed else 0
        fit = [have >= _ORDERED * total for have, total in zip(known, whole, strict=True)]
        ordered = {pair: weight for pair, weight in ties.items() if fit[part_of[pair[0]]]}
        return ordered, {pair: weight for pair, weight in ties.items() if pair not in ordered}

    def _spread(self, ties: Ties, within: Allotment, stop: threading.Event, tell: Callable[[int], None]) -> int:
        kept = tuple(WeightedTie(one, other, weight) for (one, other), weight in ties.items())
        limits = BoundLimits(within.seconds, within.deterministic)
        return coexistence_bound(replace(self.problem, ties=kept), self.allowed, limits, stop, tell)

    def _timetable(
        self, ties: Ties, within: Allotment, stop: threading.Event, tell: Callable[[int], None]
    ) -> Assignment | None:
        from waveplan.engine.proofs.bounds.timetable import timetable_bound

        if stop.is_set() or within.seconds == 0.0:
            return None
        found = timetable_bound(self.problem, self.allowed, self.most_waves, ties, within, stop, tell)
        return found.assignment
