"""People whom a plan needs in its windows and in hypercare, by team and day, as it states them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from waveplan.change_calendar import Days
from waveplan.domain.plan_loads import DayNeed, PeopleNeed, by_spans
from waveplan.engine.problem import Position
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts

Placed = Mapping[str, Position]  # lot id → where it starts
Offer = Callable[[str, dt.date], int | None]  # people whom a team has on a day; None is no limit
Needs = dict[tuple[str, dt.date], list[tuple[str, int]]]  # by team and day: what needs how many


def crews_of(facts: PlanningFacts, placed: Placed, retired: Mapping[str, dt.date]) -> dict[str, list[PeopleNeed]]:
    """Crews by team, on days on which some window runs or something of the team's is retired (as WP326 counts them).

    Whoever worked a window stays in its crew until the team's days of rest are over.
    """
    needs: Needs = defaultdict(list)
    running = {day for lot, position in _placed(facts, placed) for day in _run_days(facts, lot, position)}
    rests = {team.id: dt.timedelta(days=team.rest_days) for team in facts.inventory.teams}
    gone = _retired(facts, retired)
    last = max([facts.inventory.programme.deadline, *(day for _, day in gone)])
    for lot, position in _placed(facts, placed):
        days = _run_days(facts, lot, position)
        for team, people in lot.crew.items():
            for day in Days(days.first, min(days.last + rests[team], last)) if people else ():
                if day in running or (team, day) in gone:
                    needs[team, day].append((facts.wave_id(position), people))
    for key, found in gone.items():
        needs[key] += found
    return _stated(needs, facts.calendar.team_crew)


def on_calls_of(facts: PlanningFacts, placed: Placed) -> dict[str, list[PeopleNeed]]:
    """People in hypercare by team (as WP327 counts them)."""
    needs: Needs = defaultdict(list)
    for lot, position in _placed(facts, placed):
        days = _up_to_deadline(facts, facts.hypercare_days(position.slot, lot))
        for team, people in lot.on_call.items():
            for day in days if people else ():
                needs[team, day].append((facts.wave_id(position), people))
    return _stated(needs, facts.calendar.team_on_call)


def _placed(facts: PlanningFacts, placed: Placed) -> Iterator[tuple[Lot, Position]]:
    return ((lot, placed[lot.id]) for lot in facts.lots if lot.id in placed)


def _run_days(facts: PlanningFacts, lot: Lot, position: Position) -> Days:
    return _up_to_deadline(facts, facts.calendar.run_days(facts.slots[position.slot], facts.zone(lot)))


def _up_to_deadline(facts: PlanningFacts, days: Days) -> Days:
    return Days(days.first, min(days.last, facts.inventory.programme.deadline))


def _retired(facts: PlanningFacts, retired: Mapping[str, dt.date]) -> Needs:
    """Crews of retirements, on their day."""
    found: Needs = defaultdict(list)
    for name, each in facts.retirements.all.items():
        for team, people in facts.retirement_work.crew(each).items():
            found[team, retired[name]].append((f"retire {name}", people))
    return found


def _stated(needs: Needs, offer: Offer) -> dict[str, list[PeopleNeed]]:
    days: dict[str, dict[dt.date, DayNeed]] = defaultdict(dict)
    for (team, day), found in needs.items():
        causes = {cause for cause, _ in found}
        days[team][day] = DayNeed(sum(people for _, people in found), offer(team, day), causes)
    return {team: by_spans(days[team]) for team in days}
