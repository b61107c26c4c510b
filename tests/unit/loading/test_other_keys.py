"""Values that people write under the wrong key lead to the key that says what they mean."""

from __future__ import annotations

import pytest

from waveplan.loading.other_keys import meant


@pytest.mark.parametrize(
    ("key", "given", "named"),
    [
        ("days", "second sat", "every: month"),
        ("days", "Last Friday", "every: month"),
        ("min_gap_days", "10wd", "min_gap_working_days"),
        ("max_gap_days", "3 working days", "min_gap_working_days"),
        ("days_before", "3 working days", "working_days_before"),
        ("from", "last-3-working-days", "from_working_day"),
        ("to", "first-5-working-days", "from_working_day"),
        ("from", "fri 18:00", "every: week"),
    ],
)
def test_the_key_that_is_meant(key: str, given: str, named: str) -> None:
    assert named in meant(key, given)


@pytest.mark.parametrize(("key", "given"), [("days", "sat"), ("min_gap_days", "-7"), ("from", "2027-01-32"), ("id", 3)])
def test_nothing_where_nothing_is_known(key: str, given: object) -> None:
    assert meant(key, given) == ""
