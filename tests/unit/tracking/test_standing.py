"""What stays where it is when a plan is made anew."""

from __future__ import annotations

import datetime as dt

import pytest
from support.programmes import AS_OF, PLAN, QUIET, W3

from waveplan.domain.history import History
from waveplan.tracking.standing import standing_of
from waveplan.usecases.record import actuals_of

TO_W3 = (dt.date(2026, 5, 2) - AS_OF).days


def _history(text: str) -> History:
    loaded = actuals_of(text, "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings
    return History(loaded.actuals, PLAN, AS_OF)


@pytest.mark.parametrize(("days", "locked"), [(TO_W3 - 1, {}), (TO_W3, {"erp": W3}), (TO_W3 + 1, {"erp": W3})])
def test_a_wave_on_the_last_of_the_locked_days_stays(days: int, locked: dict[str, str]) -> None:
    assert standing_of(_history(QUIET), PLAN, AS_OF, days).locked == locked


def test_a_wave_of_the_day_itself_stays() -> None:
    assert standing_of(_history(QUIET), PLAN, dt.date(2026, 5, 2), 0).locked == {"erp": W3}
    assert standing_of(_history(QUIET), PLAN, dt.date(2026, 5, 3), 9).locked == {}


def test_what_is_turned_back_or_refused_is_free() -> None:
    """`crm` was rolled back in the wave that moved `fax`; nobody may go in a wave that was refused to all."""
    day = dt.date(2026, 2, 28)
    standing = standing_of(_history(QUIET), PLAN, day, 100)
    assert standing.locked == {"erp": W3}
    no_go = QUIET.replace(
        "gates:\n", f"gates:\n  - {{wave: {W3}, gate: go-no-go, date: 2026-04-20, decision: no_go}}\n"
    )
    refused = standing_of(_history(no_go), PLAN, day, 100)
    assert (refused.locked, refused.closed) == ({}, {W3})
