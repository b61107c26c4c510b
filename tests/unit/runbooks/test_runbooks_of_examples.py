"""The runbook of each wave of the examples: whole, fitting, and right by the check of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan import api
from waveplan.change_calendar.spans import instant
from waveplan.checking.nights import night_faults
from waveplan.domain.runbooks import UNDONE
from waveplan.runbooks.ground import SharedGround

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = ("datacentre-exit", "shared-services", "support-outsourcing", "outsourcing-transition")
STAGES = {"tell-business", "impact-review", "confirm-people", "partners", "pre-tests", "gate"}
LATER = {"hypercare", "end-of-hypercare", "acceptance"}


@pytest.mark.parametrize("name", NAMES)
def test_the_runbook_of_each_wave_is_whole_and_fits(name: str) -> None:
    plan = api.load_plan(str(EXAMPLES / f"{name}.plan.yaml")).plan
    inventory = api.load(str(EXAMPLES / name)).inventory
    assert plan is not None and inventory is not None

    made = api.runbooks(plan, inventory, api.runbook_templates(inventory).tasks)

    assert made.findings == ()
    assert len(made.runbooks) == len(plan.waves)
    links = SharedGround(inventory).links
    for book in made.runbooks:
        night = book.night
        known = {task.id for task in night.night.tasks}
        assert len(known) == len(night.night.tasks)
        assert all(task.owner for task in (*night.night.tasks, *night.night.rollback, *book.before, *book.after))
        assert all(wait.task in known for task in night.night.tasks for wait in task.after)
        assert all(
            wait.task in {UNDONE, *(t.id for t in night.night.rollback)}
            for t in night.night.rollback
            for wait in t.after
        )
        assert night.fits and night.proven and not night_faults(night, links)
        assert {task.template for task in book.before} >= STAGES
        assert {task.template for task in book.after} >= LATER
        assert all(task.raci.responsible and task.raci.accountable for task in (*book.before, *book.after))
        ends = [instant(each.end) for each in night.critical_path]
        assert not known or max(ends) == instant(night.end)
        assert all(message.to and message.text["en"] and message.text["fr"] for message in book.messages)
        assert all(
            "{" not in text for message in book.messages for text in (*message.text.values(), *message.subject.values())
        )


def test_servers_that_move_are_erased_and_taken_out_of_service() -> None:
    plan = api.load_plan(str(EXAMPLES / "datacentre-exit.plan.yaml")).plan
    inventory = api.load(str(EXAMPLES / "datacentre-exit")).inventory
    assert plan is not None and inventory is not None

    made = api.runbooks(plan, inventory, api.runbook_templates(inventory).tasks, wave="W01")

    (book,) = made.runbooks
    erased = {task.server: task.first for task in book.after if task.template == "purge"}
    orders = {each.subject: each.date for each in plan.milestones if each.kind == "purge_order"}
    assert erased and erased == {server: orders[server] for server in erased}
    assert {task.server for task in book.after if task.template == "decommission"} == set(erased)


def test_one_lot_keeps_the_times_of_its_wave() -> None:
    plan = api.load_plan(str(EXAMPLES / "datacentre-exit.plan.yaml")).plan
    inventory = api.load(str(EXAMPLES / "datacentre-exit")).inventory
    assert plan is not None and inventory is not None
    templates = api.runbook_templates(inventory).tasks

    (whole,) = api.runbooks(plan, inventory, templates, wave="W06").runbooks
    (part,) = api.runbooks(plan, inventory, templates, lot="payroll").runbooks

    assert part.lot is not None
    assert 0 < len(part.night.tasks) < len(whole.night.tasks)
    assert all(each.start == whole.night.by_id[each.task.id].start for each in part.night.tasks)
    assert {each.task.lot for each in part.night.tasks} == {None, part.lot}
