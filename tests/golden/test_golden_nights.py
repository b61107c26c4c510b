"""What `runbook`, `night` and `roster` show, kept in files: run with UPDATE_GOLDEN=1 to accept what changed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from golden.sample import printed
from golden.sample_night import sample_night, sample_roster, sample_runbook

from waveplan.pages.runbook import runbook_page
from waveplan.pages.writing import report_page
from waveplan.render.language import Language, translator
from waveplan.render.reports.document import Report
from waveplan.render.reports.night import night_report
from waveplan.render.reports.roster import roster_report
from waveplan.render.reports.runbook import runbook_report
from waveplan.render.reports.text import report_view

REPORTS: Mapping[str, Callable[[Language], Report]] = {
    "runbook": lambda language: runbook_report([sample_runbook()], "Two", language),
    "night": lambda language: night_report(sample_night(), language),
    "roster": lambda language: roster_report([sample_roster()], language),
}


def _compare(name: str, text: str) -> None:
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("kind", REPORTS)
def test_text_is_as_kept(kind: str, width: int, language: str) -> None:
    spoken = translator(language)

    text = printed(report_view(REPORTS[kind](spoken), spoken, width), width)

    assert all(len(line) <= width for line in text.splitlines())
    _compare(f"nights-{kind}-{width}-{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", REPORTS)
def test_pages_are_as_kept_but_for_their_style(kind: str, language: str) -> None:
    spoken = translator(language)
    page = runbook_page([sample_runbook()], "Two", spoken)
    if kind != "runbook":
        page = report_page(REPORTS[kind](spoken), spoken)

    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    _compare(f"nights-{kind}-{language}.html", body.partition("<body")[2])
