"""How many waves there must be, and how early the last can end: by sums and sizes of lots, and by their work."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import WaveLimit
from waveplan.engine.problem.rhythm import StreamRules
from waveplan.engine.problem.stage_limits import stage_limits


def wave_bounds(problem: PlanningProblem) -> list[int]:
    """By stream: the least number of waves in which its lots can be, by sums and by sizes against the limits."""
    return [_least_waves(problem, index, rules) for index, rules in enumerate(problem.streams)]


def finish_bound(problem: PlanningProblem, least_waves: Sequence[int]) -> int:
    """The earliest day on which the last hypercare can end.

    The last necessary wave can't come before its cadence allows: the n-th wave taken as early as possible each time
    is never later than the n-th wave of any plan.
    """
    latest = 0
    for rules, least in zip(problem.streams, least_waves, strict=True):
        position = _earliest_position(problem, rules, least)
        if position is not None:
            latest = max(latest, _soonest_end(problem, rules, position))
    for lot, positions in enumerate(problem.allowed):
        latest = max(latest, min((problem.hypercare[lot][p][1] for p in positions), default=0))
    return latest


def _least_waves(problem: PlanningProblem, stream: int, rules: StreamRules) -> int:
    by_name: dict[str, list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        if limit.stream == stream:
            by_name[limit.name].append(limit)
    least = int(stream in problem.lot_stream)
    stages = [stage.waves for stage in rules.stages]
    for group in by_name.values():
        sizes = sorted(group[0].amounts.values(), reverse=True)
        most = stage_limits(group, len(stages))
        least = max(least, waves_by_sum(sum(sizes), stages, most), waves_by_size(sizes, max(most)))
    for pool, most_at_once in _most_in_a_wave(problem, rules).items():
        amounts = problem.pools[pool].amounts.items()
        sizes = sorted((amount for lot, amount in amounts if problem.lot_stream[lot] == stream), reverse=True)
        if sizes and sizes[0] <= most_at_once:
            least = max(least, -(-sum(sizes) // most_at_once), waves_by_size(sizes, most_at_once))
    return max(least, max(rules.earliest_wave.values(), default=0))


def _most_in_a_wave(problem: PlanningProblem, rules: StreamRules) -> dict[int, int]:
    """By pool: the most that one wave of a stream can bring, were it alone in each week that its work falls into.

    Only pools that are limited wherever the stream's waves may stand, and only limits to which nothing is given back.
    """
    usable = {position for positions in problem.allowed for position in positions}.intersection(rules.positions)
    caps: dict[int, dict[int, int]] = defaultdict(dict)  # pool → position → the least of its limits there
    for budget in problem.budgets:
        if any(weight < 0 or problem.pools[pool].leaving for pool, _, weight in budget.terms):
            continue
        for pool, position, weight in budget.terms:
            if weight and position in usable and (budget.when is None or position in budget.when):
                held, limit = caps[pool], budget.limit // weight
                held[position] = min(held.get(position, limit), limit)
    return {pool: max(held.values()) for pool, held in caps.items() if held.keys() == usable and max(held.values()) > 0}


def waves_by_sum(demand: int, stages: Sequence[int | None], most: Sequence[int]) -> int:
    """Least number of waves whose limits, stage after stage, add up to the demand."""
    waves = 0
    for length, limit in zip(stages, most, strict=True):
        if demand <= 0:
            break
        needed = -(-demand // limit) if limit else None
        if length is not None and (needed is None or needed > length):
            waves, demand = waves + length, demand - length * limit
        elif needed is not None:
            waves, demand = waves + needed, 0
    return waves


def waves_by_size(sizes: Sequence[int], limit: int) -> int:
    """Least number of waves by the sizes of lots (sorted downwards): what is over half the limit never shares one.

    For each small size s: lots over limit − s fill a wave with nothing of size s or more; other large ones have one
    wave each; what their waves leave free can take lots of size s to half the limit (Martello and Toth, L2).
    """
    upwards = sorted(sizes)
    sums = [0, *accumulate(upwards)]
    half = bisect_right(upwards, limit // 2)
    best = 0
    for small in {0, *upwards[:half]}:
        fitting = bisect_right(upwards, limit - small)  # what is larger has a wave of its own
        large, medium = fitting - half, sums[half] - sums[bisect_left(upwards, small)]
        left = medium - (large * limit - (sums[fitting] - sums[half]))
        extra = -(-left // limit) if left > 0 and limit else 0
        best = max(best, len(upwards) - half + extra)
    return best


def _earliest_position(problem: PlanningProblem, rules: StreamRules, waves: int) -> int | None:
    usable = {position for positions in problem.allowed for position in positions}
    stages = [stage for stage in rules.stages for _ in range(stage.waves or waves)][:waves]
    taken: list[int] = []
    for position in rules.positions:
        if len(taken) == waves:
            break
        stage = stages[len(taken)]
        place = problem.positions[position]
        gap_kept = not taken or place.day - problem.positions[taken[-1]].day >= stage.min_gap_days
        done = position in rules.done
        in_week = sum(problem.positions[p].week == place.week for p in taken)
        week_kept = stage.max_waves_per_week is None or in_week < stage.max_waves_per_week
        if done or (position in usable and gap_kept and week_kept):
            taken.append(position)
    return taken[-1] if len(taken) == waves and taken else None


def _soonest_end(problem: PlanningProblem, rules: StreamRules, first: int) -> int:
    ends = [
        care[position][1]
        for lot, care in enumerate(problem.hypercare)
        if problem.streams[problem.lot_stream[lot]] is rules
        for position in care
        if position >= first
    ]
    return min(ends, default=0)
