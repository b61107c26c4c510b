"""No plan possible, lots too large: what is said where, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import Waveplan

FROZEN = """\
waveplan: 1
programme: {name: Frozen, start: 2026-01-05, deadline: 2026-02-18}
applications:
  - {id: ledger, not_before: 2026-02-12}
calendar:
  freezes: [{from: 2026-02-10, to: 2026-02-15, reason: month-end close}]
"""
TIED = """\
waveplan: 1
programme: {name: Tied, start: 2026-01-05, deadline: 2026-12-18}
applications:
  - {id: erp, criticality: high, depends_on: [{app: reports, coupling: hard, weight: 5}]}
  - {id: reports, depends_on: [{app: archive, coupling: hard, weight: 2}]}
  - {id: archive}
  - {id: intranet}
policy: {lot_limits: {applications: 2}}
"""


@pytest.fixture
def frozen(tmp_path: Path) -> str:
    (tmp_path / "frozen.yaml").write_text(FROZEN, encoding="utf-8")
    return "frozen.yaml"


@pytest.fixture
def tied(tmp_path: Path) -> str:
    (tmp_path / "tied.yaml").write_text(TIED, encoding="utf-8")
    return "tied.yaml"


def test_the_clash_is_the_result_and_the_rest_goes_beside(waveplan: Waveplan, frozen: str) -> None:
    done = waveplan("solve", frozen, "-o", "plan.yaml", "--width", "80")
    assert done.code == 3
    assert "There is no plan: it is proven" in done.err
    assert "ledger not before 2026-02-12 (frozen.yaml:4:30)" in done.out
    assert "frozen.yaml:6:36  calendar.freezes[from 2026-02-10].to: 2026-02-13" in done.out
    assert "frozen.yaml:2:56  programme.deadline: 2026-02-24" in done.out
    assert "Traceback" not in done.err


def test_in_french(waveplan: Waveplan, frozen: str) -> None:
    done = waveplan("solve", frozen, "--lang", "fr", "-q")
    assert done.code == 3
    out = done.out.replace("\u00a0", " ")
    assert "Ces 3 faits sont inconciliables" in out
    assert "le gel (month-end close) raccourci de 2 jours : fin le 13 févr. 2026" in out


def test_as_data(waveplan: Waveplan, frozen: str) -> None:
    done = waveplan("solve", frozen, "--format", "json", "-q")
    assert done.code == 3
    found = json.loads(done.out)
    assert found["status"] == "infeasible"
    assert [fact["kind"] for fact in found["clash"]["facts"]] == ["deadline", "not_before", "freeze"]
    assert found["ways_out"][0]["edits"] == [
        {
            "path": ["calendar", "freezes", 0, "to"],
            "value": "2026-02-13",
            "file": "frozen.yaml",
            "line": 6,
            "column": 36,
        }
    ]


def test_standard_output_is_left_to_a_plan_that_was_asked_for_there(waveplan: Waveplan, frozen: str) -> None:
    done = waveplan("solve", frozen, "-o", "-")
    assert (done.code, done.out) == (3, "")
    assert "These 3 facts clash" in done.err


def test_it_can_be_switched_off(waveplan: Waveplan, frozen: str) -> None:
    done = waveplan("solve", frozen, "--no-diagnosis")
    assert (done.code, done.out) == (3, "")
    assert "clash" not in done.err


def test_errors_of_the_inventory_keep_their_exit_code(waveplan: Waveplan, tied: str) -> None:
    done = waveplan("solve", tied)
    assert done.code == 1
    assert "WP202" in done.err
    assert "reports tied only softly to archive" in done.out


def test_what_cannot_be_planned_may_be_left_out(waveplan: Waveplan, tied: str, tmp_path: Path) -> None:
    done = waveplan("solve", tied, "--allow-unplanned", "-o", "plan.yaml", "--goal", "finish")
    assert done.code == 0
    assert "lot archive-" in done.out
    assert "waveplan check plan.yaml tied.yaml --allow-unplanned" in done.err
    assert "unplanned:\n" in (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert waveplan("check", "plan.yaml", tied).code == 1
    assert waveplan("check", "plan.yaml", tied, "--allow-unplanned").code == 0


def test_cuts_of_a_lot_that_is_too_large(waveplan: Waveplan, tied: str) -> None:
    done = waveplan("lots", tied, "--suggest-cuts", "--width", "100")
    assert done.code == 1
    assert "3 applications against 2 (lot_limits)" in done.out
    assert "tie reports only softly to archive: 2 of coexistence for each day apart" in done.out
    assert "tied.yaml:5:57  coupling: soft" in done.out


def test_cuts_as_data(waveplan: Waveplan, tied: str, frozen: str) -> None:
    (found,) = json.loads(waveplan("lots", tied, "--suggest-cuts", "--json").out)["lots"]
    assert [cut["of"] for cut in found["cuts"]] == [["reports", "archive"]]
    assert [part["items"] for part in found["parts"]] == [["archive"], ["erp", "reports"]]
    assert json.loads(waveplan("lots", frozen, "--suggest-cuts", "--json").out) == {"waveplan_cuts": 1, "lots": []}


def test_one_question_at_a_time(waveplan: Waveplan, tied: str) -> None:
    done = waveplan("lots", tied, "--suggest-cuts", "--why", "erp")
    assert (done.code, done.out) == (2, "")
