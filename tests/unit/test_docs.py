"""Documents are true: commands print what is shown, links lead somewhere, generated parts are current."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.documents import ROOT, documents, outputs, steps
from support.rule_pages import Example

from waveplan.domain.inventory import Inventory
from waveplan.review import NEVER_IGNORED

REFRESH = "to write what is printed today: PYTHONPATH=tests python -m support.documents"
LONG_SEARCHES = {"docs/shared-services.md"}
EVERY = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _quick_and_slow() -> Iterator[Any]:
    """Every document; those whose commands search for long are slow."""
    for document in documents():
        yield pytest.param(document, marks=pytest.mark.slow) if _name(document) in LONG_SEARCHES else document


@pytest.mark.parametrize("document", [*_quick_and_slow()], ids=_name)
def test_commands_print_what_is_shown(document: Path, tmp_path: Path) -> None:
    shown = steps(document.read_text(encoding="utf-8"))

    printed = list(outputs([step.command for step in shown], tmp_path))

    assert len(printed) == len(shown)
    for step, output in zip(shown, printed, strict=True):
        assert step.matches(output), (
            f"$ {step.command}\nprints\n{output}\nRun: PYTHONPATH=tests python -m support.documents"
        )


@pytest.mark.parametrize("document", EVERY, ids=_name)
def test_links_lead_to_files_and_headings_that_exist(document: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if link.startswith(("https://", "http://")):
            continue
        name, _, heading = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), f"{_name(document)} links to {link}"
        if heading:
            assert heading in _headings(target), f"{_name(document)} links to {link}"


def _headings(document: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _blocks_of_the_format() -> list[str]:
    text = (ROOT / "docs" / "inventory.md").read_text(encoding="utf-8")
    sections = "|".join(Inventory.model_fields)
    return re.findall(rf"^```yaml\n(?:(?:{sections}):.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", _blocks_of_the_format())
def test_pieces_of_inventories_are_of_the_format(block: str, tmp_path: Path) -> None:
    found = Example.of(block).validated(tmp_path)

    unread = [finding for finding in found if finding.code in NEVER_IGNORED - {"WP107"}]
    assert not unread, "names may lead to what the piece does not show; all else is as the format has it"


def test_the_picture_is_current() -> None:
    drawn = subprocess.run(
        [sys.executable, ROOT / "tools" / "draw_picture.py", "--check"], capture_output=True, text=True, check=False
    )

    assert drawn.returncode == 0, drawn.stdout + drawn.stderr
