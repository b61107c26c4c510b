"""A first plan without anything compiled: lots in order of need; what finds no place ejects others, which try again.

The lots that wait are a pile. The one on top goes where it fits; where it fits nowhere, it goes where those it must
eject have been ejected and refused least often so far, and they go onto the pile (after Nagata and Bräysy 2009, who
build routes with time windows that way). Counting is what keeps it from going in circles: a lot that is refused again
and again becomes too dear to eject. A few random moves after each ejection change what the next one meets.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from waveplan.engine.first_plans.construction import urgency
from waveplan.engine.search import layout as at
from waveplan.engine.search.interpreted import InterpretedGround
from waveplan.engine.search.rivals import Rivals

_TRIED = 40  # positions at most for which it is asked whom a lot would eject
_SHAKES = 8  # random moves after an ejection

GoesOn = Callable[[], bool]  # whether there is still time


class Ejection:
    """One construction. The same start and seed give the same plan."""

    def __init__(self, ground: InterpretedGround, seed: int, goes_on: GoesOn) -> None:
        self._ground = ground
        self._random = random.Random(seed)
        self._goes_on = goes_on
        self._refused = [1] * len(ground.problem.lots)
        self._state: list[int] = []
        self._rivals = Rivals(ground, self._refused)

    def plan(self, start: Mapping[int, int]) -> dict[int, int] | None:
        """A plan that keeps every rule; what stands in the start is kept where that is possible. None: not found."""
        if not all(self._ground.problem.allowed):
            return None
        pile = self._begun(start)
        while pile:
            self._ground.tries += 1
            if not self._goes_on():
                return None
            lot = pile.pop()
            if not self._placed(lot):
                self._refused[lot] += 1
                pile += self._forced(lot)
        first = self._state[at.POS]
        plan = dict(enumerate(self._state[first : first + len(self._ground.problem.lots)]))
        return plan if self._state[at.PENALTY] == 0 else None

    def _begun(self, start: Mapping[int, int]) -> list[int]:
        """Take up the start as far as it goes and fill in what is left, in order of need; the pile of what waits."""
        problem, ground = self._ground.problem, self._ground
        state = ground.begun(problem.done) or ground.begun({})
        assert state is not None  # an empty plan breaks nothing
        self._state = state
        for lot, position in sorted(start.items(), key=lambda each: (each[1], each[0])):
            if state[state[at.POS] + lot] < 0:
                ground.moved(state, [(lot, position)])
        need = urgency(problem)
        left = sorted(self._nowhere(), key=lambda lot: (need[lot], lot))
        for position in ground.calendar if left else ():
            if not self._goes_on():
                break
            ground.fill(state, position, left)
            left = [lot for lot in left if state[state[at.POS] + lot] < 0]
        return left[::-1]

    def _nowhere(self) -> list[int]:
        first = self._state[at.POS]
        return [lot for lot in range(len(self._ground.problem.lots)) if self._state[first + lot] < 0]

    def _placed(self, lot: int) -> bool:
        """Put a lot into the first wave that takes it, and where there is none, into the first new one."""
        held, places = self._state[at.HELD], self._ground.problem.allowed[lot]
        standing = [place for place in places if self._state[held + place] > 0]
        new = [place for place in places if self._state[held + place] == 0]
        return any(self._ground.moved(self._state, [(lot, place)]) for place in (*standing, *new))

    def _forced(self, lot: int) -> list[int]:
        """Make room for a lot where that costs least; returns what now waits."""
        places = self._ground.problem.allowed[lot]
        tried = sorted(self._random.sample(places, min(_TRIED, len(places))))
        best: tuple[tuple[int, float], int, tuple[int, ...]] | None = None
        for place in tried if self._goes_on() else ():
            ejected = self._rivals.of(self._state, lot, place, None if best is None else best[0][0])
            if ejected is None:
                continue
            cost = (sum(self._refused[each] for each in ejected), self._random.random())
            if best is None or cost < best[0]:
                best = (cost, place, ejected)
        if best is None:
            return [lot, *self._scattered(lot)]
        _, place, leaving = best
        made = self._ground.moved(self._state, [(lot, place), *((each, at.NOWHERE) for each in leaving)])
        if not made:  # what each step allowed is not always allowed at once: then the lots go, and it waits for them
            gone = [each for each in leaving if self._ground.moved(self._state, [(each, at.NOWHERE)])]
            return [*gone, lot]
        self._shake()
        return list(leaving)

    def _scattered(self, lot: int) -> list[int]:
        """Where nothing that could be ejected helps: some lots at random, so that the next look meets another plan."""
        done = self._ground.problem.done
        standing = [each for each in range(len(self._refused)) if self._where(each) >= 0 and each not in done]
        chosen = self._random.sample(standing, min(len(standing), 1 + len(standing) // 20))
        return [each for each in chosen if self._ground.moved(self._state, [(each, at.NOWHERE)])]

    def _shake(self) -> None:
        lots = self._ground.problem.lots
        for _ in range(_SHAKES):
            lot = self._random.randrange(len(lots))
            if self._where(lot) >= 0 and lot not in self._ground.problem.done:
                self._ground.moved(self._state, [(lot, self._random.choice(self._ground.problem.allowed[lot]))])

    def _where(self, lot: int) -> int:
        return self._state[self._state[at.POS] + lot]
