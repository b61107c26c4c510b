"""Reports for meetings and packages about a programme in which every name is chosen to do harm."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from golden.sample import printed
from support.small_pages import FIRST, HOSTILE, hostile_source

from waveplan import api
from waveplan.domain.actuals import Actuals
from waveplan.export.briefing_json import (
    dump_flash_json,
    dump_lot_packages_json,
    dump_steering_json,
    dump_wave_packages_json,
)
from waveplan.pages.writing import report_page
from waveplan.render.language import Language, translator
from waveplan.render.reports.document import Report
from waveplan.render.reports.flash import flash_report
from waveplan.render.reports.markdown import report_markdown
from waveplan.render.reports.packages import lot_report, wave_report
from waveplan.render.reports.steering import steering_report
from waveplan.render.reports.text import report_view

SOURCE = hostile_source()
PLAN, INVENTORY = SOURCE.plan, SOURCE.inventory
DAY = dt.date(2026, 3, 2)
ACTUALS = Actuals.model_validate(
    {
        "cutovers": [{"wave": FIRST, "date": "2026-03-01", "result": "rolled_back", "reason": "".join(HOSTILE[:7])}],
        "incidents": [{"id": "i-1", "wave": FIRST, "date": DAY, "severity": "major", "summary": HOSTILE[1]}],
    }
)
FOUND = api.briefing(PLAN, INVENTORY, DAY, days=60, actuals=ACTUALS, since=PLAN)
LOTS, WAVES = api.lot_packages(PLAN, INVENTORY, None), api.wave_packages(PLAN, INVENTORY, None)
_ALLOWED = {"p", "a", "b", "h1", "h2", "ul", "li", "main", "section", "table", "colgroup", "col", "thead", "tbody"}
_ALLOWED |= {"tr", "th", "td", "div", "span", "html", "head", "meta", "title", "style", "body"}


def _report(kind: str, language: Language) -> Report:
    if kind == "flash":
        return flash_report(FOUND, language)
    if kind == "steering":
        return steering_report(FOUND, PLAN, language)
    return lot_report(LOTS, PLAN, language) if kind == "lot" else wave_report(WAVES, PLAN, language)


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["flash", "steering", "lot", "wave"])
def test_no_name_becomes_mark_up_or_drives_a_terminal(kind: str, language: str) -> None:
    spoken = translator(language)
    report = _report(kind, spoken)
    assert _Tags(report_page(report, spoken)).seen <= _ALLOWED
    for text in (printed(report_view(report, spoken, 80), 80), printed(report_view(report, spoken, 160), 160)):
        assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} and c != "\n"]
    markdown = report_markdown(report, spoken)
    assert not re.search(r"(?<!\\)<[a-z/!]", markdown)
    tables = [line for line in markdown.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} <= {len(part.fields) + 1 for part in report.parts}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["flash", "steering", "lot", "wave"])
def test_plain_characters_are_enough_for_any_name(kind: str, language: str) -> None:
    spoken = translator(language)
    assert printed(report_view(_report(kind, spoken), spoken, 80), 80, encoding="ascii").isascii()


def test_json_keeps_every_name_as_it_is() -> None:
    texts = [dump_flash_json(FOUND), dump_steering_json(FOUND, PLAN)]
    texts += [dump_lot_packages_json(LOTS), dump_wave_packages_json(WAVES)]
    assert all(json.loads(text) for text in texts)
    assert HOSTILE[1] in json.dumps(json.loads(texts[0]), ensure_ascii=False)
    assert json.loads(texts[0])["programme"] == "".join(HOSTILE)
