"""`record --from`: a tracker's export or a table of events, proposed as entries, written when asked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.command_line import Finished, Waveplan

pytestmark = pytest.mark.usefixtures("small_plan")
DAY = ("--as-of", "2026-12-01")
Rows = list[dict[str, str]]


@pytest.fixture
def waves(small_plan: Path) -> list[str]:
    """Ids of the waves of the small plan, in order."""
    return re.findall(r"^ *- id: (\d{4}-\d{2}-\d{2}-\w+)$", small_plan.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture
def jira(waveplan: Waveplan) -> Rows:
    """The lines that our own export gives Jira."""
    text = waveplan("export", "plan.yaml", "small.yaml", "--to", "jira", "-o", "-").out
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def collect(waveplan: Waveplan, tmp_path: Path) -> Callable[..., Finished]:
    """Write rows as a CSV, and read them with `record --from`."""

    def run(rows: Rows, *options: str, source: str = "jira") -> Finished:
        heads = list(dict.fromkeys(name for row in rows for name in row))
        out = io.StringIO()
        writer = csv.DictWriter(out, heads)
        writer.writeheader()
        writer.writerows(rows)
        (tmp_path / "export.csv").write_text(out.getvalue(), encoding="utf-8")
        return waveplan("record", "actuals.yaml", "export.csv", "--from", source, *DAY, *options)

    return run


def as_jira(rows: Rows, states: Mapping[str, tuple[str, ...]]) -> Rows:
    """Rows as Jira exports them: under its own names, with the state, day, decision and reason of some keys."""
    exported = []
    for row in rows:
        status, resolved, decision, reason = (*states.get(row["External ID"], ("To Do",)), "", "", "")[:4]
        exported.append({
            "Summary": row["Summary"], "Issue key": "MIG-1", "Status": status, "Resolved": resolved,
            "Custom field (Decision)": decision, "Custom field (Reason)": reason, "Due date": row["Due date"],
            "Assignee": "cutover lead", "Custom field (External ID)": row["External ID"],
        })  # fmt: skip
    return exported


def test_what_is_done_is_proposed_then_written_then_known(
    collect: Callable[..., Finished], jira: Rows, waves: list[str], tmp_path: Path, waveplan: Waveplan
) -> None:
    lots = {row["External ID"]: ("Done", "07/Feb/26 11:00 PM") for row in jira if ":lot:crm" in row["External ID"]}
    states = {
        f"small-exit:gate:{waves[0]}/go-no-go": ("Closed", "04/Feb/26 3:04 PM", "Go"),
        f"small-exit:wave:{waves[0]}": ("Done", "08/Feb/26 1:04 AM"),
        **lots,
    }
    rows = as_jira(jira, states)

    proposed = collect(rows)
    assert proposed.code == 0, proposed.err
    assert [line.partition(":")[0] for line in proposed.out.splitlines() if line[0] != " "] == ["gates", "cutovers"]
    assert "decision: go, by: cutover lead" in proposed.out
    assert not (tmp_path / "actuals.yaml").exists()
    assert "Nothing was written: --apply does." in proposed.err
    assert f"rows read: {len(rows)}; new: 2; recorded already: 0; to be looked at: 0" in proposed.err

    assert collect(rows, "--apply").out == proposed.out
    written = (tmp_path / "actuals.yaml").read_text(encoding="utf-8")
    assert f"{{wave: {waves[0]}, date: 2026-02-08, result: done" in written
    checked = waveplan("check", "plan.yaml", "small.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-02-10")
    assert checked.code == 0, checked.out

    again = collect(rows, "--apply")
    assert (again.code, again.out) == (0, "")
    assert "recorded already: 2" in again.err
    assert (tmp_path / "actuals.yaml").read_text(encoding="utf-8") == written


def test_every_row_is_accounted_for(collect: Callable[..., Finished], jira: Rows, waves: list[str]) -> None:
    rows = [
        *as_jira(jira, {f"small-exit:wave:{waves[1]}": ("Rolled back", "", "", "tests failed")}),
        {"Status": "Done"},
    ]
    done = collect(rows)
    numbers = [int(each) for each in re.findall(r": (\d+)(?:;|$)", done.err.splitlines()[-2])]
    assert numbers[0] == len(rows)
    assert sum(numbers[1:]) == len(rows)
    assert "result: rolled_back" in done.out


def test_a_lot_that_went_back_makes_its_wave_partial(
    collect: Callable[..., Finished], waveplan: Waveplan, tmp_path: Path
) -> None:
    plan = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    first, second = re.findall(r"^  - id: ([a-z]+-[0-9a-f]{4})$", plan, re.MULTILINE)
    events = [{"kind": "cutover", "wave": "W01", "result": "partial", "rolled back": first, "reason": "slow"}]
    done = collect(events, source="csv")
    assert (done.code, f"rolled_back: [{first}]" in done.out) == (0, True), done.err
    assert second not in done.out


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Shipped", "07/Feb/26 3:04 PM"), "the state 'Shipped' is not known"),
        (("Closed", "04/Feb/26 3:04 PM"), "does not say what was decided"),
        (("Closed", "soon", "Go"), "'soon' is not a day"),
        (("Closed", "04/Feb/26", "No-Go"), "cannot be recorded"),
    ],
)
def test_what_is_not_clear_is_told_at_its_row(
    collect: Callable[..., Finished], jira: Rows, waves: list[str], row: tuple[str, ...], said: str
) -> None:
    key = f"small-exit:gate:{waves[0]}/go-no-go"
    rows = as_jira(jira, {key: row})
    line = next(number for number, each in enumerate(rows, start=2) if each["Custom field (External ID)"] == key)
    done = collect(rows)
    assert (done.out, said in done.err) == ("", True)
    assert f"export.csv:{line}:1" in done.err
    if row[0] == "Shipped":
        assert "decision: go" in collect(rows, "--state", "shipped=go").out


def test_a_wave_is_not_done_while_its_lots_are_open(
    collect: Callable[..., Finished], jira: Rows, waves: list[str]
) -> None:
    done = collect(as_jira(jira, {f"small-exit:wave:{waves[0]}": ("Done", "08/Feb/26")}))
    assert (done.out, "WP561" in done.err, "are open: close them" in done.err) == ("", True, True)


def test_a_contradiction_is_told_and_superseded_only_when_asked(
    collect: Callable[..., Finished], jira: Rows, waves: list[str], waveplan: Waveplan, tmp_path: Path
) -> None:
    gate = ("gate", "W01", "go-no-go", "no-go", "--reason", "storage", "--date", "2026-02-04")
    assert waveplan("record", "actuals.yaml", *gate, *DAY).code == 0
    before = (tmp_path / "actuals.yaml").read_text(encoding="utf-8")
    rows = as_jira(jira, {f"small-exit:gate:{waves[0]}/go-no-go": ("Closed", "04/Feb/26", "Go")})

    told = collect(rows, "--apply")
    assert (told.code, "WP560" in told.err) == (1, True)
    assert (tmp_path / "actuals.yaml").read_text(encoding="utf-8") == before

    assert collect(rows, "--apply", "--supersede").code == 0
    after = (tmp_path / "actuals.yaml").read_text(encoding="utf-8")
    assert [each in after for each in before.splitlines()] == [True] * len(before.splitlines())
    assert "decision: go" in after

    later = as_jira(jira, {f"small-exit:gate:{waves[0]}/go-no-go": ("Closed", "06/Feb/26", "No-Go", "no power")})
    assert "no power" in collect(later).out


def test_azure_devops_is_known_by_its_tags(
    collect: Callable[..., Finished], waveplan: Waveplan, waves: list[str]
) -> None:
    text = waveplan("export", "plan.yaml", "small.yaml", "--to", "azure-devops", "-o", "-").out
    rows = []
    for row in csv.DictReader(io.StringIO(text)):
        is_gate = "gate" in row["Tags"] and waves[0] in row["Description"]
        rows.append({
            "ID": "7", "Title 1": row["Title 1"], "State": "Closed" if is_gate else "New", "Tags": row["Tags"],
            "Closed Date": "2/4/2026 3:04:05 PM" if is_gate else "", "Decision": "conditional" if is_gate else "",
            "Reason": "Completed" if is_gate else "New", "Comment": "backup restored",
            "Target Date": "2/14/2026 10:00:00 AM",
        })  # fmt: skip
    done = collect(rows, source="azure-devops")
    assert done.code == 0, done.err
    assert f"wave: {waves[0]}, gate: go-no-go, date: 2026-02-04, decision: conditional, conditions: [backup" in done.out


def test_a_table_of_events_holds_every_kind_in_either_language(collect: Callable[..., Finished]) -> None:
    english = [
        {"kind": "gate", "wave": "W01", "gate": "go-no-go", "result": "GO", "date": "4 Feb 2026", "by": "committee"},
        {"kind": "cutover", "wave": "W01", "result": "done", "date": "7 Feb 2026"},
        {"kind": "incident", "wave": "W01", "summary": "slow", "severity": "minor", "date": "8 Feb 2026"},
        {"kind": "effort", "team": "ops", "week": "2026-W06", "person-days": "2,5"},
        {"kind": "milestone", "milestone": "exit old", "expected": "20 Feb 2026", "date": "9 Feb 2026"},
    ]
    done = collect(english, source="csv")
    assert done.code == 0, done.err
    sections = [line.partition(":")[0] for line in done.out.splitlines() if line[0] != " "]
    assert sorted(sections) == ["cutovers", "effort", "gates", "incidents", "milestones"]
    french = [
        {"nature": "bascule", "vague": "W01", "résultat": "basculé", "le": "7 févr. 2026"},
        {"nature": "sieste", "vague": "W01"},
    ]
    told = collect(french, "--lang", "fr", source="csv")
    assert "result: done" in told.out
    assert "n’est pas une sorte d’entrée" in told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "jira"), "name the file to read"),
        (("x.csv", "--from", "csv"), "x.csv"),
        (("plan.yaml", "--from", "jira"), "plan.yaml"),
        (("x.csv", "--from", "jira", "--state", "done"), "--state takes WORD=MEANING"),
        (("gate", "W01", "--apply"), "go with --from"),
    ],
)
def test_what_cannot_work_is_said(waveplan: Waveplan, words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    if "--state" in words:
        (tmp_path / "x.csv").write_text("Status,External ID\n", encoding="utf-8")
    done = waveplan("record", "actuals.yaml", *words, *DAY)
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "actuals.yaml").exists()
