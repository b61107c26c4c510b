"""Knowledge transfer as integers: the days on which the first lot of each may cut over, and its share of team weeks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from waveplan.engine.problem.orders import Prelude
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.knowledge import Knowledge, Scope

Share = tuple[dt.date, int, Fraction]  # Monday, position that stands for the first cutover's day, person-days


class PreludeBuilder:
    """Builds the preludes of knowledge transfers; a prelude has the number of its scope."""

    def __init__(self, facts: PlanningFacts, knowledge: Knowledge) -> None:
        self._facts = facts
        self._knowledge = knowledge
        self._lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}
        self._dates: dict[dt.date, int] = {}  # date with slots → lowest position of it
        for position in facts.positions:
            self._dates.setdefault(facts.slots[position.slot].date, position.index)

    def preludes(self) -> tuple[Prelude, ...]:
        """One for each scope."""
        return tuple(self._prelude(scope) for scope in self._knowledge.scopes)

    def _prelude(self, scope: Scope) -> Prelude:
        fine = (date for date in self._dates if self._knowledge.obstacle(scope, date) is None)
        return Prelude(scope.name, self._lots(scope), frozenset(self._facts.day(date) for date in fine))

    def _lots(self, scope: Scope) -> tuple[int, ...]:
        return tuple(sorted({self._lot_of[item.id] for item in scope.items}))

    def shares(self, team: str) -> Iterator[tuple[int, Scope, list[Share]]]:
        """By scope in which a team takes part: what each week has of it, for every day of a first cutover."""
        for number, scope in enumerate(self._knowledge.scopes):
            if any(team in efforts for efforts in self._knowledge.efforts(scope)):
                yield number, scope, self._table[scope.name][team]

    @cached_property
    def _table(self) -> Mapping[str, Mapping[str, list[Share]]]:
        found: dict[str, dict[str, list[Share]]] = {}
        for scope in self._knowledge.scopes:
            mine: dict[str, list[Share]] = defaultdict(list)
            for date, position in self._dates.items():
                for (team, monday), days in self._knowledge.weeks(scope, date).items():
                    mine[team].append((monday, position, days))
            found[scope.name] = mine
        return found
