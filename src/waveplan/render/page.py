"""What every view draws from: a plan, a language, a width, and what was asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar.spans import ONE_DAY, hours_between, iso_week, monday_of
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_loads import WeekLoad
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.plan_names import find_team, find_wave
from waveplan.domain.status import PlanStanding
from waveplan.render.language import Language, Shown, safe
from waveplan.render.signs import UNICODE, Signs, heat_sign
from waveplan.workload import By, Per

SMALLEST_WIDTH = 40


@dataclass(frozen=True)
class Page:
    """A plan on a screen of some width, narrowed to a wave or a team when one was asked for."""

    plan: Plan
    language: Language
    width: int
    signs: Signs = UNICODE
    wave: Wave | None = None
    team: str | None = None
    by: By = "team"
    names: bool = False  # tables show names behind ids
    standing: PlanStanding | None = None  # what has become of waves and lots, beside actuals
    per: Per | None = None  # None: weeks of teams, months of organisations

    @cached_property
    def every_wave(self) -> list[Wave]:
        """All waves, in order."""
        return self.plan.waves_in_order()

    @cached_property
    def waves(self) -> list[Wave]:
        """Waves to show, in order: the one that was asked for, or those in which the team has work."""
        if self.wave is not None:
            return [self.wave]
        return [wave for wave in self.every_wave if self.team is None or wave.totals.effort.get(self.team)]

    @cached_property
    def lots(self) -> list[PlanLot]:
        """Lots to show, in order of their waves, then those in no wave."""
        known = self.plan.lots_by_id()
        found = [known[lot] for wave in self.waves for lot in wave.lots if lot in known]
        if self.wave is None:
            placed = {lot for wave in self.every_wave for lot in wave.lots}
            found += [lot for lot in self.plan.lots if lot.id not in placed]
        return [lot for lot in found if self.team is None or lot.effort.get(self.team)]

    @cached_property
    def wave_of(self) -> dict[str, Wave]:
        """The wave of each lot."""
        return {lot: wave for wave in self.every_wave for lot in wave.lots}

    @cached_property
    def several_streams(self) -> bool:
        """Whether labels must name the stream."""
        return len({wave.stream for wave in self.plan.waves}) > 1

    @cached_property
    def several_years(self) -> bool:
        """Whether dates must name the year."""
        days = [day for wave in self.plan.waves for day in (wave.preparation_start, wave.hypercare_last_day)]
        return len({day.year for day in days}) > 1

    def label(self, wave: Wave) -> Shown:
        """`W04`, or `desk/W04`."""
        return safe(wave.label(with_stream=self.several_streams))

    def day(self, day: dt.date, *, weekday: bool = True) -> Shown:
        """A date, with the year where the programme spans several."""
        return self.language.day(day, weekday=weekday, year=self.several_years)


def wave_hours(wave: Wave) -> Decimal:
    """Elapsed hours of a wave's window, to a hundredth."""
    return length(wave.slot.start, wave.slot.end)


def length(start: dt.datetime, end: dt.datetime) -> Decimal:
    """Elapsed hours between two moments, to a hundredth."""
    return Decimal(round(hours_between(start, end) * 100)) / 100


def preparation_weeks(wave: Wave) -> list[str]:
    """ISO weeks that a wave's preparation touches."""
    weeks, day = [], monday_of(wave.preparation_start)
    while day < wave.date:
        weeks.append(iso_week(day))
        day += 7 * ONE_DAY
    return weeks


def load_share(load: WeekLoad) -> Decimal | None:
    """Person-days used ÷ offered; none without a limit, without end when there is work and nobody to do it."""
    if load.offered is None:
        return None
    if not load.offered:
        return Decimal("Infinity") if load.used else Decimal(0)
    return load.used / load.offered


def wave_load(plan: Plan, wave: Wave, team: str | None = None) -> Decimal | None:
    """The highest load, in the weeks of a wave's preparation, of a team that prepares it, or of one team."""
    weeks = preparation_weeks(wave)
    teams = [team] if team else wave.totals.effort
    loads = (plan.teams[name].weeks for name in teams if name in plan.teams)
    shares = (load_share(load[week]) for load in loads for week in weeks if week in load)
    return max((share for share in shares if share is not None), default=None)


def load_words(page: Page, share: Decimal) -> Shown:
    """A load as a sign of the heat scale and a percentage."""
    return Shown(f"{heat_sign(share, page.signs)} {share_words(page.language, share)}")


def share_words(language: Language, share: Decimal) -> Shown:
    """A load as a percentage, up to where more digits say nothing more."""
    return language.percent(share) if share < 10 else Shown(f">{language.percent(Decimal('9.99'))}")


def narrowed(page: Page, *, wave: str | None, team: str | None) -> Page:
    """The same page for one wave, one team, or both."""
    return replace(
        page,
        wave=find_wave(page.plan, wave) if wave else None,
        team=find_team(page.plan, team) if team else None,
    )
