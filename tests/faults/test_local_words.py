"""Types of sites, whole countries whose parts differ, and copies of an inventory in its own folder."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from support.command_line import run_waveplan

from waveplan.loading import load_inventory
from waveplan.review import review

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "first-steps" / "inventory.yaml"
HEAD = "waveplan: 1\nprogramme: {name: A move, start: 2027-01-04, deadline: 2027-12-17}\napplications: [{id: a}]\n"


def reviewed(text: str, code: str) -> list[str]:
    loaded = load_inventory("-", stdin=io.BytesIO((HEAD + text).encode()))
    assert loaded.inventory is not None, loaded.findings
    return [each.message for each in review(loaded.inventory) if each.code == code]


@pytest.mark.parametrize("word", ["hospital", "plant", "warehouse", "2", "Krankenhaus"])
def test_the_type_of_a_site_is_any_word(word: str) -> None:
    assert reviewed(f"sites: [{{id: s, type: {word}}}]\n", "WP137") == []


@pytest.mark.parametrize(
    ("word", "near"),
    [("datacenter", "datacentre"), ("Plant", "plant"), ("offices", "office")],
)
def test_one_near_a_known_word_is_told(word: str, near: str) -> None:
    (said,) = reviewed(f"sites: [{{id: s, type: {word}}}, {{id: t, type: {word}}}]\n", "WP137")
    assert said.startswith(f"the type '{word}' is not '{near}'")
    assert said.endswith("(2): s, t")


def test_a_country_whose_parts_differ_is_told_with_its_parts() -> None:
    (said,) = reviewed("sites: [{id: s, country: GB}]\nteams: [{id: t, country: GB}]\n", "WP139")
    assert "2027-03-29 (ENG NIR WLS), 2027-08-30 (ENG NIR WLS)" in said


@pytest.mark.parametrize("place", ["country: GB, subdivision: ENG", "country: FR", "country: IT", "country: JP"])
def test_where_a_part_is_given_or_few_differ_nothing_is_said(place: str) -> None:
    assert reviewed(f"sites: [{{id: s, {place}}}]\n", "WP139") == []


@pytest.mark.parametrize("copy", ["backup/inventory.yaml", "inventory (copy).yaml", "old/2026/inventory.yml"])
def test_a_copy_in_its_own_folder_is_one_fact(copy: str, tmp_path: Path) -> None:
    folder = tmp_path / "move"
    (folder / copy).parent.mkdir(parents=True)
    shutil.copy(EXAMPLE, folder / "inventory.yaml")
    edited = EXAMPLE.read_text(encoding="utf-8").replace("gbps: 1", "gbps: 2")  # one that was edited since
    (folder / copy).write_text(edited, encoding="utf-8")
    (finding,) = load_inventory(str(folder)).findings
    assert (finding.code, finding.severity) == ("WP138", "error")
    assert finding.message.startswith(f"{copy} repeats what inventory.yaml holds: ")


def test_a_whole_folder_copied_into_itself(tmp_path: Path) -> None:
    source = HERE.parents[1] / "examples" / "datacentre-exit"
    shutil.copytree(source, tmp_path / "exit")
    shutil.copytree(source, tmp_path / "exit" / "backup")
    done = run_waveplan("validate", tmp_path / "exit")
    assert done.code == 1
    assert "error WP138: backup/ repeats what other files of this folder hold" in done.out
    assert done.out.count("error WP") == 1


def test_two_ids_given_again_are_told_one_by_one(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path / "inventory.yaml")
    (tmp_path / "more.yaml").write_text("waveplan: 1\napplications: [{id: wiki}, {id: shop}]\n", encoding="utf-8")
    assert {each.code for each in load_inventory(str(tmp_path)).findings} == {"WP106"}
