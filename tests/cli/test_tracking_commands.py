"""What happened, recorded by slip and taken back, looked at from earlier days, and what others wait for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import Waveplan
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.export.plan_yaml import dump_plan

INVENTORY = """waveplan: 1
programme: {name: Test, start: 2026-01-05, deadline: 2026-12-18}
teams: [{id: ops, person_days_per_week: 10}]
sites: [{id: paris}, {id: lima}]
services: [{id: desk, sites: [paris, lima], effort: {ops: 1}}]
applications:
  - {id: crm, effort: {ops: 3}, after: [live]}
  - {id: erp, effort: {ops: 2}}
  - {id: web, effort: {ops: 1}}
external_milestones: [{id: live, date: 2026-02-10}]
tranches: [{id: t1, match: {site: paris}}, {id: t2, match: {site: lima}, after: [t1]}]
pilots: [{id: first, items: {app: web}, for: {app: crm}}]
knowledge_transfers: [{id: kt, match: {app: erp}, stages: [{name: shadowing, days: 2}]}]
contracts: [{id: old, party: x, ends: 2026-12-18, notice_days: 30, match: {app: crm}}]
"""
WEEKS = {"web": "2026-02-07-weekend", "erp": "2026-02-07-weekend", "desk@paris": "2026-02-07-weekend"}
WEEKS |= {"crm": "2026-02-21-weekend", "desk@lima": "2026-02-21-weekend"}


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """An inventory and its plan."""
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(dump_plan(state_plan(inventory_from(INVENTORY), WEEKS)), encoding="utf-8")


def actuals(folder: Path, text: str) -> None:
    """Write a file of actuals."""
    (folder / "actuals.yaml").write_text(f"waveplan_actuals: 1\n{text}", encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("cutover", "W02", "done", "--as-of", "2026-02-09"), "a cutover cannot be over before"),
        (("cutover", "W01", "done", "--date", "2026-02-12", "--as-of", "2026-02-12"), "away from its window"),
        (("effort", "opps", "2026-W06", "3", "--as-of", "2026-02-12"), "did you mean ops?"),
    ],
)
def test_a_probable_slip_is_written_with_force_only(
    words: tuple[str, ...], says: str, waveplan: Waveplan, tmp_path: Path
) -> None:
    done = waveplan("record", "actuals.yaml", *words)
    assert (done.code, done.out) == (1, "")
    assert says in done.err
    assert "--force" in done.err
    assert not (tmp_path / "actuals.yaml").exists()
    assert waveplan("record", "actuals.yaml", *words, "--force").code == 0


def test_undo_leaves_the_file_as_it_was(waveplan: Waveplan, tmp_path: Path) -> None:
    first = ("record", "actuals.yaml", "effort", "ops", "2026-W06", "3", "--as-of", "2026-02-12")
    assert waveplan(*first).code == 0
    text = (tmp_path / "actuals.yaml").read_text(encoding="utf-8").replace("effort:", "# spent\neffort:  # by week")
    (tmp_path / "actuals.yaml").write_text(text, encoding="utf-8")
    second = ("record", "actuals.yaml", "effort", "ops", "2026-W07", "4", "--as-of", "2026-02-19")
    gate = ("record", "actuals.yaml", "gate", "W01", "go-no-go", "go", "--as-of", "2026-02-04")
    assert [waveplan(*each).code for each in (second, gate)] == [0, 0]

    unclear = waveplan("record", "actuals.yaml", "--undo")
    assert (unclear.code, "--undo gate" in unclear.err) == (2, True)
    assert "effort {team: ops, week: 2026-W07" in unclear.err and "decision: go" in unclear.err
    assert "2026-W07" in waveplan("record", "actuals.yaml", "--undo", "effort").out
    assert waveplan("record", "actuals.yaml", "--undo", "gate").code == 0
    assert (tmp_path / "actuals.yaml").read_text(encoding="utf-8") == text
    assert waveplan("record", "actuals.yaml", "--undo").code == 0
    assert waveplan("record", "actuals.yaml", "--undo").code == 2


def test_what_was_said_later_is_not_known_before(waveplan: Waveplan, tmp_path: Path) -> None:
    said = ("record", "actuals.yaml", "milestone", "live", "--expected", "2026-03-01", "--as-of", "2026-02-05")
    assert "said: 2026-02-05" in waveplan(*said).out

    def expected(day: str) -> list[str]:
        view = waveplan("status", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", day, "--json")
        return [each["date"] for each in json.loads(view.out)["milestones"] if each["id"] == "live"]

    assert (expected("2026-02-04"), expected("2026-02-05")) == (["2026-02-10"], ["2026-03-01"])


def test_an_incident_that_was_resolved_later_is_open_before(waveplan: Waveplan, tmp_path: Path) -> None:
    wave = "wave: 2026-02-07-weekend, date: 2026-02-08, severity: minor, summary: slow"
    actuals(tmp_path, f"incidents:\n  - {{id: i-1, {wave}}}\n  - {{id: i-1, {wave}, resolved: 2026-02-10}}\n")

    def open_on(day: str) -> bool:
        view = waveplan("status", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", day, "--json")
        return any(each["kind"] == "incident_open" for each in json.loads(view.out)["late"])

    assert (open_on("2026-02-09"), open_on("2026-02-10")) == (True, False)


def test_a_wave_that_is_partly_done_is_not_counted_as_done(waveplan: Waveplan, tmp_path: Path) -> None:
    partial = "result: partial, rolled_back: [erp], reason: tests"
    actuals(tmp_path, f"cutovers: [{{wave: 2026-02-07-weekend, date: 2026-02-07, {partial}}}]\n")
    for day in ("2026-02-09", "2026-02-20"):
        view = waveplan("status", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", day)
        assert "0 of 2 waves done" in view.out
        assert "1 partly done" in view.out


@pytest.mark.parametrize("entry", ["reached: 2026-02-02", "expected: 2026-02-04"])
def test_a_milestone_that_comes_early_is_no_error(entry: str, waveplan: Waveplan, tmp_path: Path) -> None:
    actuals(tmp_path, f"milestones: [{{id: live, {entry}}}]\n")
    check = ("check", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-02-05")
    assert waveplan(*check).out == "plan.yaml: clean\n"
    stated = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(stated.replace("live, date: 2026-02-10", "live, date: 2026-02-09"))
    assert waveplan(*check).code == 1


@pytest.mark.parametrize(
    ("subject", "waiting"),
    [
        ("live", ["crm"]),
        ("t1", ["desk@lima"]),
        ("first", ["crm"]),
        ("kt", ["erp"]),
        ("old", []),
        ("crm", None),
    ],
)
def test_who_waits_for_a_stage(subject: str, waiting: list[str] | None, waveplan: Waveplan) -> None:
    found = json.loads(waveplan("impact", "inventory.yaml", subject, "--json").out)["waiting"]
    assert (None if found is None else found["items"]) == waiting
    shown = waveplan("impact", "inventory.yaml", subject).out
    assert ("What waits for it" in shown) == (waiting is not None and subject != "old")
    assert ("What its end waits for" in shown) == (subject == "old")


def test_the_end_of_a_contract_waits_for_its_items_and_those_before_them(waveplan: Waveplan) -> None:
    found = json.loads(waveplan("impact", "inventory.yaml", "old", "--json").out)
    assert found["awaited"]["items"] == ["crm", "web"]  # web is the pilot of crm
    assert "with notice by Wed 18 Nov 2026" in waveplan("impact", "inventory.yaml", "old").out


def test_an_unknown_wave_is_told_where_it_counts(waveplan: Waveplan, tmp_path: Path) -> None:
    actuals(tmp_path, "cutovers: [{wave: 2026-02-08-weekend, date: 2026-02-08, result: done}]\n")
    view = waveplan("status", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-02-09")
    assert (view.code, "WP401" in view.err) == (1, True)
    actuals(tmp_path, "cutovers: [{wave: 2026-02-07-weekend, date: 2026-02-07, result: done}]\n")
    view = waveplan("status", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-02-09")
    assert (view.code, view.err) == (0, "")


SITES = """waveplan: 1
programme: {name: Test, start: 2026-01-05, deadline: 2026-12-18}
sites: [{id: hall, target: new}, {id: new}]
servers: [{id: s1, site: hall}, {id: s2, site: hall}]
applications: [{id: crm, servers: [s1]}, {id: erp, servers: [s2]}]
"""


@pytest.mark.parametrize(
    "words",
    [
        ("milestone", "exit hall", "--reached", "2026-02-20", "--as-of", "2026-02-20"),
        ("accept", "exit hall", "signed", "--as-of", "2026-02-20"),
    ],
)
def test_an_exit_is_not_signed_before_everything_has_left(
    words: tuple[str, ...], waveplan: Waveplan, tmp_path: Path
) -> None:
    places = {"crm": "2026-02-07-weekend", "erp": "2026-02-14-weekend"}
    (tmp_path / "plan.yaml").write_text(dump_plan(state_plan(inventory_from(SITES), places)), encoding="utf-8")
    actuals(tmp_path, "cutovers: [{wave: 2026-02-07-weekend, date: 2026-02-07, result: done}]\n")
    early = waveplan("record", "actuals.yaml", *words)
    assert early.code == 1
    assert "1 of the 2 lots with servers at hall have not cut over" in early.err
    last = ("record", "actuals.yaml", "cutover", "W02", "done", "--date", "2026-02-14", "--as-of", "2026-02-16")
    assert waveplan(*last).code == 0
    assert waveplan("record", "actuals.yaml", *words).code == 0


def test_a_missing_plan_among_others(waveplan: Waveplan) -> None:
    done = waveplan("compare", "plan.yaml", "nowhere.yaml")
    assert done.code == 1
    assert "nowhere.yaml" in done.err
    assert "Coexistence" in done.out
    for options in ((), ("--detailed-exitcode",)):
        done = waveplan("diff", "plan.yaml", "nowhere.yaml", *options)
        assert (done.code, done.out) == (1, "")
        assert "nowhere.yaml" in done.err
