"""What stays where it is when a plan is made anew."""

from __future__ import annotations

import datetime as dt

import pytest
from support.programmes import AS_OF, PLAN, QUIET, W2, W3

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


def test_a_no_go_for_some_lots_closes_the_wave_to_their_items_alone() -> None:
    before, day = "waveplan_actuals: 1\ngates:\n", dt.date(2026, 2, 20)
    lots = {item: lot.id for lot in PLAN.lots for item in lot.items}
    gate = f"  - {{wave: {W2}, gate: go-no-go, date: 2026-02-20, decision: DECISION, lots: [{lots['crm']}]}}\n"
    refused = standing_of(_history(before + gate.replace("DECISION", "no_go")), PLAN, day, 10)
    assert (refused.refused, refused.closed, refused.locked) == ({"crm": {W2}}, set(), {"fax": W2})
    assert set(refused.planned) == {"web", "crm", "fax", "erp"}
    go = standing_of(_history(before + gate.replace("DECISION", "go")), PLAN, day, 10)
    assert (go.refused, go.closed, set(go.locked)) == ({}, set(), {"crm", "fax"})
    kept = gate.replace("DECISION", "no_go").replace(lots["crm"], "gone").replace("]}", "], items: {gone: [fax, erp]}}")
    remembered = standing_of(_history(before + kept), PLAN, day, 10)
    assert (remembered.refused, remembered.locked) == ({"fax": {W2}, "erp": {W2}}, {"crm": W2})
    unknown = standing_of(
        _history(before + gate.replace("DECISION", "no_go").replace(lots["crm"], "ghost")), PLAN, day, 10
    )
    assert (unknown.refused, set(unknown.locked)) == ({}, {"crm", "fax"})


def test_a_wave_whose_lots_the_plan_does_not_define_holds_nothing() -> None:
    bare = PLAN.model_copy(update={"lots": [lot for lot in PLAN.lots if "erp" not in lot.items]})
    assert set(standing_of(_history(QUIET), bare, AS_OF, 100).planned) == {"web", "crm", "fax"}
