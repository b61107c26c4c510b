"""Plans that keep their dates more surely: as surely as the best of all plans there are, and what is said otherwise."""

from __future__ import annotations

from itertools import product

import pytest
from support.simulations import planned

from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.export.plan_yaml import dump_plan
from waveplan.simulation.robust.ground import RobustGround
from waveplan.simulation.robust.judging import Judge
from waveplan.simulation.staging import staged
from waveplan.usecases.robust import make_robust

TIGHT = """
programme: {name: p, start: 2026-01-05, deadline: 2026-03-08}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}}
objective: {goals: [{goal: waves}]}
applications: [{id: a, not_before: 2026-02-28}, {id: b}, {id: c}]
risks: {gates: [{match: {app: b}, probability: 0.4}, {probability: 0.02}]}
"""
CROWDED = """
programme: {name: p, start: 2026-01-05, deadline: 2026-02-15}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}, wave_limits: {lots: 2}}
objective: {goals: [{goal: finish}]}
applications:
  - {id: a, criticality: critical}
  - {id: b, criticality: critical}
  - {id: c, depends_on: [{app: a, order: provider_first, min_gap_days: 7}]}
  - {id: d, not_before: 2026-02-01}
  - {id: e}
risks:
  gates: [{match: {criticality: critical}, probability: 0.4}, {probability: 0.2}]
  cutovers: [{match: {app: e}, probability: 0.3, again_days: 14}]
"""
PACED = """
programme: {name: p, start: 2026-01-05, deadline: 2026-03-01}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
teams: [{id: dba, person_days_per_week: 10, crew: 1}]
policy:
  preparation_days: 7
  hypercare: {hours: 0}
  wave_limits: {lots: 2}
  cadence: [{waves: 2, min_gap_days: 14}, {min_gap_days: 7}]
objective: {goals: [{goal: finish}, {goal: waves}]}
applications:
  - {id: a, criticality: critical, crew: {dba: 1}, not_before: 2026-01-20}
  - {id: b, crew: {dba: 1}}
  - {id: c, not_before: 2026-01-27}
  - {id: d, criticality: critical, not_before: 2026-02-05}
  - {id: e, depends_on: [{app: b, order: provider_first, min_gap_days: 7}]}
risks:
  gates: [{match: {criticality: critical}, probability: 0.35, notice_days: 7}, {probability: 0.1}]
  cutovers: [{match: {app: c}, probability: 0.3, again_days: 7}]
"""
LONELY = """
programme: {name: p, start: 2026-01-05, deadline: 2026-01-19}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}}
applications: [{id: a}]
risks: {gates: [{probability: 0.4}]}
"""
EXACT = 4096  # runs with which all plans are judged


def _best_of_all(inventory: Inventory, plan: Plan) -> float:
    """The largest chance of all plans, on numbers of their own."""
    ground = RobustGround(inventory, plan, None)
    judge, best = Judge(ground, 99, EXACT), 0.0
    for places in product(*ground.built.problem.allowed):
        homes = dict(enumerate(places))
        if ground.keeps_every_rule(homes):
            judged = judge.judged(homes)
            assert judged is not None
            best = max(best, judged.chance)
    return best


def test_risky_waves_are_moved_away_from_the_last_date() -> None:
    inventory, plan = planned(TIGHT)
    assert len(plan.waves) == 1, "one wave, just before the deadline: a no-go leaves one more slot"

    found = make_robust(inventory, plan, target=0.9, most=60, workers=1)

    assert found is not None
    assert found.before < 0.9
    assert found.fresh.value >= 0.9
    assert found.in_the_way is None
    assert len(found.plan.waves) > 1
    assert [(each.goal, each.before, each.after) for each in found.goals] == [("waves", 1, len(found.plan.waves))]


@pytest.mark.slow
@pytest.mark.parametrize("text", [CROWDED, PACED], ids=["crowded", "paced"])
def test_the_best_of_all_plans_is_found(text: str) -> None:
    inventory, plan = planned(text)
    best = _best_of_all(inventory, plan)

    found = make_robust(inventory, plan, target=0.99, most=300, workers=1)

    assert found is not None
    assert found.before < best - 0.03, "else there is nothing to find"
    assert found.fresh.value >= best - 0.03
    assert found.fresh.low <= best + 0.03, "nothing is better than the best"
    assert not check(found.plan, inventory).findings


def test_what_is_in_the_way_is_told_in_days_and_slots() -> None:
    inventory, plan = planned(LONELY)

    found = make_robust(inventory, plan, target=0.95, most=10, workers=1)

    assert found is not None
    assert found.in_the_way is not None
    assert (found.in_the_way.what, found.in_the_way.subject) == ("gates", "*")
    assert found.in_the_way.without == 1.0
    assert found.in_the_way.days is not None
    assert found.in_the_way.days >= 7 * found.in_the_way.slots - 7
    assert found.in_the_way.slots >= 1


def test_the_same_is_found_twice() -> None:
    inventory, plan = planned(TIGHT)

    one, other = (make_robust(inventory, plan, target=0.97, most=20, workers=1) for _ in range(2))

    assert one is not None
    assert other is not None
    assert dump_plan(one.plan) == dump_plan(other.plan)
    assert one == other


def test_what_is_not_behind_is_played_in_histories_as_long_as_a_simulation_has_them() -> None:
    inventory, plan = planned(TIGHT)
    ground = RobustGround(inventory, plan, None)

    judged = Judge(ground, 1, 64).staging(ground.start).problem.planning.positions

    assert [place.day for place in judged] == [
        place.day for place in staged(plan, inventory).problem.planning.positions
    ]
    assert len(judged) > len(ground.staging(ground.start).problem.planning.positions), "those that only sort out"


def test_a_date_that_there_is_not_is_said() -> None:
    inventory, plan = planned(TIGHT)

    assert make_robust(inventory, plan, target=0.9, date="elsewhere", most=1) is None
