"""The common workload plan: person-days by organisation, team and week or month, load against capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from waveplan.change_calendar.spans import month_of_week, week_monday
from waveplan.domain.plan import Plan
from waveplan.domain.plan_loads import WeekLoad

By = Literal["team", "organisation"]
Per = Literal["week", "month"]
USUAL_PERIOD: Mapping[By, Per] = {"team": "week", "organisation": "month"}
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Load:
    """Person-days of a team, or of several, in a period.

    `offered` is what those teams offer that have a limit, None when none has; `unlimited` is the part of `used` that
    meets no limit.
    """

    used: Decimal
    offered: Decimal | None
    unlimited: Decimal = _NOTHING

    @property
    def limited(self) -> Decimal:
        """What stands against the offer."""
        return self.used - self.unlimited

    @property
    def share(self) -> Decimal | None:
        """Used ÷ offered; none without a limit, without end when there is work and nobody to do it."""
        if self.offered:
            return self.limited / self.offered
        if self.limited:
            return Decimal("Infinity")
        return None if self.offered is None or self.unlimited else _NOTHING


@dataclass(frozen=True, slots=True)
class LoadRow:
    """Loads of a team or an organisation: by period, and all together."""

    name: str | None  # None: teams without an organisation, together
    periods: Mapping[str, Load]

    @property
    def total(self) -> Load:
        """All periods together."""
        return together(self.periods.values())


@dataclass(frozen=True, slots=True)
class OrganisationLoad:
    """An organisation's load, and that of each of its teams."""

    whole: LoadRow
    teams: tuple[LoadRow, ...]


@dataclass(frozen=True, slots=True)
class AdoptionWork:
    """Person-days of a team that an entry of adoption takes, by period: part of its load."""

    organisation: str | None
    team: str
    entry: str
    periods: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """All periods together."""
        return sum(self.periods.values(), _NOTHING)


@dataclass(frozen=True, slots=True)
class Workload:
    """Every organisation by name, those without one last; `periods` are ISO weeks or months (`2026-03`) in order."""

    per: Per
    periods: tuple[str, ...]
    organisations: tuple[OrganisationLoad, ...]
    adoption: tuple[AdoptionWork, ...] = ()  # what of it people are told, taught and asked, by team and entry

    @property
    def teams(self) -> tuple[LoadRow, ...]:
        """Every team, by name."""
        found = (team for organisation in self.organisations for team in organisation.teams)
        return tuple(sorted(found, key=lambda row: row.name or ""))

    @property
    def whole(self) -> LoadRow:
        """Everybody together."""
        return LoadRow(None, _summed(organisation.whole for organisation in self.organisations))


def workload(plan: Plan, per: Per = "month", team: str | None = None) -> Workload:
    """The loads that a plan states, by week or month; of one team when it is named.

    A week counts in the month of its Thursday. A month's offer is that of all of its weeks, with work or without, from
    the programme's start to its deadline.
    """
    rows: dict[str | None, list[LoadRow]] = defaultdict(list)
    for name, stated in sorted(plan.teams.items()):
        if stated.weeks and team in (None, name):
            rows[stated.organisation].append(LoadRow(name, _by_period(stated.weeks, per)))
    organisations = [
        OrganisationLoad(LoadRow(name, _summed(rows[name])), tuple(rows[name]))
        for name in sorted(rows, key=lambda name: (name is None, name or ""))
    ]
    periods = {period for each in organisations for period in each.whole.periods}
    return Workload(per, tuple(sorted(periods)), tuple(organisations), tuple(_adoption(plan, per, team)))


def _adoption(plan: Plan, per: Per, team: str | None) -> Iterator[AdoptionWork]:
    for name, stated in sorted(plan.teams.items()):
        for entry, weeks in sorted(stated.adoption.items()) if team in (None, name) else ():
            found: dict[str, Decimal] = defaultdict(Decimal)
            for week, days in sorted(weeks.items()):
                found[week if per == "week" else month_of(week)] += days
            yield AdoptionWork(stated.organisation, name, entry, dict(found))


def together(loads: Iterable[Load]) -> Load:
    """Several loads as one."""
    each = list(loads)
    offers = [load.offered for load in each if load.offered is not None]
    return Load(
        sum((load.used for load in each), _NOTHING),
        sum(offers, _NOTHING) if offers else None,
        sum((load.unlimited for load in each), _NOTHING),
    )


def month_of(week: str) -> str:
    """The month, as `2026-03`, that an ISO week counts in."""
    return f"{month_of_week(week_monday(week)):%Y-%m}"


def _by_period(weeks: Mapping[str, WeekLoad], per: Per) -> dict[str, Load]:
    found: dict[str, list[Load]] = defaultdict(list)
    for week, stated in sorted(weeks.items()):
        unlimited = stated.used if stated.offered is None else _NOTHING
        found[week if per == "week" else month_of(week)].append(Load(stated.used, stated.offered, unlimited))
    return {period: together(loads) for period, loads in found.items()}


def _summed(rows: Iterable[LoadRow]) -> dict[str, Load]:
    found: dict[str, list[Load]] = defaultdict(list)
    for row in rows:
        for period, load in row.periods.items():
            found[period].append(load)
    return {period: together(found[period]) for period in sorted(found)}
