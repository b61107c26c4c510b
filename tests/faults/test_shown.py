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
