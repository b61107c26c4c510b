"""Plans that hands have been in: whatever is wrong is one finding at its root, never an exception."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from support.inventories import inventory_from
from support.plans import plan_of_waves

from waveplan.checking import check
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan

INVENTORY = """
    sites:
      - {id: old, target: new, country: FR, exit_by: 2026-05-01, decommission_days: 5}
      - {id: new, capacity: {vcpu: 64}}
    servers: [{id: db, site: old, vcpu: 4, disk_gb: 500}, {id: web-1, site: old, disk_gb: 20}]
    links: [{between: [old, new], gbps: 1}]
    teams: [{id: ops, person_days_per_week: 20, crew: 4, on_call: 3}]
    applications:
      - {id: erp, servers: [db], effort: {ops: 4}, crew: {ops: 2}, on_call: {ops: 1}, max_downtime_hours: 12}
      - {id: reports, servers: [db], depends_on: [{app: sso, order: provider_first}]}
      - {id: web, servers: [web-1], depends_on: [{app: erp}, {app: sso, order: provider_first, min_gap_days: 7}]}
      - {id: sso, effort: {ops: 2}}
      - {id: portal, strategy: retire, depends_on: [{app: sso}]}
    policy: {preparation_days: 14, cadence: [{min_gap_days: 7}], environment_order: [test, prod]}
    rules: [{id: sso-first, before: [{app: sso}, {app: web}]}]
    contracts: [{id: lease, ends: 2026-05-31, notice_days: 60, match: {site: old}}]
"""
WAVES = {"2026-02-14-weekend": ["sso"], "2026-02-28-weekend": ["erp", "reports"], "2026-03-14-weekend": ["web"]}


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    return inventory_from(INVENTORY)


@pytest.fixture(scope="module")
def plan(inventory: Inventory) -> Plan:
    return plan_of_waves(inventory, WAVES)


def edited(plan: Plan, edit: Callable[[dict[str, Any]], object]) -> Plan:
    data = plan.model_dump(mode="json", by_alias=True)
    edit(data)
    return Plan.model_validate(data)


def found(plan: Plan, inventory: Inventory) -> list[Finding]:
    findings = list(check(plan, inventory).findings)
    assert all(finding.message and finding.advice and finding.severity == "error" for finding in findings)
    return findings


def test_the_plan_as_it_was_made_is_valid(plan: Plan, inventory: Inventory) -> None:
    assert found(plan, inventory) == []


EDITS: dict[str, tuple[Callable[[dict[str, Any]], object], str, str, tuple[str | int, ...]]] = {
    "a lot's definition is gone": (
        lambda p: p["lots"].pop(0),
        "WP301",
        "names lot 'erp-lot', which the plan does not define; in no wave: erp, reports",
        ("waves", 1, "lots", 0),
    ),
    "a wave lost its lot": (
        lambda p: p["waves"][1]["lots"].clear(),
        "WP301",
        "lot erp-lot is in no wave: erp, reports",
        ("lots", 0),
    ),
    "a wave is gone": (
        lambda p: p["waves"].pop(1),
        "WP301",
        "lot erp-lot is in no wave: erp, reports",
        ("lots", 0),
    ),
    "an item is gone": (
        lambda p: p["lots"][0]["items"].remove("reports"),
        "WP301",
        "in no lot and no wave: reports",
        ("lots", 0, "items"),
    ),
    "a lot has another name": (
        lambda p: p["lots"][0].update(id="renamed"),
        "WP301",
        "names lot 'erp-lot', which the plan does not define",
        ("waves", 1, "lots", 0),
    ),
    "a lot in two waves": (
        lambda p: p["waves"][2]["lots"].append("erp-lot"),
        "WP301",
        "lot erp-lot is planned 2 times: in 2026-02-28-weekend, 2026-03-14-weekend",
        ("waves", 2, "lots", 1),
    ),
    "an item in two lots": (
        lambda p: p["lots"][1]["items"].append("erp"),
        "WP301",
        "erp is listed 2 times: in lot erp-lot, sso-lot",
        ("lots", 1, "items"),
    ),
    "a lot defined twice": (
        lambda p: p["lots"].append(dict(p["lots"][0])),
        "WP302",
        "lot erp-lot is defined more than once",
        ("lots", 3),
    ),
    "an unknown item": (
        lambda p: p["lots"][0]["items"].append("ghost\x1b[2J"),
        "WP302",
        "holds what is not in the inventory: ghost\\x1b[2J",
        ("lots", 0),
    ),
    "a retired item": (
        lambda p: p["lots"][0]["items"].append("portal"),
        "WP302",
        "lot erp-lot holds what is retained or retired: portal",
        ("lots", 0),
    ),
    "a lot of nothing": (
        lambda p: p["lots"].append({"id": "empty", "items": []}),
        "WP302",
        "lot empty holds no item",
        ("lots", 3),
    ),
    "a wave on a day that does not exist": (
        lambda p: p["waves"][1].update(id="2026-02-29-weekend"),
        "WP303",
        "2026-02-29-weekend names no slot of the calendar",
        ("waves", 1, "id"),
    ),
    "a stream where there are none": (
        lambda p: p["waves"][1].update(id="main/2026-02-28-weekend"),
        "WP303",
        "main/2026-02-28-weekend names no slot of the calendar",
        ("waves", 1, "id"),
    ),
    "hours of another window": (
        lambda p: p["waves"][1]["slot"].update(window="night"),
        "WP303",
        "states night from 2026-02-28T20:00+00:00",
        ("waves", 1, "slot"),
    ),
}


@pytest.mark.parametrize(("edit", "code", "words", "path"), EDITS.values(), ids=EDITS)
def test_a_broken_structure_is_one_finding_at_its_root(
    edit: Callable[[dict[str, Any]], object],
    code: str,
    words: str,
    path: tuple[str | int, ...],
    plan: Plan,
    inventory: Inventory,
) -> None:
    findings = found(edited(plan, edit), inventory)
    assert [finding.code for finding in findings] == [code]
    assert words in findings[0].message
    assert (findings[0].path, findings[0].document) == (path, "plan")


def test_an_item_that_is_left_out_has_no_other_effects(plan: Plan, inventory: Inventory) -> None:
    without = edited(plan, lambda p: (p["lots"].pop(1), p["waves"].pop(0)))
    assert [finding.code for finding in found(without, inventory)] == ["WP301"]


def test_a_lot_stated_as_unplanned_is_still_missing_and_the_reason_is_told(plan: Plan, inventory: Inventory) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["waves"].pop(2)
        data["unplanned"].append({"lot": "web-lot", "reason": "no crew left"})

    (finding,) = found(edited(plan, edit), inventory)
    assert finding.message == "lot web-lot is in no wave: web; it is left unplanned, because: no crew left"


def test_a_wave_without_lots_is_stale_and_does_not_count(plan: Plan, inventory: Inventory) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["waves"][1]["lots"], data["waves"][2]["lots"] = [], ["erp-lot", "web-lot"]

    result = check(edited(plan, edit), inventory)
    assert [finding.code for finding in result.findings] == ["WP390"]
    assert "2026-02-28-weekend number 2 → -" in result.findings[0].message
    assert result.metrics.waves == 2


def test_two_waves_in_one_slot_are_judged_as_one(plan: Plan, inventory: Inventory) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["waves"][2].update(id="2026-02-28-weekend", slot=data["waves"][1]["slot"])

    result = check(edited(plan, edit), inventory)
    assert [finding.code for finding in result.findings] == ["WP303"]
    assert result.metrics.waves == 2


@pytest.mark.parametrize("seed", range(60))
def test_no_edit_whatever_makes_the_check_fail(seed: int, plan: Plan, inventory: Inventory) -> None:
    draw = random.Random(seed)
    names = ["erp-lot", "sso-lot", "web-lot", "ghost", "erp", "portal", "2026-03-21-weekend", "a/b", ""]

    def edit(data: dict[str, Any]) -> None:
        for _ in range(draw.randint(1, 6)):
            lists = [data["waves"], data["lots"], data["milestones"], data["unplanned"]]
            lists += [wave["lots"] for wave in data["waves"]] + [lot["items"] for lot in data["lots"]]
            held = draw.choice(lists)
            action = draw.choice(["drop", "repeat", "rename", "shuffle"])
            if held and action == "drop":
                held.pop(draw.randrange(len(held)))
            elif held and action == "repeat":
                held.append(held[0] if isinstance(held[0], str) else dict(held[0]))
            elif held and action == "rename" and isinstance(held[0], str):
                held[0] = draw.choice(names)
            elif held and action == "rename":
                held[draw.randrange(len(held))].update({"id": draw.choice(names)} if "id" in held[0] else {})
            else:
                draw.shuffle(held)

    changed = edited(plan, edit)
    result = check(changed, inventory)
    again = check(changed, inventory)
    assert [finding.message for finding in result.findings] == [finding.message for finding in again.findings]
    assert all(finding.advice for finding in result.findings)
