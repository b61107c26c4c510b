"""The window: transfer, cutover, tests and rollback fit it; downtime stays under its limit."""

from __future__ import annotations

from waveplan.engine.model.sums import add_loads
from waveplan.engine.model.variables import Linear, Literal, Variables
from waveplan.engine.problem.limits import Amounts, WindowFit

_BESIDE_TRANSFER = ("cutover", "test", "rollback")


class WindowModel:
    """Longest hours of each kind of work by position, and what must fit."""

    def __init__(self, variables: Variables) -> None:
        self._variables = variables
        self._longest: dict[tuple[str, int], Linear] = {}
        self._reaches: dict[tuple[int, int], Literal] = {}

    def add_work(self) -> None:
        """WP328 without links: the longest transport, cutover, test and rollback fit the window together."""
        work = self._variables.problem.work
        for position in self._variables.used:
            kinds = ("transport", "cutover", "test", "rollback")
            room = work.hours[position]
            if sum(self._most(getattr(work, kind), position) for kind in kinds) > room:
                total = sum(self.longest(kind, position) for kind in kinds)
                self._variables.model.add(total <= room)

    def add_fits(self) -> None:
        """WP328: data of all waves at the same time cross each link in what the longest work leaves of the window."""
        for fit in self._variables.problem.window_fits:
            self._add_fit(fit)

    def _add_fit(self, fit: WindowFit) -> None:
        variables = self._variables
        conditions = [variables.touched(fit.position, fit.users)]
        if fit.zone_lots is not None:
            conditions.append(variables.touched(fit.position, fit.zone_lots))
        if any(condition is None for condition in conditions):
            return
        most = sum(self._most(getattr(variables.problem.work, kind), fit.position) for kind in _BESIDE_TRANSFER)
        if fit.least_work > most:
            return
        if fit.least_work:
            conditions.append(self._reaching(fit.position, fit.least_work))
        if fit.most_work is not None and fit.most_work < most:
            conditions.append(~self._reaching(fit.position, fit.most_work + 1))
        work = [
            (
                fit.work,
                self.longest(kind, fit.position),
                self._most(getattr(variables.problem.work, kind), fit.position),
            )
            for kind in _BESIDE_TRANSFER
        ]
        add_loads(variables, fit.terms, fit.room, conditions, work)

    def _reaching(self, position: int, work: int) -> Literal:
        """Whether the longest cutover, test and rollback of a position come to so much or more."""
        key = (position, work)
        if key not in self._reaches:
            literal = self._variables.model.new_bool_var(f"work at {position} reaches {work}")
            total = sum(self.longest(kind, position) for kind in _BESIDE_TRANSFER)
            self._variables.model.add(total >= work).only_enforce_if(literal)
            self._variables.model.add(total <= work - 1).only_enforce_if(~literal)
            self._reaches[key] = literal
        return self._reaches[key]

    def add_downtimes(self) -> None:
        """WP329: while a lot with a limit is in a wave, no link of the wave takes longer than the lot bears."""
        variables = self._variables
        for limit in variables.problem.downtimes:
            starts = variables.starts_in.get((limit.lot, limit.position))
            link_used = variables.touched(limit.position, limit.users)
            if starts is None or link_used is None:
                continue
            add_loads(variables, limit.terms, limit.limit, [starts, link_used])

    def longest(self, kind: str, position: int) -> Linear:
        """The longest hours of one kind of work among the lots in a position."""
        key = (kind, position)
        if key not in self._longest:
            amounts: Amounts = getattr(self._variables.problem.work, kind)
            most = self._most(amounts, position)
            variable: Linear = 0
            if most:
                variable = self._variables.model.new_int_var(0, most, f"longest {kind} at {position}")
                for lot in self._variables.lots_at[position]:
                    if lot in amounts:
                        starts = self._variables.starts_in[lot, position]
                        self._variables.model.add(variable >= amounts[lot] * starts)
            self._longest[key] = variable
        return self._longest[key]

    def _most(self, amounts: Amounts, position: int) -> int:
        return max((amounts.get(lot, 0) for lot in self._variables.lots_at[position]), default=0)
