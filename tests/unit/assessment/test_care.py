"""What is known of an inventory, what to mend and to ask, and what missing facts would do to its plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from waveplan.assessment.care import CARED_FOR, care_notes, completeness, questions
from waveplan.assessment.care.extremes import fact_classes
from waveplan.domain.inventory import Inventory
from waveplan.usecases.care import impacts

TODAY = dt.date(2026, 6, 30)
InventoryOf = Callable[..., Inventory]

CASE = """
sites:
  - {id: old, roles: [source], target: new, country: FR}
  - {id: new, roles: [target], users: 0}
teams: [{id: ops, person_days_per_week: 5}, {id: dba, person_days_per_week: 5}]
servers:
  - {id: s1, site: old, disk_gb: 100, environment: prod, verified_on: 2026-06-01}
  - {id: s2, site: old, disks: [{id: d, gb: 50}], verified_on: 2025-01-01, labels: {blockers: [snapshot, usb]}}
  - {id: s3, site: old}
applications:
  - {id: a, servers: [s1], domain: finance, business_owner: head of finance, effort: {ops: 20}, environment: dev}
  - {id: b, servers: [s2], domain: finance, effort: {ops: 4}, max_downtime_hours: 2, cutover_hours: 2, test_hours: 1}
  - {id: c, servers: [s3], domain: sales, technical_owner: head of sales, depends_on: []}
  - {id: d, servers: [s3], domain: sales}
"""


@pytest.fixture
def inventory(inventory_of: InventoryOf) -> Inventory:
    """A few applications of two domains, of which this and that is known."""
    return inventory_of(CASE)


def test_what_is_known_is_counted_by_field_and_domain(inventory: Inventory) -> None:
    found = {(each.kind, each.field): each for each in completeness(inventory)}
    assert (found["application", "effort"].known, found["application", "effort"].all) == (2, 4)
    assert found["application", "effort"].domains == (("finance", 2, 2), ("sales", 0, 2))
    assert found["application", "depends_on"].known == 1, "an empty list says that there is none"
    assert found["server", "disk_gb"].known == 2, "the sum of its disks is known"
    assert found["server", "disk_gb"].domains == (("finance", 2, 2), ("sales", 0, 1))
    assert found["site", "users"].known == 1, "nobody works there: known"
    assert found["team", "crew"].known == 0
    assert {field for kind, field in found if kind == "server"} == set(CARED_FOR["server"])


def test_what_to_mend(inventory: Inventory) -> None:
    notes = care_notes(inventory, TODAY, 180)
    assert [(each.trouble, each.id) for each in notes] == [
        ("contradictory", "a"),
        ("contradictory", "b"),
        ("blocked", "s2"),
        ("unowned", "b"),
        ("unowned", "d"),
        ("stale", "s2"),
    ]
    assert str(notes[1].said) == "cutover and tests take 3 h, and it may be down 2 h"
    assert str(notes[2].said) == "held up: snapshot, usb"
    assert not [each for each in care_notes(inventory, TODAY, 700) if each.trouble == "stale"]


def test_questions_go_to_owners_and_say_what_is_assumed(inventory: Inventory) -> None:
    asked = list(questions(inventory))
    owners = [each.owner for each in asked]
    assert owners == sorted(owners, key=lambda owner: (not owner, owner))
    (criticality,) = [each for each in asked if (each.id, each.field) == ("a", "criticality")]
    assert (criticality.current, criticality.owner) == ("medium", "head of finance")
    assert ("a", "effort") not in {(each.id, each.field) for each in asked}
    assert {each.field for each in questions(inventory, ["vcpu", "effort"])} == {"vcpu", "effort"}


def test_extremes_are_those_of_others_in_the_inventory(inventory: Inventory) -> None:
    classes = {each.field: each for each in fact_classes(inventory)}
    effort = classes["effort"]
    assert effort.missing == ("c", "d")
    high = {each.id: each for each in effort.high.applications}
    assert high["c"].effort["ops"].each == 4, "nine in ten of two are the first"
    assert high["c"].effort["dba"].each * 10 == 5, "of none known, a tenth of a week"
    assert high["a"].effort == inventory.applications[0].effort
    assert {each.id: each.disk_gb for each in classes["disk_gb"].high.servers}["s3"] == 50
    assert "person_days_per_week" not in classes
    assert classes["max_downtime_hours"].assumed == ("–", "2")


SCARCE = """
sites: [{id: old, roles: [source], target: new}, {id: new, roles: [target]}]
links: [{between: [old, new], gbps: 10}]
teams: [{id: ops, person_days_per_week: 5}]
servers: [{id: s1, site: old, disk_gb: 10}, {id: s2, site: old, disk_gb: 10}, {id: s3, site: old, disk_gb: 10}]
applications:
  - {id: a, servers: [s1], effort: {ops: 15}, criticality: low, cutover_hours: 1, test_hours: 1, rollback_hours: 1}
  - {id: b, servers: [s2], criticality: low, cutover_hours: 1, test_hours: 1, rollback_hours: 1}
  - {id: c, servers: [s3], effort: {ops: 0}, criticality: low, cutover_hours: 1, test_hours: 1}
policy: {preparation_days: 21, hypercare: {hours: 24}}
"""


def test_what_would_change_the_plan_most_comes_first(inventory_of: InventoryOf) -> None:
    found = impacts(inventory_of(SCARCE), 200)
    assert found.finish is not None
    assert [each.field for each in found.ranked] == ["effort", "rollback_hours"]
    effort, rollback = found.ranked
    assert effort.missing == ("b",)
    assert (rollback.low.finish, rollback.high.finish) == (0, 0)
    assert rollback.low.proven
    assert effort.low.finish <= 0 <= effort.high.finish


def test_extremes_that_leave_no_plan_come_first(inventory_of: InventoryOf) -> None:
    short = SCARCE.replace(
        "effort: {ops: 0}, criticality: low, cutover_hours: 1, test_hours: 1",
        "effort: {ops: 0}, criticality: low, cutover_hours: 0.5, max_downtime_hours: 1",
    )
    found = impacts(inventory_of(short), 200)
    first = found.ranked[0]
    assert (first.field, first.high.end, first.low.end) == ("max_downtime_hours", "infeasible", "planned")
