"""The limit on one resource in each stage of the cadence."""

from __future__ import annotations

from waveplan.engine.problem.limits import WaveLimit


def stage_limits(group: list[WaveLimit], stages: int) -> list[int]:
    """The limit on one resource in each stage; without one, all there is."""
    everything = sum(group[0].amounts.values())
    most = [everything] * stages
    for limit in group:
        for stage in range(stages) if limit.stage is None else (limit.stage,):
            most[stage] = min(most[stage], limit.limit)
    return most
