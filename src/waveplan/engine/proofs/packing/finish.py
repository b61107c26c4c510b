"""The earliest finish: whether all lots fit the turns of the calendar until a day, for one day after the other.

For each day only those positions are left whose hypercare is over by then, and of them those that orders leave. What is
left of a stream is packed into turns, each with the limits of its own days. That is a relaxation (each stream is packed
by itself, and work that reaches into other weeks is looked at wave by wave), so a day that nothing fits is too early
for every plan; what fits is laid on the calendar, and judged.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from waveplan.engine.goals.measures import measure
from waveplan.engine.presolve.narrowing import Narrowing
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.exact.limits import ProofLimits, ProofWatch
from waveplan.engine.proofs.packing.layout import as_assignment
from waveplan.engine.running.looking import Look

if TYPE_CHECKING:
    from waveplan.engine.proofs.packing.fitting import Fitting
    from waveplan.engine.proofs.packing.frames import Turns
    from waveplan.engine.proofs.packing.relaxation import Loads
    from waveplan.engine.proofs.packing.rooms import WaveRooms

_MOST_LOTS = 4000  # of one stream: tables of lots by lots
_IN_DOUBT = 0.4  # of the time, as long as nothing that was packed could be laid on the calendar

Allowed = Sequence[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Earliest:
    """No plan finishes before the bound; the best plan that was found and accepted, if any is better than known."""

    bound: int
    plan: Assignment | None
    value: int | None


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of better bounds and plans, and who says whether a plan keeps every rule."""

    tell: Callable[[int, int | None], None]
    accepts: Callable[[Assignment], bool]


def earliest_finish(
    problem: PlanningProblem,
    allowed: Allowed,
    least: int,
    known: int | None,
    limits: ProofLimits,
    stop: threading.Event,
    ears: Ears,
) -> Earliest:
    """Bound the finish, and look for plans that end before what is known.

    `least` is a bound already proven, and `allowed` narrows each lot's positions to what earlier goals leave. Raises
    StoppedError when it is stopped before anything is known.
    """
    streams = [problem.lot_stream.count(stream) for stream in set(problem.lot_stream)]
    if not streams or max(streams) > _MOST_LOTS:
        return Earliest(least, None, None)
    return _Descent(problem, allowed, least, known, ProofWatch(limits, stop), ears).run()


class _Day:
    """All lots until one day."""

    def __init__(self, problem: PlanningProblem, allowed: Allowed, day: int, rooms: WaveRooms) -> None:
        self._problem = problem
        self._rooms = rooms
        self._until = _until(problem, allowed, day)
        self.allowed = None if self._until is None else _ordered(problem, self._until)
        self.tried = False

    @cached_property
    def fittings(self) -> list[Fitting] | None:
        """By stream; and for lots that share no wave with others of it, once more by themselves.

        None when it is plain that something does not fit.
        """
        if self.allowed is None or self._until is None:
            return None
        return _fittings(self._problem, self._until, self.allowed, self._rooms)

    @property
    def impossible(self) -> bool:
        """Whether it is proven that no plan finishes by this day."""
        return self.fittings is None or any(each.impossible for each in self.fittings)

    @property
    def open(self) -> list[Fitting]:
        """What is not decided yet."""
        return [each for each in self.fittings or () if each.open]

    def plan(self) -> Assignment | None:
        """What is packed laid on the calendar, when all is packed and it can be laid."""
        fittings = self.fittings or []
        for each in fittings:
            each.at_once()
        if self.allowed is None or any(each.packing is None for each in fittings):
            return None
        self.tried = True
        seen: set[int] = set()
        loads: list[tuple[int, ...]] = []
        for each in fittings:
            mine = [load for load in each.loads if load]
            if seen.isdisjoint(lot for load in mine for lot in load):
                loads += mine
                seen.update(lot for load in mine for lot in load)
        return as_assignment(self._problem, self.allowed, loads)


def _until(problem: PlanningProblem, allowed: Allowed, day: int) -> Allowed | None:
    """Positions with hypercare over by a day; None when a lot has none left."""
    known: dict[tuple[int, int], tuple[int, ...]] = {}
    left: list[tuple[int, ...]] = []
    for positions, care in zip(allowed, problem.hypercare, strict=True):
        key = (id(positions), id(care))
        if key not in known:
            known[key] = tuple(position for position in positions if care[position][1] <= day)
        if not known[key]:
            return None
        left.append(known[key])
    return left


def _ordered(problem: PlanningProblem, allowed: Allowed) -> Allowed | None:
    """What orders leave of positions; None when they leave a lot none."""
    narrowing = Narrowing(problem, allowed)
    return None if narrowing.emptied is not None else narrowing.allowed


def _fittings(problem: PlanningProblem, until: Allowed, allowed: Allowed, rooms: WaveRooms) -> list[Fitting] | None:
    from waveplan.engine.proofs.packing.fitting import Fitting
    from waveplan.engine.proofs.packing.orders import without_circles
    from waveplan.engine.proofs.packing.relaxation import apart_by_themselves, loads_of
    from waveplan.engine.proofs.packing.sequence import WaveOrders
    from waveplan.engine.proofs.packing.turns import turns_of

    found: list[Fitting] = []
    for stream in sorted(set(problem.lot_stream)):
        orders = WaveOrders(problem, allowed, stream)
        lots = tuple(lot for lot, its in enumerate(problem.lot_stream) if its == stream)
        groups = apart_by_themselves(problem, allowed, stream)
        for group in [lots, *(groups if len(groups) > 1 else ())]:
            turns = turns_of(problem, allowed, stream, group)
            loads = without_circles(loads_of(problem, allowed, stream, group, orders, rooms, turns))
            fitting = None if loads is None else Fitting(_plain(loads, turns, until))
            if fitting is None or fitting.impossible:
                return None
            found.append(fitting)
    return found


def _plain(loads: Loads, turns: Turns, until: Allowed) -> Loads:
    """The same without the turns of single lots, where they tell no more than orders and sums do: all turns alike."""
    from waveplan.engine.proofs.packing.board import PackingBoard

    anywhere = {
        lot: {turn for p in until[lot] if p in turns.span for turn in (turns.waves_of((p,)) or ())}
        for own in loads.lots
        for lot in own
    }
    if any(len(found) < turns.count for found in anywhere.values()):
        return loads
    plain = replace(loads, waves=(None,) * len(loads.lots))
    windows = PackingBoard(plain).windows(turns.count)
    if windows is None:
        return plain
    for own, first, last in zip(loads.waves, windows.first.tolist(), windows.last.tolist(), strict=True):
        if own is not None and not set(range(first, last + 1)).issubset(own):
            return loads
    return plain


class _Descent:
    """From below days are ruled out; from above plans come earlier."""

    def __init__(
        self,
        problem: PlanningProblem,
        allowed: Allowed,
        least: int,
        known: int | None,
        watch: ProofWatch,
        ears: Ears,
    ) -> None:
        from waveplan.engine.proofs.packing.rooms import WaveRooms

        self._problem, self._allowed, self._watch, self._ears = problem, allowed, watch, ears
        self._rooms = WaveRooms(problem, allowed, Look(watch.stop.is_set))
        self._days = _candidates(problem, allowed, least, known)
        self._least, self._known = least, known
        self._low = 0  # days before it are ruled out
        self._stuck = -1  # up to it, what is packed could not be laid on the calendar
        self._looked: set[int] = set()  # days for which a packing has been looked for without a search
        self._open: dict[int, _Day] = {}
        self._plan: Assignment | None = None
        self._value: int | None = None

    def run(self) -> Earliest:
        """Until it is known, or time is over."""
        self._rule_out_at_once()
        while self._low < len(self._days) and self._goes_on():
            if not self._step():
                break
        return Earliest(self.bound, self._plan, self._value)

    @property
    def bound(self) -> int:
        """No plan finishes before it."""
        if self._low < len(self._days):
            return max(self._least, self._days[self._low])
        best = self._value if self._value is not None else self._known
        return self._least if best is None else max(self._least, best)

    def _goes_on(self, tried: int = 0) -> bool:
        going = self._watch.going(tried)
        return going and (self._plan is not None or not self._watch.past(_IN_DOUBT))

    def _day(self, number: int) -> _Day:
        if number not in self._open:
            wanted = (self._low, self._target())
            self._open = {kept: day for kept, day in self._open.items() if kept in wanted}
            self._open[number] = _Day(self._problem, self._allowed, self._days[number], self._rooms)
        return self._open[number]

    def _rule_out_at_once(self) -> None:
        """Days that no search is needed for."""
        low, high = 0, len(self._days)
        while low < high and self._goes_on():
            middle = (low + high) // 2
            if self._day(middle).impossible:
                low = self._low = middle + 1
            else:
                high = middle
        self._told()

    def _step(self) -> bool:
        """Something more: of the first day that is not ruled out, and of a later one; false when nothing is left."""
        low = self._day(self._low)
        if low.impossible:
            self._low += 1
            self._told()
            return True
        middle, target = (max(self._low, self._stuck + 1) + len(self._days) - 1) // 2, self._target()
        for number in (self._low, middle, target):
            if self._stuck < number < len(self._days) and self._laid(number):
                return True
        open_ = low.open
        if target != self._low and self._stuck < target < len(self._days):
            open_ = [*open_, *self._day(target).open]
        if not open_:
            return False
        self._watch.going(min(open_, key=lambda each: each.trials).advance(self._watch.stop))
        return True

    def _target(self) -> int:
        """The day that a plan is looked for: just before the best one; halfway, once something could not be laid."""
        last = len(self._days) - 1
        return last if self._stuck < self._low else (self._stuck + last + 1) // 2

    def _laid(self, number: int) -> bool:
        """Lay what is packed until a day; true when that has changed something."""
        glimpse = number not in (self._low, self._target())
        if glimpse and number in self._looked:
            return False
        day = self._day(number)
        if day.impossible or day.tried:
            return False
        if glimpse:
            self._looked.add(number)
        plan = day.plan()
        if not day.tried:
            return False
        value = None if plan is None else int(measure(self._problem, plan, "finish"))
        if plan is None or value is None or not self._ears.accepts(plan):
            self._stuck = max(self._stuck, number)
            return True
        self._plan, self._value = plan, value
        self._days = self._days[: bisect_left(self._days, value)]
        self._told()
        return True

    def _told(self) -> None:
        self._ears.tell(self.bound, self._value)


def _candidates(problem: PlanningProblem, allowed: Allowed, least: int, known: int | None) -> list[int]:
    """Days on which a plan may finish: no earlier than what is proven, and before what is known."""
    sets = {
        (id(positions), id(care)): (positions, care) for positions, care in zip(allowed, problem.hypercare, strict=True)
    }
    ends = {max(0, care[position][1]) for positions, care in sets.values() for position in positions}
    return sorted(end for end in ends if end >= least and (known is None or end < known))
