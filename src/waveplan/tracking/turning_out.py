"""The inventory as it has turned out: dates that others gave anew, stages that have to be held again.

Plans made on the way, and their check, look at this inventory rather than at what was promised.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.actuals import MilestoneRecord
from waveplan.domain.audiences import Audiences
from waveplan.domain.commitments import ExternalMilestone
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.people import KnowledgeStage, KnowledgeTransfer
from waveplan.domain.plan import Plan
from waveplan.domain.rules import Rule
from waveplan.domain.selectors import Selector
from waveplan.domain.survey_holds import survey_holds

_ONE_DAY = dt.timedelta(days=1)
_AGAIN = ("half_met", "refused")


def turned_out(inventory: Inventory, history: History, plan: Plan | None = None) -> Inventory:
    """A copy with what the actuals say of milestones and acceptances; the inventory itself where they say nothing.

    With the plan, what waits for a pilot that a survey holds comes no sooner than people could be asked again.
    """
    milestones = [_milestone(each, history) for each in inventory.external_milestones]
    transfers = [_transfer(each, history) for each in inventory.knowledge_transfers]
    changes: dict[str, object] = {}
    rules = [*_held_by_surveys(inventory, history, plan)] if plan is not None else []
    if milestones != inventory.external_milestones:
        changes["external_milestones"] = milestones
    if transfers != inventory.knowledge_transfers:
        changes["knowledge_transfers"] = transfers
        rules += _not_before_it_is_held_again(inventory, history)
    if rules:
        changes["rules"] = [*inventory.rules, *rules]
    return inventory.model_copy(update=changes) if changes else inventory


def promised_so_far(inventory: Inventory, history: History) -> list[ExternalMilestone]:
    """External milestones as they were promised, and as each record has had them: plans were made on any of that."""
    found = list(inventory.external_milestones)
    first = {each.id: each for each in found}
    found += [_as_said(first[each.id], each) for each in history.actuals.milestones if each.id in first]
    return found


def _milestone(promised: ExternalMilestone, history: History) -> ExternalMilestone:
    record = history.milestones.get(promised.id)
    return promised if record is None else _as_said(promised, record)


def _as_said(promised: ExternalMilestone, record: MilestoneRecord) -> ExternalMilestone:
    """A milestone by a record: what has come is certain, what is expected on another day is as uncertain as before."""
    if record.reached is not None:
        return promised.model_copy(update={"date": record.reached, "date_p90": None})
    if record.expected is None or record.expected == promised.date:
        return promised
    return promised.model_copy(update={"date": record.expected, "date_p90": _worst(promised, record.expected)})


def _worst(promised: ExternalMilestone, expected: dt.date) -> dt.date | None:
    """The pessimistic date as it was said; once it is contradicted, as much later as it was later than the promise."""
    worst = promised.date_p90
    if worst is None or worst <= promised.date:
        return None
    return worst if worst > expected else expected + (worst - promised.date)


def _again(transfer: KnowledgeTransfer, stage: KnowledgeStage, history: History) -> int:
    """How often a stage has to be held again: the most often that any of its scopes was not accepted."""
    counts: dict[str, int] = {}
    for record in history.actuals.acceptances:
        if record.result in _AGAIN and _is_about(transfer, stage, record.milestone) and _is_known(record.date, history):
            counts[record.milestone] = counts.get(record.milestone, 0) + 1
    return max(counts.values(), default=0)


def _is_known(day: dt.date, history: History) -> bool:
    return history.as_of is None or day <= history.as_of


def _is_about(transfer: KnowledgeTransfer, stage: KnowledgeStage, milestone: str) -> bool:
    """Whether a milestone is the acceptance of a stage: `accept kt immersion`, `accept kt@boulogne immersion`."""
    scope, _, name = milestone.removeprefix("accept ").partition(" ")
    return scope.partition("@")[0] == transfer.id and name == stage.name


def _transfer(transfer: KnowledgeTransfer, history: History) -> KnowledgeTransfer:
    again = [_again(transfer, stage, history) for stage in transfer.stages]
    if not any(again):
        return transfer
    stages = [
        stage.model_copy(update={"times": stage.times + more})
        for stage, more in zip(transfer.stages, again, strict=True)
    ]
    return transfer.model_copy(update={"stages": stages})


def _not_before_it_is_held_again(inventory: Inventory, history: History) -> Iterator[Rule]:
    """A stage that was not accepted is held again after its checkpoint, and all that follows it after that."""
    calendar, items = ChangeCalendar(inventory), Items(inventory)
    for transfer in inventory.knowledge_transfers:
        for number, stage in enumerate(transfer.stages):
            failed = [
                record
                for record in history.actuals.acceptances
                if record.result in _AGAIN
                and _is_about(transfer, stage, record.milestone)
                and _is_known(record.date, history)
            ]
            if not failed:
                continue
            last = max(record.date for record in failed)
            ahead = [stage.model_copy(update={"times": 1}), *transfer.stages[number + 1 :]]
            rest = transfer.model_copy(update={"stages": ahead})
            waiting = [item for item in items.select(transfer.match) if item.planned and item.id not in history.done]
            if waiting:
                match = Selector.parse({"id": sorted(item.id for item in waiting)})
                day = _first_cutover_after(calendar, rest, last)
                yield Rule(id=f"again-{transfer.id}-{number + 1}", match=match, not_before=day)


def _first_cutover_after(calendar: ChangeCalendar, rest: KnowledgeTransfer, checkpoint: dt.date) -> dt.date:
    """The first day before which all the stages that are left fit, after a checkpoint."""
    day = checkpoint + _ONE_DAY * sum(stage.working_days for stage in rest.stages)
    while calendar.knowledge_days(rest, day)[0].first <= checkpoint:
        day += _ONE_DAY
    return day


def _held_by_surveys(inventory: Inventory, history: History, plan: Plan) -> Iterator[Rule]:
    """What waits for a held pilot comes after the day on which answers would be known if people were asked today."""
    if history.as_of is None:
        return
    calendar, audiences = ChangeCalendar(inventory), Audiences(Items(inventory))
    for hold in survey_holds(inventory, plan, history):
        waiting = sorted(item.id for item in hold.waiting if item.id not in history.done)
        if waiting and hold.holds_on(history.as_of):
            sites = {people.site for people in audiences.reached(hold.entry, hold.about)}
            answered = calendar.adoption_days(hold.entry, history.as_of, sites).last
            day = max(answered, history.as_of) + _ONE_DAY
            yield Rule(
                id=f"held-{hold.pilot.id}-{hold.entry.id}", match=Selector.parse({"id": waiting}), not_before=day
            )
