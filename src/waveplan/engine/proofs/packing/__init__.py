"""The fewest waves: a packing of lots under limits and orders, without the calendar, solved by branch and bound.

What waves must hold anyway (limits of each stage, orders, lots kept apart, ordinals, the most that one week or window
leaves) is a generalised assembly-line balancing problem: each plan's waves are such a packing, so the fewest waves of
a packing bound the waves of every plan. Often a best packing can also be laid on the calendar as it is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.exact.limits import ProofLimits, ProofWatch
from waveplan.engine.proofs.packing.finish import Earliest, Ears, earliest_finish
from waveplan.engine.proofs.packing.layout import as_assignment
from waveplan.engine.running.looking import Look

if TYPE_CHECKING:
    from waveplan.engine.proofs.packing.stream import StreamPacking

__all__ = ["Earliest", "Ears", "Fewest", "ProofLimits", "as_assignment", "earliest_finish", "fewest_waves", "warm_up"]

_IN_DOUBT = 0.6  # of the time, as long as nothing that was packed could be laid on the calendar
_MOST_LOTS = 4000  # of one stream: tables of lots by lots


@dataclass(frozen=True, slots=True)
class Fewest:
    """No plan has fewer waves than the bound.

    `loads` are lots wave by wave, stream after stream, for `as_assignment`; None when no packing is known. Proven: no
    packing has fewer waves than these. An empty load stands for a wave that ordinals ask for and nothing can fill.
    """

    bound: int
    loads: tuple[tuple[int, ...], ...] | None
    proven: bool


def fewest_waves(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    limits: ProofLimits,
    stop: threading.Event,
    tell: Callable[[int, int | None], None],
) -> Fewest | None:
    """Bound the number of waves, and pack lots into so few; `tell` hears of better bounds and packings.

    `allowed` narrows each lot's positions to what earlier goals leave. None when there are no lots, when a stream is
    too large for tables of lots by lots, or when nothing can be packed at all: then no plan exists, which is for
    others to explain. Raises StoppedError when it is stopped before anything is known.
    """
    from waveplan.engine.proofs.packing.orders import without_circles
    from waveplan.engine.proofs.packing.relaxation import parts_of
    from waveplan.engine.proofs.packing.rooms import WaveRooms
    from waveplan.engine.proofs.packing.stream import StreamPacking

    watch = ProofWatch(limits, stop)
    streams = sorted(set(problem.lot_stream))
    if not streams or max(problem.lot_stream.count(stream) for stream in streams) > _MOST_LOTS:
        return None
    rooms = WaveRooms(problem, allowed, Look(stop.is_set))
    loads = [without_circles(each) for stream in streams for each in parts_of(problem, allowed, stream, rooms)]
    parts = [StreamPacking(each) for each in loads if each is not None]
    if len(parts) < len(loads) or not all(part.possible for part in parts):
        return None
    found = _fewest(parts)
    tell(found.bound, None if found.loads is None else len(found.loads))
    going, laid = watch.going(), _Laid(problem, allowed)
    while going and (left := [part for part in parts if not part.over]):
        going = watch.going(min(left, key=lambda part: part.trials).advance(watch.stop))
        going = going and (laid.ever(found.loads) or not watch.past(_IN_DOUBT))
        if not all(part.possible for part in parts):
            return None
        better = _fewest(parts)
        if better != found:
            found = better
            tell(found.bound, None if found.loads is None else len(found.loads))
    return found


class _Laid:
    """Whether any packing could be laid on the calendar: if not, the time may be of better use elsewhere."""

    def __init__(self, problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> None:
        self._problem, self._allowed = problem, allowed
        self._tried = 0  # waves of the packing that was looked at last
        self._ever = False

    def ever(self, loads: Sequence[Sequence[int]] | None) -> bool:
        """Whether this packing, or one before it, could be laid."""
        if not self._ever and loads is not None and len(loads) != self._tried:
            self._tried = len(loads)
            self._ever = as_assignment(self._problem, self._allowed, loads) is not None
        return self._ever


def _fewest(parts: Sequence[StreamPacking]) -> Fewest:
    loads: list[tuple[int, ...]] = []
    for part in parts:
        loads += part.loads
    known = all(part.packing is not None for part in parts)
    return Fewest(
        bound=sum(part.lower for part in parts),
        loads=tuple(loads) if known else None,
        proven=all(part.proven for part in parts),
    )


def warm_up() -> None:
    """Compile (or load from the cache) all that packing needs, on a problem of two lots."""
    from waveplan.engine.compiling.smallest import SMALLEST
    from waveplan.engine.proofs.packing.board import PackingBoard
    from waveplan.engine.proofs.packing.relaxation import parts_of
    from waveplan.engine.proofs.packing.rooms import WaveRooms
    from waveplan.engine.proofs.packing.search import PackingSearch
    from waveplan.engine.proofs.packing.side import flat

    rooms = WaveRooms(SMALLEST, SMALLEST.allowed, Look(lambda: False))
    board = PackingBoard(next(iter(parts_of(SMALLEST, SMALLEST.allowed, 0, rooms))))
    windows = board.windows(2)
    assert windows is not None  # two waves for two lots
    search = PackingSearch(flat(board, backward=False), windows)
    search.grow()
    search.explore(1, threading.Event())
