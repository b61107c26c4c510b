"""Plans side by side: nothing is lost on narrow screens, and many plans take several tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from golden.sample import printed
from golden.sample_comparison import sample_comparison
from rich.cells import cell_len

from waveplan.domain.figures import Compared, Comparison
from waveplan.render.comparison import comparison_view
from waveplan.render.language import translator
from waveplan.render.signs import ASCII

EN = translator("en")
SAMPLE = sample_comparison()


def text(comparison: Comparison, width: int) -> str:
    return printed(comparison_view(comparison, language=EN, width=width), width)


def tables(shown: str) -> int:
    return sum(line.startswith("───") for line in shown.splitlines())


@pytest.mark.parametrize("width", [60, 80, 100])
def test_three_scenarios_stand_in_one_table(width: int) -> None:
    shown = text(SAMPLE, width)
    assert tables(shown) == 1
    assert max(map(cell_len, shown.splitlines())) <= width
    assert "Not shown" not in shown


def test_many_plans_take_several_tables_and_none_is_left_out() -> None:
    many = Comparison(tuple(replace(SAMPLE.columns[0], id=f"plan-{number}") for number in range(7)))
    shown = text(many, 80)
    assert tables(shown) > 1
    assert max(map(cell_len, shown.splitlines())) <= 80
    heads = " ".join(shown.splitlines())
    assert all(f" plan-{number} " in heads for number in range(7))


def test_when_every_plan_was_found_nothing_is_said_of_it() -> None:
    assert "found, checked" not in text(Comparison(SAMPLE.columns[:2]), 100)
    assert "found, checked" in text(SAMPLE, 100)


@pytest.mark.parametrize(
    ("status", "words"),
    [("unknown", "none found in time"), ("findings", "inventory has errors"), ("interrupted", "interrupted")],
)
def test_why_there_is_no_plan(status: str, words: str) -> None:
    shown = text(Comparison((SAMPLE.columns[0], Compared("other", None, status))), 100)  # type: ignore[arg-type]
    assert words in shown


def test_terminals_that_know_ascii_only_get_their_table() -> None:
    shown = printed(comparison_view(SAMPLE, language=EN, width=100, signs=ASCII), 100)
    assert shown.replace("−", "").isascii()  # a minus is written as everywhere
