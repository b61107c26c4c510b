"""Names that are cut show it, and never look like another name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from waveplan.render.language import Shown
from waveplan.render.signs import ASCII, UNICODE, Signs
from waveplan.render.text import shorten_apart

NAMES = st.lists(st.text("ab-é日", min_size=1, max_size=40).map(Shown), unique=True, max_size=12)


@given(NAMES, st.integers(10, 24), st.sampled_from([ASCII, UNICODE]))
def test_names_stay_apart_and_tell_that_they_were_cut(names: list[Shown], width: int, signs: Signs) -> None:
    short = shorten_apart(names, width, signs)
    assert len(set(short)) == len(names)
    for name, shown in zip(names, short, strict=True):
        assert cell_len(shown) <= width
        assert shown == name or signs.ellipsis in shown


def test_names_that_differ_only_where_they_are_cut_are_numbered() -> None:
    names = [Shown(f"application{middle}archives0000001") for middle in ("northern", "southern", "eastern")]
    assert shorten_apart(names, 12, ASCII) == ["appli...0001", "applicat...2", "applicat...3"]
    assert shorten_apart(names, 12, UNICODE) == ["applica…00001"[:6] + "…00001", "applicatio…2", "applicatio…3"]
