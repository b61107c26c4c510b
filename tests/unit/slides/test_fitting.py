"""Tables of slides: everything is on some page, in its order, and no page is higher than the slide has room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waveplan.slides.fitting import PADDING, fitted, lines_in, width_of

WIDTH, HEIGHT = 12.0, 5.0
WORDS = st.text(st.sampled_from("abcdefmWi -éMil漢"), max_size=60)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=60))
def test_every_row_is_on_a_page_that_holds_it(rows: list[tuple[str, str, str]]) -> None:
    pages = fitted(("Lot", "What", "Who"), rows, WIDTH, HEIGHT)
    assert [row for page in pages for row in page.rows] == rows
    for page in pages:
        assert len(page.heights) == len(page.rows) + 1
        assert sum(page.heights) <= HEIGHT or len(page.rows) <= 1
        assert sum(page.widths) == pytest.approx(WIDTH)


def test_type_steps_down_before_a_table_is_cut() -> None:
    short = [("a", "b", "c")]

    def pages(rows: int) -> list[tuple[float, int]]:
        return [(page.size, len(page.rows)) for page in fitted(("A", "B", "C"), short * rows, WIDTH, HEIGHT)]

    assert [pages(rows) for rows in (14, 16, 17, 19)] == [[(14.0, 14)], [(12.0, 16)], [(11.0, 17)], [(10.0, 19)]]
    assert pages(40) == [(12.0, 16), (12.0, 16), (12.0, 8)]


def test_words_stay_whole_where_others_can_give_way() -> None:
    rows = [("committee", "long words of what it needs " * 8, "readiness")]
    (page,) = fitted(("Committee", "Needs", "Gate"), rows, 8.0, HEIGHT)
    for text, width in zip(rows[0], page.widths, strict=True):
        assert max(width_of(word, page.size) for word in text.split()) <= width - 2 * PADDING


def test_a_word_without_an_end_goes_on_in_the_next_line() -> None:
    assert lines_in("x" * 300, 12.0, width_of("x" * 100, 12.0)) in (3, 4)
    assert lines_in("", 12.0, 1.0) == 1
