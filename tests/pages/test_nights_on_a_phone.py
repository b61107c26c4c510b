"""Runbook, night and roster on a phone in the dark: nothing stands beside the screen, and axe finds nothing serious."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from golden.sample_night import sample_night, sample_roster, sample_runbook

from waveplan.pages.runbook import runbook_page
from waveplan.pages.writing import report_page
from waveplan.render.language import translator
from waveplan.render.reports.night import night_report
from waveplan.render.reports.roster import roster_report

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTH = 390
Seen = Callable[..., Any]


def _page(kind: str, language: str) -> str:
    spoken = translator(language)
    if kind == "runbook":
        return runbook_page([sample_runbook()], "Two", spoken)
    report = night_report(sample_night(), spoken) if kind == "night" else roster_report([sample_roster()], spoken)
    return report_page(report, spoken)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["runbook", "night", "roster"])
def test_everything_that_is_urgent_stands_on_the_screen(seen: Seen, kind: str, language: str) -> None:
    driver = seen(_page(kind, language), width=WIDTH, dark=True)

    assert driver.execute_script("return document.documentElement.scrollWidth") <= WIDTH
    cells = ".task span, .facts dd" if kind == "runbook" else "td"
    beyond = driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])]"
        ".filter(each => each.getBoundingClientRect().right > arguments[1]).map(each => each.textContent)",
        cells,
        WIDTH,
    )
    assert beyond == []
    assert driver.execute_script("return document.querySelectorAll(arguments[0]).length", cells) > 5


@pytest.mark.parametrize("kind", ["runbook", "night", "roster"])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(seen: Seen, kind: str, dark: bool) -> None:
    driver = seen(_page(kind, "en"), width=WIDTH, dark=dark)
    driver.execute_script(AXE.read_text(encoding="utf-8"))

    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")

    serious = [each for each in found["violations"] if each["impact"] in {"serious", "critical"}]
    assert not serious, [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in serious]
    assert found["passes"]
