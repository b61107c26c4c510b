"""The pages of `waveplan rule`: one for each code, whole, and true: their examples give what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.rule_pages import Example, shown

from waveplan import rule_pages
from waveplan.domain.catalogue import CATALOGUE, PLAN_RULES

FOLDER = Path(rule_pages.__file__).parent
PARTS = ["What it means", "Example", "How to mend it"]
WITHOUT_CODE = {"WP109"}  # bytes that are no text cannot stand in a page


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {path.stem for path in FOLDER.glob("WP???.md")} == set(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_page_has_its_title_and_all_parts(code: str) -> None:
    page = rule_pages.page(code)

    assert page.startswith(f"# {code}: {CATALOGUE[code].title}\n")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == PARTS
    for part in re.split(r"^## .*$", page, flags=re.MULTILINE)[1:]:
        assert len(part.split()) >= 8, "a part says something"
    assert len(page.split("## Example")[0].split()) < 120, "what it means is said shortly"


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - WITHOUT_CODE))
def test_the_example_gives_the_finding_that_the_page_prints(code: str, tmp_path: Path) -> None:
    example = Example.of(rule_pages.page(code))

    found = example.findings(tmp_path)

    given = [shown(finding, tmp_path) for finding in found if finding.code == code]
    assert example.says in given, "to write what is said today: PYTHONPATH=tests python -m support.rule_pages"
    assert (example.plan is not None) == (code in (*PLAN_RULES, "WP390")), "rules of a plan are shown on a plan"
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
