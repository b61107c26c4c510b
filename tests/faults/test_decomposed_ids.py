"""Words that Unicode holds equal are one word: in inventories, plans, actuals, scenarios and on the command line."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from support.command_line import run_waveplan

from waveplan.domain.scalars import ID_PATTERN
from waveplan.loading import load_actuals, load_inventory, load_scenarios

HERE = Path(__file__).parent / "decomposed-ids" / "inventory.yaml"
COMPOSED, APART = "wiki-été", normalize("NFD", "wiki-été")


def test_a_reference_in_the_other_spelling() -> None:
    loaded = load_inventory(str(HERE))
    assert loaded.findings == ()
    assert loaded.inventory is not None
    assert loaded.inventory.applications[0].servers == [loaded.inventory.servers[0].id] == [COMPOSED]


def test_twice_in_two_spellings_is_twice() -> None:
    text = HERE.read_text(encoding="utf-8") + f"  - {{id: {COMPOSED}}}\n  - {{id: {APART}, labels: {{é: 1, é: 2}}}}\n"
    findings = load_inventory("-", stdin=io.BytesIO(text.encode())).findings
    assert {"WP102", "WP106"} <= {each.code for each in findings}


def test_in_actuals() -> None:
    incident = f"{{id: {APART}, wave: w, date: 2027-01-04, severity: minor, summary: x}}"
    text = f"waveplan_actuals: 1\nincidents: [{incident}]\n"
    actuals = load_actuals("-", stdin=io.BytesIO(text.encode())).actuals
    assert actuals is not None
    assert actuals.incidents[0].id == COMPOSED


@pytest.mark.parametrize("name", [APART, COMPOSED])
def test_on_the_command_line(name: str) -> None:
    done = run_waveplan("impact", HERE, name)
    assert done.code == 0, done.err
    assert "app1" in done.out


@pytest.mark.parametrize("on_disk", [APART, COMPOSED])
@pytest.mark.parametrize("named", [APART, COMPOSED])
def test_files_keep_the_names_that_they_have(on_disk: str, named: str, tmp_path: Path) -> None:
    folder = tmp_path / on_disk
    folder.mkdir()
    (folder / "inventory.yaml").write_bytes(HERE.read_bytes())
    scenarios = tmp_path / "scenarios.yaml"
    text = f"waveplan_scenarios: 1\ninventory: {named}/inventory.yaml\nscenarios: [{{id: a}}]\n"
    scenarios.write_text(text, encoding="utf-8")
    assert load_scenarios(str(scenarios)).findings == ()
    assert run_waveplan("validate", folder / "inventory.yaml").code == 0


def test_composing_never_makes_an_id_of_what_is_none() -> None:
    pattern = re.compile(ID_PATTERN)
    for code in (*range(0xD800), *range(0xE000, sys.maxunicode + 1)):
        word = "a" + chr(code)
        assert bool(pattern.match(word)) <= bool(pattern.match(normalize("NFC", word))), hex(code)


def test_the_pattern_of_ids_means_the_same_to_every_engine() -> None:
    """ECMAScript has no `\\w` for all letters without flags, Python has no `\\p`: neither stands in it."""
    assert not re.search(r"\\[a-tv-z]", ID_PATTERN.removeprefix("^").replace(r"\u", ""), re.IGNORECASE)
    pattern = re.compile(ID_PATTERN)
    for right in ("erp", "_x", "été", APART, "日本", "Ωmega", "srv.1+2:3-4_", "٣", "x" * 128):
        assert pattern.match(right), right
    for wrong in ("", "a b", "a/b", "-x", ".x", "a@b", "a,b", "x" * 129, "a\u00a0b", "a\u200bb", "“a”", "a\t"):
        assert not pattern.match(wrong), wrong
