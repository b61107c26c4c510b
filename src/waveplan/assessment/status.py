"""Where a programme stands on a day: the plan in force, and what is recorded up to then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from waveplan.assessment.burn_up import burn_up, coexistence_today
from waveplan.assessment.communication_standing import communication_on
from waveplan.assessment.lateness import expected_day, late_items
from waveplan.assessment.standing_waves import next_gates, standing_waves
from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.domain.status import EffortStanding, HardDateStanding, NextMilestone, Status

_RECORDED = frozenset({"acceptance", "pilot_exit", "external"})  # kinds of milestones that end in a record


def status(actuals: Actuals, plan: Plan, inventory: Inventory, as_of: dt.date) -> Status:
    """What is done, running, next and late; what is recorded of later days is passed over."""
    history, items = History(actuals, plan, as_of), Items(inventory)
    waves = standing_waves(plan, history, as_of)
    gates = next_gates(plan, waves, history, as_of)
    told = communication_on(plan, inventory, history, as_of)
    return Status(
        programme=plan.programme.name,
        as_of=as_of,
        waves=waves,
        gates=gates,
        milestones=tuple(_next_milestones(plan, history, as_of)),
        late=late_items(plan, waves, gates, history, as_of, told),
        burn_up=burn_up(plan, items, history, as_of),
        coexistence=coexistence_today(plan, items, history, as_of),
        hard_dates=tuple(_hard_dates(plan, as_of)),
        effort=tuple(_effort(plan, history)),
        communication=told,
    )


def _next_milestones(plan: Plan, history: History, as_of: dt.date) -> Iterator[NextMilestone]:
    """What will end in a record, by the day on which it is expected now."""
    found = []
    for milestone in plan.milestones:
        day = expected_day(milestone, history)
        if milestone.kind in _RECORDED and day is not None and day >= as_of:
            found.append(NextMilestone(milestone.id, milestone.kind, day, tuple(milestone.criteria)))
    yield from sorted(found, key=lambda each: (each.date, each.id))


def _hard_dates(plan: Plan, as_of: dt.date) -> Iterator[HardDateStanding]:
    for each in sorted(plan.calendar.hard_dates, key=lambda each: (each.date, each.id)):
        slack = None if each.reached is None else (each.date - each.reached).days
        yield HardDateStanding(each.id, each.date, each.reached, slack, (each.date - as_of).days)


def _effort(plan: Plan, history: History) -> Iterator[EffortStanding]:
    spent: dict[str, dict[str, Decimal]] = {}
    for (team, week), record in history.effort.items():
        spent.setdefault(team, {})[week] = record.person_days
    for team, by_week in sorted(spent.items()):
        planned = plan.teams[team].weeks if team in plan.teams else {}
        yield EffortStanding(
            team=team,
            weeks=len(by_week),
            spent=sum(by_week.values(), Decimal(0)),
            planned=sum((planned[week].used for week in by_week if week in planned), Decimal(0)),
            planned_in_all=sum((load.used for load in planned.values()), Decimal(0)),
        )
