"""The engine's promises: goals in order, honest statuses, the same bytes again."""

from __future__ import annotations

import threading
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning import Outcome, SolveOptions, Watching, solve
from waveplan.planning.stating.records import aim_of, rounded

OPTIONS = SolveOptions(deterministic_limit=20, workers=1)


def inventory(**sections: Any) -> Inventory:
    data: dict[str, Any] = {
        "waveplan": "1",
        "programme": {"name": "engine", "start": "2026-01-05", "deadline": "2026-03-31"},
        "policy": {"preparation_days": 0, "gates": [], "wave_limits": {"lots": 2}},
    }
    return Inventory.model_validate({**data, **sections})


def chain(count: int) -> list[dict[str, Any]]:
    """Applications in a ring of soft ties."""
    return [{"id": f"a{n}", "depends_on": [{"app": f"a{(n + 1) % count}"}]} for n in range(count)]


def plan_of(outcome: Outcome) -> Any:
    assert outcome.plan is not None
    return outcome.plan


def test_goals_are_met_in_order_and_proven() -> None:
    ring = inventory(applications=chain(6))
    plan = plan_of(solve(ring, options=OPTIONS))
    assert [goal.goal for goal in plan.solve.goals] == ["finish", "coexistence", "peak_load"]
    assert [goal.status for goal in plan.solve.goals] == ["optimal"] * 3
    assert plan.metrics.waves == 3
    assert plan.metrics.finish == 22  # third Saturday from 10 January, over on Tuesday 27
    assert plan.metrics.coexistence == 28  # a ring over three waves: four ties of 7 days at best
    assert not check(plan, ring).findings


@pytest.mark.parametrize(
    ("tolerance", "finish", "coexistence"), [("0", 22, 14), ("6", 22, 14), ("7", 29, 7), ("33%", 29, 7)]
)
def test_a_tolerance_gives_room_to_the_next_goal(tolerance: str, finish: int, coexistence: int) -> None:
    dates = ["2026-01-10", "2026-01-24", "2026-01-31"]
    apps = [
        {"id": "fixed", "slot": "2026-01-24"},
        {"id": "free", "blackouts": [{"from": "2026-01-24", "to": "2026-01-24"}], "depends_on": [{"app": "fixed"}]},
    ]
    goals = [{"goal": "finish", "tolerance": tolerance}, {"goal": "coexistence"}]
    windows = [{"id": "w", "dates": dates, "from": "20:00", "hours": "30"}]
    torn = inventory(applications=apps, objective={"goals": goals}, calendar={"windows": windows})
    plan = plan_of(solve(torn, options=OPTIONS))
    assert (plan.metrics.finish, plan.metrics.coexistence) == (finish, coexistence)
    assert plan.solve.goals[0].bound == 22


@pytest.mark.parametrize(
    ("goal", "value", "tolerance", "room"),
    [
        ("finish", 131, "5%", 6),
        ("finish", 131, "5", 5),
        ("coexistence", 10, "9%", 0),
        ("peak_load", Fraction(92, 100), "5%", Fraction(46, 1000)),
        ("waves", 13, "0", 0),
    ],
)
def test_a_share_is_rounded_down_to_whole_units(goal: str, value: Fraction, tolerance: str, room: Fraction) -> None:
    aim = aim_of(Goal.model_validate({"goal": goal, "tolerance": tolerance}))
    assert aim.room(Fraction(value)) == room


def test_what_no_search_can_place_is_proven_infeasible() -> None:
    pairs = [{"app": f"a{n}"} for n in range(13)]
    apart = inventory(applications=[{"id": f"a{n}"} for n in range(13)], rules=[{"id": "apart", "apart": pairs}])
    outcome = solve(apart, options=OPTIONS)  # thirteen that never meet, in twelve slots
    assert (outcome.status, outcome.plan) == ("infeasible", None)


def test_a_limit_reached_is_not_a_proof() -> None:
    pairs = [{"app": f"a{n}"} for n in range(13)]
    apart = inventory(applications=[{"id": f"a{n}"} for n in range(13)], rules=[{"id": "apart", "apart": pairs}])
    outcome = solve(apart, options=SolveOptions(deterministic_limit=0.0001, workers=1))
    assert (outcome.status, outcome.plan) == ("unknown", None)


def test_a_stop_keeps_the_best_plan_and_says_so() -> None:
    stop = threading.Event()

    def stop_when_optimising(progress: Any) -> None:
        if progress.phase == "optimising":
            stop.set()

    ring = inventory(applications=chain(12), objective={"goals": [{"goal": "coexistence"}, {"goal": "finish"}]})
    options = SolveOptions(deterministic_limit=60, workers=1)
    outcome = solve(ring, options=options, watching=Watching(stop_when_optimising, stop))
    plan = plan_of(outcome)
    assert outcome.interrupted and plan.solve.interrupted
    assert not check(plan, ring).findings


def test_reproducible_solves_are_equal_byte_for_byte() -> None:
    ring = inventory(applications=chain(10))
    options = SolveOptions(reproducible=True, deterministic_limit=2)
    first, second = (dump_plan(plan_of(solve(ring, options=options))) for _ in range(2))
    assert first == second
    assert "seconds" not in first


def test_a_baseline_is_kept_where_nothing_speaks_against_it() -> None:
    before = inventory(applications=chain(6))
    baseline = plan_of(solve(before, options=OPTIONS))
    moved = baseline.lots[0].items[0]
    apps = chain(6)
    for app in apps:
        if app["id"] == moved:
            app["not_before"] = "2026-02-07"
    after = inventory(applications=apps, objective={"goals": [{"goal": "moved_lots"}, {"goal": "finish"}]})
    plan = plan_of(solve(after, options=OPTIONS, baseline=baseline))
    assert plan.solve.goals[0].value == 1
    old = {lot: wave.date for wave in baseline.waves for lot in wave.lots}
    new = {lot: wave.date for wave in plan.waves for lot in wave.lots}
    assert sum(old[lot] != new[lot] for lot in old) == 1


def test_nothing_to_move_is_an_empty_plan() -> None:
    plan = plan_of(solve(inventory(applications=[{"id": "a", "strategy": "retain"}]), options=OPTIONS))
    assert plan.waves == []
    assert plan.metrics.waves == 0


@pytest.mark.parametrize(
    ("sections", "code"),
    [
        ({"calendar": {"windows": [{"id": "never", "dates": ["2027-01-02"], "from": "20:00", "hours": "4"}]}}, "WP223"),
        ({"policy": {"preparation_days": 0, "gates": [], "wave_limits": {"applications": 0}}}, "WP220"),
        ({"calendar": {"freezes": [{"from": "2026-01-01", "to": "2026-12-31"}]}}, "WP222"),
        (
            {
                "policy": {
                    "gates": [],
                    "preparation_days": 0,
                    "cadence": [{"min_gap_days": 60}],
                    "wave_limits": {"lots": 1},
                }
            },
            None,
        ),
        ({"policy": {"gates": [], "preparation_days": 80, "wave_limits": {"lots": 1}}}, "WP221"),
    ],
)
def test_the_obvious_is_said_before_any_search(sections: dict[str, Any], code: str | None) -> None:
    apps = [{"id": "one"}, {"id": "two"}, {"id": "three"}]
    outcome = solve(inventory(applications=apps, **sections), options=OPTIONS)
    assert outcome.status == "infeasible"
    assert [finding.code for finding in outcome.findings][:1] == ([code] if code else [])


def test_values_are_exact_or_rounded_to_four_places() -> None:
    assert rounded(Fraction(131)) == 131
    assert rounded(Fraction(5, 2)) == Decimal("2.5")
    assert rounded(Fraction(1, 3)) == Decimal("0.3333")
    assert rounded(Fraction(2, 3), "ROUND_FLOOR") == Decimal("0.6666")


def test_what_a_tolerance_allows_is_not_proven_away() -> None:
    """One wave is enough in the last, longer window: that the finish is held must not prove that it takes two."""
    servers = [{"id": name, "site": "old", "disk_gb": "1200"} for name in ("s1", "s2")]
    apps = [{"id": f"on-{server['id']}", "servers": [server["id"]]} for server in servers]
    windows = [
        {"id": "short", "dates": ["2026-01-10", "2026-01-17"], "from": "20:00", "hours": "6"},
        {"id": "long", "dates": ["2026-01-24"], "from": "20:00", "hours": "30"},
    ]
    whole = inventory(
        sites=[{"id": "old", "target": "new"}, {"id": "new"}],
        links=[{"between": ["old", "new"], "gbps": "1"}],
        servers=servers,
        applications=apps,
        objective={"goals": [{"goal": "finish", "tolerance": "9"}, {"goal": "waves"}]},
        calendar={"windows": windows},
    )
    plan = plan_of(solve(whole, options=OPTIONS))
    assert [(goal.value, goal.bound, goal.status) for goal in plan.solve.goals] == [
        (22, 14, "feasible"),
        (1, 1, "optimal"),
    ]
