"""Person-days that teams work in each week: preparation, rehearsals, knowledge transfer, retirements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
        known = self.by_cause.get(cause)
        self.by_cause[cause] = days if known is None else known + days
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
        self.adoption: dict[tuple[str, str, dt.date], Fraction] = defaultdict(Fraction)  # by team, entry and week
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
        weeks = self._weeks_of(work)
        if not weeks:
            self.homeless.append(work)
        for monday, share in weeks.items():
            days = Fraction(work.effort) * share
            self.weeks[work.team, monday].add(work.cause, work.wave, days)
            if work.held is not None:
                self.adoption[work.team, work.held.entry.id, monday] += days

    def _weeks_of(self, work: TeamWork) -> Mapping[dt.date, Fraction]:
        """Preparation follows who is there; a stage of knowledge transfer is spread evenly over working days."""
        if work.held is not None:
            return self._calendar.adoption_weeks(work.held.entry, work.days)
        if work.stage is None:
            return self._calendar.effort_weeks(work.team, work.days)
        return self._calendar.working_weeks(work.team, work.days)

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
