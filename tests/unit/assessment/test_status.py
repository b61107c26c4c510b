"""Where a small programme stands on some days."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from support.programmes import AS_OF, INVENTORY, PLAN, QUIET, W1, W2, W3

from waveplan.assessment.status import status
from waveplan.domain.status import Status
from waveplan.usecases.record import actuals_of


def _status(text: str = QUIET, as_of: dt.date = AS_OF) -> Status:
    loaded = actuals_of(text, "actuals.yaml")
    assert loaded.actuals is not None, loaded.findings
    return status(loaded.actuals, PLAN, INVENTORY, as_of)


def _states(found: Status) -> list[str]:
    return [wave.state for wave in found.waves]


def _late(found: Status) -> list[tuple[str, str, int | None]]:
    return [(each.kind, each.subject, each.days) for each in found.late]


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (dt.date(2026, 1, 10), ["ahead", "ahead", "ahead"]),
        (dt.date(2026, 2, 13), ["preparation", "preparation", "ahead"]),
        (dt.date(2026, 2, 16), ["hypercare", "preparation", "ahead"]),
        (dt.date(2026, 2, 20), ["done", "preparation", "ahead"]),
        (dt.date(2026, 4, 20), ["done", "partial", "preparation"]),
        (dt.date(2026, 5, 3), ["done", "partial", "cutover"]),
        (dt.date(2026, 5, 10), ["done", "partial", "unrecorded"]),
    ],
)
def test_states_of_waves_follow_the_day(day: dt.date, states: list[str]) -> None:
    assert _states(_status(as_of=day)) == states


def test_a_refused_wave_and_one_that_the_plan_no_longer_has() -> None:
    text = QUIET.replace("2026-02-11, decision: go", "2026-02-11, decision: no_go, reason: storage")
    text = text.replace(f"  - {{wave: {W1}, date: 2026-02-14, result: done}}\n", "")
    text += "  - {wave: 2026-03-07-weekend, date: 2026-03-07, result: rolled_back, items: {x: [fax]}, reason: y}\n"
    found = _status(text)

    assert _states(found) == ["no_go", "partial", "rolled_back", "preparation"]
    assert [(late.subject, late.items, late.reason) for late in found.late if late.kind == "to_plan_again"] == [
        ("W01", 1, "storage"),
        ("W02", 1, "storage"),
        ("2026-03-07-weekend", 1, "y"),
    ]


def test_the_next_gates_say_what_they_need() -> None:
    [gate] = _status().gates
    assert (gate.wave, gate.gate, gate.date, gate.state) == (W3, "go-no-go", dt.date(2026, 4, 29), "open")
    assert (gate.committee, gate.criteria) == ("migration", ("rollback rehearsed",))

    conditional = (
        f"gates:\n  - {{wave: {W3}, gate: go-no-go, date: 2026-04-29, decision: conditional, conditions: [x, y]}}\n"
    )
    text = QUIET.replace("gates:\n", conditional)
    day = dt.date(2026, 4, 30)
    assert [(each.state, each.conditions) for each in _status(text, day).gates] == [("conditional", ("x", "y"))]
    assert [each.state for each in _status(as_of=day).gates] == ["overdue"]
    assert ("gate_undecided", "W03 go-no-go", 1) in _late(_status(as_of=day))
    passed = text.replace("cutovers:", f"  - {{wave: {W3}, gate: go-no-go, date: 2026-04-30, decision: go}}\ncutovers:")
    assert _status(passed, day).gates == ()


def test_what_is_late() -> None:
    assert _late(_status()) == [
        ("to_plan_again", "W02", None),
        ("milestone_overdue", "itsm-live", 5),
    ]
    moved = QUIET + "milestones:\n  - {id: itsm-live, expected: 2026-05-10, reason: vendor}\n"
    assert _late(_status(moved))[1] == ("milestone_slipped", "itsm-live", 25)
    reached = moved + "  - {id: itsm-live, reached: 2026-04-18}\n"
    assert _late(_status(reached)) == [("to_plan_again", "W02", None)]


def test_acceptances_and_incidents() -> None:
    day = dt.date(2026, 5, 2)
    milestone = next(each for each in PLAN.milestones if each.id == "accept kt immersion")
    assert ("acceptance_missing", milestone.id, (day - milestone.date).days) in _late(_status(as_of=day))
    record = f"acceptances:\n  - {{milestone: {milestone.id}, date: 2026-04-30, result: half_met, reason: x}}\n"
    assert "acceptance_half_met" in {kind for kind, _, _ in _late(_status(QUIET + record, day))}
    signed = QUIET + record + f"  - {{milestone: {milestone.id}, date: 2026-05-02, result: signed}}\n"
    assert not any("acceptance" in kind for kind, _, _ in _late(_status(signed, day)))
    incident = f"incidents:\n  - {{id: i-1, wave: {W2}, date: 2026-03-01, severity: minor, summary: x}}\n"
    assert ("incident_open", "i-1", 50) in _late(_status(QUIET + incident))
    assert "incident_open" not in str(
        _late(_status(QUIET + incident.replace("summary: x", "summary: x, resolved: 2026-03-02")))
    )


@pytest.mark.parametrize(("resolved", "is_open"), [("2026-04-19", False), ("2026-04-20", False), ("2026-04-21", True)])
def test_an_incident_is_over_on_the_day_on_which_it_is_resolved(resolved: str, is_open: bool) -> None:
    incident = f"{{id: i-1, wave: {W2}, date: 2026-03-01, severity: minor, summary: x, resolved: {resolved}}}"
    late = _late(_status(f"{QUIET}incidents:\n  - {incident}\n"))
    assert (("incident_open", "i-1", 50) in late) == is_open


def test_burn_up_counts_what_is_whole() -> None:
    found = _status().burn_up

    assert (found.per, found.totals) == ("week", {"servers": 4, "applications": 4})
    assert (found.today, found.planned_today) == ({"servers": 2, "applications": 2}, {"servers": 3, "applications": 3})
    by_week = {point.start: point for point in found.points}
    assert by_week[dt.date(2026, 2, 23)].done == {"servers": 2, "applications": 2}
    assert by_week[dt.date(2026, 2, 23)].planned == {"servers": 3, "applications": 3}
    assert by_week[dt.date(2026, 4, 27)].done is None
    assert by_week[dt.date(2026, 4, 27)].planned == found.totals


def test_coexistence_is_of_ties_whose_ends_stand_apart_today() -> None:
    """`web` is done; of its providers `crm` was to be and is not, and `erp` is still ahead."""
    found = _status().coexistence
    assert (found.ties, found.weight) == (2, Decimal(5))
    assert (found.planned_ties, found.planned_weight) == (1, Decimal(3))
    assert _status(as_of=dt.date(2026, 1, 10)).coexistence.ties == 0


def test_hard_dates_and_effort() -> None:
    spent = {"2026-W06": "3", "2026-W07": "1.5"}
    entries = "".join(f"  - {{team: ops, week: {week}, person_days: {days}}}\n" for week, days in spent.items())
    found = _status(f"{QUIET}effort:\n{entries}")

    assert [(each.id, each.slack, each.days_left) for each in found.hard_dates][-1] == ("deadline", 56, 71)
    [effort] = found.effort
    weeks = PLAN.teams["ops"].weeks
    assert (effort.spent, effort.weeks) == (Decimal("4.5"), 2)
    assert effort.planned == weeks["2026-W06"].used + weeks["2026-W07"].used
    assert effort.planned_in_all == sum(week.used for week in weeks.values())
