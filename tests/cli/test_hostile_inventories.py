"""Broken and hostile inventories through the real command: a finding with its place, no traceback, nothing raw."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.command_line import Waveplan

PROGRAMME = "waveplan: 1\nprogramme: {name: Exit, start: 2026-01-05, deadline: 2026-12-18}\n"
SITES = "sites:\n  - {id: old, roles: [source], target: new}\n  - {id: new, roles: [target]}\n"
GROUND = f"{PROGRAMME}{SITES}"
APPLICATIONS = "servers:\n  - {id: s1, site: old}\napplications:\n  - {id: a1, servers: [s1]}\n"
DEEP = "x: " + "[" * 1000 + "]" * 1000 + "\n"
BOMB = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 10)).replace("*x0", "boom")

# name → (text, code of a finding that must be there, line it must name)
HOSTILE = {
    "duplicate key": (GROUND + APPLICATIONS + "sites: []\n", "WP102", 10),
    "unknown key": (GROUND + "aplications:\n  - {id: a1}\n", "WP103", 6),
    "dangling server": (GROUND + "applications:\n  - {id: a1, servers: [nowhere]}\n", "WP107", 7),
    "dangling application": (GROUND + "applications:\n  - {id: a1, depends_on: [{app: a2}]}\n", "WP107", 7),
    "dangling site": (GROUND + "servers:\n  - {id: s1, site: nowhere}\napplications: [{id: a1}]\n", "WP107", 7),
    "dangling team": (GROUND + "applications:\n  - {id: a1, effort: {nobody: 3}}\n", "WP107", 7),
    "alias bomb": (GROUND + BOMB, "WP110", None),
    "1,000-deep nesting": (GROUND + DEEP, "WP110", 6),
    "tab indent": (GROUND + "applications:\n\t- {id: a1}\n", "WP101", 7),
    "30 February": (PROGRAMME.replace("2026-12-18", "2026-02-30") + SITES + APPLICATIONS, "WP108", 2),
    "to before from": (
        GROUND + APPLICATIONS + "calendar:\n  freezes:\n    - {from: 2026-05-02, to: 2026-05-01}\n",
        "WP108",
        12,
    ),
    "window of 0 hours": (
        GROUND + APPLICATIONS + 'calendar:\n  windows:\n    - {id: w, days: [sat], from: "20:00", hours: 0}\n',
        "WP104",
        12,
    ),
    "negative capacity": (GROUND.replace("[target]}", "[target], capacity: {vcpu: -4}}") + APPLICATIONS, "WP104", 5),
    "self-dependency": (GROUND + "applications:\n  - {id: a1, depends_on: [{app: a1}]}\n", "WP127", 7),
    "order cycle of three": (
        GROUND
        + "applications:\n"
        + "".join(
            f"  - {{id: {one}, depends_on: [{{app: {other}, order: provider_first}}]}}\n"
            for one, other in (("a1", "a2"), ("a2", "a3"), ("a3", "a1"))
        ),
        "WP201",
        9,
    ),
    "deadline before the start": (PROGRAMME.replace("2026-12-18", "2025-12-18") + SITES + APPLICATIONS, "WP108", 2),
    "terminal codes in an id": (GROUND + 'applications:\n  - {id: "a\\e[31m\\a1"}\n', "WP104", 7),
    "newline in an id": (GROUND + 'applications:\n  - {id: "a\\nb"}\n', "WP104", 7),
    "empty file": ("", "WP105", 1),
    "list for a mapping": ("- waveplan: 1\n", "WP104", 1),
    "plan for an inventory": ("waveplan_plan: 1\nprogramme: {name: Exit}\n", "WP125", 1),
    "effort of 1e308": (GROUND + "teams: [{id: t}]\napplications:\n  - {id: a1, effort: {t: 1e308}}\n", "WP104", 8),
    "arbitrary tag": (GROUND + "applications: !!python/object/apply:os.system [ls]\n", "WP101", 6),
    "nothing to plan": (GROUND, "WP126", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_inventory_gives_a_finding_with_its_place(waveplan: Waveplan, tmp_path: Path, name: str) -> None:
    text, code, line = HOSTILE[name]
    (tmp_path / "inventory.yaml").write_text(text, encoding="utf-8")
    done = waveplan("validate", "inventory.yaml", "--output-format", "concise")
    assert done.code == 1, (done.out, done.err)
    assert done.err == ""
    place = re.escape("inventory.yaml:") + (str(line) if line else r"\d+") + r":\d+: error " + code
    assert re.search(place, done.out), done.out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.out), "raw control characters"


def test_an_unknown_key_is_told_with_a_suggestion(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text(HOSTILE["unknown key"][0])
    assert "applications" in waveplan("validate", "inventory.yaml").out.replace("aplications", "")


def test_text_that_is_not_utf8_is_a_finding(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_bytes(PROGRAMME.encode() + b"sites: [{id: caf\xe9}]\n")
    done = waveplan("validate", "inventory.yaml", "--output-format", "concise")
    assert (done.code, done.out.split(":")[1]) == (1, "3")
    assert "WP109" in done.out


def test_ids_given_twice_in_two_files_name_both(waveplan: Waveplan, tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "a.yaml").write_text(GROUND + "servers:\n  - {id: s1, site: old}\n")
    (folder / "b.yaml").write_text("servers:\n  - {id: s1, site: old}\n")
    done = waveplan("validate", "inventory", "--output-format", "concise")
    assert done.code == 1
    assert "WP106" in done.out
    assert "a.yaml" in done.out
    assert "b.yaml:2" in done.out


def test_a_file_over_the_limit_is_refused_before_it_is_read(waveplan: Waveplan, tmp_path: Path) -> None:
    with (tmp_path / "inventory.yaml").open("wb") as file:
        file.truncate(200_000_000)
    done = waveplan("validate", "inventory.yaml", "--output-format", "concise")
    assert (done.code, "WP110" in done.out) == (1, True)
    assert "--max-size" in waveplan("validate", "inventory.yaml").out


def test_the_size_limit_can_be_raised_and_lowered(waveplan: Waveplan, tmp_path: Path) -> None:
    padding = "# " + "x" * 100 + "\n"
    (tmp_path / "inventory.yaml").write_text(GROUND + APPLICATIONS + padding * 15_000)
    assert waveplan("validate", "inventory.yaml", "--max-size", "1").code == 1
    assert waveplan("validate", "inventory.yaml", "--max-size", "2").code == 0


def test_words_that_look_like_other_things_stay_words(waveplan: Waveplan, tmp_path: Path) -> None:
    window = "calendar: {windows: [{id: on, days: [sat], from: 22:30, hours: 8}]}\n"
    (tmp_path / "inventory.yaml").write_text(GROUND + APPLICATIONS.replace("a1", "no") + window)
    done = waveplan("lots", "inventory.yaml", "--json")
    assert done.code == 0, done.err
    assert '"no"' in done.out
