"""A bound on coexistence whatever the size: by spreading, and by timetable for those parts whose orders are known.

Connected parts of the ties are bounded apart, as if the others left them all the room; so bounds of parts add up. Parts
of unknown order that are all in a few small streams are bounded by a timetable of these streams alone, in which the
days between two lots are a number of their own: that is proven soon where streams have few windows.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from waveplan.engine.compiling.warming import warming
from waveplan.engine.problem import Assignment, PlanningProblem, WeightedTie
from waveplan.engine.proofs.bounds.spreading import BoundLimits, Spreading, coexistence_bound
from waveplan.engine.running.clock import Allotment

_ORDERED = 0.5  # of a part's weight: with so much of it on ties of known order a timetable tells more than room
_SPREAD = 0.07  # of the time, for each kind of part, before the timetable has what is left
_BEFORE_BOUNDARIES = 0.15  # of the time, for spreading where few lots let boundaries prove more in what is left
_BOUNDARIES = 0.5  # for these; of seconds all that is left
_GLIMPSE = 0.2  # of that, for ties of small streams, which have a timetable later
_SMALL = 1_500  # places of some streams: ties among them alone are soon bounded by a timetable of these streams
_SMALL_SHARE = 0.15  # of the time, for all such streams together

Pair = tuple[int, int]
Ties = Mapping[Pair, int]
Streams = frozenset[int]


@dataclass
class _Best:
    """The best of some bounds on the same; `tell` hears of it."""

    bound: int
    tell: Callable[[int], None]

    def hear(self, bound: int) -> None:
        """A bound, perhaps a better one."""
        self.bound = max(self.bound, bound)
        self.tell(self.bound)


def _left(within: Allotment, began: float) -> Allotment:
    """What is left of the seconds since a moment; deterministic time is not counted here."""
    if within.seconds is None:
        return within
    return replace(within, seconds=max(0.0, within.seconds - (time.monotonic() - began)))


def _limits(within: Allotment) -> BoundLimits:
    return BoundLimits(within.seconds, within.deterministic)


def _told(tell: Callable[[int], None], sure: int, bound: int) -> None:
    """Tell of a bound beside what is sure of other ties."""
    tell(sure + bound)


@dataclass(frozen=True)
class CoexistenceBounding:
    """What to bound: `most_waves` and `allowed` are what earlier goals leave."""

    problem: PlanningProblem
    allowed: Sequence[Sequence[int]]
    most_waves: int | None

    def run(
        self,
        within: Allotment,
        stop: threading.Event,
        tell: Callable[[int], None],
        place: Callable[[Assignment], None] = lambda _: None,
    ) -> Assignment | None:
        """Tell ever better bounds, in the ties' own scale; an assignment that may be a good plan, for others to judge.

        Seconds end it, or units of deterministic time: then it does the same work each time. `place` hears of each
        assignment at once.
        """
        ordered, others = self._parted()
        small, others = self.of_small_streams(others)
        spreading = warming("spreading")
        if not ordered and not small:
            if spreading.wait(stop):
                self._unordered(others, within, stop, tell)
            return None
        if within.deterministic is not None:
            spreading.wait(stop)  # what is done must not depend on the machine
        elif within.seconds is not None:  # what is kept is loaded soon, and may prove all that there will be
            spreading.wait(stop, time.monotonic() + 2.0 * _SPREAD * within.seconds)
        if not ordered:
            sure = self._each(small, within.part(_SMALL_SHARE), stop, tell)
            self._spread(others, within.part(1.0 - _SMALL_SHARE), stop, partial(_told, tell, sure))
            return None
        return self._ordered_first(ordered, small, others, within, stop, tell, place)

    def _ordered_first(
        self,
        ordered: Ties,
        small: Mapping[Streams, Ties],
        others: Ties,
        within: Allotment,
        stop: threading.Event,
        tell: Callable[[int], None],
        place: Callable[[Assignment], None],
    ) -> Assignment | None:
        """A glance at all by spreading, the timetable of what is ordered, those of small streams in what is left."""
        began, short, few = time.monotonic(), within.part(_SPREAD), _SMALL_SHARE if small else 0.0
        apart = self._spread(others, short, stop, tell)
        together = {pair: weight for ties in small.values() for pair, weight in ties.items()}
        glimpsed = self._spread(together, short.part(_GLIMPSE), stop, partial(_told, tell, apart)) if small else 0
        known = self._spread(ordered, short, stop, partial(_told, tell, apart + glimpsed))
        left = within.part(1.0 - 2.0 * _SPREAD - few)
        if within.seconds is not None:
            left = replace(left, seconds=_left(within, began).part(1.0 - few).seconds)
        best = _Best(known, partial(_told, tell, apart + glimpsed))
        found = self._timetable(ordered, left, stop, best.hear, self.allowed, place)
        left = within.part(few)
        if within.seconds is not None:
            left = replace(left, seconds=_left(within, began).seconds)
        self._each(small, left, stop, partial(_told, tell, apart + best.bound))
        return found

    def _parted(self) -> tuple[Ties, Ties]:
        """The ties of parts in which it is mostly known which lot comes first, and all others."""
        from waveplan.engine.presolve.directions import directions
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

    def of_small_streams(self, ties: Ties) -> tuple[Mapping[Streams, Ties], Ties]:
        """The ties of parts all in a few streams that have few places, by those streams; and all other ties."""
        from waveplan.engine.proofs.bounds.spreading.parts import connected_parts

        streams = self.problem.lot_stream
        places: dict[int, int] = defaultdict(int)
        for stream, own in zip(streams, self.allowed, strict=True):
            places[stream] += len(own)
        its: dict[int, Streams] = {}
        for lots in connected_parts(ties, len(self.problem.lots)):
            found = frozenset(streams[lot] for lot in lots)
            if len(found) < len(places) and sum(places[stream] for stream in found) <= _SMALL:
                its |= dict.fromkeys(lots, found)
        small: dict[Streams, dict[Pair, int]] = defaultdict(dict)
        for pair, weight in ties.items():
            if pair[0] in its:
                small[its[pair[0]]][pair] = weight
        return small, {pair: weight for pair, weight in ties.items() if pair[0] not in its}

    def _each(
        self, small: Mapping[Streams, Ties], within: Allotment, stop: threading.Event, tell: Callable[[int], None]
    ) -> int:
        """A bound on the ties of a few streams for each such few, by spreading and by a timetable of these alone.

        What is proven before its time is over leaves more to those with more ties.
        """
        sure, began = 0, time.monotonic()
        few_first = sorted(small.items(), key=lambda each: (len(each[1]), sorted(each[0])))
        for number, (streams, ties) in enumerate(few_first):
            piece = replace(
                within.part(1.0 / len(small)), seconds=_left(within, began).part(1.0 / (len(small) - number)).seconds
            )
            best = _Best(0, partial(_told, tell, sure))
            best.hear(self._spread(ties, piece.part(_SPREAD), stop, best.hear))
            lots = zip(self.allowed, self.problem.lot_stream, strict=True)
            alone = [places if stream in streams else () for places, stream in lots]
            self._timetable(ties, piece.part(1.0 - _SPREAD), stop, best.hear, alone)
            sure += best.bound
        return sure

    def _spread(self, ties: Ties, within: Allotment, stop: threading.Event, tell: Callable[[int], None]) -> int:
        if not warming("spreading").ready:  # the timetable needs nothing compiled
            return 0
        kept = tuple(WeightedTie(one, other, weight) for (one, other), weight in ties.items())
        limits = BoundLimits(within.seconds, within.deterministic)
        return coexistence_bound(replace(self.problem, ties=kept), self.allowed, limits, stop, tell)

    def _unordered(self, ties: Ties, within: Allotment, stop: threading.Event, tell: Callable[[int], None]) -> None:
        """By spreading; where few lots have ties, then by boundaries between what has moved and what has not."""
        from waveplan.engine.proofs.bounds.boundaries import boundaries_bound, suits

        if not suits(self.problem, self.allowed, ties):
            self._spread(ties, within, stop, tell)
            return
        began, best = time.monotonic(), _Best(0, tell)
        kept = tuple(WeightedTie(one, other, weight) for (one, other), weight in ties.items())
        spreading = Spreading(replace(self.problem, ties=kept), self.allowed)
        spreading.run(_limits(within.part(_BEFORE_BOUNDARIES)), stop, best.hear)
        if warming("boundaries").wait(stop):
            limits = _limits(replace(within.part(_BOUNDARIES), seconds=_left(within, began).seconds))
            boundaries_bound(self.problem, self.allowed, ties, limits, stop, best.hear, best.bound)
        after = within.part(1.0 - _BEFORE_BOUNDARIES - _BOUNDARIES)
        spreading.run(_limits(replace(after, seconds=_left(within, began).seconds)), stop, best.hear)

    def _timetable(
        self,
        ties: Ties,
        within: Allotment,
        stop: threading.Event,
        tell: Callable[[int], None],
        allowed: Sequence[Sequence[int]],
        place: Callable[[Assignment], None] = lambda _: None,
    ) -> Assignment | None:
        from waveplan.engine.proofs.bounds.timetable import timetable_bound

        if stop.is_set() or within.seconds == 0.0:
            return None
        found = timetable_bound(self.problem, allowed, self.most_waves, ties, within, stop, tell, place)
        return found.assignment
