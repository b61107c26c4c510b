"""What has become of the plan of communication by a day: held, due, overdue, below its threshold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from waveplan.assessment.communication import communication
from waveplan.domain.communication import CommunicationState, HeldEntry
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.survey_holds import is_below, survey_holds


def communication_on(
    plan: Plan, inventory: Inventory, history: History, as_of: dt.date, wave: str | None = None
) -> tuple[HeldEntry, ...]:
    """What waves hold, each with its state on a day."""
    holds = list(survey_holds(inventory, plan, history))
    undecided = {(hold.entry.id, hold.record.wave) for hold in holds if hold.decided is None}
    decided = {(hold.entry.id, hold.record.wave) for hold in holds} - undecided
    found = []
    for each in communication(plan, inventory, wave):
        record = history.adoption.get((each.entry.id, each.wave.id))
        if record is None:
            found.append(replace(each, state=_ahead(each, plan, history, as_of)))
            continue
        state: CommunicationState = "done"
        if is_below(each.entry, record):
            state = "decided" if (each.entry.id, each.wave.id) in decided else "below"
        found.append(replace(each, state=state, done=record.date, result=record.result))
    return tuple(found)


def _ahead(each: HeldEntry, plan: Plan, history: History, as_of: dt.date) -> CommunicationState:
    """Of what nobody has recorded: what a wave holds that does not take place, or has not yet, is not overdue."""
    if each.entry.is_before:
        takes_place = not history.given_up(each.wave)
    else:
        lots = plan.lots_by_id()
        items = {item for lot in each.lots if lot in lots for item in lots[lot].items}
        takes_place = any(outcome.wave == each.wave.id for item, outcome in history.done.items() if item in items)
    if not takes_place or as_of < each.first:
        return "planned"
    return "due" if as_of <= each.last else "overdue"
