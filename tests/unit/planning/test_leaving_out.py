"""As much as possible when not everything can be planned, and what the check says of such plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan import api
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.planning.options import SolveOptions

OPTIONS = SolveOptions(time_limit=None, deterministic_limit=20.0, reproducible=True, goals=(Goal(goal="finish"),))
TEXT = """\
waveplan: 1
programme: {name: Partly, start: 2026-01-05, deadline: 2026-03-20}
teams: [{id: sysadmin, crew: 3}]
applications:
  - {id: erp, criticality: critical, crew: {sysadmin: 2}, depends_on: [{app: sso, order: provider_first}]}
  - {id: sso, criticality: low, not_after: 2026-02-10, crew: {sysadmin: 1}}
  - {id: crm, criticality: high, crew: {sysadmin: 4}}
  - {id: crm-reports, criticality: high, depends_on: [{app: crm, order: provider_first}]}
  - {id: a, depends_on: [{app: b, coupling: hard}]}
  - {id: b, depends_on: [{app: c, coupling: hard}]}
  - {id: c}
  - {id: wiki, crew: {sysadmin: 1}, not_after: 2026-02-10}
policy: {lot_limits: {applications: 2}}
"""


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Inventory]:
    file: Path = tmp_path_factory.mktemp("partly") / "inventory.yaml"
    file.write_text(TEXT, encoding="utf-8")
    validation = api.validate(str(file))
    plan = api.solve(validation, options=OPTIONS, allow_unplanned=True).plan
    assert plan is not None
    assert validation.inventory is not None
    return plan, validation.inventory


def _planned(plan: Plan) -> set[str]:
    lots = plan.lots_by_id()
    return {item for wave in plan.waves for lot in wave.lots for item in lots[lot].items}


def test_the_critical_come_first_and_what_they_wait_for(solved: tuple[Plan, Inventory]) -> None:
    plan, _ = solved
    assert {"erp", "sso"} <= _planned(plan)
    assert {"crm", "crm-reports", "a", "b", "c"}.isdisjoint(_planned(plan))
    assert "wiki" in _planned(plan)  # it needs one, and erp may go later than sso


def test_each_lot_that_is_left_out_has_its_reason(solved: tuple[Plan, Inventory]) -> None:
    plan, _ = solved
    lots = plan.lots_by_id()
    reasons = {lots[each.lot].items[0]: each.reason for each in plan.unplanned}
    assert sorted(reasons) == ["a", "crm", "crm-reports"]
    assert "holds 3 applications; lot_limits allows 2" in reasons["a"]
    assert "crew of sysadmin" in reasons["crm"]
    assert reasons["crm-reports"].startswith("it has to wait for crm-")


def test_the_check_accepts_such_a_plan_only_when_asked_to(solved: tuple[Plan, Inventory]) -> None:
    plan, inventory = solved
    assert not check(plan, inventory, allow_unplanned=True).findings
    assert {finding.code for finding in check(plan, inventory).findings} == {"WP301"}


def test_what_waits_for_a_lot_that_is_left_out_may_not_be_planned(solved: tuple[Plan, Inventory]) -> None:
    plan, inventory = solved
    names = {lot.items[0]: lot.id for lot in plan.lots}
    last = max(plan.waves, key=lambda wave: wave.date)
    waves = [
        wave.model_copy(update={"lots": [*wave.lots, names["crm-reports"]]}) if wave is last else wave
        for wave in plan.waves
    ]
    unplanned = [each for each in plan.unplanned if each.lot != names["crm-reports"]]
    wrong = plan.model_copy(update={"waves": waves, "unplanned": unplanned})
    messages = [finding.message for finding in check(wrong, inventory, allow_unplanned=True).findings]
    assert messages[0] == "crm-reports must not cut over before crm, which is left unplanned (order of crm-reports)"


def test_a_part_of_a_lot_may_not_be_left_out(solved: tuple[Plan, Inventory]) -> None:
    plan, inventory = solved
    torn = [lot.model_copy(update={"items": ["a", "b"]}) if lot.items == ["a", "b", "c"] else lot for lot in plan.lots]
    found = check(plan.model_copy(update={"lots": torn}), inventory, allow_unplanned=True).findings
    assert "WP301" in {finding.code for finding in found}


def test_when_everything_can_be_planned_nothing_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "inventory.yaml"
    file.write_text(
        TEXT.replace("crew: 3", "crew: 9").replace("applications: 2}", "applications: 3}"), encoding="utf-8"
    )
    plan = api.solve(api.validate(str(file)), options=OPTIONS, allow_unplanned=True).plan
    assert plan is not None
    assert not plan.unplanned
