"""Compiled histories against a simulator in plain Python, run by run under the same random numbers."""

from __future__ import annotations

from random import Random

import pytest
from support.inventories import inventory_from
from support.plain_simulator import PlainSimulator
from support.seeds import asked, count
from support.simulations import LIMITS

from waveplan import planning
from waveplan.engine.simulation.playing import play_histories
from waveplan.simulation.sampling import sample
from waveplan.simulation.simulating import scene_for
from waveplan.simulation.staging import Staging, staged
from waveplan.simulation.telling import CAUSES

STOP = """{id: stop, probability: 0.5, from: 2026-02-01, to: 2026-05-31, days: {low: 5, likely: 9, high: 30},
      effects: [{freeze: true, match: {criticality: high}}, {preparation_days: 7}]}"""
RUNS = 16
QUICK = (0, 5, 12, 17)  # at once; among them slips that push what follows, and slips that push everything


def small_programme(seed: int) -> str:
    """Two to five applications with orders, limits, cadence, people, one link, one site, and a few of all risks."""
    random = Random(seed)
    names = [f"a{n}" for n in range(random.randint(2, 5))]
    apps = []
    for number, name in enumerate(names):
        first = [each for each in names[:number] if random.random() < 0.35]
        ties = ", ".join(
            f"{{app: {each}, order: provider_first, min_gap_days: {random.choice((1, 7, 10))}}}" for each in first
        )
        after = ", after: [tool]" if random.random() < 0.3 else ""
        apps.append(
            f"  - {{id: {name}, criticality: {random.choice(('high', 'medium'))}, servers: [s{number}], "
            f"effort: {{team: {random.choice((1, 2, 3))}}}, crew: {{team: {random.choice((1, 2))}}}, "
            f"on_call: {{team: 1}}, cutover_hours: {random.choice((1, 2))}, test_hours: 1, rollback_hours: 2, "
            f"depends_on: [{ties}]{after}}}"
        )
    servers = "\n".join(
        f"  - {{id: s{n}, site: old, target: new, disk_gb: {random.choice((100, 500, 900))}}}"
        for n in range(len(names))
    )
    cadence = random.choice(("", "", ", cadence: [{waves: 2, min_gap_days: 14}, {min_gap_days: 7}]"))
    at_once = random.choice(("", ", max_waves_at_once: 1"))
    limit = random.choice(("", ", wave_limits: {applications: 2}"))
    return f"""
programme: {{name: p, start: 2026-01-05, deadline: 2026-10-30}}
sites: [{{id: old}}, {{id: new}}]
links: [{{id: line, between: [old, new], gbps: 1}}]
teams: [{{id: team, person_days_per_week: {random.choice((3, 5))}, crew: 4, on_call: 3}}]
servers:
{servers}
applications:
{chr(10).join(apps)}
external_milestones: [{{id: tool, date: 2026-03-03, date_p90: 2026-04-14}}]
calendar:
  windows: [{{id: sat, days: [sat], from: "20:00", hours: 10}}, {{id: tue, days: [tue], from: "21:00", hours: 8}}]
  freezes: [{{from: 2026-03-20, to: 2026-04-10}}]
policy:
  {{preparation_days: 14, gates: [{{id: go, days_before: 3, decides: true}}],
   hypercare: {{hours: 24{at_once}}}{limit}{cadence}}}
{_risks(random)}"""


def _risks(random: Random) -> str:
    events = [
        "{id: leaves, probability: 0.6, days: {low: 5, likely: 20, high: 40}, effects: [{team: team, capacity: 0.5}]}",
        "{id: strike, per_month: 0.3, days: {low: 1, likely: 5, high: 10}, effects: [{site: old, closed: true}]}",
        "{id: line-down, per_month: 0.4, days: {low: 5, likely: 9, high: 20}, effects: [{link: line, gbps: 0.1}]}",
        STOP,
    ]
    parts = {
        "gates": "[{match: {criticality: high}, probability: 0.3, notice_days: 5}, {probability: 0.1}]",
        "cutovers": "[{probability: 0.25, again_days: 10, next: 0.1}]",
        "effort": "[{match: {criticality: high}, low: 0.8, likely: 1, high: 2}, {low: 0.5, likely: 1, high: 1.5}]",
        "work": "[{shape: lognormal, p50: 1, p90: 1.8}]",
        "register": "[" + ", ".join(each for each in events if random.random() < 0.6) + "]",
    }
    return "risks:\n" + "\n".join(f"  {name}: {text}" for name, text in parts.items() if random.random() < 0.75)


def _agrees(seed: int) -> None:
    inventory = inventory_from(small_programme(seed))
    plan = planning.solve(inventory, options=LIMITS).plan
    if plan is None:  # too much for the weeks or the windows that were drawn
        return
    staging = staged(plan, inventory)
    scene = scene_for(staging.problem)
    assert scene is not None
    numbers, keys = sample("sobol", RUNS, scene.draws, seed, 0)
    plain = PlainSimulator(inventory, plan, _lots(staging))
    days = [place.day for place in staging.problem.planning.positions]
    for run in range(RUNS):
        found = play_histories(scene, numbers[run : run + 1], keys[run : run + 1])
        causes = {name: int(row.sum()) for name, row in zip(CAUSES, found.causes, strict=True) if row.sum()}
        ended = [days[place] if place >= 0 else -1 for place in found.places[0].tolist()]
        mine = (ended, found.no_goes[0].tolist(), found.backs[0].tolist(), causes)
        assert mine == plain.play(numbers[run].tolist(), int(keys[run])), (seed, run)


def _lots(staging: Staging) -> list[list[list[str]]]:
    return [[[str(i.id) for i in staging.facts.lots[lot].items] for lot in lots] for lots in staging.lots]


SEEDS = range(count(20))


SLOW = [seed for seed in SEEDS if seed not in QUICK][:: None if asked() else 2]


@pytest.mark.parametrize("seed", [*QUICK, *(pytest.param(seed, marks=pytest.mark.slow) for seed in SLOW)])
def test_compiled_histories_are_the_plain_ones(seed: int) -> None:
    _agrees(seed)
