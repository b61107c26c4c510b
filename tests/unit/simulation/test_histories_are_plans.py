"""Every history that ends is a plan that the independent check accepts with its actuals."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from support.inventories import inventory_from
from support.seeds import count, few_at_once
from support.simulations import planned

from waveplan.checking import check
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.standing import done_of
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.simulation.histories import HistoryDocuments, history_documents, stated_for
from waveplan.simulation.relaxing import relaxed
from waveplan.simulation.sampling import sample
from waveplan.simulation.simulating import scene_for
from waveplan.simulation.staging import staged
from waveplan.tracking import turned_out

PROMISES = {"WP303", "WP309", "WP310", "WP335", "WP336", "WP337", "WP338", "WP345"}  # last dates, and slots after them


def drawn_programme(seed: int) -> str:
    """A small programme with a bit of everything: orders, limits, people, cadence, a site to empty, all risks."""
    random = Random(seed)
    names = [f"a{n}" for n in range(random.randint(3, 6))]
    apps = []
    for number, name in enumerate(names):
        before = [each for each in names[:number] if random.random() < 0.4]
        order = f"order: provider_first, min_gap_days: {random.choice((0, 1, 7))}"
        ties = ", ".join(f"{{app: {each}, {order}}}" for each in before)
        effort, crew = random.choice((1, 2, 3)), random.choice((1, 2))
        after = ", after: [tool]" if random.random() < 0.3 else ""
        critical = random.choice(("high", "medium"))
        apps.append(
            f"  - {{id: {name}, criticality: {critical}, effort: {{team: {effort}}}, crew: {{team: {crew}}}, "
            f"on_call: {{team: 1}}, servers: [s{number}], cutover_hours: 2, test_hours: 1, rollback_hours: 2, "
            f"depends_on: [{ties}]{after}}}"
        )
    servers = "\n".join(f"  - {{id: s{n}, site: old, target: new, disk_gb: 500}}" for n in range(len(names)))
    cadence = random.choice(("", ", cadence: [{waves: 2, min_gap_days: 14}, {min_gap_days: 7}]"))
    return f"""
programme: {{name: p, start: 2026-01-05, deadline: 2026-10-30}}
sites: [{{id: old, exit_by: 2026-11-30, decommission_days: 5}}, {{id: new}}]
links: [{{id: line, between: [old, new], gbps: 1}}]
teams: [{{id: team, person_days_per_week: 4, crew: 4, on_call: 3}}]
servers:
{servers}
applications:
{chr(10).join(apps)}
external_milestones: [{{id: tool, date: 2026-03-03, date_p90: 2026-04-14}}]
calendar:
  windows: [{{id: sat, days: [sat], from: "20:00", hours: 12}}, {{id: tue, days: [tue], from: "21:00", hours: 8}}]
  freezes: [{{from: 2026-05-20, to: 2026-06-10}}]
policy: {{preparation_days: 14, wave_limits: {{servers: 2}}, hypercare: {{hours: 24, max_waves_at_once: 1}}{cadence}}}
risks:
  gates: [{{match: {{criticality: high}}, probability: 0.3, notice_days: 5}}, {{probability: 0.1}}]
  cutovers: [{{probability: 0.2, again_days: 10, next: 0.1}}]
  effort: [{{low: 0.8, likely: 1, high: 2}}]
  work: [{{shape: lognormal, p50: 1, p90: 1.6}}]
  register:
    - {{id: leaves, probability: 0.5, days: {{low: 5, likely: 20, high: 40}}, effects: [{{team: team, capacity: 0.5}}]}}
    - {{id: strike, per_month: 0.1, days: {{low: 1, likely: 5, high: 10}},
       effects: [{{site: old, closed: true}}, {{link: line, gbps: 0.2}}, {{preparation_days: 7}}]}}
"""


def _judged(found: HistoryDocuments, plan: Plan, inventory: Inventory) -> set[str]:
    """Codes of what the check says of a plan with the actuals of its history."""
    history = History(found.actuals, plan, found.as_of + dt.timedelta(days=1))
    now = turned_out(inventory, history, plan)
    result = check(plan, now, done=done_of(history, plan), promised=inventory.external_milestones)
    return {finding.code for finding in (*result.findings, *result.past)}


@pytest.mark.parametrize("seed", few_at_once(range(1, count(43)), 21, slow_in=5))
def test_histories_are_accepted_with_their_actuals(seed: int) -> None:
    text = drawn_programme(seed)
    inventory, plan = planned(text)
    staging = staged(plan, inventory)
    scene = scene_for(staging.problem)
    assert scene is not None
    numbers, keys = sample("sobol", 12, scene.draws, seed, 0)
    facts, ended, in_time = PlanningFacts(inventory), 0, 0
    for run in range(len(keys)):
        found = history_documents(staging, scene, numbers[run : run + 1], keys[run : run + 1])
        if found is None:
            continue
        ended += 1
        assert _judged(found, found.plan, relaxed(inventory)) == set()
        stated = stated_for(found.plan, facts)
        if stated is not None:
            in_time += 1
            assert _judged(found, stated, inventory) <= PROMISES
    assert ended >= 5  # of twelve; the others run beyond what is looked at
    assert in_time > 0


def test_what_is_drawn_is_a_programme() -> None:
    assert inventory_from(drawn_programme(1)).risks.events
