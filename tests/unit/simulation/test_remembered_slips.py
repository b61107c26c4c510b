"""What a slip comes to is remembered: histories are the same with and without, whatever else is played before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.inventories import inventory_from
from support.seeds import count
from support.simulations import LIMITS
from test_against_plain_histories import small_programme

from waveplan import planning
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.playing import Histories, Scene, play_histories
from waveplan.engine.simulation.remembering import fresh_memory, memory_for
from waveplan.simulation.comparing import risks_of
from waveplan.simulation.sampling import sample
from waveplan.simulation.simulating import scene_for, with_risks
from waveplan.simulation.staging import Staging, staged

RUNS = 200
QUICK = (0, 5, 12, 17)
SEEDS = range(count(20))


def _told(found: Histories) -> list[Any]:
    rows = (found.places, found.no_goes, found.backs, found.pushers, found.causes, found.over, found.lacking)
    return [each.tolist() for each in rows]


def _staged(seed: int) -> tuple[Staging, Scene] | None:
    inventory = inventory_from(small_programme(seed))
    plan = planning.solve(inventory, options=LIMITS).plan
    if plan is None:
        return None
    staging = staged(plan, inventory)
    scene = scene_for(staging.problem)
    assert scene is not None
    return staging, scene


def _memory(scene: Scene) -> Any:
    return memory_for(scene.problem, scene.plan, scene.risks)


@pytest.mark.parametrize("seed", [*QUICK, *(pytest.param(n, marks=pytest.mark.slow) for n in SEEDS if n not in QUICK)])
def test_histories_are_the_same_however_much_is_remembered(seed: int) -> None:
    made = _staged(seed)
    if made is None:
        return
    staging, scene = made
    numbers, keys = sample("sobol", RUNS, scene.draws, seed, 0)
    none, few, much = (fresh_memory(scene.units) for _ in range(3))
    none[by.MOST], few[by.MOST] = 0, 5
    alone = _told(play_histories(scene, numbers, keys, memory=none))
    assert none[by.USED] == 0
    assert _told(play_histories(scene, numbers, keys, memory=few)) == alone
    for without in risks_of(staging):  # other chances fill the memory first, in another order of runs
        play_histories(with_risks(scene, without.problem), numbers[::-1].copy(), keys[::-1].copy(), memory=much)
    assert _told(play_histories(scene, numbers, keys, memory=much)) == alone
    written = int(much[by.USED])
    assert _told(play_histories(scene, numbers[50:], keys[50:], memory=much))[:1] == [alone[0][50:]]
    assert much[by.USED] == written, "all that slips was found"
    assert written > 0 or not np.any(alone[4])


def test_plans_that_differ_share_no_memory_and_risks_of_one_plan_do() -> None:
    made = _staged(0)
    assert made is not None
    staging, scene = made
    risks = [_memory(with_risks(scene, each.problem)) for each in risks_of(staging)]
    assert risks
    assert all(each is _memory(scene) for each in risks)
    later = replace(scene, risks=scene.risks.copy())
    later.risks[scene.risks[by.GATE_DAY]] += 1
    assert _memory(later) is not _memory(scene)
    elsewhere = replace(scene, plan=np.append(scene.plan, 0))
    assert _memory(elsewhere) is not _memory(scene)
