"""The page of a programme as a file: what it holds, what it lets run, what hostile names do to it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from html.parser import HTMLParser

import pytest
from support.small_pages import FIRST, HOSTILE, hostile_source, small_programme, source_of

from waveplan import api
from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Unplanned as PlanUnplanned
from waveplan.domain.rules import Ignore
from waveplan.pages.context import PageSource
from waveplan.pages.programme import programme_page
from waveplan.pages.writing import report_page
from waveplan.render.language import BLANK, Shown, translator
from waveplan.render.reports.document import Field, Report, ReportPart

_VOID = {"meta", "input", "br", "col"}


class _Read(HTMLParser):
    """Elements with their attributes, text by element, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self.open[-1] if self.open else "", data))

    def inside(self, tag: str) -> list[str]:
        return [words for name, words in self.words if name == tag]


def _page(language: str = "en", **more: object) -> str:
    return programme_page(source_of(**more), translator(language))


def test_only_our_style_and_script_may_run_and_nothing_is_loaded() -> None:
    text = _page()
    read = _Read(text)
    assert not read.open
    policy = next(each["content"] for name, each in read.elements if "Content-Security-Policy" in each.values()) or ""
    for tag in ("style", "script"):
        (body,) = read.inside(tag)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    for tag, given in read.elements:
        assert "style" not in given and not [name for name in given if name.startswith("on")], tag
        assert "src" not in given
        assert (given.get("href") or "#").startswith("#")
    assert "://" not in text.replace("http-equiv", "")


def test_every_link_leads_somewhere_and_every_id_is_there_once() -> None:
    read = _Read(_page())
    ids = [each["id"] for _, each in read.elements if "id" in each]
    assert len(ids) == len(set(ids))
    links = {each["href"] for _, each in read.elements if "href" in each}
    assert {str(link)[1:] for link in links} <= set(ids)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_names_are_only_words(language: str) -> None:
    text = programme_page(hostile_source(), translator(language))
    read = _Read(text)
    assert not read.open
    assert [name for name, _ in read.elements].count("script") == 1
    assert [name for name, _ in read.elements].count("style") == 1
    assert not [name for name, _ in read.elements if name in {"img", "b onmouseover"}]
    assert not re.search("[\u202a-\u202e\u2066\u2067\x00]", text)
    words = " ".join(words for _, words in read.words)
    for name in (HOSTILE[0], HOSTILE[3], HOSTILE[4], HOSTILE[9], "\\u202egnp.exe"):
        assert name in words
    assert "\u2068\u05e9\u05dc\u05d5\u05dd\u2069 12 \u2068\u0639\u0631\u0628\u064a\u2069" in words
    assert "49" not in re.findall(r"\$1 (\S+)", words)


def test_the_page_tells_what_the_plan_is_and_why() -> None:
    accepted = ((Ignore(code="WP150", reason="known since years"), (Finding("WP150", "it is old"),)),)
    text = _page(accepted=accepted)
    words = " ".join(" ".join(words for _, words in _Read(text).words).split())
    for said in (
        "Two waves",
        "2 waves from Sat 7 Mar to Sat 30 May 2026",
        "stock (Stock keeping)",
        "shop comes after stock in W01 7 Mar 2026 (at least 5 days)",
        "stock comes before shop in W02 30 May 2026 (at least 5 days)",
        "Nothing ties it to others.",
        "quarter close",
        "known since years",
        "it is old",
        "168",
        "2,500",
    ):
        assert said in words, said


def test_french_pages_speak_french_and_name_it() -> None:
    text = _page("fr")
    assert '<html lang="fr">' in text
    for said in ("En bref", "2 vagues du sam. 7 mars au sam. 30 mai 2026", "Ce qui est séparé", "Par équipe"):
        assert said in text
    for said in ("In short", "Gates", "People", "By team"):
        assert said not in text


def test_actuals_show_where_it_stands() -> None:
    inventory, plan = small_programme()
    actuals = Actuals.model_validate(
        {
            "gates": [{"wave": FIRST, "gate": "go-no-go", "date": "2026-03-04", "decision": "go"}],
            "cutovers": [{"wave": FIRST, "date": "2026-03-07", "result": "done"}],
        }
    )
    day = dt.date(2026, 3, 20)
    source = PageSource(plan, inventory, as_of=day, status=api.status(actuals, plan, inventory, day))
    text = programme_page(source, translator("en"))
    assert "Where it stands on Fri 20 Mar 2026" in text
    assert "row is-done" in text
    assert 'class="done"' in text and 'class="now"' in text
    assert "Where it stands" not in _page()


def test_waves_have_pages_of_their_own_only_when_asked_for() -> None:
    assert '<body class="paged">' in _page(paged=True)
    assert '<body class="paged">' not in _page()


def test_any_report_is_a_page_without_a_script() -> None:
    part = ReportPart(
        Shown("Numbers"),
        (Field(Shown("Day")), Field(Shown("Amount"), right=True)),
        ((dt.date(2026, 3, 7), 1200), (dt.date(2026, 3, 8), None)),
        Shown("none"),
        note=Shown("That is all."),
    )
    empty = ReportPart(Shown("Nothing"), (), (), Shown("There is nothing."), BLANK)
    text = report_page(Report(Shown("A <b> title"), (Shown("One line."),), (part, empty)), translator("en"))
    read = _Read(text)
    assert not read.open and not read.inside("script")
    assert read.inside("h1") == ["A <b> title"]
    assert read.inside("td") == ["7 Mar 2026", "1,200", "8 Mar 2026"]
    assert "There is nothing." in text and "That is all." in text


def test_what_is_left_out_is_told_with_its_reason() -> None:
    inventory, plan = small_programme()
    plan.waves[1].lots.clear()
    plan.unplanned = [
        PlanUnplanned(lot="shop-lot", reason="no slot is left"),
        PlanUnplanned(lot="gone", reason="x & y"),
    ]
    words = _Read(programme_page(PageSource(plan, inventory), translator("en"))).words
    told = [text for _, text in words]
    assert "Left out of the plan" in told
    assert "no slot is left" in told and "x & y" in told


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_plan_without_waves_is_a_page_too(language: str) -> None:
    inventory, plan = small_programme()
    bare = plan.model_copy(update={"waves": [], "lots": [], "milestones": [], "teams": {}})
    read = _Read(programme_page(PageSource(bare, inventory), translator(language)))
    assert not read.open
    assert ("No waves" if language == "en" else "Aucune vague") in " ".join(text for _, text in read.words)
