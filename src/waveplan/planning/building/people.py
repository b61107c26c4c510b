"""People: preparation and rehearsals by team and week, crews by date, on-call by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import Days, iso_week
from waveplan.change_calendar.spans import ONE_DAY
from waveplan.domain.policy import Rehearsal
from waveplan.engine.limits import Budget
from waveplan.engine.problem import Position
from waveplan.lots.lot import Lot
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.preludes import PreludeBuilder
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts.adopting import LotAdoption
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.rehearsing import rehearsal_effort

Profile = tuple[int, str | None, Decimal | None]  # stream, zone, hours of hypercare
Term = tuple[int, int, Fraction]  # pool, position, person-days of the week per unit of the pool


class _Limits(dict[dt.date, int | None]):
    """How many people a team has on each day that is asked about; None is no limit."""

    def __init__(self, limit: Callable[[dt.date], int | None]) -> None:
        super().__init__()
        self._limit = limit

    def __missing__(self, day: dt.date) -> int | None:
        found = self[day] = self._limit(day)
        return found


class PeopleBuilder:
    """Builds the budgets of teams; pools are shared with the other builders."""

    def __init__(self, facts: PlanningFacts, pools: Pools, preludes: PreludeBuilder) -> None:
        self._facts = facts
        self._pools = pools
        self._preludes = preludes
        self._calendar = facts.calendar
        self._teams = [team.id for team in facts.inventory.teams]
        self._days: dict[tuple[int, str | None, Decimal | None], tuple[dt.date, ...]] = {}

    # --- weeks -----------------------------------------------------------------------------------------------------

    def weeks(self) -> Iterator[Budget]:
        """WP324: person-days of each team and week, of knowledge transfer too; exact limits make load ratios exact."""
        for team in self._teams:
            weeks: dict[dt.date, list[Term]] = defaultdict(list)
            unit = self._preparation(team, weeks)
            for monday in sorted(weeks):
                offer = self._calendar.team_offer(team, monday)
                if offer is not None:
                    name = week_name(team, iso_week(monday))
                    yield _week_budget(name, weeks[monday], offer, unit)

    def _preparation(self, team: str, weeks: dict[dt.date, list[Term]]) -> int:
        efforts = {index: lot.effort[team] for index, lot in enumerate(self._facts.lots) if team in lot.effort}
        rehearsed = {
            (stream, rehearsal.id): self._rehearsal_effort(stream, rehearsal, team)
            for stream, rehearsal in self._rehearsals()
        }
        adopted = self._adoption(team)
        others = (*rehearsed.values(), *(found for _, _, found in adopted))
        amounts = [*efforts.values(), *(value for found in others for value in found.values())]
        unit = common_denominator(amounts)
        if efforts:
            pool = self._pools.add(f"effort of {team}", {i: scaled(v, unit) for i, v in efforts.items()})
            for stream in sorted({self._facts.stream_of(self._facts.lots[index]) for index in efforts}):
                for position in self._of_stream[stream]:
                    for monday, share in self._spread(team, position):
                        weeks[monday].append((pool, position.index, share))
        for stream, rehearsal in self._rehearsals():
            found = rehearsed[stream, rehearsal.id]
            if found:
                amounts_of = {index: scaled(value, unit) for index, value in found.items()}
                pool = self._pools.add(f"{rehearsal.id} of {team}", amounts_of)
                self._rehearsal_terms(team, stream, rehearsal, pool, weeks)
        for stream, held, found in adopted:
            self._adoption_terms(stream, held, {index: scaled(value, unit) for index, value in found.items()}, weeks)
        for number, scope, shares in self._preludes.shares(team):
            pool = self._pools.add_prelude(f"{scope.name} of {team}", number, unit)
            for monday, place, days in shares:
                weeks[monday].append((pool, place, days))
        return unit

    def _spread(self, team: str, position: Position) -> Iterable[tuple[dt.date, Fraction]]:
        policy = self._facts.items.policies[self._facts.streams[position.stream]]
        date = self._facts.slots[position.slot].date
        days = self._calendar.preparation_days(policy.preparation_days, date)
        return self._calendar.effort_weeks(team, days).items()

    def _rehearsals(self) -> Iterator[tuple[int, Rehearsal]]:
        for stream, name in enumerate(self._facts.streams):
            for rehearsal in self._facts.items.policies[name].rehearsals:
                yield stream, rehearsal

    def _rehearsal_effort(self, stream: int, rehearsal: Rehearsal, team: str) -> dict[int, Decimal]:
        if team not in rehearsal.effort:
            return {}
        own = ((index, lot) for index, lot in enumerate(self._facts.lots) if self._facts.stream_of(lot) == stream)
        found = {index: rehearsal_effort(self._facts, rehearsal, lot, team) for index, lot in own}
        return {index: days for index, days in found.items() if days}

    def _rehearsal_terms(
        self, team: str, stream: int, rehearsal: Rehearsal, pool: int, weeks: dict[dt.date, list[Term]]
    ) -> None:
        for position in self._facts.positions:
            if position.stream == stream:
                day = self._calendar.rehearsal_day(rehearsal, self._facts.slots[position.slot].date, team)
                if day is not None:
                    weeks[self._calendar.monday_of(day)].append((pool, position.index, Fraction(1)))

    def _adoption(self, team: str) -> list[tuple[int, LotAdoption, dict[int, Decimal]]]:
        """Person-days by lot of each entry that a team does, by stream and places whose working days count."""
        found: dict[tuple[int, str, tuple[str, ...]], tuple[int, LotAdoption, dict[int, Decimal]]] = {}
        for index, lot in self._numbered():
            for held in self._facts.adoption.of(lot):
                if held.team == team:
                    stream = self._facts.stream_of(lot)
                    key = (stream, held.entry.id, held.places)
                    found.setdefault(key, (stream, held, {}))[2][index] = held.effort
        return list(found.values())

    def _adoption_terms(
        self, stream: int, held: LotAdoption, amounts: dict[int, int], weeks: dict[dt.date, list[Term]]
    ) -> None:
        pool = self._pools.add(f"{held.entry.id} of {held.team}", amounts)
        for position in self._of_stream[stream]:
            by_week: dict[dt.date, Fraction] = defaultdict(Fraction)
            for day, share in self._facts.adoption.shares(held, self._facts.slots[position.slot].date).items():
                by_week[self._calendar.monday_of(day)] += share
            for monday, share in by_week.items():
                weeks[monday].append((pool, position.index, share))

    # --- crews and on-call -----------------------------------------------------------------------------------------

    def crews(self) -> Iterator[Budget]:
        """WP326: crews of windows whose run and rest hold a date, on every date on which a window runs."""
        for team in self._facts.inventory.teams:
            pools = self._by_profile(f"crew of {team.id}", {i: lot.crew.get(team.id, 0) for i, lot in self._numbered()})
            rest = dt.timedelta(days=team.rest_days)
            most = _Limits(lambda day, team=team.id: self._calendar.team_crew(team, day))  # type: ignore[misc]
            running: dict[dt.date, set[int]] = defaultdict(set)
            resting: dict[dt.date, list[tuple[int, int]]] = defaultdict(list)
            for position in self._facts.positions if pools else ():
                for zone in self._zones[position.stream]:
                    days = self._running(position.slot, zone)
                    for day in days:
                        if most[day] is not None:
                            running[day].add(position.index)
                    found = pools.get((position.stream, zone, None))
                    if found is None:
                        continue
                    terms = [(pool, position.index) for pool in found]
                    for day in (*days, *Days(days[-1] + ONE_DAY, days[-1] + rest)):
                        if most[day] is not None:
                            resting[day] += terms
            yield from self._day_budgets("WP326", f"crew of {team.id}", most, resting, running)

    def on_call(self) -> Iterator[Budget]:
        """WP327: people in hypercare on each calendar day."""
        for team in self._facts.inventory.teams:
            amounts = {index: lot.on_call.get(team.id, 0) for index, lot in self._numbered()}
            pools = self._by_profile(f"on-call of {team.id}", amounts, by_hypercare=True)
            most = _Limits(lambda day, team=team.id: self._calendar.team_on_call(team, day))  # type: ignore[misc]
            days: dict[dt.date, list[tuple[int, int]]] = defaultdict(list)
            for (stream, zone, hours), found in pools.items():
                for position in self._of_stream[stream]:
                    terms = [(pool, position.index) for pool in found]
                    for day in self._watched(position.slot, zone, hours or Decimal(0)):
                        if most[day] is not None:
                            days[day] += terms
            yield from self._day_budgets("WP327", f"on-call of {team.id}", most, days, None)

    def _running(self, slot: int, zone: str | None) -> tuple[dt.date, ...]:
        """Days on which a window runs, for lots of a zone; teams and streams share them."""
        key = (slot, zone, None)
        if key not in self._days:
            self._days[key] = tuple(self._calendar.run_days(self._facts.slots[slot], zone))
        return self._days[key]

    def _watched(self, slot: int, zone: str | None, hours: Decimal) -> tuple[dt.date, ...]:
        """Days of hypercare after a window, likewise."""
        key = (slot, zone, hours)
        if key not in self._days:
            self._days[key] = tuple(self._calendar.hypercare_days(self._facts.slots[slot], hours, zone))
        return self._days[key]

    def _day_budgets(
        self,
        code: str,
        name: str,
        most: _Limits,
        days: dict[dt.date, list[tuple[int, int]]],
        running: dict[dt.date, set[int]] | None,
    ) -> Iterator[Budget]:
        tightest: dict[tuple[tuple[tuple[int, int], ...], tuple[int, ...] | None], tuple[int, dt.date]] = {}
        for day in sorted(days):
            limit = most[day]
            if limit is None or (running is not None and not running[day]):
                continue
            terms = tuple(sorted(days[day]))
            when = None
            if running is not None and {position for _, position in terms} - running[day]:
                when = tuple(sorted(running[day]))
            if (terms, when) not in tightest or limit < tightest[terms, when][0]:
                tightest[terms, when] = (limit, day)
        for (terms, when), (limit, day) in tightest.items():
            weighted = tuple((pool, position, 1) for pool, position in terms)
            yield Budget(code, f"{name} on {day.isoformat()}", weighted, limit, when)

    def _by_profile(self, name: str, amounts: dict[int, int], by_hypercare: bool = False) -> dict[Profile, list[int]]:
        """Pools of lots by stream, and by what tells on which days of a slot they count."""
        groups: dict[Profile, dict[int, int]] = defaultdict(dict)
        for index, lot in self._numbered():
            if amounts[index]:
                hours = lot.hypercare_hours if by_hypercare else None
                groups[self._facts.stream_of(lot), self._facts.zone(lot), hours][index] = amounts[index]
        return {key: [self._pools.add(name, group)] for key, group in groups.items()}

    @cached_property
    def _zones(self) -> list[list[str | None]]:
        """By stream: zones of its lots."""
        found: list[set[str | None]] = [set() for _ in self._facts.streams]
        for lot in self._facts.lots:
            found[self._facts.stream_of(lot)].add(self._facts.zone(lot))
        return [sorted(zones, key=lambda zone: zone or "") for zones in found]

    @cached_property
    def _of_stream(self) -> list[list[Position]]:
        found: list[list[Position]] = [[] for _ in self._facts.streams]
        for position in self._facts.positions:
            found[position.stream].append(position)
        return found

    def _numbered(self) -> Iterator[tuple[int, Lot]]:
        return iter(enumerate(self._facts.lots))


def week_name(team: str, week: str) -> str:
    """What the budget of a team's week is called."""
    return f"person-days of {team} in {week}"


def _week_budget(name: str, terms: list[Term], offer: Fraction, unit: int) -> Budget:
    factor = common_denominator([offer * unit, *(share for _, _, share in terms)])
    whole = tuple((pool, position, scaled(share, factor)) for pool, position, share in terms)
    return Budget("WP324", name, whole, scaled(offer * unit, factor), scale=factor * unit)
