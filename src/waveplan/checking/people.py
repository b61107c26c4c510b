"""People that the plan asks of each team day by day: crews in windows, and those in hypercare."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from waveplan.change_calendar import Days
from waveplan.checking.placed import PlacedLot
from waveplan.checking.placement import Placement
from waveplan.checking.retiring import RetiredFacts, Retiring
from waveplan.checking.wording import names, violation
from waveplan.domain.excess import Excess, Holder, excess
from waveplan.domain.findings import Finding
from waveplan.domain.plan_loads import DayNeed, PeopleNeed, by_spans

_ONE_DAY = dt.timedelta(days=1)


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


def too_few(facts: Placement, crowd: Crowd, template: str, hint: str) -> Finding:
    """Lots that together need more people than there are, on the worst day."""
    waves = list(dict.fromkeys(facts.wave_of[lot.items[0].id].id for lot in crowd.lots))
    values = {"team": crowd.team, "day": crowd.day.isoformat(), "used": crowd.needed, "limit": crowd.present}
    return violation(
        template,
        {**values, "waves": names(waves), "lots": names(lot.id for lot in crowd.lots)},
        subjects=(crowd.team, crowd.day.isoformat(), *waves),
        path=facts.wave_of[crowd.lots[-1].items[0].id].path,
        hint=hint,
        excess=held_by(facts, crowd),
    )


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
