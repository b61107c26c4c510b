"""The rules of the search run by Python itself: some fifty times slower than compiled, and there at once.

Compiling takes longer than a first plan may. What is compiled is Python code, written for numba, on flat arrays; the
same code runs on lists, where each function finds the plain functions in place of the compiled ones. So there is no
third writing of the rules, and nothing that the two could disagree about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType, SimpleNamespace
from typing import Any

from waveplan.engine.compiling.compiled import flat
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import layout as at
from waveplan.engine.search.arrays import arrays_of
from waveplan.engine.search.ground import GOALS, unit_of
from waveplan.engine.search.held import HeldGoals, bounds_under
from waveplan.engine.search.kernel import chance, changes, groups, runs, values
from waveplan.engine.search.state import assignment_of, budgets_of, state_of

STRICT = -1.0  # weight of the penalty: none may be added
LOOSE = 0.0  # limits may be exceeded
ANY = 1e300  # an allowance that allows everything

_GLIMPSES = 50  # lots that are passed over in the time that one change takes

Move = tuple[int, int]  # a lot, and the position that it goes to, or `at.NOWHERE`
_PLAIN = SimpleNamespace(**{name: int(value) for name, value in vars(at).items() if name.isupper()})


def _same(array: Any) -> Any:
    """A list is as flat as can be."""
    return array


def interpreted(function: Any, known: dict[Any, Any] | None = None) -> Callable[..., Any]:
    """The plain function of a compiled one; all that it calls is plain too."""
    known = {} if known is None else known
    plain = getattr(function, "py_func", function)
    if plain in known:
        return known[plain]  # type: ignore[no-any-return]
    own: dict[str, Any] = {"__builtins__": plain.__globals__["__builtins__"]}
    known[plain] = FunctionType(plain.__code__, own, plain.__name__, plain.__defaults__, plain.__closure__)
    for name in plain.__code__.co_names:
        if name in plain.__globals__:
            found = plain.__globals__[name]
            own[name] = _PLAIN if found is at else _same if found is flat else found
            if hasattr(found, "py_func"):
                own[name] = interpreted(found, known)
    return known[plain]  # type: ignore[no-any-return]


_WORD = 2**64 - 1


def draw(state: list[int]) -> float:
    """The numbers of `kernel.chance.draw`, whose arithmetic of 64 bits Python does not have by itself."""
    x = state[at.RANDOM] & _WORD
    x ^= x >> 12
    x ^= x << 25 & _WORD
    x ^= x >> 27
    state[at.RANDOM] = x
    return ((x * 2685821657736338717 & _WORD) >> 11) * 2.0**-53


_known: dict[Any, Any] = {chance.draw.py_func: draw}
_begin, _try, _enter_all, _anneal = (
    interpreted(each, _known) for each in (runs.begin, changes.try_change, runs.insert, runs.anneal)
)
may_use, in_order = interpreted(values.may_use, _known), interpreted(values.in_order, _known)
waits_for_group = interpreted(groups.waits_for_group, _known)


class InterpretedGround:
    """A problem, and plans under way on it, as lists. What a plan under way is like is told in `layout`."""

    def __init__(self, problem: PlanningProblem, held: HeldGoals, goal: str | None = None) -> None:
        self.problem = problem
        self._arrays = arrays_of(problem, bounds_under(problem, held), GOALS.get(goal or "", at.NOTHING))
        self.unit = unit_of(problem, goal)
        self.a: list[int] = self._arrays.tolist()
        self.tries = 0  # changes that were tried
        self.calendar = [place.index for place in sorted(problem.positions, key=lambda each: (each.rank, each.index))]

    def begun(self, start: Mapping[int, int], seed: int = 0) -> list[int] | None:
        """A plan, whole or in part, taken up; None when it breaks what is never given up, amounts aside."""
        state: list[int] = state_of(self._arrays, start, seed).tolist()
        return state if _begin(self.a, state, budgets_of(self._arrays)) else None

    def keeps_every_rule(self, assignment: Mapping[int, int]) -> bool:
        """Whether a whole plan keeps every rule and all that is held."""
        state = self.begun(assignment)
        return state is not None and state[at.PENALTY] == 0

    def fill(self, state: list[int], position: int, order: Sequence[int]) -> None:
        """Place lots that are nowhere in one position, in an order, where what comes before them has a place."""
        self.tries += len(order) // _GLIMPSES + 1
        _enter_all(self.a, state, (position,), order, STRICT)

    def moved(self, state: list[int], moves: Sequence[Move], weight: float = STRICT) -> bool:
        """Make a change if no rule is broken; strictly, no limit is exceeded by it either."""
        self.tries += 1
        lots, to, origin, pos = (state[name] for name in (at.CHANGE_LOT, at.CHANGE_TO, at.CHANGE_FROM, at.POS))
        for number, (lot, where) in enumerate(moves):
            state[lots + number], state[to + number], state[origin + number] = lot, where, state[pos + lot]
        return bool(_try(self.a, state, len(moves), ANY, weight))

    def anneal(self, state: list[int], trials: int, heat: float) -> None:
        """Try so many changes at one temperature, strictly."""
        _anneal(self.a, state, trials, heat, heat, STRICT, (0,))

    @staticmethod
    def penalty(state: list[int]) -> int:
        """What is over a limit."""
        return state[at.PENALTY]

    @staticmethod
    def best_value(state: list[int]) -> int:
        """The goal of the best plan so far, in its own scale."""
        return state[at.BEST_VALUE]

    @staticmethod
    def best_plan(state: list[int]) -> dict[int, int]:
        """The best plan so far."""
        return assignment_of(state, at.BEST)
