"""What `waveplan status` prints, kept in files: run with UPDATE_GOLDEN=1 to accept what changed."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from golden.sample import printed
from rich.cells import cell_len
from support.programmes import INVENTORY, PLAN, QUIET, W1, W3

from waveplan.assessment.status import status
from waveplan.domain.status import Status
from waveplan.export.json_text import document
from waveplan.render.language import translator
from waveplan.render.signs import ASCII
from waveplan.render.status import status_view
from waveplan.usecases.record import actuals_of

CONDITIONAL = "date: 2026-04-19, decision: conditional, conditions: [backup restored]"
ACTUALS = (
    QUIET.replace("cutovers:", f"  - {{wave: {W3}, gate: go-no-go, {CONDITIONAL}}}\ncutovers:")
    + f"""\
incidents:
  - {{id: i-1, wave: {W1}, date: 2026-02-15, item: web, severity: major, summary: "orders slow [queue]"}}
milestones:
  - {{id: itsm-live, expected: 2026-05-10, reason: late delivery by its vendor}}
effort:
  - {{team: ops, week: 2026-W06, person_days: 3}}
"""
)


def _status() -> Status:
    loaded = actuals_of(ACTUALS, "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings
    return status(loaded.actuals, PLAN, INVENTORY, dt.date(2026, 4, 20))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
def test_status_is_as_kept(width: int, language: str) -> None:
    text = printed(status_view(_status(), translator(language), width), width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    _compare(f"status-{width}-{language}.txt", text)


def test_a_terminal_that_knows_ascii_only_still_gets_its_chart() -> None:
    assert printed(status_view(_status(), translator("en"), 80, ASCII), 80).isascii()


def test_json_is_as_kept_in_any_language() -> None:
    _compare("status.json", document("status", _status()))


def _compare(name: str, text: str) -> None:
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_bytes(text.encode())
    assert text == kept.read_bytes().decode()
