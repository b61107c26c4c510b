"""The inventory as it has turned out: what others gave anew, and what has to be held again."""

from __future__ import annotations

import datetime as dt

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import check
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.tracking.turning_out import promised_so_far, turned_out
from waveplan.usecases.record import actuals_of

AS_OF = dt.date(2026, 3, 10)
INVENTORY = inventory_from("""
    programme: {name: Turning out, start: 2026-01-05, deadline: 2026-06-30}
    policy: {preparation_days: 0, gates: []}
    sites: [{id: paris}, {id: lyon}]
    applications: [{id: erp, after: [itsm]}, {id: crm}, {id: web}, {id: old, strategy: retain}]
    external_milestones: [{id: itsm, date: 2026-03-02, date_p90: 2026-03-20}, {id: other, date: 2026-03-02}]
    knowledge_transfers:
      - id: kt
        match: {app: [erp, crm, old]}
        stages: [{name: immersion, days: 5}, {name: shadowing, days: 3, times: 2}]
      - {id: second, match: {app: web}, stages: [{name: immersion, days: 2}]}
""")
PLAN = state_plan(INVENTORY, {"erp": "2026-04-18-weekend", "crm": "2026-03-07-weekend", "web": "2026-04-18-weekend"})


def _turned_out(text: str, as_of: dt.date | None = AS_OF) -> Inventory:
    loaded = actuals_of(f"waveplan_actuals: 1\n{text}", "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings
    return turned_out(INVENTORY, History(loaded.actuals, PLAN, as_of))


def _failed(name: str, day: str, result: str = "refused") -> str:
    return f"  - {{milestone: accept {name}, date: {day}, result: {result}, reason: x}}\n"


def _times(inventory: Inventory) -> list[list[int]]:
    return [[stage.times for stage in transfer.stages] for transfer in inventory.knowledge_transfers]


@pytest.mark.parametrize(
    ("record", "date", "late"),
    [
        ("expected: 2026-03-15", "2026-03-15", "2026-03-20"),
        ("expected: 2026-03-20", "2026-03-20", "2026-04-07"),  # as many days later as it was
        ("expected: 2026-03-25", "2026-03-25", "2026-04-12"),
        ("reached: 2026-03-04", "2026-03-04", None),
        ("reached: 2026-03-02", "2026-03-02", None),  # on its day: it is certain now
        ("reached: 2026-02-20", "2026-02-20", None),
    ],
)
def test_a_milestone_is_where_it_is_expected_or_was_reached(record: str, date: str, late: str | None) -> None:
    itsm, other = _turned_out(f"milestones: [{{id: itsm, {record}}}]").external_milestones
    assert (str(itsm.date), None if itsm.date_p90 is None else str(itsm.date_p90)) == (date, late)
    assert other == INVENTORY.external_milestones[1]


def test_a_plan_may_state_a_milestone_as_any_record_had_it() -> None:
    records = "milestones: [{id: itsm, expected: 2026-03-15}, {id: itsm, reached: 2026-03-09}]"
    loaded = actuals_of(f"waveplan_actuals: 1\n{records}", "actuals.yaml")
    assert loaded.actuals is not None
    history = History(loaded.actuals, PLAN, AS_OF)
    said = [(str(each.date), str(each.date_p90)) for each in promised_so_far(INVENTORY, history) if each.id == "itsm"]
    assert said == [("2026-03-02", "2026-03-20"), ("2026-03-15", "2026-03-20"), ("2026-03-09", "None")]

    expected = INVENTORY.external_milestones[0].model_copy(update={"date": dt.date(2026, 3, 15)})
    before = INVENTORY.model_copy(update={"external_milestones": [expected, INVENTORY.external_milestones[1]]})
    places = {"erp": "2026-04-18-weekend", "crm": "2026-03-07-weekend", "web": "2026-04-18-weekend"}
    plan = state_plan(before, places)  # made while it was expected on another day
    now = turned_out(INVENTORY, history)
    promised = promised_so_far(INVENTORY, history)
    assert "WP390" in {each.code for each in check(plan, now, promised=INVENTORY.external_milestones).findings}
    assert "WP390" not in {each.code for each in check(plan, now, promised=promised).findings}


def test_what_nobody_has_changed_is_the_inventory_itself() -> None:
    assert _turned_out("milestones: [{id: itsm, expected: 2026-03-02}]") is INVENTORY
    assert _turned_out("acceptances: [{milestone: accept kt immersion, date: 2026-03-01, result: signed}]") is INVENTORY
    assert _turned_out("acceptances:\n" + _failed("kt immersion", "2026-03-11")) is INVENTORY, "not known yet"


@pytest.mark.parametrize("result", ["refused", "half_met"])
def test_a_stage_that_was_not_accepted_is_held_again(result: str) -> None:
    found = _turned_out("acceptances:\n" + _failed("kt shadowing", "2026-03-10", result))
    assert _times(found) == [[1, 3], [1]]
    assert _times(_turned_out("acceptances:\n" + _failed("kt shadowing", "2026-03-10"), None)) == [[1, 3], [1]]


def test_a_stage_is_held_again_as_often_as_the_scope_that_failed_most() -> None:
    scopes = ["kt@paris immersion", "kt@lyon immersion", "kt@lyon immersion", "second@lyon immersion"]
    found = _turned_out("acceptances:\n" + "".join(_failed(name, f"2026-03-0{n + 1}") for n, name in enumerate(scopes)))
    assert _times(found) == [[3, 2], [2]]


def test_all_that_waits_goes_after_the_stages_that_are_left() -> None:
    """From the last checkpoint on which a stage failed: that stage once more, and all that follow it."""
    failed = _failed("kt immersion", "2026-03-02") + _failed("kt immersion", "2026-03-04")
    (rule,) = _turned_out("acceptances:\n" + failed).rules
    assert rule.id == "again-kt-1"
    assert rule.match is not None
    assert [item.id for item in Items(INVENTORY).select(rule.match)] == ["erp", "crm"]
    calendar, transfer = ChangeCalendar(INVENTORY), INVENTORY.knowledge_transfers[0]
    assert rule.not_before is not None
    assert calendar.knowledge_days(transfer, rule.not_before)[0].first > dt.date(2026, 3, 4)
    day_before = rule.not_before - dt.timedelta(days=1)
    assert calendar.knowledge_days(transfer, day_before)[0].first <= dt.date(2026, 3, 4)


def test_what_is_done_waits_for_nothing_any_more() -> None:
    done = "cutovers: [{wave: 2026-03-07-weekend, date: 2026-03-07, result: done}]\nacceptances:\n"
    (rule,) = _turned_out(done + _failed("kt shadowing", "2026-03-04")).rules
    assert rule.id == "again-kt-2"
    assert rule.match is not None
    assert [item.id for item in Items(INVENTORY).select(rule.match)] == ["erp"]
