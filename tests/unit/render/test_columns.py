"""Tables that fit their width."""

from __future__ import annotations

import pytest
from golden.sample import printed
from rich.cells import cell_len

from waveplan.render.columns import Column, fit, table, words
from waveplan.render.language import Shown, translator
from waveplan.render.signs import UNICODE

EN = translator("en")


def _column(title: str, *cells: str, **options: object) -> Column:
    return Column(Shown(title), words([Shown(cell) for cell in cells]), **options)  # type: ignore[arg-type]


def test_room_for_everything_keeps_everything() -> None:
    """Nothing is shortened without need."""
    layout = fit([_column("Very long title", "x"), _column("B", "y", short=Shown("b"))], 40)
    assert [(c.title, c.width) for c in layout.columns] == [("Very long title", 15), ("B", 1)]
    assert layout.gap == 2


def test_titles_give_way_first_then_air() -> None:
    """Long titles are wrapped or replaced, then columns stand closer."""
    columns = [_column("Hypercare until", "Tue 17 Feb"), _column("Applications", "3", short=Shown("Apps"))]
    assert [c.width for c in fit(columns, 16).columns] == [10, 4]
    assert fit(columns, 16).gap == 2
    assert fit(columns, 15).gap == 1


def test_details_go_before_columns() -> None:
    """Brief cells, first where it matters least."""
    brief = words([Shown("17 Feb")])
    columns = [
        _column("A", "Tue 17 Feb", brief=brief, rank=1),
        _column("B", "Tue 17 Feb", brief=brief, rank=2),
    ]
    assert [c.content for c in fit(columns, 18).columns] == [10, 6]


def test_least_important_column_goes_and_is_named() -> None:
    """Below the table stands what it left out."""
    columns = [_column("Keep", "0123456789"), _column("Drop", "0123456789", rank=3), _column("Stay", "01", rank=1)]
    assert [c.title for c in fit(columns, 16).hidden] == ["Drop"]
    assert printed([table(columns, 16, EN, UNICODE)], 16).splitlines() == [
        "Keep        Stay",
        "──────────  ────",
        "0123456789  01",
        "Not shown at",
        "this width:",
        "Drop.",
    ]


def test_cells_fold_at_the_signs_that_divide_ids() -> None:
    """Only columns that may fold do, and not below their smallest width."""
    columns = [_column("Id", "service-desk@boulogne-11d0", fold=14), _column("N", "12345")]
    lines = printed([table(columns, 20, EN, UNICODE)], 20).splitlines()
    assert lines[2:] == ["service-desk@  12345", "boulogne-11d0"]


def test_wide_characters_count_double() -> None:
    """A table with wide characters still fits."""
    columns = [_column("名前", "データベース移行計画", fold=8), _column("N", "1")]
    lines = printed([table(columns, 12, EN, UNICODE)], 12).splitlines()
    assert max(cell_len(line) for line in lines) <= 12


@pytest.mark.parametrize("width", [10, 12, 20])
def test_even_the_narrowest_screen_gets_a_table(width: int) -> None:
    """What may not be dropped is broken."""
    columns = [_column("A", "0123456789abcdef"), _column("B", "0123456789abcdef")]
    layout = fit(columns, width)
    assert layout.hidden == []
    assert layout.width <= max(width, 13)


def test_empty_columns_are_left_out() -> None:
    """No tranche in the plan, no column for it."""
    text = printed([table([_column("A", "1"), _column("B", "")], 40, EN, UNICODE)], 40)
    assert text.splitlines()[0] == "A"
