"""A survey below its threshold holds the exit gate of its pilot until somebody decides: what waits may not go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.rules import Rule
from waveplan.tracking import judge, turned_out

FIRST, LATER, OTHER = "2026-02-07-weekend", "2026-04-18-weekend", "2026-05-30-weekend"
INVENTORY = inventory_from("""
    programme: {name: Surveys, start: 2026-01-05, deadline: 2026-12-18}
    policy: {preparation_days: 0, gates: [{id: go, days_before: 3, decides: true}]}
    sites: [{id: paris, country: FR, users: 20}]
    applications:
      - {id: crm, user_sites: [paris]}
      - {id: erp, user_sites: [paris]}
      - {id: shop, user_sites: [paris]}
      - {id: web, user_sites: [paris]}
    pilots:
      - {id: first, items: {app: crm}, for: {app: [erp, shop]}, soak_days: 20}
    adoption:
      - {id: notice, kind: announcement, days_before: 5}
      - {id: ask, kind: survey, working_days_after: 10, threshold: 0.7, match: {app: [crm, web]}}
      - {id: listen, kind: survey, days_after: 2}
    """)
PLAN = state_plan(INVENTORY, {"crm": FIRST, "erp": LATER, "shop": OTHER, "web": OTHER})
BASE: dict[str, Any] = {
    "gates": [{"wave": FIRST, "gate": "go", "date": "2026-02-04", "decision": "go"}],
    "cutovers": [{"wave": FIRST, "date": "2026-02-07", "result": "done"}],
}
ON = dt.date(2026, 4, 30)


def actuals(*asked: dict[str, Any], gates: Any = (), cutovers: Any = (), accepted: Any = ()) -> Actuals:
    more = {"gates": [*BASE["gates"], *gates], "cutovers": [*BASE["cutovers"], *cutovers]}
    return Actuals.model_validate({**more, "adoption": list(asked), "acceptances": list(accepted)})


def asked(result: str | None, day: str = "2026-02-23", **more: str) -> dict[str, Any]:
    record = {"id": "ask", "wave": FIRST, "date": day, **more}
    return record if result is None else record | {"result": result}


def passed(day: str, result: str = "signed") -> dict[str, str]:
    return {"milestone": "pass first", "date": day, "result": result, "reason": "x"}


def codes(found: Actuals, on: dt.date = ON) -> list[str]:
    return [finding.code for finding in judge(found, PLAN, INVENTORY, on) if finding.code != "WP404"]


@pytest.mark.parametrize(
    ("records", "accepted", "expected"),
    [
        ([asked("0.69")], [], ["WP415"]),
        ([asked("0.7")], [], []),
        ([asked(None)], [], []),
        ([asked("0.5"), asked("0.8", "2026-03-02")], [], []),  # asked again
        ([asked("0.8"), asked("0.5", "2026-03-02")], [], ["WP415"]),
        ([asked("0.5")], [passed("2026-02-23")], []),
        ([asked("0.5")], [passed("2026-02-22")], ["WP415"]),  # decided without knowing it
        ([asked("0.5")], [passed("2026-02-25", "refused")], ["WP415"]),
        ([asked("0.5", id="listen", day="2026-02-12")], [], []),  # without a threshold nothing follows from it
        ([asked("0.5", wave=OTHER, day="2026-06-10")], [], ["WP402"]),  # no pilot is in that wave
    ],
)
def test_the_gate_is_held_until_it_is_decided(records: Any, accepted: Any, expected: list[str]) -> None:
    assert codes(actuals(*records, accepted=accepted)) == expected


def test_it_says_what_holds_what() -> None:
    (found,) = (each for each in judge(actuals(asked("0.655")), PLAN, INVENTORY, ON) if each.code == "WP415")
    assert found.message == (
        f"survey ask of {FIRST} came out at 65.5%, below its threshold of 70%: "
        "the exit gate of pilot first is held until it is decided"
    )
    assert (found.severity, found.path) == ("warning", ("adoption", 0))
    assert "accept 'pass first' signed" in found.advice


GO = {"wave": LATER, "gate": "go", "date": "2026-04-15"}
CUTOVER = {"wave": LATER, "date": "2026-04-18", "result": "done"}


@pytest.mark.parametrize(
    ("gates", "cutovers", "accepted", "expected"),
    [
        ([GO | {"decision": "go"}], [], [], ["WP415", "WP416"]),
        ([GO | {"decision": "conditional", "conditions": ["asked again"]}], [], [], ["WP415"]),
        ([GO | {"decision": "no_go", "reason": "x"}], [], [], ["WP415"]),
        ([GO | {"decision": "go"}], [], [passed("2026-04-15")], []),
        ([GO | {"decision": "go"}], [], [passed("2026-04-16")], ["WP416"]),  # decided a day after the go
        ([GO | {"decision": "go"}], [CUTOVER], [passed("2026-04-17")], ["WP416"]),
        ([GO | {"decision": "go"}], [CUTOVER], [], ["WP415", "WP416", "WP416"]),
    ],
)
def test_what_waits_may_not_go_meanwhile(gates: Any, cutovers: Any, accepted: Any, expected: list[str]) -> None:
    found = actuals(asked("0.5"), gates=gates, cutovers=cutovers, accepted=accepted)
    assert codes(found) == expected


def test_what_went_before_the_answers_were_known_went_in_good_faith() -> None:
    late = asked("0.5", "2026-04-20")
    assert codes(actuals(late, gates=[GO | {"decision": "go"}], cutovers=[CUTOVER])) == ["WP415"]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": "asks", "wave": FIRST, "date": "2026-02-23"}, ["WP401"]),
        ({"id": "ask", "wave": "2026-02-15-weekend", "date": "2026-02-23"}, ["WP401"]),  # a Sunday
        ({"id": "notice", "wave": "2026-02-14-weekend", "date": "2026-02-09"}, []),  # of a wave that a plan gave up
        ({"id": "ask", "wave": LATER, "date": "2026-04-29"}, ["WP401"]),  # erp is none of what it is about
        ({"id": "ask", "wave": FIRST, "date": "2026-05-01"}, ["WP402"]),
        ({"id": "ask", "wave": FIRST, "date": "2026-02-06"}, ["WP402"]),
        ({"id": "notice", "wave": FIRST, "date": "2026-02-02"}, []),
        ({"id": "notice", "wave": FIRST, "date": "2026-02-02", "result": "1"}, ["WP403"]),
    ],
)
def test_records_that_make_no_sense_are_told(record: dict[str, str], expected: list[str]) -> None:
    assert codes(actuals(record)) == expected


def test_without_an_inventory_names_are_taken_as_they_are() -> None:
    found = judge(actuals({"id": "asks", "wave": FIRST, "date": "2026-02-23", "result": "0.1"}), PLAN, None, ON)
    assert [each.code for each in found if each.code != "WP404"] == []


def held(found: Actuals, on: dt.date) -> list[Rule]:
    rules = turned_out(INVENTORY, History(found, PLAN, on), PLAN).rules
    return [rule for rule in rules if rule.id.startswith("held-")]


def test_what_waits_comes_no_sooner_than_people_could_be_asked_again() -> None:
    (rule,) = held(actuals(asked("0.5")), dt.date(2026, 4, 16))
    # 10 working days after the 16th are over on the 30th; 1 May is off, but nobody needs to work for a cutover
    assert (rule.id, rule.not_before) == ("held-first-ask", dt.date(2026, 5, 1))
    assert rule.match is not None
    assert list(rule.match.words("id")) == ["erp", "shop"]


@pytest.mark.parametrize(
    ("found", "on"),
    [
        (actuals(asked("0.9")), ON),
        (actuals(asked("0.5")), dt.date(2026, 2, 22)),
        (actuals(asked("0.5"), accepted=[passed("2026-03-01")]), ON),
    ],
)
def test_nothing_is_held_before_the_survey_or_after_the_decision(found: Actuals, on: dt.date) -> None:
    assert held(found, on) == []


def test_what_has_gone_is_not_held_any_more() -> None:
    (rule,) = held(actuals(asked("0.5"), cutovers=[CUTOVER]), ON)
    assert rule.match is not None
    assert list(rule.match.words("id")) == ["shop"]


@given(
    result=st.decimals("0", "1", places=2),
    known=st.integers(0, 40),
    decided=st.none() | st.integers(0, 40),
    on=st.integers(0, 45),
)
def test_a_hold_lasts_from_the_answers_to_the_decision(result: Any, known: int, decided: int | None, on: int) -> None:
    """Finding and rule say the same of every day."""
    begin = dt.date(2026, 2, 23)
    days = [begin + dt.timedelta(days=number) for number in (known, decided or 0, on)]
    accepted = [] if decided is None else [passed(days[1].isoformat())]
    found = actuals(asked(str(result), days[0].isoformat()), accepted=accepted)
    below = float(result) < 0.7
    holds = below and known <= on and (decided is None or decided < known or on < decided)
    rules = held(found, days[2])
    assert bool(rules) == holds
    calendar = ChangeCalendar(INVENTORY)
    assert all(rule.not_before and rule.not_before > days[2] for rule in rules)
    assert all(
        calendar.is_working_day(["paris"], rule.not_before - dt.timedelta(days=1)) for rule in rules if rule.not_before
    )
