"""`waveplan runbook` and `check --runbooks`: formats, languages, findings, templates of a file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar
from support.command_line import run_waveplan

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAN, INVENTORY = EXAMPLES / "datacentre-exit.plan.yaml", EXAMPLES / "datacentre-exit"


def _run(*words: str | Path, **changes: str) -> str:
    done = run_waveplan("runbook", PLAN, INVENTORY, "--wave", "W01", *words, **changes)
    assert done.code == 0, done.err
    return done.out


def test_text_tells_the_window_task_by_task() -> None:
    text = _run(COLUMNS="160")

    for part in (
        "Before the window",
        "Critical path",
        "Handovers",
        "Who is told",
        "On call in hypercare",
        "Point of no return",
    ):
        assert part in text
    assert "W01/bridge" in text


def test_every_format_holds_every_task_of_the_window(tmp_path: Path) -> None:
    data = json.loads(_run("--json"))
    ids = {task["id"] for task in data["runbooks"][0]["tasks"]}
    assert data["waveplan_runbook"] == 1 and len(ids) > 20

    rows = list(csv.DictReader(io.StringIO(_run("--format", "csv"))))
    assert ids <= {row["Id"] for row in rows}
    page = _run("--format", "html")
    assert all(f"<code>{name}</code>" in page for name in ids)
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    calendar = Calendar.from_ical(_run("--format", "ics"))
    told = " ".join(str(event.get("description")) for event in calendar.walk("VEVENT"))
    assert all(name in told for name in ids)
    markdown = _run("--format", "md")
    assert "☐" in markdown


def test_a_workbook_read_by_another_program_holds_every_task(tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    ids = {task["id"] for task in json.loads(_run("--json"))["runbooks"][0]["tasks"]}

    _run("--format", "xlsx", "-o", tmp_path / "night.xlsx")

    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "night.xlsx"))
    table = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert ids <= {row[2] for row in table[1:]}
    assert len(book.sheet_names) > 8


def test_it_speaks_french() -> None:
    text = run_waveplan("--lang", "fr", "runbook", PLAN, INVENTORY, "--wave", "W01", COLUMNS="160").out

    assert "Chemin critique" in text and "Ouvrir la conférence" in text and "responsable de la transition" in text


def test_the_same_runbook_has_the_same_bytes(tmp_path: Path) -> None:
    for form in ("html", "xlsx", "json"):
        files = [tmp_path / f"{number}.{form}" for number in (1, 2)]
        for file in files:
            _run("--format", form, "-o", file)
        assert files[0].read_bytes() == files[1].read_bytes()


def test_templates_of_a_file_stand_over_all_others(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("waveplan_runbooks: 1\ntasks:\n  - {id: bridge, minutes: 17}\n", encoding="utf-8")

    tasks = json.loads(_run("--template", file, "--json"))["runbooks"][0]["tasks"]

    assert next(task for task in tasks if task["template"] == "bridge")["minutes"] == 17


def test_findings_of_a_template_file_have_their_place(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("waveplan_runbooks: 1\ntasks:\n  - id: warm-up\n    after: nothing\n", encoding="utf-8")

    done = run_waveplan("runbook", PLAN, INVENTORY, "--template", file)

    assert done.code == 1
    assert "WP571" in done.err and "WP572" in done.err and "own.yaml:4" in done.err
    assert "Traceback" not in done.err


def test_a_night_that_does_not_fit_is_told_and_written_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    long = "{id: long, scope: wave, team: transition_manager, minutes: 3000, after: bridge}"
    file.write_text(f"waveplan_runbooks: 1\ntasks: [{long}]\n", encoding="utf-8")

    done = run_waveplan("runbook", PLAN, INVENTORY, "--wave", "W01", "--template", file)

    assert done.code == 1
    assert "WP585" in done.err and "W01/long (3000 min)" in done.err
    assert "W01/bridge" in done.out


def test_check_looks_at_the_nights_when_asked() -> None:
    done = run_waveplan("check", PLAN, INVENTORY, "--runbooks")

    assert done.code == 0, done.out


@pytest.mark.parametrize("words", [("--wave", "W99"), ("--lot", "nothing"), ("--format", "pdf")])
def test_what_is_not_there_is_refused(words: tuple[str, str]) -> None:
    assert run_waveplan("runbook", PLAN, INVENTORY, *words).code == 2
