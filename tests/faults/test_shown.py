"""What the format says is shown is shown: wave and lot pages, impact, and the plan that carries it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import run_waveplan
from support.plans import state_plan

from waveplan import api
from waveplan.export.plan_yaml import dump_plan

FOLDER = Path(__file__).parent / "shown"
WORDS = ("sales office", "RTO", "4 h", "RPO", "1 h", "24x7", "office hours")


def run(folder: Path, *words: str) -> str:
    """What a command prints."""
    done = run_waveplan(*words, cwd=folder, COLUMNS="160")
    assert done.code == 0, done.err
    return done.out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The inventory and its plan."""
    (tmp_path / "inventory.yaml").write_bytes((FOLDER / "inventory.yaml").read_bytes())
    inventory = api.load(str(tmp_path / "inventory.yaml")).inventory
    assert inventory is not None
    slot = "2027-02-13-weekend"
    (tmp_path / "plan.yaml").write_text(dump_plan(state_plan(inventory, {"crm": slot, "desk@a": slot})))
    return tmp_path


@pytest.mark.parametrize(
    "words", [("show", "plan.yaml", "--wave", "W01"), ("show", "plan.yaml", "--lots"), ("lots", "inventory.yaml")]
)
def test_pages_show_owners_and_recovery(words: tuple[str, ...], folder: Path) -> None:
    shown = run(folder, *words)
    assert [word for word in WORDS if word not in shown] == []


def test_impact_and_the_reasons_of_a_lot_show_them(folder: Path) -> None:
    assert "crm RTO 4 h, RPO 1 h, office hours" in run(folder, "impact", "inventory.yaml", "crm")
    assert "sales office" in run(folder, "impact", "inventory.yaml", "s1")
    assert "24x7" in run(folder, "impact", "inventory.yaml", "desk")
    assert "sales office" in run(folder, "lots", "inventory.yaml", "--why", "crm")
    direct = json.loads(run(folder, "impact", "inventory.yaml", "crm", "--json"))["direct"]
    assert direct["about"][0]["business_owner"] == "sales office"


def test_names_are_shown_on_request(folder: Path) -> None:
    for words in (("show", "plan.yaml", "--lots"), ("lots", "inventory.yaml")):
        assert "crm (Customers)" in run(folder, *words, "--names")
        assert "crm (Customers)" not in run(folder, *words)


def test_what_a_plan_says_of_items_is_checked(folder: Path) -> None:
    text = (folder / "plan.yaml").read_text()
    (folder / "plan.yaml").write_text(text.replace("rto_hours: 4", "rto_hours: 8"))
    found = api.check(str(folder / "plan.yaml"), str(folder / "inventory.yaml")).findings
    assert [each.code for each in found] == ["WP391"]


SERVER = ("Sales database", "db1.example.org", "192.0.2.7", "192.0.2.8", "switched off")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "plan.yaml", "--wave", "W01"),
        ("show", "plan.yaml", "--servers"),
        ("lots", "inventory.yaml", "--servers"),
    ],
)
def test_servers_are_shown_with_names_addresses_and_power(words: tuple[str, ...], folder: Path) -> None:
    shown = run(folder, *words)
    assert [word for word in SERVER if word not in shown] == []
    assert "s1 (Sales database)" in run(folder, *words, "--names")


def test_servers_as_data_and_alone(folder: Path) -> None:
    lot = next(each for each in json.loads(run(folder, "lots", "inventory.yaml", "--json"))["lots"] if each["servers"])
    assert lot["about_servers"][0]["addresses"] == ["192.0.2.7", "192.0.2.8"]
    done = run_waveplan("lots", "inventory.yaml", "--servers", "--why", "crm", cwd=folder)
    assert (done.code, "--why" in done.err) == (2, True)


def test_names_of_sites_and_servers_are_shown_on_request(folder: Path) -> None:
    words = ("show", "plan.yaml", "--milestones")
    assert "a (Old hall)" in run(folder, *words, "--names")
    assert "Old hall" not in run(folder, *words)
    assert "s1 (Sales database)" in run(folder, *words, "--names")


@pytest.mark.parametrize(("said", "wrong"), [("name: Old hall", "name: New hall"), ("power: off", "power: on")])
def test_what_a_plan_says_of_sites_and_servers_is_checked(said: str, wrong: str, folder: Path) -> None:
    text = (folder / "plan.yaml").read_text().replace('"off"', "off")
    assert said in text
    (folder / "plan.yaml").write_text(text.replace(said, wrong))
    found = api.check(str(folder / "plan.yaml"), str(folder / "inventory.yaml")).findings
    assert [each.code for each in found] == ["WP391"]


def test_reports_say_whose_data_and_systems_are(folder: Path) -> None:
    inventory = (folder / "inventory.yaml").read_text()
    inventory = inventory.replace("name: Customers,", "name: Customers, data_classes: [personal],")
    (folder / "inventory.yaml").write_text(inventory.replace("power: off", "end_of_support: 2027-01-20"))
    words = ("report", "plan.yaml", "inventory.yaml", "--kind", "compliance")
    data = json.loads(run(folder, *words, "--json"))
    person, system = data["personal_data"][0], data["obsolescence"][0]
    assert (person["business_owner"], person["rto_hours"], person["service_hours"]) == (
        "sales office",
        4,
        "office hours",
    )
    assert system["business_owners"] == ["sales office"]
    assert run(folder, *words, "--format", "csv").count("sales office") == 2
    assert run(folder, *words).count("sales office") == 2
