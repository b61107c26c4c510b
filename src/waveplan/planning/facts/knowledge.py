"""Knowledge transfers: who they are about, on which days their stages fall, and what they take of people."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from waveplan.change_calendar import Days
from waveplan.domain.items import Item
from waveplan.domain.people import KnowledgeStage, KnowledgeTransfer, Team
from waveplan.planning.facts.inventory_facts import InventoryFacts


@dataclass(frozen=True, eq=False)
class Scope:
    """One knowledge transfer of all it matches, of one site's items or of one item; `of` is that site or item."""

    transfer: KnowledgeTransfer
    of: str | None
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """`kt-datacentre`, or `kt-datacentre@boulogne`."""
        return f"{self.transfer.id}@{self.of}" if self.of else self.transfer.id


class Knowledge:
    """Every knowledge transfer of an inventory that has something to cut over."""

    def __init__(self, facts: InventoryFacts) -> None:
        self._facts = facts
        self._teams = {team.id: team for team in facts.inventory.teams}
        self._stages: dict[tuple[str, dt.date], tuple[Days, ...]] = {}
        self._weeks: dict[tuple[str, dt.date, dt.date], Counter[dt.date]] = {}
        self._efforts: dict[str, list[dict[str, Decimal]]] = {}
        self._earliest: dict[str, tuple[str | None, dt.date | None]] = {}

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """In inventory order, then by site or item."""
        return tuple(scope for transfer in self._facts.inventory.knowledge_transfers for scope in self._of(transfer))

    def _of(self, transfer: KnowledgeTransfer) -> Iterator[Scope]:
        items = list(self._facts.items.select_planned(transfer.match))
        if transfer.per == "match":
            if items:
                yield Scope(transfer, None, tuple(items))
            return
        parts: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            for of in (item.id,) if transfer.per == "item" else sorted(item.values("site")):
                parts[of].append(item)
        for of, members in sorted(parts.items()):
            yield Scope(transfer, of, tuple(members))

    def about(self, items: Iterable[Item]) -> tuple[Scope, ...]:
        """The scopes that hold one of some items, each once."""
        return tuple({scope.name: scope for item in items for scope in self._by_item.get(item.id, ())}.values())

    @cached_property
    def _by_item(self) -> Mapping[str, list[Scope]]:
        found: dict[str, list[Scope]] = defaultdict(list)
        for scope in self.scopes:
            for item in scope.items:
                found[item.id].append(scope)
        return found

    def stages(self, scope: Scope, first_cutover: dt.date) -> tuple[Days, ...]:
        """First and last day of each stage before a first cutover."""
        key = (scope.transfer.id, first_cutover)
        if key not in self._stages:
            self._stages[key] = self._facts.calendar.knowledge_days(scope.transfer, first_cutover)
        return self._stages[key]

    def efforts(self, scope: Scope) -> list[dict[str, Decimal]]:
        """Person-days by team of each stage; teams with none are left out."""
        if scope.name not in self._efforts:
            self._efforts[scope.name] = [self._effort(scope, stage) for stage in scope.transfer.stages]
        return self._efforts[scope.name]

    def _effort(self, scope: Scope, stage: KnowledgeStage) -> dict[str, Decimal]:
        servers = len({server.id for item in scope.items for server in item.servers})
        sites = {site for item in scope.items for site in item.counted_user_sites}
        users = sum(self._facts.items.sites[site].total_users for site in sites)
        found = {
            team: stage.times * (each.each + each.per_server * servers + each.per_100_users * users / 100)
            for team, each in sorted(stage.effort.items())
            if team in self._teams
        }
        return {team: days for team, days in found.items() if days}

    def work_days(self, scope: Scope, first_cutover: dt.date) -> Iterator[tuple[str, dt.date, Fraction]]:
        """Team, day and person-days, each stage's effort spread over the team's own working days in it."""
        for days, efforts in zip(self.stages(scope, first_cutover), self.efforts(scope), strict=True):
            for team, effort in efforts.items():
                working = self._facts.calendar.team_working_days(team, days)
                for day in working:
                    yield team, day, Fraction(effort) / len(working)

    def weeks(self, scope: Scope, first_cutover: dt.date) -> Mapping[tuple[str, dt.date], Fraction]:
        """Person-days by team and Monday."""
        found: dict[tuple[str, dt.date], Fraction] = {}
        for days, efforts in zip(self.stages(scope, first_cutover), self.efforts(scope), strict=True):
            for team, effort in efforts.items():
                weeks = self._working_weeks(team, days)
                whole = sum(weeks.values())
                for monday, number in weeks.items():
                    part, known = _part(effort, number, whole), found.get((team, monday))
                    found[team, monday] = part if known is None else known + part
        return found

    def _working_weeks(self, team: str, days: Days) -> Counter[dt.date]:
        """How many working days a team has in each week of some days."""
        key = (team, days.first, days.last)
        if key not in self._weeks:
            working = self._facts.calendar.team_working_days(team, days)
            self._weeks[key] = Counter(map(self._facts.calendar.monday_of, working))
        return self._weeks[key]

    def earliest(self, scope: Scope) -> tuple[str | None, dt.date | None]:
        """What keeps the calendar's first day from being that of the first cutover, and the first day that can be."""
        if scope.name not in self._earliest:
            dates = sorted({slot.date for slot in self._facts.slots})
            code = self.obstacle(scope, dates[0]) if dates else None
            first = next((date for date in dates if self.obstacle(scope, date) is None), None)
            self._earliest[scope.name] = (code, first)
        return self._earliest[scope.name]

    # --- whether it fits -------------------------------------------------------------------------------------------

    def obstacle(self, scope: Scope, first_cutover: dt.date) -> str | None:
        """The code of the rule that a first cutover on a day would break, if it breaks one."""
        spans = self.stages(scope, first_cutover)
        if spans[0].first < self._facts.start:
            return "WP347"
        for days, stage, efforts in zip(spans, scope.transfer.stages, self.efforts(scope), strict=True):
            for team in stage.effort:
                if team in self._teams and not self._is_there(self._teams[team], days):
                    return "WP348"
            if any(self._is_idle(team, days) for team in efforts):
                return "WP325"
        return None

    def _is_there(self, team: Team, days: Days) -> bool:
        there = team.available
        if there is None:
            return True
        return not (there.first and days.first < there.first) and not (there.last and days.last > there.last)

    def _is_idle(self, team: str, days: Days) -> bool:
        limited = self._teams[team].person_days_per_week is not None
        return limited and not self._working_weeks(team, days)


@lru_cache(maxsize=65536)
def _part(effort: Decimal, number: int, whole: int) -> Fraction:
    """So many parts of a whole effort: the same few on all days of a first cutover, and fractions are slow to make."""
    return Fraction(effort) * number / whole
