"""The variables of a plan in which one wave has gone to a later place: those of the plan, but for what moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from waveplan.engine.model.variables import Linear, Literal, Variables
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget


class SlippedVariables(Variables):
    """As a plan's, with the wave of one place in the place that a literal of `goes` says, if any does.

    The wave goes as a whole, into a free place or another wave. Where it does not go, all is as in the plan, so that
    every rule holds already. Only rules that it could break by going, or that count waves, are stated once more.
    """

    def __init__(self, base: Variables, whole: PlanningProblem, left: int, goes: Mapping[int, Literal]) -> None:
        """`base` has the plan, `whole` is its problem with the places in it that stay free."""
        self._base, self._left, self._goes = base, left, goes
        self._moved = frozenset({left, *goes})
        self._begin(base, whole)
        self.problem = _touching(replace(base.problem, allowed=self._allowed(whole)), self._movable, frozenset(goes))
        model = base.model
        self.used = {
            place: model.new_bool_var(f"wave {place} after a slip") if place in self._moved else base.used[place]
            for place in sorted(self.lots_at)
        }

    def _begin(self, base: Variables, whole: PlanningProblem) -> None:
        super().__init__(replace(whole, allowed=tuple(() for _ in whole.allowed)))
        self.model = base.model
        self._movable = frozenset(lot for lot, places in enumerate(base.problem.allowed) if self._left in places)

    def _allowed(self, whole: PlanningProblem) -> tuple[tuple[int, ...], ...]:
        """By lot its places; the literals of what moves are made on the way."""
        found = []
        for lot, places in enumerate(self._base.problem.allowed):
            mine = {place: self._base.starts_in[lot, place] for place in places}
            if lot in self._movable:
                mine |= self._moving(lot, [to for to in self._goes if to in whole.allowed[lot]])
            for place in sorted(mine):
                self.starts_in[lot, place] = mine[place]
                self.lots_at[place].append(lot)
            found.append(tuple(sorted(mine)))
        return tuple(found)

    def _moving(self, lot: int, places: list[int]) -> dict[int, Literal]:
        model = self.model
        stays = model.new_bool_var(f"lot {lot} stays in {self._left}")
        found = {self._left: stays}
        for to in places:
            found[to] = model.new_bool_var(f"lot {lot} slips to {to}")
            model.add_implication(found[to], self._goes[to])
        model.add(sum(found.values()) == self._base.starts_in[lot, self._left])
        for goes in self._goes.values():
            model.add_implication(goes, ~stays)
        return {place: self._joined(lot, place, literal) for place, literal in found.items()}

    def _joined(self, lot: int, place: int, comes: Literal) -> Literal:
        """Whether a lot is in a place: it has come there, or the plan has it there."""
        planned = self._base.starts_in.get((lot, place))
        if planned is None or place == self._left:
            return comes
        literal = self.model.new_bool_var(f"lot {lot} in {place} after a slip")
        self.model.add(literal == comes + planned)
        return literal

    # --- what does not move is the plan's ---------------------------------------------------------------------------

    def load(self, pool: int, position: int) -> Linear | None:
        """What a pool brings to a position."""
        prelude = self.problem.pools[pool].prelude is not None
        return super().load(pool, position) if prelude or position in self._moved else self._base.load(pool, position)

    def touched(self, position: int, lots: frozenset[int]) -> Literal | None:
        """Whether one of some lots starts in a position."""
        shared = position not in self._moved
        return self._base.touched(position, lots) if shared else super().touched(position, lots)

    def day(self, lot: int) -> Linear:
        """Cutover day of a lot."""
        return super().day(lot) if lot in self._movable else self._base.day(lot)

    def up_to(self, lot: int, levels: Mapping[int, int]) -> list[tuple[int, Literal]]:
        """For each level of a lot: whether it stands there or lower."""
        return super().up_to(lot, levels) if lot in self._movable else self._base.up_to(lot, levels)


def _touching(problem: PlanningProblem, movable: frozenset[int], others: frozenset[int]) -> PlanningProblem:
    """Without the rules that a wave cannot break by leaving its place for one of some others."""

    def binds(budget: Budget) -> bool:
        pools = [problem.pools[pool] for pool, _, _ in budget.terms]
        if any(pool.leaving or pool.prelude is not None for pool in pools):
            return True
        return any(place in others or weight < 0 for _, place, weight in budget.terms)

    return replace(
        problem,
        budgets=tuple(each for each in problem.budgets if binds(each)),
        peaks=(),
        window_fits=tuple(
            each
            for each in problem.window_fits
            if each.position in others or any(place in others for _, place, _ in each.terms)
        ),
        downtimes=[
            each
            for each in problem.downtimes
            if each.position in others or any(place in others for _, place, _ in each.terms)
        ],
        precedences=tuple(each for each in problem.precedences if {each.first, each.second} & movable),
        aparts=tuple(each for each in problem.aparts if {each.first, each.second} & movable),
    )
