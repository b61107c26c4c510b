"""Pages as a reader meets them, kept in files: parts, words, tables, and what each drawing is made of.

Style, script and their hashes are left out. UPDATE_GOLDEN=1 accepts what changed.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.small_pages import FIRST, small_programme

from waveplan import api
from waveplan.domain.actuals import Actuals
from waveplan.pages.context import PageSource
from waveplan.pages.programme import programme_page
from waveplan.pages.writing import report_page
from waveplan.render.language import translator
from waveplan.render.reports.steering import steering_report

DAY = dt.date(2026, 3, 20)
ACTUALS = Actuals.model_validate(
    {
        "gates": [{"wave": FIRST, "gate": "go-no-go", "date": "2026-03-04", "decision": "go"}],
        "cutovers": [{"wave": FIRST, "date": "2026-03-07", "result": "done"}],
    }
)
_VOID = {"meta", "input", "br", "col"}
_UNSEEN = {"style", "script"}
_NESTED = {"main", "section", "article", "details", "nav", "header", "footer", "form", "figure", "ol", "ul", "table"}
_LINES = {
    "title",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "li",
    "tr",
    "summary",
    "figcaption",
    "label",
    "legend",
    "dt",
    "dd",
    "option",
}
_TOLD = ("id", "role", "aria-label", "href", "scope", "type", "value")


class _Outline(HTMLParser):
    """Elements that structure a page, one a line and indented, with their words; drawings as what they hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[str] = []
        self._depth = 0
        self._drawn: Counter[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "svg":
            self._drawn = Counter()
        elif self._drawn is not None:
            self._drawn[".".join([tag, *(known.get("class") or known.get("href") or "").split()])] += 1
        elif tag in _NESTED | _LINES | {"input", "select", "a", "th", "td"}:
            told = " ".join(f"{name}={known[name]!r}" for name in _TOLD if known.get(name))
            classes = "".join(f".{each}" for each in (known.get("class") or "").split())
            self._say(f"<{tag}{classes}{' ' * bool(told)}{told}>")
        if tag in _NESTED:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in _NESTED:
            self._depth -= 1
        if tag == "svg":
            drawn, self._drawn = self._drawn or Counter(), None
            self._say("[" + ", ".join(f"{name} {number}" for name, number in sorted(drawn.items())) + "]")

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split(" ")).strip("\n ")
        if not words or _UNSEEN & set(self._open):
            return
        if self._drawn is None:
            self.lines[-1] += f" {words}"
        elif self._open[-1] in {"text", "title"}:
            self._drawn[f"{self._open[-1]} {words}"] += 1

    def _say(self, line: str) -> None:
        self.lines.append("  " * self._depth + line)


def _outline(page: str) -> str:
    return "\n".join(_Outline(page).lines) + "\n"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_a_programme_is_as_kept(language: str) -> None:
    inventory, plan = small_programme()
    source = PageSource(plan, inventory, as_of=DAY, status=api.status(ACTUALS, plan, inventory, DAY))
    _compare(f"page-programme-{language}.txt", _outline(programme_page(source, translator(language))))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_a_report_is_as_kept(language: str) -> None:
    inventory, plan = small_programme()
    found = api.briefing(plan, inventory, DAY, days=35, actuals=ACTUALS)
    page = report_page(steering_report(found, plan, translator(language)), translator(language))
    _compare(f"page-report-{language}.txt", _outline(page))


def _compare(name: str, text: str) -> None:
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_bytes(text.encode())
    assert text == kept.read_bytes().decode()
