"""The pages of `waveplan rule`: one for each code, whole, and true: their examples give what they say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.rule_pages import Example, shown

from waveplan import rule_pages
from waveplan.domain.catalogue import CATALOGUE, PLAN_RULES, STATED

FOLDER = Path(rule_pages.__file__).parent
PARTS = {
    "en": ["What it means", "Example", "How to mend it"],
    "fr": ["Ce que cela veut dire", "Exemple", "Comment y remédier"],
}
LANGUAGES = sorted(PARTS)
REFRESH = "to write what is said today: PYTHONPATH=tests python -m support.rule_pages"
WITHOUT_CODE = {
    "WP109",
    "WP413",
    "WP560",
    "WP561",
    "WP562",
    "WP393",
    "WP394",
    "WP414",
    "WP417",
    "WP418",
    "WP419",
    "WP508",
    "WP605",
    "WP606",
    "WP577",
    *(f"WP{number}" for number in range(585, 591)),  # nights: of `check --runbooks` and `runbook`
    *(f"WP{number}" for number in range(510, 555) if number not in (535, 536, 537, 538, 540, 544)),
}  # bytes that are no text, and files that are not there, cannot stand in a page


def test_every_code_has_its_pages_and_every_page_a_code() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {f"{code}{end}" for code in CATALOGUE for end in _ENDS}


_ENDS = (".md", ".fr.md")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CATALOGUE)
def test_a_page_has_its_title_and_all_parts(code: str, language: str) -> None:
    page = rule_pages.page(code, language)

    title = f"# {code}: {CATALOGUE[code].title}\n" if language == "en" else f"# {code}\u00a0: "
    assert page.startswith(title)
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == PARTS[language]
    for part in re.split(r"^## .*$", page, flags=re.MULTILINE)[1:]:
        assert len(part.split()) >= 8, "a part says something"
    assert len(page.partition(f"## {PARTS[language][1]}")[0].split()) < 120, "what it means is said shortly"


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_languages_show_one_example(code: str) -> None:
    english, french = (Example.of(rule_pages.page(code, language)) for language in LANGUAGES)

    assert english == replace(french, says=english.says)


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - WITHOUT_CODE))
def test_the_example_gives_the_finding_that_the_page_prints(code: str, tmp_path: Path) -> None:
    example = Example.of(rule_pages.page(code))
    in_french = Example.of(rule_pages.page(code, "fr"))

    found = example.findings(tmp_path)

    given = [finding for finding in found if finding.code == code]
    assert example.says in [shown(finding, tmp_path) for finding in given], REFRESH
    assert in_french.says in [shown(finding, tmp_path, "fr") for finding in given], REFRESH
    of_plan = code in (*PLAN_RULES, *STATED) or "WP400" < code < "WP500"
    assert (example.plan is not None) == of_plan, "rules of a plan are shown on a plan"
    others = {finding.code for finding in found if finding.severity == "error"} - {code}
    assert not others, "the example breaks nothing else"


def test_a_language_without_a_page_falls_back_to_english() -> None:
    assert rule_pages.page("WP305", "xx") == rule_pages.page("WP305", "en")


def test_an_unknown_code_has_no_page() -> None:
    with pytest.raises(KeyError):
        rule_pages.page("WP999")


def test_the_index_links_every_page_once_with_its_severity() -> None:
    rows = re.findall(r"^\| \[(WP\d{3})\]\((.*?)\) \| (\w+) \| (.*?) \|$", rule_pages.index("pages"), re.MULTILINE)

    assert [code for code, *_ in rows] == list(CATALOGUE)
    for code, link, severity, title in rows:
        assert (link, severity, title) == (f"pages/{code}.md", CATALOGUE[code].severity, CATALOGUE[code].title)
