"""Bounds never exceed the truth, found by trying everything."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from waveplan.engine.proofs.bounds import waves_by_size, waves_by_sum


def fewest_bins(sizes: tuple[int, ...], limit: int) -> int:
    @cache
    def pack(left: tuple[int, ...], free: tuple[int, ...]) -> int:
        if not left:
            return len(free)
        options = [pack(left[1:], tuple(sorted((*free, limit - left[0]))))]
        for index, room in enumerate(free):
            if room >= left[0]:
                rest = (*free[:index], *free[index + 1 :])
                options.append(pack(left[1:], tuple(sorted((*rest, room - left[0])))))
        return min(options)

    return pack(sizes, ())


@given(st.integers(1, 12), st.data())
def test_sizes_never_claim_more_waves_than_needed(limit: int, data: st.DataObject) -> None:
    sizes = tuple(sorted(data.draw(st.lists(st.integers(1, limit), max_size=7)), reverse=True))
    assert waves_by_size(sizes, limit) <= fewest_bins(sizes, limit)


def test_sizes_see_what_sums_do_not() -> None:
    assert waves_by_size([6, 6, 6], 10) == 3  # 18 would fit two waves of 10
    assert waves_by_size([7, 7, 3, 3, 3], 10) == 3
    assert waves_by_size([], 10) == 0


@given(st.integers(0, 200), st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=3), st.integers(1, 12))
def test_sums_add_up_stage_by_stage(demand: int, stages: list[tuple[int, int]], last: int) -> None:
    lengths = [*(length for length, _ in stages), None]
    limits = [*(limit for _, limit in stages), last]
    flat = [limit for length, limit in stages for _ in range(length)] + [last] * 201
    waves = next(n for n in range(len(flat) + 1) if sum(flat[:n]) >= demand)
    assert waves_by_sum(demand, lengths, limits) == waves


def test_the_data_centre_example_needs_thirteen_waves() -> None:
    assert waves_by_sum(121, [4, None], [6, 12]) == 13
