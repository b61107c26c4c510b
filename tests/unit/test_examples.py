"""The examples are what their pages say: clean, of the size they claim, and planned as they promise."""

from __future__ import annotations

import math
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from waveplan import api
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.loading import load_plan

ROOT = Path(__file__).resolve().parents[2]
FIRST_STEPS = ROOT / "examples" / "first-steps"
DATACENTRE_EXIT = ROOT / "examples" / "datacentre-exit"
PLAN_FILE = ROOT / "examples" / "datacentre-exit.plan.yaml"


@pytest.fixture(scope="module")
def datacentre_exit() -> Inventory:
    inventory = api.validate(str(DATACENTRE_EXIT)).inventory
    assert inventory is not None
    return inventory


@pytest.fixture(scope="module")
def plan() -> Plan:
    loaded = load_plan(str(PLAN_FILE))
    assert loaded.plan is not None
    assert not loaded.findings
    return loaded.plan


@pytest.mark.parametrize("folder", [FIRST_STEPS, DATACENTRE_EXIT], ids=lambda folder: folder.name)
def test_validation_finds_nothing(folder: object) -> None:
    assert api.validate(str(folder)).findings == ()


def test_first_steps_is_under_forty_lines() -> None:
    assert len((FIRST_STEPS / "inventory.yaml").read_text(encoding="utf-8").splitlines()) < 40


def test_the_datacentre_exit_is_of_the_size_that_its_page_tells(datacentre_exit: Inventory) -> None:
    items = Items(datacentre_exit)
    kinds = Counter(items.servers[server].kind for server in items.moving_servers)

    assert len(datacentre_exit.servers) == 124
    assert len(items.moving_servers) == 121
    assert len(datacentre_exit.applications) == 61
    assert len({application.domain for application in datacentre_exit.applications}) == 8
    assert len(datacentre_exit.teams) == 5
    assert all(kinds[kind] for kind in ("partition", "physical", "appliance", "vm"))
    assert not any(application.slot for application in datacentre_exit.applications)
    assert not any(rule.slot for rule in datacentre_exit.rules)


def test_thirteen_waves_follow_from_the_sums(datacentre_exit: Inventory) -> None:
    early, late = datacentre_exit.policy.cadence
    assert early.waves is not None
    assert early.limits.servers is not None
    most = datacentre_exit.policy.wave_limits.servers
    assert most is not None

    left = len(Items(datacentre_exit).moving_servers) - early.waves * early.limits.servers

    assert early.waves + math.ceil(left / most) == 13
    assert (early.min_gap_days, late.max_waves_per_week) == (14, 2)


def test_the_kept_plan_is_of_the_inventory_as_it_stands(plan: Plan) -> None:
    stated = {entry.file: entry.sha256 for entry in plan.inventory}
    there = {
        path.relative_to(DATACENTRE_EXIT).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in DATACENTRE_EXIT.rglob("*.yaml")
    }

    assert stated == there, "solve the example again: see examples/README.md"


def test_the_kept_plan_is_valid_and_proven(plan: Plan, datacentre_exit: Inventory) -> None:
    result = check(plan, datacentre_exit)

    assert result.findings == ()
    assert result.metrics == plan.metrics
    assert result.metrics.waves == 13
    assert {goal.goal: goal.status for goal in plan.solve.goals if goal.goal in {"finish", "waves"}} == {
        "finish": "optimal",
        "waves": "optimal",
    }
    sizes = [wave.totals.servers for wave in plan.waves_in_order()]
    assert sum(sizes) == 121
    assert max(sizes[:4]) <= 6
    assert max(sizes) <= 12


def test_first_steps_comes_to_three_waves_around_its_freeze() -> None:
    from waveplan.planning import SolveOptions, solve

    inventory = api.validate(str(FIRST_STEPS)).inventory
    assert inventory is not None

    outcome = solve(inventory, options=SolveOptions(deterministic_limit=30, workers=1))

    assert outcome.plan is not None
    assert [wave.id for wave in outcome.plan.waves_in_order()] == [
        "2027-02-20-weekend",
        "2027-03-13-weekend",
        "2027-03-20-weekend",
    ]
    assert all(goal.status == "optimal" for goal in outcome.plan.solve.goals)
    assert check(outcome.plan, inventory).findings == ()
