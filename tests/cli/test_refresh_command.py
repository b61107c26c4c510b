"""`waveplan refresh`: after an edit by hand, all that follows is stated anew, and nothing else is touched."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from support.command_line import Waveplan
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import GoalRecord, InventoryFile
from waveplan.export.plan_json import dump_plan_json
from waveplan.export.plan_yaml import dump_plan

INVENTORY = """waveplan: 1
programme: {name: Test, start: 2026-01-05, deadline: 2026-12-18}
policy: {preparation_days: 14, rehearsals: [{id: dry-run, days_before: 7, only: {dry_run: true}}]}
calendar: {freezes: [{from: 2026-03-02, to: 2026-03-08, reason: quarter close}]}
teams: [{id: ops, person_days_per_week: 10}]
applications:
  - {id: crm, effort: {ops: 3}, dry_run: true}
  - {id: erp, effort: {ops: 2}, depends_on: [{app: crm}]}
  - {id: web, effort: {ops: 1}}
"""
HOSPITAL = Path(__file__).parent.parent / "faults" / "hospital"
WEEKS = {"crm": "2026-02-07-weekend", "erp": "2026-02-14-weekend", "web": "2026-02-14-weekend"}


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """The text of a plan with remarks, beside its inventory."""
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    return remarked(dump_plan(stated(tmp_path)))


def stated(folder: Path) -> Plan:
    """The plan of `WEEKS`, with goals that are proven."""
    files = api.load(str(folder / "inventory.yaml")).files
    plan = state_plan(inventory_from(INVENTORY), WEEKS)
    value, bound = Decimal(plan.metrics.finish), Decimal(plan.metrics.coexistence)
    goals = [
        GoalRecord(goal="finish", value=value, bound=value, gap=Decimal(0), status="optimal"),
        GoalRecord(goal="coexistence", value=bound, bound=bound, gap=Decimal(0), status="optimal"),
    ]
    files = [InventoryFile(file="inventory.yaml", sha256=files[0].sha256)]
    return plan.model_copy(update={"solve": plan.solve.model_copy(update={"goals": goals}), "inventory": files})


def remarked(text: str) -> str:
    """A plan text with remarks of a person at its head, above a wave, behind a line and at its end."""
    text = text.replace("waves:\n", "waves:\n  # agreed with the business on 2 February\n", 1)
    return f"# kept by the migration office\n{text.replace('    number: 1', '    number: 1  # the first', 1)}# end\n"


def run(waveplan: Waveplan, folder: Path, text: str, *options: str, code: int = 0) -> str:
    """Refresh a plan of that text; what the file says then."""
    file = folder / "plan.yaml"
    file.write_bytes(text.encode())
    done = waveplan("refresh", "plan.yaml", "inventory.yaml", *options)
    assert done.code == code, done.err
    return file.read_bytes().decode()


def test_a_plan_that_is_right_is_left_as_it_is(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    assert run(waveplan, tmp_path, plan) == plan
    assert run(waveplan, tmp_path, plan, "--check") == plan


def moved(plan: str) -> str:
    """The plan with `web` in the first wave."""
    lot = next(line for line in plan.splitlines(keepends=True) if line.strip().startswith("- web-lot"))
    first, second = plan.split(lot, 1)
    return first.replace("    lots:\n", f"    lots:\n{lot}", 1) + second


def test_a_lot_that_was_moved(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    after = run(waveplan, tmp_path, moved(plan))

    assert waveplan("check", "plan.yaml", "inventory.yaml").out == "plan.yaml: clean\n"
    gone = [line.split(":")[0].strip(" -{") for line in moved(plan).splitlines() if line not in after.splitlines()]
    assert gone == ["totals", "totals", "2026-W05", "2026-W07", "criticality_risk"]
    for remark in (
        "# kept by the migration office",
        "  # agreed with the business on 2 February",
        "# the first",
        "# end",
    ):
        assert remark in after
    assert "  edited: true" in after
    assert run(waveplan, tmp_path, after) == after


def test_a_new_wave_of_two_lines_and_one_that_is_emptied(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    lots = [line for line in plan.splitlines() if line.startswith(("      - erp-lot", "      - web-lot"))]
    text = plan.replace("\n".join(lots) + "\n", "      []\n".replace("      ", "      ", 1))
    text = text.replace(
        "lots:\n  - id: crm", "  - id: 2026-02-21-weekend\n    lots: [erp-lot, web-lot]\nlots:\n  - id: crm"
    )
    after = run(waveplan, tmp_path, text)

    assert waveplan("check", "plan.yaml", "inventory.yaml").code == 0
    read = api.load_plan(str(tmp_path / "plan.yaml")).plan
    assert read is not None
    assert [(wave.id, wave.number) for wave in read.waves] == [("2026-02-07-weekend", 1), ("2026-02-21-weekend", 2)]
    assert "lots: [erp-lot, web-lot]" in after
    assert "# the first" in after


def test_another_id_moves_a_wave_and_proofs_go_that_hold_no_longer(
    waveplan: Waveplan, tmp_path: Path, plan: str
) -> None:
    after = run(waveplan, tmp_path, plan.replace("- id: 2026-02-14-weekend", "- id: 2026-02-21-weekend"))

    assert waveplan("check", "plan.yaml", "inventory.yaml").code == 0
    read = api.load_plan(str(tmp_path / "plan.yaml")).plan
    assert read is not None
    finish, coexistence = read.solve.goals
    assert (finish.value, finish.bound, finish.status) == (50, 43, "feasible")
    assert (coexistence.value, coexistence.bound, coexistence.status) == (14, None, "unknown")  # finish was let go
    assert "date: 2026-02-21" in after


def test_an_older_bound_that_is_met_is_optimal_again(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    later = run(waveplan, tmp_path, plan.replace("- id: 2026-02-14-weekend", "- id: 2026-02-21-weekend"))
    run(waveplan, tmp_path, later.replace("- id: 2026-02-21-weekend", "- id: 2026-02-14-weekend"))

    read = api.load_plan(str(tmp_path / "plan.yaml")).plan
    assert read is not None
    assert (read.solve.goals[0].value, read.solve.goals[0].status) == (43, "optimal")


def test_a_bound_of_another_inventory_proves_nothing(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    (tmp_path / "inventory.yaml").write_text(INVENTORY.replace("ops: 3", "ops: 4"), encoding="utf-8")
    after = run(waveplan, tmp_path, plan)

    assert "status: optimal" not in after
    assert waveplan("check", "plan.yaml", "inventory.yaml").out == "plan.yaml: clean\n"


def test_rules_that_the_edit_breaks_are_told_and_the_figures_are_right(
    waveplan: Waveplan, tmp_path: Path, plan: str
) -> None:
    run(waveplan, tmp_path, plan.replace("- id: 2026-02-14-weekend", "- id: 2026-03-07-weekend"), code=1)

    findings = json.loads(waveplan("check", "plan.yaml", "inventory.yaml", "--json").out)["findings"]
    assert [each["code"] for each in findings] == ["WP305"]


@pytest.mark.parametrize(
    "edit", [("      - web-lot\n", ""), ("- id: 2026-02-14-weekend", "- id: 2026-02-15-weekend")], ids=["lot", "slot"]
)
def test_nothing_is_written_without_a_place_for_every_lot(
    edit: tuple[str, str], waveplan: Waveplan, tmp_path: Path, plan: str
) -> None:
    broken = plan.replace(*edit)
    assert broken != plan
    assert run(waveplan, tmp_path, broken, code=1) == broken


def test_check_and_diff_write_nothing(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    stale = moved(plan)
    assert run(waveplan, tmp_path, stale, "--check", code=1) == stale
    assert run(waveplan, tmp_path, stale, "--diff") == stale
    shown = waveplan("refresh", "plan.yaml", "inventory.yaml", "--diff").out
    assert shown.startswith("--- plan.yaml\n+++ plan.yaml")
    assert "+  edited: true\n" in shown


def test_another_file_and_standard_output(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    stale = moved(plan)
    assert run(waveplan, tmp_path, stale, "-o", "new.yaml") == stale
    written = (tmp_path / "new.yaml").read_text(encoding="utf-8")
    assert waveplan("refresh", "plan.yaml", "inventory.yaml", "-o", "-").out == written
    assert waveplan("check", "new.yaml", "inventory.yaml").code == 0


def test_windows_line_ends_brackets_and_json_stay(waveplan: Waveplan, tmp_path: Path, plan: str) -> None:
    windows = run(waveplan, tmp_path, moved(plan).replace("\n", "\r\n"))
    assert windows.count("\n") == windows.count("\r\n") > 0
    by_hand = (
        moved(plan)
        .replace("    gates:\n      - ", "    gates: [", 1)
        .replace("decides: true}\n", "decides: true}]\n", 1)
    )
    assert "gates: [{id: go-no-go" in run(waveplan, tmp_path, by_hand)
    assert waveplan("check", "plan.yaml", "inventory.yaml").code == 0
    data = json.loads(dump_plan_json(stated(tmp_path)))
    data["metrics"]["finish"] += 1
    assert json.loads(run(waveplan, tmp_path, json.dumps(data)))["metrics"]["finish"] == 43


def test_anchors_are_refused_where_one_text_would_have_to_say_two_things(
    waveplan: Waveplan, tmp_path: Path, plan: str
) -> None:
    shared = moved(plan).replace("    totals: {", "    totals: &all {", 1)
    second = shared.rindex("    totals: {")
    shared = shared[:second] + "    totals: *all\n" + shared[shared.index("\n", second) + 1 :]
    assert run(waveplan, tmp_path, shared, code=2) == shared


def test_the_hospital_after_one_legal_move(waveplan: Waveplan, tmp_path: Path) -> None:
    shutil.copytree(HOSPITAL / "inventory", tmp_path / "hospital")
    text = (HOSPITAL / "hand-edited.plan.yaml").read_text(encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    assert waveplan("refresh", "plan.yaml", "hospital").code == 0
    assert waveplan("check", "plan.yaml", "hospital").code == 0


DONE_AGAIN = Path(__file__).parent.parent / "faults" / "replan-done-lots-again"


def test_what_is_done_stays_where_it_was_in_a_slot_that_is_gone(waveplan: Waveplan, tmp_path: Path) -> None:
    text = (DONE_AGAIN / "plan.yaml").read_text(encoding="utf-8")
    files = {name: str(DONE_AGAIN / name) for name in ("after.yaml", "actuals.yaml")}
    past = ("--actuals", files["actuals.yaml"], "--as-of", "2027-01-20")
    plan = tmp_path / "plan.yaml"
    plan.write_text(text.replace("id: 2027-01-23-weekend", "id: 2027-01-30-weekend"), encoding="utf-8")

    without = waveplan("refresh", plan, files["after.yaml"])
    assert (without.code, plan.read_text(encoding="utf-8").count("01-30")) == (1, 1)
    assert "--actuals FILE" in without.err

    with_them = waveplan("refresh", plan, files["after.yaml"], *past)
    assert with_them.code == 0, with_them.err
    assert "has cut over in a slot that the calendar no longer has" in with_them.err
    after = plan.read_text(encoding="utf-8")
    done, moved = (text.index("  - id: 2027-01-16"), text.index("  - id: 2027-01-23"))
    assert text[done:moved] in after  # every word of the wave that is done
    assert "start: 2027-01-30T20:00" in after
    assert waveplan("check", plan, files["after.yaml"], *past).code == 0
    assert waveplan("refresh", plan, files["after.yaml"], *past, "--check").code == 0


def test_a_done_lot_that_an_edit_moves_is_told(waveplan: Waveplan, tmp_path: Path) -> None:
    text = (DONE_AGAIN / "plan.yaml").read_text(encoding="utf-8")
    lot = next(line for line in text.splitlines() if line.startswith("      - a-"))
    head, tail = text.replace(f"{lot}\n", "", 1).split("      - c-", 1)
    plan = tmp_path / "plan.yaml"
    plan.write_text(f"{head}{lot}\n      - c-{tail}", encoding="utf-8")
    (tmp_path / "actuals.yaml").write_text(
        "waveplan_actuals: 1\ncutovers:\n  - {wave: 2027-01-16-weekend, date: 2027-01-16, result: done,"
        f" items: {{{lot.strip(' -')}: [a], b-3e23: [b]}}}}\n",
        encoding="utf-8",
    )
    past = ("--actuals", "actuals.yaml", "--as-of", "2027-01-20")
    done = waveplan("refresh", plan, DONE_AGAIN / "after.yaml", *past)
    assert "WP408" in done.err
    assert done.code == 1


def test_actuals_that_cannot_be_read_are_told_and_nothing_is_written(
    waveplan: Waveplan, tmp_path: Path, plan: str
) -> None:
    (tmp_path / "plan.yaml").write_text(plan.replace("number: 1", "number: 7"), encoding="utf-8")
    (tmp_path / "actuals.yaml").write_text("waveplan_actuals: 1\ncutovers: [{wave: 3}]\n", encoding="utf-8")
    done = waveplan("refresh", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-03-01")
    assert done.code == 1
    assert "actuals.yaml:2" in done.err
    assert "number: 7" in (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    wrong = waveplan("refresh", "plan.yaml", "-", "--actuals", "-", "--as-of", "2026-03-01")
    assert wrong.code == 2
