"""Variables of the model, made when a rule first needs them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ortools.sat.python import cp_model

from waveplan.engine.model.watched import Over, WatchedModel
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Amounts

Literal = Any  # an OR-Tools Boolean variable; its Python types are generated and carry no stable name
Linear = Any


class Variables:
    """`starts_in[lot, position]`, `used[position]` and what derives from them.

    With `optional` lots may be left out: `present[lot]` then tells whether one is planned. When time is `over`
    before all is added, the model is given up (ModelGivenUpError).
    """

    def __init__(self, problem: PlanningProblem, *, optional: bool = False, over: Over | None = None) -> None:
        self.problem = problem
        self.model = WatchedModel(over)
        self.starts_in: dict[tuple[int, int], Literal] = {}
        self.lots_at: dict[int, list[int]] = defaultdict(list)
        for lot, positions in enumerate(problem.allowed):
            for position in positions:
                self.starts_in[lot, position] = self.model.new_bool_var(f"lot {lot} in {position}")
                self.lots_at[position].append(lot)
        self.used: dict[int, Literal] = {
            position: self.model.new_bool_var(f"wave {position}") for position in sorted(self.lots_at)
        }
        lots = range(len(problem.lots)) if optional else ()
        self.present: dict[int, Literal] = {lot: self.model.new_bool_var(f"lot {lot} planned") for lot in lots}
        self._loads: dict[tuple[int, int], Linear | None] = {}
        self._most: dict[tuple[int, int], int] = {}
        self._counted: dict[int, list[int]] = {}
        self._opens: dict[int, Mapping[int, Linear]] = {}
        self._days: dict[int, Linear] = {}
        self._chains: dict[tuple[int, tuple[tuple[int, ...], ...]], list[Literal]] = {}
        self._up_to: dict[tuple[int, int], list[tuple[int, Literal]]] = {}
        self._touched: dict[tuple[int, frozenset[int]], Literal | None] = {}
        self._reaches: dict[tuple[int, int], Literal | None] = {}

    def load(self, pool: int, position: int) -> Linear | None:
        """What a pool brings to a position; None when nothing can."""
        key = (pool, position)
        if key not in self._loads:
            bringing = self.problem.pools[pool]
            if bringing.prelude is not None:
                return self._brought_once(bringing.prelude, position, bringing.units)
            amounts = bringing.amounts
            present = self._bringing(pool, position)
            self._loads[key] = self._sum_variable(present, amounts, position) if present else None
        return self._loads[key]

    def _bringing(self, pool: int, position: int) -> list[int]:
        """Lots of a pool that may start in a position, in order: a pool may be of few lots."""
        if pool not in self._counted:
            self._counted[pool] = sorted(self.problem.pools[pool].amounts)
        return [lot for lot in self._counted[pool] if (lot, position) in self.starts_in]

    def most(self, pool: int, position: int) -> int:
        """All that a pool can bring to a position."""
        key = (pool, position)
        if key not in self._most:
            bringing = self.problem.pools[pool]
            amounts = (bringing.amounts[lot] for lot in self._bringing(pool, position))
            self._most[key] = bringing.units + sum(amounts)
        return self._most[key]

    def brought(self, pool: int, position: int) -> list[tuple[int, Linear]]:
        """What a pool brings to a position, lot by lot: an amount, and whether it is brought."""
        bringing = self.problem.pools[pool]
        if bringing.prelude is not None:
            opens = self.opens(bringing.prelude).get(position)
            return [] if opens is None else [(bringing.units, opens)]
        lots = self._bringing(pool, position)
        return [(bringing.amounts[lot], self.starts_in[lot, position]) for lot in lots]

    def _brought_once(self, prelude: int, position: int, units: int) -> Linear | None:
        opens = self.opens(prelude).get(position)
        return None if opens is None else units * opens

    def opens(self, prelude: int) -> Mapping[int, Linear]:
        """By position that stands for a day: whether the first lot of a prelude cuts over on that day."""
        if prelude not in self._opens:
            self._opens[prelude] = self._opening(self.problem.preludes[prelude].lots)
        return self._opens[prelude]

    def _opening(self, lots: tuple[int, ...]) -> dict[int, Linear]:
        places = self.problem.positions
        days = sorted({places[position].day for lot in lots for position in self.problem.allowed[lot]})
        begun: Linear = 0
        found: dict[int, Linear] = {}
        for day in days:
            by_then = [by for lot in lots if (by := self._by_day(lot, day)) is not None]
            literal = self.model.new_bool_var(f"begun by {day}")
            for by in by_then:
                self.model.add_implication(by, literal)
            self.model.add_bool_or(by_then).only_enforce_if(literal)
            found[self.problem.day_positions[day]] = literal - begun
            begun = literal
        return found

    def _by_day(self, lot: int, day: int) -> Literal | None:
        """Whether a lot cuts over on a day or before; None when it cannot."""
        chain = self.up_to(lot, self.problem.days)
        index = bisect_right(chain, day, key=lambda link: link[0])
        return chain[index - 1][1] if index else None

    def _sum_variable(self, lots: list[int], amounts: Amounts, position: int) -> Linear:
        weights = [amounts[lot] for lot in lots]
        total = self.total(lots, amounts, position)
        if len(lots) < 3:
            return total
        variable = self.model.new_int_var(0, sum(weights), f"load at {position}")
        self.model.add(variable == total)
        return variable

    def total(self, lots: Iterable[int], amounts: Amounts, position: int) -> Linear:
        """Σ of the amounts of the lots that start in a position."""
        present = [lot for lot in lots if (lot, position) in self.starts_in and amounts.get(lot)]
        literals = [self.starts_in[lot, position] for lot in present]
        return cp_model.LinearExpr.weighted_sum(literals, [amounts[lot] for lot in present])

    def day(self, lot: int) -> Linear:
        """Cutover day of a lot, as a variable."""
        if lot not in self._days:
            positions = self.problem.allowed[lot]
            days = [self.problem.positions[position].day for position in positions]
            variable = self.model.new_int_var(min(days), max(days), f"day of {lot}")
            literals = [self.starts_in[lot, position] for position in positions]
            self.model.add(variable == cp_model.LinearExpr.weighted_sum(literals, days))
            self._days[lot] = variable
        return self._days[lot]

    def up_to(self, lot: int, levels: Mapping[int, int]) -> list[tuple[int, Literal]]:
        """For each level the lot may have by that table, in order: whether it stands there or lower."""
        key = (lot, id(levels))
        if key not in self._up_to:
            at_level: dict[int, list[int]] = defaultdict(list)
            for position in self.problem.allowed[lot]:
                at_level[levels[position]].append(position)
            order = sorted(at_level)
            chain = self._chain(lot, tuple(tuple(at_level[level]) for level in order))
            self._up_to[key] = list(zip(order, chain, strict=True))
        return self._up_to[key]

    def _chain(self, lot: int, steps: tuple[tuple[int, ...], ...]) -> list[Literal]:
        """For each step: whether the lot is in one of its positions, or of those before; tables alike share it."""
        if (lot, steps) not in self._chains:
            chain: list[Literal] = []
            for positions in steps:
                literal = self.model.new_bool_var(f"lot {lot} by {positions[-1]}")
                before = chain[-1] if chain else 0
                self.model.add(literal == before + sum(self.starts_in[lot, position] for position in positions))
                chain.append(literal)
            self._chains[lot, steps] = chain
        return self._chains[lot, steps]

    def touched(self, position: int, lots: frozenset[int]) -> Literal | None:
        """Whether one of some lots starts in a position; None when none can."""
        key = (position, lots)
        if key not in self._touched:
            present = [lot for lot in self.lots_at.get(position, ()) if lot in lots]
            if not present:
                self._touched[key] = None
            elif len(present) == len(self.lots_at[position]):
                self._touched[key] = self.used[position]
            else:
                literal = self.model.new_bool_var(f"touched {position}")
                for lot in present:
                    self.model.add_implication(self.starts_in[lot, position], literal)
                self.model.add_bool_or([self.starts_in[lot, position] for lot in present]).only_enforce_if(literal)
                self._touched[key] = literal
        return self._touched[key]

    def in_hypercare(self, position: int, day: int) -> Literal | None:
        """Whether some lot of the wave in a position is in hypercare on a day; None when none can be."""
        spans = ((lot, self.problem.hypercare[lot][position]) for lot in self.lots_at.get(position, ()))
        return self.touched(position, frozenset(lot for lot, (first, last) in spans if first <= day <= last))

    def hypercare_reaches(self, position: int, day: int) -> Literal | None:
        """Whether the hypercare of the wave in a position lasts to a day or beyond; None when it cannot."""
        key = (position, day)
        if key not in self._reaches:
            care = self.problem.hypercare
            lots = frozenset(lot for lot in self.lots_at.get(position, ()) if care[lot][position][1] >= day)
            self._reaches[key] = self.touched(position, lots)
        return self._reaches[key]
