"""What holds among the actuals: the last word on each thing, and where each item was left."""

from __future__ import annotations

import datetime as dt

from support.programmes import CUTOVERS, GATES, PLAN, W1, W2, W3

from waveplan.domain.history import History
from waveplan.usecases.record import actuals_of


def _history(text: str, as_of: dt.date | None = None) -> History:
    loaded = actuals_of(f"waveplan_actuals: 1\n{text}", "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings
    return History(loaded.actuals, PLAN, as_of)


def _left(history: History) -> dict[str, tuple[str, str]]:
    return {item: (outcome.wave, outcome.result) for item, outcome in history.outcomes.items()}


def test_what_a_partial_cutover_does_not_name_is_done() -> None:
    history = _history(CUTOVERS)
    assert _left(history) == {"crm": (W2, "rolled_back"), "fax": (W2, "done"), "web": (W1, "done")}
    assert list(history.done) == ["fax", "web"]


def test_a_lot_that_was_rolled_back_means_its_items() -> None:
    assert _left(_history(CUTOVERS.replace("[crm]", "[fax-lot]")))["fax"] == (W2, "rolled_back")


def test_a_later_entry_about_the_wave_holds_whatever_its_date() -> None:
    again = f"  - {{wave: {W2}, date: 2026-02-27, result: rolled_back, reason: x}}\n"
    assert _left(_history(CUTOVERS + again))["fax"] == (W2, "rolled_back")


def test_an_item_is_where_the_latest_wave_left_it_whatever_the_order_of_the_file() -> None:
    later = f"  - {{wave: {W3}, date: 2026-05-02, result: done, items: {{erp-lot: [erp, crm]}}}}\n"
    before = "cutovers:\n" + later + CUTOVERS.removeprefix("cutovers:\n")
    assert _left(_history(CUTOVERS + later))["crm"] == _left(_history(before))["crm"] == (W3, "done")


def test_items_that_were_recorded_outlive_their_plan() -> None:
    gone = "cutovers: [{wave: 2026-02-21-weekend, date: 2026-02-21, result: done, items: {old-lot: [gone, web]}}]\n"
    assert list(_history(gone).done) == ["gone", "web"]


def test_a_decision_of_the_whole_wave_replaces_those_of_lots_and_the_other_way_round() -> None:
    of_a_lot = f"  - {{wave: {W2}, gate: go-no-go, date: 2026-02-26, decision: no_go, lots: crm-lot}}\n"
    of_all = f"  - {{wave: {W2}, gate: go-no-go, date: 2026-02-27, decision: conditional}}\n"

    def decisions(text: str) -> list[str]:
        found = [_history(text).decision(W2, "go-no-go", lot) for lot in ("crm-lot", "fax-lot")]
        return [record.decision if record else "none" for record in found]

    assert decisions(GATES) == ["go", "go"]
    assert decisions(GATES + of_a_lot) == ["no_go", "go"]
    assert decisions(GATES + of_a_lot + of_all) == ["conditional", "conditional"]


def test_a_wave_is_given_up_when_all_of_it_was_refused() -> None:
    wave = next(wave for wave in PLAN.waves if wave.id == W2)
    one = f"gates:\n  - {{wave: {W2}, gate: go-no-go, date: 2026-02-25, decision: no_go, lots: [crm-lot]}}\n"

    assert not _history(one).given_up(wave)
    assert _history(one.replace("[crm-lot]", "[crm-lot, fax-lot]")).given_up(wave)
    assert _history(one.replace(", lots: [crm-lot]", "")).given_up(wave)


def test_what_is_recorded_of_later_days_is_passed_over() -> None:
    text = (
        f"{GATES}{CUTOVERS}milestones: [{{id: itsm-live, reached: 2026-04-20}}]\n"
        "effort: [{team: ops, week: 2026-W08, person_days: 3}, {team: ops, week: 2026-W09, person_days: 4}]\n"
        f"incidents: [{{id: i-1, wave: {W1}, date: 2026-03-01, severity: minor, summary: x}}]\n"
        "acceptances: [{milestone: m, date: 2026-03-01, result: signed}]\n"
    )
    history = _history(text, dt.date(2026, 2, 20))

    assert list(history.outcomes) == ["web"]
    assert [key[0] for key in history.gates] == [W1]
    assert (dict(history.milestones), dict(history.incidents), dict(history.acceptances)) == ({}, {}, {})
    assert list(history.effort) == [("ops", "2026-W08")]


def test_the_last_entry_about_a_milestone_an_incident_a_record_or_a_week_holds() -> None:
    history = _history(
        "milestones: [{id: m, expected: 2026-05-01}, {id: m, reached: 2026-04-20}]\n"
        "effort: [{team: ops, week: 2026-W08, person_days: 3}, {team: ops, week: 2026-W08, person_days: 4}]\n"
        "acceptances:\n"
        "- {milestone: m, date: 2026-03-01, result: refused}\n"
        "- {milestone: m, date: 2026-03-09, result: signed}\n"
    )
    assert history.milestones["m"].reached == dt.date(2026, 4, 20)
    assert history.effort["ops", "2026-W08"].person_days == 4
    assert history.acceptances["m"].result == "signed"
