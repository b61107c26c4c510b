"""What budgets and windows leave for one wave that stands alone: by pool, at each position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.looking import UNWATCHED, Look

UNLIMITED = 1 << 48  # totals above are left to the model: sums of them could overflow

Terms = tuple[tuple[int, int, int], ...]


class WaveRooms:
    """The most of each pool that a wave can bring to a position, were it alone in all weeks that its work falls into.

    Only positions are looked at that are allowed to some lot.
    """

    def __init__(self, problem: PlanningProblem, allowed: Sequence[Sequence[int]], look: Look = UNWATCHED) -> None:
        """Raises StoppedError as a look does."""
        usable = bytearray(len(problem.positions))
        for positions in {id(each): each for each in allowed}.values():
            for position in positions:
                usable[position] = 1
        self._room: dict[int, dict[int, int]] = defaultdict(dict)
        for terms, limit, when in look.each(_rows_of_one_wave(problem)):
            for pool, position, weight in terms:
                if usable[position] and weight > 0 and (when is None or position in when):
                    held, most = self._room[pool], max(0, limit) // weight
                    if most < held.get(position, UNLIMITED):
                        held[position] = most

    def of(self, pool: int) -> Mapping[int, int]:
        """By position: the most of a pool; positions that nothing limits are left out."""
        return self._room.get(pool, {})


def _rows_of_one_wave(problem: PlanningProblem) -> Iterator[tuple[Terms, int, frozenset[int] | None]]:
    """Budgets, and windows' room for data: terms, limit, and where a wave must stand for it to hold."""
    for budget in problem.budgets:
        if any(weight < 0 for _, _, weight in budget.terms):
            continue  # what others give back may make room for more
        # what is leaving counts until its lot starts: its own wave takes nothing of the limit
        terms = tuple(term for term in budget.terms if not problem.pools[term[0]].leaving)
        yield terms, budget.limit, None if budget.when is None else frozenset(budget.when)
    for fit in problem.window_fits:
        if fit.zone_lots is None and fit.always:
            # where lots bring data but don't use the link, it may be idle
            terms = tuple(term for term in fit.terms if fit.users.issuperset(problem.pools[term[0]].amounts))
            yield terms, fit.room, frozenset((fit.position,))
