"""The French templates are the English ones in French: the same programme, told in the other language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from waveplan import api
from waveplan.domain.inventory import Inventory

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir() and folder.name != "fr")
SAME_IDS = [name for name in NAMES if name != "first-steps"]  # its ids are French too
TOLD = frozenset(
    {"name", "reason", "criteria", "organisation", "party", "business_owner", "service_hours", "language", "owner"}
)
COUNTED = ("sites", "links", "servers", "applications", "services", "teams", "streams", "rules", "committees")
FURTHER = ("contracts", "tranches", "pilots", "knowledge_transfers", "external_milestones", "ignore")


def test_each_template_has_its_french_sibling() -> None:
    assert sorted(folder.name for folder in (EXAMPLES / "fr").iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_hold_the_same_files(name: str) -> None:
    assert _files(EXAMPLES / "fr" / name) == _files(EXAMPLES / name)


@pytest.mark.parametrize("name", SAME_IDS)
def test_both_say_the_same_but_for_what_is_told(name: str) -> None:
    for file in _files(EXAMPLES / name):
        english, french = (_stripped(_parsed(home / name / file)) for home in (EXAMPLES, EXAMPLES / "fr"))
        assert french == english, file


@pytest.mark.parametrize("name", NAMES)
def test_both_are_of_one_size_and_find_the_same(name: str) -> None:
    english, french = (api.validate(str(home / name)) for home in (EXAMPLES, EXAMPLES / "fr"))

    assert [each.code for each in french.findings] == [each.code for each in english.findings]
    assert english.inventory is not None
    assert french.inventory is not None
    assert (english.inventory.programme.language, french.inventory.programme.language) == ("en", "fr")
    assert _figures(french.inventory) == _figures(english.inventory)


@pytest.mark.parametrize("name", SAME_IDS)
def test_what_is_told_in_several_words_is_told_in_french(name: str) -> None:
    """Names of several words differ from the English ones, unless these are French already."""
    for file in _files(EXAMPLES / name):
        english, french = (_told(_parsed(home / name / file)) for home in (EXAMPLES, EXAMPLES / "fr"))
        assert len(french) == len(english), file
        alike = [text for text in english if text in french and text.isascii() and _reads_english(text)]
        assert not alike, file


@pytest.mark.parametrize("name", NAMES)
def test_apostrophes_are_typographic(name: str) -> None:
    for file in _files(EXAMPLES / "fr" / name):
        assert not [text for text in _told(_parsed(EXAMPLES / "fr" / name / file)) if "'" in text], file


def _files(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.yaml"))


def _parsed(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _stripped(node: Any) -> Any:
    """A document without what is told in words; lists of criteria keep their lengths."""
    if isinstance(node, dict):
        return {
            key: len(value) if key == "criteria" and isinstance(value, list) else _stripped(value)
            for key, value in node.items()
            if key not in TOLD or key == "criteria"
        }
    return [_stripped(each) for each in node] if isinstance(node, list) else node


def _told(node: Any) -> list[str]:
    if isinstance(node, dict):
        parts = [(key, value) for key, value in node.items()]
        own = [str(value) for key, value in parts if key in TOLD and isinstance(value, str)]
        lists = [text for key, value in parts if key == "criteria" for text in value]
        return [*own, *lists, *(text for _, value in parts for text in _told(value))]
    return [text for each in node for text in _told(each)] if isinstance(node, list) else []


def _reads_english(text: str) -> bool:
    return not {"the", "of", "and", "by", "on", "to", "in", "its", "are", "is", "a"}.isdisjoint(text.lower().split())


def _figures(inventory: Inventory) -> dict[str, Any]:
    """Sizes and sums by which one would see that a line is missing."""
    programme, counted = inventory.programme, {key: len(getattr(inventory, key)) for key in (*COUNTED, *FURTHER)}
    return counted | {
        "dates": (programme.start, programme.deadline),
        "exits": sorted(site.exit_by for site in inventory.sites if site.exit_by),
        "freezes": [(freeze.first, freeze.last) for freeze in inventory.calendar.freezes],
        "disk": sum(server.disk_gb or 0 for server in inventory.servers),
        "person_days": sum(team.person_days_per_week or 0 for team in inventory.teams),
        "hours": sum(each.cutover_hours or 0 for each in (*inventory.applications, *inventory.services)),
    }
