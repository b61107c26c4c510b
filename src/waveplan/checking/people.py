"""What the plan asks of each team: person-days by week, crews in windows, people in hypercare."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product

from waveplan.change_calendar import Days
from waveplan.checking.adopting import HeldAdoption
from waveplan.checking.knowledge import HeldTransfer
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.placement import Placement
from waveplan.checking.retiring import RetiredFacts, Retiring
from waveplan.domain.excess import Excess, Holder, excess
from waveplan.domain.plan_loads import DayNeed, PeopleNeed, by_spans

_ONE_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class WeekUse:
    """Person-days of one team in one week, by what they are for: a wave, a stage of knowledge transfer, an entry of
    adoption, a retirement.

    `last` is the wave that comes last of those that brought work here.
    """

    by_cause: dict[str, Fraction] = field(default_factory=dict)
    waves: set[str] = field(default_factory=set)
    last: PlacedWave | None = None

    @property
    def used(self) -> Fraction:
        """Person-days for all of it."""
        return sum(self.by_cause.values(), Fraction(0))

    def add(self, cause: str, wave: PlacedWave | None, days: Fraction) -> None:
        """Count person-days for a wave, for what precedes it, or for a retirement, which has none."""
        self.by_cause[cause] = self.by_cause.get(cause, Fraction(0)) + days
        if wave is None:
            return
        self.waves.add(wave.id)
        if self.last is None or self.last.slot.order < wave.slot.order:
            self.last = wave


@dataclass(frozen=True, slots=True)
class TeamWork:
    """Effort of one team for a wave: on its days of preparation, or on those of what is named.

    That is a stage of knowledge transfer, or with `held` an entry of adoption.

    Without a wave it is that of a retirement.
    """

    wave: PlacedWave | None
    team: str
    effort: Decimal
    days: Days
    stage: str | None = None
    retired: RetiredFacts | None = None
    held: HeldAdoption | None = None

    @property
    def cause(self) -> str:
        """What it is for."""
        if self.retired is not None:
            return self.retired.id
        assert self.wave is not None
        return self.stage or self.wave.id


class TeamWorkload:
    """Preparation, rehearsals, adoption and knowledge transfer of all waves, spread over the teams' working days."""

    def __init__(
        self,
        placement: Placement,
        knowledge: Iterable[HeldTransfer],
        retiring: Retiring,
        adoption: Iterable[HeldAdoption],
    ) -> None:
        self._placement = placement
        self._calendar = placement.calendar
        self.weeks: dict[tuple[str, dt.date], WeekUse] = defaultdict(WeekUse)
        self.homeless: list[TeamWork] = []  # what finds no working day of its team
        for wave in placement.waves:
            for team, effort in wave.effort.items():
                if team in placement.teams:
                    self._spread(TeamWork(wave, team, effort, wave.preparation))
            for lot in wave.lots:
                self._rehearse(wave, lot)
        for held in knowledge:
            self._transfer(held)
        for each in adoption:
            if each.effort and each.entry.team in placement.teams:
                self._spread(TeamWork(each.wave, each.entry.team, each.effort, each.days, each.entry.id, held=each))
        for retired in retiring.all.values():
            for team, effort in retired.effort.items():
                if team in placement.teams:
                    days = retiring.preparation(retired)
                    self._spread(TeamWork(None, team, effort, days, retired=retired))

    @cached_property
    def offers(self) -> Mapping[tuple[str, dt.date], Fraction | None]:
        """What each team offers in each week in which it has work; none is no limit."""
        return {key: self._calendar.team_offer(*key) for key in sorted(self.weeks)}

    @cached_property
    def stated_weeks(self) -> Mapping[tuple[str, dt.date], tuple[Fraction, Fraction | None]]:
        """What a plan says of each team with work: used and offered, in weeks in which either is more than nothing.

        They are those of the months in which any team has work.
        """
        worked = {key: use.used for key, use in self.weeks.items() if use.used}
        weeks = self._calendar.weeks_of_months(monday for _, monday in worked)
        teams = {team for team, _ in worked}
        found: dict[tuple[str, dt.date], tuple[Fraction, Fraction | None]] = {}
        for team, monday in sorted({*worked, *product(teams, weeks)}):
            used = worked.get((team, monday), Fraction(0))
            offer = self._calendar.team_offer(team, monday)
            if used or offer:
                found[team, monday] = used, offer
        return found

    def _spread(self, work: TeamWork) -> None:
        shares = self._shares(work)
        if not shares:
            self.homeless.append(work)
        for day, share in shares.items():
            monday = self._calendar.monday_of(day)
            self.weeks[work.team, monday].add(work.cause, work.wave, Fraction(work.effort) * share)

    def _shares(self, work: TeamWork) -> Mapping[dt.date, Fraction]:
        """Preparation follows who is there; a stage of knowledge transfer is spread evenly over working days."""
        if work.held is not None:
            return self._calendar.adoption_shares(work.held.entry, work.days)
        if work.stage is None:
            return self._calendar.effort_shares(work.team, work.days)
        days = self._calendar.team_working_days(work.team, work.days)
        return {day: Fraction(1, len(days)) for day in days}

    def _transfer(self, held: HeldTransfer) -> None:
        for stage in held.stages:
            for team, effort in stage.effort.items():
                if team in self._placement.teams and held.wave is not None:
                    self._spread(TeamWork(held.wave, team, effort, stage.days, stage.name))

    def _rehearse(self, wave: PlacedWave, lot: PlacedLot) -> None:
        for rehearsal in lot.rehearsals(self._placement.items.policies[lot.stream]):
            for team, formula in rehearsal.effort.items():
                effort = lot.worked_out(formula)
                if team in self._placement.teams and effort:
                    day = self._calendar.rehearsal_day(rehearsal, wave.date, team)
                    if day is None:
                        span = self._calendar.rehearsal_span(rehearsal, wave.date)
                        self.homeless.append(TeamWork(wave, team, effort, span, rehearsal.id))
                    else:
                        self.weeks[team, self._calendar.monday_of(day)].add(wave.id, wave, Fraction(effort))


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of one team that are needed at the same time by the same lots, over one or several days."""

    team: str
    day: dt.date  # the first of the days on which most are missing
    needed: int
    present: int
    days: tuple[dt.date, ...]  # all of them
    seats: tuple[tuple[PlacedLot | RetiredFacts, int], ...]

    @property
    def lots(self) -> tuple[PlacedLot, ...]:
        """Lots that need people."""
        return tuple(each for each, _ in self.seats if not isinstance(each, RetiredFacts))

    @property
    def retired(self) -> tuple[RetiredFacts, ...]:
        """Retirements that need people."""
        return tuple(each for each, _ in self.seats if isinstance(each, RetiredFacts))


def held_by(placement: Placement, crowd: Crowd) -> Excess:
    """How many of its team's people are needed, and by whom."""
    return excess(crowd.needed, crowd.present, (_seated(placement, *seat) for seat in crowd.seats), crowd.days)


def _seated(placement: Placement, by: PlacedLot | RetiredFacts, people: int) -> Holder:
    if isinstance(by, RetiredFacts):
        return Holder(by.id, (), people)
    return Holder(placement.wave_of[by.items[0].id].id, (by.id,), people)


class PeopleRoster:
    """People needed by team and day, with the lots and the retirements that need them."""

    def __init__(self, present: Callable[[str, dt.date], int | None]) -> None:
        self.present = present  # people whom a team has on a day; None is no limit
        self.needed: dict[tuple[str, dt.date], list[tuple[PlacedLot | RetiredFacts, int]]] = defaultdict(list)

    def seat(self, lot: PlacedLot | RetiredFacts, team: str, people: int, days: Iterator[dt.date]) -> None:
        """Count the people of a team that a lot, or a retirement, needs on some days."""
        for day in days:
            self.needed[team, day].append((lot, people))

    def crowds(self) -> Iterator[Crowd]:
        """Days on which more are needed than present: one for each set of lots."""
        found: dict[tuple[str, tuple[str, ...]], list[Crowd]] = {}
        for (team, day), lots in sorted(self.needed.items(), key=lambda entry: entry[0]):
            needed, present = sum(people for _, people in lots), self.present(team, day)
            if present is not None and needed > present:
                crowd = Crowd(team, day, needed, present, (day,), tuple(lots))
                found.setdefault((team, tuple(each.id for each, _ in lots)), []).append(crowd)
        for same in found.values():
            worst = max(same, key=lambda crowd: crowd.needed - crowd.present)
            yield replace(worst, days=tuple(crowd.day for crowd in same))


def _until(last: dt.date, days: Days) -> Days:
    """Days up to the deadline: what goes on after it is a violation anyway, and may go on for a century."""
    return Days(days.first, min(days.last, last))


def crew_crowds(placement: Placement, retiring: Retiring) -> Iterator[Crowd]:
    """Crews that need more people than their team has."""
    return crew_roster(placement, retiring).crowds()


def crew_roster(placement: Placement, retiring: Retiring) -> PeopleRoster:
    """Crews on days on which some window runs or something is retired.

    A lot keeps its crew from the first day its window runs until the team's days of rest after the last are over; a
    retirement needs it on its day.
    """
    last = placement.calendar.deadline
    running = {day for wave in placement.waves for lot in wave.lots for day in _until(last, lot.run_days)}
    roster = PeopleRoster(placement.calendar.team_crew)
    gone: dict[str, set[dt.date]] = defaultdict(set)
    for retired in retiring.all.values():
        for team, people in retired.crew.items():
            if team in placement.teams:
                gone[team].add(retiring.days[retired.name])
                roster.seat(retired, team, people, iter([retiring.days[retired.name]]))
    last = max([last, *(day for days in gone.values() for day in days)])
    for wave in placement.waves:
        for lot in wave.lots:
            for team, people in lot.crew.items():
                if team in placement.teams:
                    rest = placement.teams[team].rest_days * _ONE_DAY
                    days = _until(last, Days(lot.run_days.first, lot.run_days.last + rest))
                    roster.seat(lot, team, people, (day for day in days if day in running or day in gone[team]))
    return roster


def on_call_crowds(placement: Placement) -> Iterator[Crowd]:
    """Hypercare that needs more people of a team than it can have on call on a day."""
    return on_call_roster(placement).crowds()


def on_call_roster(placement: Placement) -> PeopleRoster:
    """People in hypercare on each of its days."""
    roster = PeopleRoster(placement.calendar.team_on_call)
    for wave in placement.waves:
        for lot in wave.lots:
            for team, people in lot.on_call.items():
                if team in placement.teams:
                    roster.seat(lot, team, people, iter(_until(placement.calendar.deadline, lot.hypercare_days)))
    return roster


def people_needed(placement: Placement, roster: PeopleRoster) -> dict[str, list[PeopleNeed]]:
    """What a plan says of people by team: how many are needed and there on which days, and for what."""
    days: dict[str, dict[dt.date, DayNeed]] = defaultdict(dict)
    for (team, day), held in roster.needed.items():
        causes = {
            each.id if isinstance(each, RetiredFacts) else placement.wave_of[each.items[0].id].id for each, _ in held
        }
        needed = sum(people for _, people in held)
        if needed:
            days[team][day] = DayNeed(needed, roster.present(team, day), causes)
    return {team: by_spans(found) for team, found in days.items()}
