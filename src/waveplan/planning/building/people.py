"""People's weeks: preparation, rehearsals, adoption and knowledge transfer by team and week."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import iso_week
from waveplan.domain.policy import Rehearsal
from waveplan.engine.problem import Position
from waveplan.engine.problem.limits import Budget
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.preludes import PreludeBuilder
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts.adopting import LotAdoption
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.rehearsing import rehearsal_effort

Term = tuple[int, int, Fraction]  # pool, position, person-days of the week per unit of the pool
_Adopted = tuple[int, LotAdoption, dict[int, Decimal]]  # stream, entry, person-days by lot


class PeopleBuilder:
    """Builds the weeks of teams; pools are shared with the other builders."""

    def __init__(self, facts: PlanningFacts, pools: Pools, preludes: PreludeBuilder) -> None:
        self._facts = facts
        self._pools = pools
        self._preludes = preludes
        self._calendar = facts.calendar
        self._teams = [team.id for team in facts.inventory.teams]

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
        efforts = self._efforts.get(team, {})
        rehearsed = {
            (stream, rehearsal.id): self._rehearsal_effort(stream, rehearsal, team)
            for stream, rehearsal in self._rehearsals()
        }
        adopted = self._adopted.get(team, [])
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

    def _adoption_terms(
        self, stream: int, held: LotAdoption, amounts: dict[int, int], weeks: dict[dt.date, list[Term]]
    ) -> None:
        pool = self._pools.add(f"{held.entry.id} of {held.team}", amounts)
        for position in self._of_stream[stream]:
            for monday, share in self._facts.adoption.weeks(held, self._facts.slots[position.slot].date).items():
                weeks[monday].append((pool, position.index, share))

    # --- by team ---------------------------------------------------------------------------------------------------

    @cached_property
    def _efforts(self) -> Mapping[str, Mapping[int, Decimal]]:
        """By team: person-days of preparation of the lots that need it."""
        found: dict[str, dict[int, Decimal]] = defaultdict(dict)
        for index, lot in enumerate(self._facts.lots):
            for team, days in lot.effort.items():
                found[team][index] = days
        return found

    @cached_property
    def _adopted(self) -> Mapping[str, list[_Adopted]]:
        """By team: person-days by lot of each entry that it does, by stream and places whose working days count."""
        found: dict[str, dict[tuple[int, str, tuple[str, ...]], _Adopted]] = defaultdict(dict)
        for index, lot in enumerate(self._facts.lots):
            for held in self._facts.adoption.of(lot):
                if held.team:
                    stream = self._facts.stream_of(lot)
                    key = (stream, held.entry.id, held.places)
                    found[held.team].setdefault(key, (stream, held, {}))[2][index] = held.effort
        return {team: list(entries.values()) for team, entries in found.items()}

    @cached_property
    def _of_stream(self) -> list[list[Position]]:
        found: list[list[Position]] = [[] for _ in self._facts.streams]
        for position in self._facts.positions:
            found[position.stream].append(position)
        return found


def week_name(team: str, week: str) -> str:
    """What the budget of a team's week is called."""
    return f"person-days of {team} in {week}"


def _week_budget(name: str, terms: list[Term], offer: Fraction, unit: int) -> Budget:
    factor = common_denominator([offer * unit, *(share for _, _, share in terms)])
    whole = tuple((pool, position, scaled(share, factor)) for pool, position, share in terms)
    return Budget("WP324", name, whole, scaled(offer * unit, factor), scale=factor * unit)
