"""Larger chances never bring a wave forward where waves are held by orders alone (common random numbers)."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from support.inventories import inventory_from
from support.seeds import count, few_at_once
from support.simulations import WEEKLY, planned

from waveplan.simulation.batches import BatchTask, run_batch
from waveplan.simulation.dates import by_unit
from waveplan.simulation.simulating import scene_for
from waveplan.simulation.staging import staged


def _programme(random: Random, chances: tuple[str, str]) -> str:
    """Streams of their own, so that waves share no limit and no slot: only orders hold them."""
    names = [f"a{n}" for n in range(random.randint(2, 6))]
    lines = []
    for number, name in enumerate(names):
        first = [each for each in names[:number] if random.random() < 0.5]
        ties = ", ".join(f"{{app: {each}, order: provider_first, min_gap_days: 1}}" for each in first)
        lines.append(f"  - {{id: {name}, depends_on: [{ties}]}}")
    streams = ", ".join(f"{{id: s-{name}, match: {{app: {name}}}}}" for name in names)
    gate, back = chances
    return f"""{WEEKLY}
streams: [{streams}]
applications:
{chr(10).join(lines)}
risks: {{gates: [{{probability: {gate}, notice_days: 3}}], cutovers: [{{probability: {back}, again_days: 9}}]}}
"""


@pytest.mark.parametrize("seed", few_at_once(range(count(60)), 20, slow_in=2))
def test_more_risk_is_never_earlier_when_only_orders_hold(seed: int) -> None:
    some = _programme(Random(seed), ("0.1", "0.05"))
    more = _programme(Random(seed), ("0.3", "0.15"))
    _, plan = planned(some)
    days = []
    for text in (some, more):
        staging = staged(plan, inventory_from(text))
        scene = scene_for(staging.problem)
        assert scene is not None
        result = run_batch(scene, BatchTask("sobol", 512, seed, 0))
        days.append(np.stack([day(result.places) for day in by_unit(staging).values()]))
    assert (days[1] >= days[0]).all()
    assert (days[1] > days[0]).any(), "the risks do something"
