"""Next fit, as AWS publishes it in the wave planning of its Cloud Migration Factory (2.x).

Move groups in ascending order of servers, then of complexity; one that would put the current wave over its servers or
its storage starts a new wave; one too large for any wave gets a wave of its own, with a warning. Nothing else is looked
at: no order between applications, no dates, no teams. Source (Apache-2.0; described here, not copied):
https://github.com/aws-solutions/cloud-migration-factory-on-aws, source/backend/lambda_functions/lambda_create_waves.

A lot stands for a move group, its soft dependencies for its complexity. A new wave takes the next slot that keeps the
cadence's gap; when slots run out, the last one takes all that is left.
"""

from __future__ import annotations

from collections import Counter

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import WaveLimit
from waveplan.engine.problem.rhythm import StreamRules

CAPACITIES = ("servers", "data_tb")


def next_fit(problem: PlanningProblem) -> dict[int, int]:
    """Where each lot starts."""
    ties = Counter(lot for tie in problem.ties for lot in (tie.first, tie.second))
    assignment: dict[int, int] = {}
    for stream, rules in enumerate(problem.streams):
        limits = [limit for limit in problem.wave_limits if limit.stream == stream and limit.name in CAPACITIES]
        servers = next((limit.amounts for limit in limits if limit.name == "servers"), {})
        groups = [lot for lot, its in enumerate(problem.lot_stream) if its == stream]
        groups.sort(key=lambda lot, servers=servers: (servers.get(lot, 0), ties[lot], lot))
        _fill(problem, rules, groups, limits, assignment)
    return assignment


def _fill(
    problem: PlanningProblem,
    rules: StreamRules,
    groups: list[int],
    limits: list[WaveLimit],
    assignment: dict[int, int],
) -> None:
    places = cadenced(problem, rules)
    wave, held = 0, [0] * len(limits)
    for lot in groups:
        amounts = [limit.amounts.get(lot, 0) for limit in limits]
        over = any(total + amount > limit.limit for total, amount, limit in zip(held, amounts, limits, strict=True))
        if over and any(held):
            wave, held = wave + 1, [0] * len(limits)
        held = [total + amount for total, amount in zip(held, amounts, strict=True)]
        assignment[lot] = places[min(wave, len(places) - 1)]


def cadenced(problem: PlanningProblem, rules: StreamRules) -> list[int]:
    """Positions that some lot may use, one after the other, each as early as the cadence's gap allows."""
    usable = {position for positions in problem.allowed for position in positions}
    found: list[int] = []
    for position in rules.positions:
        if position not in usable:
            continue
        day = problem.positions[position].day
        if not found or day - problem.positions[found[-1]].day >= max(1, rules.stages[-1].min_gap_days):
            found.append(position)
    return found
