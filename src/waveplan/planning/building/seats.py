"""People's days: crews by the date on which windows run, people on call by the day of hypercare.

On which days a position counts depends on its stream, on the zone whose hours its lots keep and on how long it goes on,
never on who: these tables are made once and shared by all teams.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar import Days
from waveplan.change_calendar.slot_tables import ZoneSlots
from waveplan.engine.problem.limits import Budget
from waveplan.planning.building.pools import Pools
from waveplan.planning.facts.facts import PlanningFacts

Zone = str | None
Profile = tuple[int, Zone, Decimal]  # stream, zone, hours of hypercare or days of rest
Positions = tuple[int, ...]
ByDay = Mapping[dt.date, Positions]
People = Mapping[int, int]  # by lot


class SeatBuilder:
    """Builds the budgets of teams by day; pools are shared with the other builders."""

    def __init__(self, facts: PlanningFacts, pools: Pools) -> None:
        self._facts = facts
        self._pools = pools
        self._slots = facts.calendar.tables
        self._shared: dict[Positions, Positions] = {}
        self._days: dict[tuple[str, int, ZoneSlots, Decimal], ByDay] = {}

    def crews(self) -> Iterator[Budget]:
        """WP326: crews of windows whose run and rest hold a date, on every date on which a window runs."""
        of = self._by_team(lambda lot: self._facts.lots[lot].crew)
        for team in self._facts.inventory.teams:
            rest = Decimal(team.rest_days)
            pools = self._by_profile(f"crew of {team.id}", of.get(team.id, {}), lambda _, rest=rest: rest)  # type: ignore[misc]
            tables = [(pool, self._busy(profile)) for profile, pool in pools]
            yield from self._budgets("WP326", "crew", team.id, tables, self._running if rest else None)

    def on_call(self) -> Iterator[Budget]:
        """WP327: people in hypercare on each calendar day."""
        of = self._by_team(lambda lot: self._facts.lots[lot].on_call)
        for team in self._facts.inventory.teams:
            pools = self._by_profile(
                f"on-call of {team.id}", of.get(team.id, {}), lambda lot: self._facts.lots[lot].hypercare_hours
            )
            tables = [(pool, self._watched(profile)) for profile, pool in pools]
            yield from self._budgets("WP327", "on-call", team.id, tables, None)

    # --- who ---------------------------------------------------------------------------------------------------------

    def _by_team(self, people: Callable[[int], Mapping[str, int]]) -> Mapping[str, People]:
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for lot in range(len(self._facts.lots)):
            for team, number in people(lot).items():
                found[team][lot] = number
        return found

    def _by_profile(self, name: str, people: People, goes_on: Callable[[int], Decimal]) -> list[tuple[Profile, int]]:
        """Pools of lots by stream, and by what tells on which days of a slot they count."""
        groups: dict[Profile, dict[int, int]] = defaultdict(dict)
        for index, number in people.items():
            lot = self._facts.lots[index]
            groups[self._facts.stream_of(lot), self._facts.zone(lot), goes_on(index)][index] = number
        return [(profile, self._pools.add(name, group)) for profile, group in groups.items()]

    # --- when --------------------------------------------------------------------------------------------------------

    def _busy(self, profile: Profile) -> ByDay:
        """Positions by day on which their windows run, or people rest after it."""
        more = dt.timedelta(days=int(profile[2]))
        return self._table("crew", profile, lambda slots: [Days(days.first, days.last + more) for days in slots.runs])

    def _watched(self, profile: Profile) -> ByDay:
        """Positions by day of their hypercare."""
        return self._table("on-call", profile, lambda slots: slots.hypercare(profile[2]))

    def _table(self, kind: str, profile: Profile, days: Callable[[ZoneSlots], Sequence[Days]]) -> ByDay:
        stream, zone, goes_on = profile
        slots = self._slots.of(zone)
        key = (kind, stream, slots, goes_on)
        if key not in self._days:
            found: dict[dt.date, list[int]] = defaultdict(list)
            for position, span in enumerate(days(slots), self._facts.position(stream, 0)):
                for day in span:
                    found[day].append(position)
            self._days[key] = {day: self._one(tuple(positions)) for day, positions in found.items()}
        return self._days[key]

    def _one(self, positions: Positions) -> Positions:
        """One tuple for all that are equal: they can then be told apart by identity."""
        return self._shared.setdefault(positions, positions)

    @cached_property
    def _running(self) -> Mapping[dt.date, frozenset[int]]:
        """By day: positions whose window runs then, for lots of any zone of their stream."""
        found: dict[dt.date, set[int]] = defaultdict(set)
        for stream, zone in {(self._facts.stream_of(lot), self._facts.zone(lot)) for lot in self._facts.lots}:
            for day, positions in self._busy((stream, zone, Decimal(0))).items():
                found[day].update(positions)
        return {day: frozenset(positions) for day, positions in found.items()}

    # --- how many ----------------------------------------------------------------------------------------------------

    def _budgets(
        self,
        code: str,
        name: str,
        team: str,
        tables: list[tuple[int, ByDay]],
        running: Mapping[dt.date, frozenset[int]] | None,
    ) -> Iterator[Budget]:
        """A budget for all days on which the same positions count, with the limit of the tightest of them."""
        limit_on = self._facts.calendar.team_crew if code == "WP326" else self._facts.calendar.team_on_call
        alike: dict[int, tuple[ByDay, list[int]]] = {}  # zones of one time share the table
        for pool, table in tables:
            alike.setdefault(id(table), (table, []))[1].append(pool)
        on: dict[dt.date, list[tuple[list[int], Positions]]] = defaultdict(list)
        for table, pools in alike.values():
            for day, positions in table.items():
                on[day].append((pools, positions))
        tightest: dict[object, tuple[int, dt.date]] = {}
        for day in sorted(on):
            limit = limit_on(team, day)
            if limit is None or (running is not None and not running.get(day)):
                continue
            key = (tuple((id(pools), id(where)) for pools, where in on[day]), self._when(on[day], day, running))
            if key not in tightest or limit < tightest[key][0]:
                tightest[key] = (limit, day)
        for limit, day in tightest.values():
            by_pool = sorted((pool, where) for pools, where in on[day] for pool in pools)
            terms = tuple((pool, position, 1) for pool, where in by_pool for position in where)
            when = self._when(on[day], day, running)
            yield Budget(code, f"{name} of {team} on {day.isoformat()}", terms, limit, when)

    @staticmethod
    def _when(
        on: list[tuple[list[int], Positions]], day: dt.date, running: Mapping[dt.date, frozenset[int]] | None
    ) -> Positions | None:
        """Where a day also holds people who rest: the positions whose windows run then, as only they count it."""
        if running is None or all(running[day].issuperset(positions) for _, positions in on):
            return None
        return tuple(sorted(running[day]))
