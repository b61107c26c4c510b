"""Plans that keep their dates more surely: a slot in reserve is found where the solver had no reason to leave one."""

from __future__ import annotations

from support.simulations import planned

from waveplan.usecases.robust import make_robust

TIGHT = """
programme: {name: p, start: 2026-01-05, deadline: 2026-03-08}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}}
objective: {goals: [{goal: waves}]}
applications: [{id: a, not_before: 2026-02-28}, {id: b}, {id: c}]
risks: {gates: [{match: {app: b}, probability: 0.4}, {probability: 0.02}]}
"""


def test_risky_waves_are_moved_away_from_the_last_date() -> None:
    inventory, plan = planned(TIGHT)
    assert len(plan.waves) == 1, "one wave, just before the deadline: a no-go leaves one more slot"

    found = make_robust(inventory, plan, target=0.9, most=60)

    assert found is not None
    assert found.before < 0.9
    assert found.fresh.value >= 0.9
    assert len(found.plan.waves) > 1


def test_a_date_that_there_is_not_is_said() -> None:
    inventory, plan = planned(TIGHT)

    assert make_robust(inventory, plan, target=0.9, date="elsewhere", most=1) is None
