"""Small programmes with risks, planned and simulated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from support.inventories import inventory_from
from waveplan import planning
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.simulated import Simulation
from waveplan.planning.options import SolveOptions
from waveplan.simulation.simulating import SampleSize
from waveplan.usecases.simulate import SimulateOptions, simulate

WEEKLY = """
programme: {name: p, start: 2026-01-05, deadline: 2026-12-18}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}}
"""
LIMITS = SolveOptions(deterministic_limit=5.0, reproducible=True, workers=1)


def planned(text: str) -> tuple[Inventory, Plan]:
    """An inventory, and a plan for it."""
    inventory = inventory_from(text)
    found = planning.solve(inventory, options=LIMITS)
    assert found.plan is not None
    return inventory, found.plan


def simulated(text: str, runs: int = 4096, seed: int = 1, plan_of: str | None = None) -> Simulation:
    """What a simulation of the plan of an inventory says; the plan may be made without its risks."""
    inventory, plan = planned(plan_of or text)
    if plan_of is not None:
        inventory = inventory_from(text)
    options = SimulateOptions(SampleSize(runs, seed), compare=False)
    found = simulate(inventory, plan, options=options)
    assert found.simulation is not None, found.findings
    return found.simulation


def weeks_late(simulation: Simulation) -> Mapping[int, float]:
    """Of the finish: weeks after the planned day → share of runs by then."""
    finish = simulation.dates[0]
    return {(day - finish.planned) // dt.timedelta(weeks=1): share for day, share in finish.curve}
