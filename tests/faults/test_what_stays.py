"""What stays on a site: no exit is dated, the plan lists it, and planner and check see the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from waveplan import api
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.planning import SolveOptions

FAULTS = Path(__file__).parent
OPTIONS = SolveOptions(deterministic_limit=5, workers=1)


def planned(inventory: Inventory) -> Plan:
    plan = api.solve_checked(inventory, options=OPTIONS).plan
    assert plan is not None
    return plan


def exits(plan: Plan) -> list[str]:
    return [each.subject for each in plan.milestones if each.kind == "site_exit"]


def stays(plan: Plan) -> dict[str, list[str]]:
    return {stay.site: [*stay.items, *stay.servers] for stay in plan.stays}


@pytest.mark.parametrize(("name", "kept"), [("exit-with-retained", ["hr", "mainframe"]), ("only-one-group", ["stock"])])
def test_a_site_on_which_something_stays_has_no_exit(name: str, kept: list[str]) -> None:
    inventory = api.validate(str(FAULTS / "what-stays" / f"{name}.yaml")).inventory
    assert inventory is not None
    plan = planned(inventory)
    assert (exits(plan), stays(plan)) == ([], {"dc": kept})


def test_a_server_without_application_is_an_error_where_the_site_must_be_empty() -> None:
    found = api.validate(str(FAULTS / "what-stays" / "orphan.yaml")).findings
    assert [finding.code for finding in found if finding.severity == "error"] == ["WP114"]


def inventory_of(applications: list[dict[str, Any]], server: dict[str, Any] | None = None, **site: Any) -> Inventory:
    """Applications at `dc`, each with a server of its own, and perhaps a server beside them."""
    servers = [{"id": f"s-{each['id']}", "site": "dc", "disk_gb": 5} for each in applications]
    return Inventory.model_validate(
        {
            "waveplan": 1,
            "programme": {"name": "Exit", "start": "2027-01-04", "deadline": "2027-06-30"},
            "sites": [{"id": "dc", "target": "cloud", "decommission_days": 5, **site}, {"id": "cloud"}],
            "servers": servers + ([{"site": "dc", **server}] if server else []),
            "applications": [{"servers": [f"s-{each['id']}"], **each} for each in applications],
        }
    )


def test_a_server_that_is_said_to_go_is_retired_and_purged_and_the_exit_follows_it() -> None:
    plan = planned(inventory_of([{"id": "shop"}], {"id": "san", "retire": True, "not_before": "2027-02-13"}))
    days = {each.id: each.date.isoformat() for each in plan.milestones}
    # 13 February is a Saturday; five working days follow Monday the 15th
    assert days == {
        "purge s-shop": "2027-02-16",
        "retire san": "2027-02-15",
        "purge san": "2027-02-22",
        "exit dc": "2027-02-22",
    }
    assert stays(plan) == {}


@pytest.mark.parametrize(
    ("application", "kept"),
    [
        ({"steps": [{"id": "hands", "strategy": "takeover"}, {"id": "move"}]}, []),
        ({"steps": [{"id": "move", "target": "dc"}]}, ["a/move"]),
        ({"strategy": "takeover"}, ["a"]),
        ({"strategy": "repurchase"}, []),
        ({"strategy": "retire"}, []),
    ],
)
def test_what_is_there_in_the_end_stays(application: dict[str, Any], kept: list[str]) -> None:
    plan = planned(inventory_of([{"id": "a", **application}, {"id": "b"}]))
    assert stays(plan) == ({"dc": kept} if kept else {})
    assert exits(plan) == ([] if kept else ["dc"])


def test_stated_stays_are_compared() -> None:
    inventory = inventory_of([{"id": "a", "strategy": "retain"}, {"id": "b"}])
    wrong = planned(inventory).model_copy(update={"stays": []})
    (finding,) = check(wrong, inventory).findings
    assert finding.code == "WP390"
    assert "stays at dc - → a" in finding.message


def test_layers_of_retired_applications_are_followed_once() -> None:
    inventory = api.validate(str(FAULTS / "retired-layers" / "layers.yaml")).inventory
    assert inventory is not None
    retired = [each.date for each in planned(inventory).milestones if each.kind == "retire"]
    assert (len(retired), len(set(retired))) == (40, 20)  # two a layer, each layer a working day later


def test_a_chain_of_retired_applications_longer_than_any_stack() -> None:
    chain = [{"id": f"r{n:04}", "strategy": "retire", "depends_on": [{"app": f"r{n + 1:04}"}]} for n in range(1499)]
    last = {"id": "r1499", "strategy": "retire"}
    plan = planned(inventory_of([{"id": "m", "depends_on": [{"app": "r0000"}]}, *chain, last]))
    days = [each.date for each in plan.milestones if each.kind == "retire"]
    assert len(set(days)) == 1500
