"""Nights are foreseen as long as another wave fits the limit."""

from __future__ import annotations

import pytest

from waveplan.cli import foreseeing


def test_no_piece_is_begun_that_would_pass_the_limit_were_it_as_long_as_the_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr("waveplan.cli.foreseeing.time.monotonic", lambda: now[0])
    late = foreseeing.passing(110.0)
    for moment, answer in (
        (100.0, False),
        (103.0, False),
        (104.0, False),
        (106.5, False),
        (107.5, True),
        (110.5, True),
    ):
        now[0] = moment
        assert late() is answer, moment
