"""What counts as a try: of several gates and lots, before and after a rollback, of waves that no plan has any more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.inventories import inventory_from
from support.plans import plan_of_waves

from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.simulated import LearntRate
from waveplan.simulation.learning import known_of, learnt_from

FIRST, SECOND = "2026-01-24-sat", "2026-01-31-sat"
TODAY = dt.date(2026, 2, 3)
GATES = "gates: [{id: early, days_before: 9, decides: true}, {id: late, days_before: 3, decides: true}]"


def programme(risks: str, gates: str = GATES) -> Inventory:
    return inventory_from(f"""
        programme: {{name: p, start: 2026-01-05, deadline: 2026-06-26}}
        calendar: {{windows: [{{id: sat, days: [sat], from: "20:00", hours: 3}}]}}
        policy: {{preparation_days: 7, hypercare: {{hours: 0}}, {gates}}}
        teams: [{{id: ops, person_days_per_week: 10}}]
        external_milestones:
          - {{id: tool, date: 2026-01-12, date_p90: 2026-02-16}}
          - {{id: net, date: 2026-01-15, date_p90: 2026-02-16}}
        applications:
          - {{id: a, criticality: critical, effort: {{ops: 4}}}}
          - {{id: b, effort: {{ops: 4}}}}
        risks: {risks}
    """)


def learnt(
    inventory: Inventory, waves: dict[str, list[str]], actuals: dict[str, Any], as_of: dt.date = TODAY
) -> list[LearntRate]:
    plan = plan_of_waves(inventory, waves)
    return list(learnt_from(inventory, plan, history_of(plan, actuals, as_of))[1])


def history_of(plan: Plan, actuals: dict[str, Any], as_of: dt.date = TODAY) -> History:
    return History(Actuals.model_validate({"waveplan_actuals": 1, **actuals}), plan, as_of)


def gate(day: str, name: str, decision: str, wave: str = FIRST, **more: Any) -> dict[str, Any]:
    return {"wave": wave, "gate": name, "date": f"2026-01-{day}", "decision": decision, **more}


def cutover(wave: str, result: str, items: list[str], **more: Any) -> dict[str, Any]:
    held = {each: [each] for each in items}
    return {"wave": wave, "date": wave[:10], "result": result, "items": held, **more}


@pytest.mark.parametrize(
    ("gates", "tries", "hits"),
    [
        ([gate("15", "early", "go")], 0, 0),  # the last gate has still to say
        ([gate("15", "early", "go"), gate("21", "late", "go")], 1, 0),
        ([gate("15", "early", "go"), gate("21", "late", "conditional"), gate("22", "late", "go")], 1, 0),
        ([gate("15", "early", "go"), gate("21", "late", "no_go")], 1, 1),
        ([gate("15", "early", "no_go")], 1, 1),
        ([gate("21", "late", "go"), gate("22", "late", "no_go")], 1, 1),  # taken back before the cutover
    ],
)
def test_a_wave_at_its_gates_is_one_try(gates: list[dict[str, Any]], tries: int, hits: int) -> None:
    found = learnt(programme("{gates: [{probability: 0.1}]}"), {FIRST: ["a"], SECOND: ["b"]}, {"gates": gates})

    assert [(each.tries, each.hits) for each in found] == ([(tries, hits)] if tries else [])
    assert [each.after for each in found] == [pytest.approx((20 * 0.1 + hits) / (20 + tries))][: len(found)]


@pytest.mark.parametrize(
    ("more", "entry"), [({"items": {"a": ["a"]}}, "1"), ({}, "2")], ids=["its items are kept", "nobody knows its items"]
)
def test_a_no_go_counts_though_the_new_plan_has_no_such_wave(more: dict[str, Any], entry: str) -> None:
    inventory = programme("{gates: [{match: {criticality: critical}, probability: 0.2}, {probability: 0.1}]}")
    refused = {"gates": [gate("21", "late", "no_go", **more)]}

    (found,) = learnt(inventory, {"2026-02-07-sat": ["a"], SECOND: ["b"]}, refused)

    assert (found.subject, found.tries, found.hits) == (entry, 1, 1)


def test_tries_after_a_rollback_count_for_next_where_it_has_a_chance_of_its_own() -> None:
    waves = {"2026-02-07-sat": ["a"], SECOND: ["b"]}
    tried = {
        "cutovers": [
            cutover("2026-01-17-sat", "rolled_back", ["a"]),
            cutover(FIRST, "rolled_back", ["a"]),
            cutover(SECOND, "done", ["b"]),
        ]
    }
    first, later = learnt(programme("{cutovers: [{probability: 0.2, next: 0.1}]}"), waves, tried)
    assert (first.what, first.tries, first.hits, first.after) == ("cutovers", 2, 1, pytest.approx(5 / 22))
    assert (later.what, later.tries, later.hits, later.after) == ("next", 1, 1, pytest.approx(3 / 21))

    (both,) = learnt(programme("{cutovers: [{probability: 0.2}]}"), waves, tried)
    assert (both.what, both.tries, both.hits, both.after) == ("cutovers", 3, 2, pytest.approx(6 / 23))


def test_a_cutover_of_which_a_part_was_rolled_back_has_failed() -> None:
    partial = cutover(FIRST, "partial", ["a", "b"], rolled_back=["a"])
    (found,) = learnt(
        programme("{cutovers: [{probability: 0.2}]}"), {FIRST: ["b"], SECOND: ["a"]}, {"cutovers": [partial]}
    )
    assert (found.tries, found.hits) == (1, 1)


@pytest.mark.parametrize(("backs", "tried"), [([], 0), (["a"], 0), (["b"], 0), (["a", "b"], 1)])
def test_what_was_rolled_back_is_tried_again_wherever_the_new_plan_has_it(backs: list[str], tried: int) -> None:
    inventory = programme("{cutovers: [{probability: 0.2, next: 0.1}]}")
    plan = plan_of_waves(inventory, {"2026-02-07-sat": ["a", "b"]})
    tries = [cutover(FIRST, "rolled_back", backs)] if backs else []

    known = known_of(plan, history_of(plan, {"cutovers": tries}), TODAY, inventory)

    assert known.held["2026-02-07-sat"].rollbacks == tried


def test_weeks_of_what_the_plan_has_elsewhere_by_now_say_nothing_of_effort() -> None:
    inventory = programme("{}")
    spent = [{"team": "ops", "week": f"2026-W0{week}", "person_days": 6} for week in (3, 4, 5)]
    waves = {FIRST: ["a"], SECOND: ["b"]}  # prepared in the weeks 4 and 5, four days each

    (found,) = learnt(inventory, waves, {"effort": spent})
    assert (found.tries, found.hits) == (2, pytest.approx(12 / 8))

    refused = gate("28", "late", "no_go", SECOND, items={"b": ["b"]})
    moved = {FIRST: ["a"], "2026-02-07-sat": ["b"]}  # what was planned in week 5 the new plan no longer says
    (found,) = [
        each for each in learnt(inventory, moved, {"effort": spent, "gates": [refused]}) if each.what == "effort"
    ]
    assert (found.tries, found.hits) == (1, pytest.approx(6 / 4))


def test_promises_are_held_against_the_day_they_were_made_for() -> None:
    inventory = programme("{}")
    plan = plan_of_waves(inventory, {FIRST: ["a"], SECOND: ["b"]})

    def kept(*records: dict[str, str]) -> list[tuple[float, float]]:
        now = inventory.model_copy(update={"external_milestones": []})  # as it has turned out: not what was promised
        history = history_of(plan, {"milestones": list(records)})
        found = learnt_from(now, plan, history, promised=inventory.external_milestones)[1]
        return [(each.tries, each.hits) for each in found]

    assert kept({"id": "tool", "reached": "2026-01-20"}) == [(1, 0)]
    assert kept({"id": "tool", "reached": "2026-01-12"}, {"id": "net", "reached": "2026-01-16"}) == [(2, 1)]
    assert kept({"id": "tool", "expected": "2026-02-12"}) == [(1, 0)], "it is known not to come on its day"
    assert kept({"id": "tool", "expected": "2026-01-12"}) == []


def test_a_wave_that_was_refused_in_part_is_to_be_replanned_first() -> None:
    inventory = programme("{}", gates="gates: [{id: late, days_before: 3, decides: true}]")
    plan = plan_of_waves(inventory, {"2026-02-07-sat": ["a", "b"]})
    one, other = plan.waves[0].lots

    def split(*lots: str) -> str:
        refused = [gate("31", "late", "no_go", "2026-02-07-sat", lots=list(lots))]
        return known_of(plan, history_of(plan, {"gates": refused}), TODAY, inventory).split

    assert split(one) == "2026-02-07-sat"
    assert split(one, other) == ""
