"""A third language is one catalogue away: `--lang` takes it everywhere, and what it lacks is said in English."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.command_line import Finished, Waveplan
from support.pseudo_language import CODE, OPENING, write_catalogue

WORDS = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalogue of one language more, as a .po file."""
    return write_catalogue(tmp_path_factory.mktemp("catalogues"))


@pytest.fixture
def german(waveplan: Waveplan, catalogues: Path) -> Waveplan:
    """Runs a command in that language."""

    def run(*arguments: str, **changes: str) -> Finished:
        return waveplan(*arguments, "--lang", CODE, WAVEPLAN_LOCALE=str(catalogues), **changes)

    return run


def _slow(*words: str) -> object:
    return pytest.param(list(words[:-1]), words[-1], marks=pytest.mark.slow)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["solve", "--help"], "⟦Options⟧"),
        (["show", "plan.yaml", "--gantt"], "⟦ISO week⟧"),
        (["report", "plan.yaml", "small.yaml", "--kind", "programme"], '<html lang="de">'),
        (["report", "plan.yaml", "small.yaml", "--kind", "flash", "--as-of", "2026-03-01"], "⟦Issues⟧"),
        _slow("show", "plan.yaml", "⟦Cutover⟧"),
        _slow("check", "plan.yaml", "small.yaml", "⟦"),
        _slow("lots", "small.yaml", "⟦Lot⟧"),
        _slow("report", "plan.yaml", "small.yaml", "--kind", "steering", "--format", "html", "⟦"),
        _slow("report", "plan.yaml", "small.yaml", "--kind", "programme", "⟦Wave by wave⟧"),
        _slow("export", "plan.yaml", "small.yaml", "--to", "mermaid", "#10214;"),
        _slow("diff", "plan.yaml", "plan.yaml", "⟦"),
        _slow("doctor", "⟦ok⟧"),
    ],
    ids=lambda value: " ".join(value[:4]) if isinstance(value, list) else "",
)
def test_every_command_speaks_it(german: Waveplan, small_plan: Path, arguments: list[str], said: str) -> None:
    done = german(*arguments)
    assert done.code == 0, done.err
    assert said in done.out


def test_what_it_lacks_is_said_in_english(german: Waveplan, small_plan: Path) -> None:
    listed = german("--help").out
    assert "⟦Plan an IT transition: from an inventory to checked, dated waves.⟧" in " ".join(listed.split())
    assert "Show a plan as tables and charts." in listed
    assert f"{OPENING}Show a plan" not in listed
    assert WORDS.search(listed)


def test_days_and_numbers_are_those_of_its_locale(german: Waveplan, small_plan: Path) -> None:
    assert re.search(r"Sa\., \d+\. \w+", german("show", "plan.yaml", "--gantt", "--width", "120").out)


def test_a_programme_may_be_in_it(waveplan: Waveplan, small: Path, catalogues: Path) -> None:
    small.write_text(small.read_text(encoding="utf-8").replace("2026-12-18}", f"2026-12-18, language: {CODE}}}"))
    assert OPENING in waveplan("validate", "small.yaml", WAVEPLAN_LOCALE=str(catalogues)).out
    refused = waveplan("validate", "small.yaml")
    assert refused.code == 1
    assert CODE in refused.out


def test_the_schema_and_usage_errors_know_it(waveplan: Waveplan, catalogues: Path) -> None:
    schema = json.loads(waveplan("schema", "inventory", WAVEPLAN_LOCALE=str(catalogues)).out)
    assert schema["$defs"]["Programme"]["properties"]["language"]["anyOf"][0]["enum"] == ["en", CODE, "fr"]
    refused = waveplan("doctor", "--lang", "xx", WAVEPLAN_LOCALE=str(catalogues))
    assert refused.code == 2
    assert "none of en, de, fr" in refused.err
