"""What `waveplan show` prints, kept in files: run with UPDATE_GOLDEN=1 to accept what changed."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from golden.sample import in_colour, printed, sample_plan
from golden.sample_actuals import sample_standing
from golden.sample_comparison import sample_comparison
from golden.sample_difference import sample_difference
from golden.sample_explanation import sample_explanation, sample_wish
from rich.cells import cell_len

from waveplan.render.comparison import comparison_view
from waveplan.render.differences import difference_view
from waveplan.render.explanations import explanation_view
from waveplan.render.language import translator
from waveplan.render.show import show
from waveplan.render.signs import ASCII

PLAN = sample_plan()
VIEWS: dict[str, dict[str, Any]] = {
    "default": {},
    "gantt": {"views": ["gantt"]},
    "gantt-lots": {"views": ["gantt"], "lots": True},
    "lots": {"views": ["lots"]},
    "load": {"views": ["load"]},
    "load-month": {"views": ["load"], "per": "month"},
    "load-organisation": {"by": "organisation"},
    "load-organisation-week": {"by": "organisation", "per": "week"},
    "load-team": {"team": "dba"},
    "load-team-month": {"team": "dba", "per": "month"},
    "crew-on-call": {"views": ["crew", "on_call"]},
    "crew-team": {"views": ["crew"], "team": "sysadmin"},
    "crew-organisation-month": {"views": ["crew"], "by": "organisation", "per": "month"},
    "calendar": {"views": ["calendar"]},
    "milestones-goals": {"views": ["milestones", "goals"]},
    "wave": {"wave": "main/W06"},
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", VIEWS)
def test_view_is_as_kept(name: str, width: int, language: str) -> None:
    """Each view at two widths in two languages, without colour."""
    _compare(
        f"{name}-{width}-{language}.txt", printed(show(PLAN, width=width, language=language, **VIEWS[name]), width)
    )


def test_gantt_in_plain_characters_is_as_kept() -> None:
    """A terminal that knows ASCII only still gets its chart."""
    text = printed(show(PLAN, views=["gantt", "load"], width=80, language="en", signs=ASCII))
    assert text.isascii()
    _compare("gantt-80-ascii.txt", text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("lots", [False, True])
def test_gantt_with_states_is_as_kept_in_colour(width: int, language: str, lots: bool) -> None:
    """Each state by its sign and its colour; the signs alone say the same."""
    views = show(PLAN, views=["gantt"], width=width, language=language, lots=lots, standing=sample_standing())
    coloured = in_colour(views, width)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == printed(views, width)
    _compare(f"gantt-states{'-lots' * lots}-{width}-{language}.ansi", coloured)


def test_gantt_with_states_in_plain_characters_is_as_kept() -> None:
    text = printed(
        show(PLAN, views=["gantt"], width=80, language="en", standing=sample_standing(), signs=ASCII), encoding="ascii"
    )
    assert text.isascii()
    _compare("gantt-states-80-ascii.txt", text)


def _compare(name: str, text: str) -> None:
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 100, 160])
def test_comparison_is_as_kept(width: int, language: str) -> None:
    """Three scenarios in one table."""
    views = comparison_view(sample_comparison(), language=translator(language), width=width)
    text = printed(views, width)
    assert max(map(cell_len, text.splitlines())) <= width
    _compare(f"comparison-{width}-{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
def test_difference_is_as_kept(width: int, language: str) -> None:
    """A little of every kind of change."""
    text = printed(difference_view(sample_difference(), language=translator(language), width=width), width)
    assert max(map(cell_len, text.splitlines())) <= width
    _compare(f"difference-{width}-{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", ["explanation", "wish"])
def test_explanation_is_as_kept(name: str, width: int, language: str) -> None:
    """Why a lot is where it is, and what a wish would mean."""
    found = sample_explanation() if name == "explanation" else sample_wish()
    text = printed(explanation_view(found, language=translator(language), width=width), width)
    assert max(map(cell_len, text.splitlines())) <= width
    _compare(f"{name}-{width}-{language}.txt", text)
