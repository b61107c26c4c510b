"""Cadence: gaps and weeks by stage, limits by stage, ordinals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

from waveplan.engine.model.sums import SAFE, add_at_most
from waveplan.engine.model.variables import Linear, Literal, Variables
from waveplan.engine.problem.limits import WaveLimit
from waveplan.engine.problem.rhythm import StreamRules
from waveplan.engine.problem.stage_limits import stage_limits


@dataclass(frozen=True)
class Sequence:
    """One stream's waves in order: how many up to each position, and the stage of each."""

    rules: StreamRules
    positions: tuple[int, ...]  # those that some lot may use
    count: dict[int, Linear]  # waves up to and including a position
    in_stage: dict[tuple[int, int], Literal] = field(default_factory=dict)  # position, stage


def add_sequence(variables: Variables, rules: StreamRules) -> Sequence:
    """Number the waves of a stream and tell the stage of each."""
    model = variables.model
    positions = tuple(position for position in rules.positions if position in variables.used)
    count: dict[int, Linear] = {}
    before: Linear = 0
    for number, position in enumerate(positions, start=1):
        so_far = model.new_int_var(0, number, f"waves by {position}")
        model.add(so_far == before + variables.used[position])
        count[position] = before = so_far
    sequence = Sequence(rules, positions, count)
    if len(rules.stages) == 1:
        sequence.in_stage.update({(position, 0): variables.used[position] for position in positions})
    else:
        _add_stages(variables, sequence)
    return sequence


def _add_stages(variables: Variables, sequence: Sequence) -> None:
    model, stages = variables.model, sequence.rules.stages
    starts = [0, *accumulate(stage.waves or 0 for stage in stages[:-1])]
    for position in sequence.positions:
        literals = []
        for stage, first in enumerate(starts):
            literal = model.new_bool_var(f"stage {stage} at {position}")
            model.add(sequence.count[position] >= first + 1).only_enforce_if(literal)
            if stage + 1 < len(stages):
                model.add(sequence.count[position] <= starts[stage + 1]).only_enforce_if(literal)
            sequence.in_stage[position, stage] = literal
            literals.append(literal)
        model.add(sum(literals) == variables.used[position])
    for stage, entry in enumerate(stages[:-1]):
        model.add(sum(sequence.in_stage[p, stage] for p in sequence.positions) <= (entry.waves or 0))


def add_gaps(variables: Variables, sequence: Sequence) -> None:
    """WP316: a wave comes no sooner after any earlier one than its stage's gap."""
    model, places = variables.model, variables.problem.positions
    least = min(stage.min_gap_days for stage in sequence.rules.stages)
    for number, later in enumerate(sequence.positions):
        earliers = [p for p in sequence.positions[:number] if not sequence.rules.both_done(p, later)]
        close = [p for p in earliers if places[later].day - places[p].day < least]
        free = [p for p in close if p not in sequence.rules.done]
        if free:
            model.add_at_most_one([*(variables.used[p] for p in free), variables.used[later]])
        for earlier in (p for p in close if p in sequence.rules.done):
            model.add_bool_or([~variables.used[earlier], ~variables.used[later]])
        for stage, entry in enumerate(sequence.rules.stages):
            for earlier in earliers:
                if least <= places[later].day - places[earlier].day < entry.min_gap_days:
                    model.add_bool_or([~variables.used[earlier], ~sequence.in_stage[later, stage]])


def add_weeks(variables: Variables, sequence: Sequence) -> None:
    """WP317: the week of a wave holds at most so many waves, it included, as its stage allows."""
    weeks: dict[int, list[int]] = defaultdict(list)
    for position in sequence.positions:
        week = weeks[variables.problem.positions[position].week]
        week.append(position)
        if position in sequence.rules.done:
            continue
        for stage, entry in enumerate(sequence.rules.stages):
            most = entry.max_waves_per_week
            if most is not None and len(week) > most:
                held = sum(variables.used[p] for p in week)
                variables.model.add(held <= most).only_enforce_if(sequence.in_stage[position, stage])


def add_earliest_waves(variables: Variables, sequence: Sequence) -> None:
    """WP323: what is critical waits for its ordinal."""
    model = variables.model
    for ordinal in sorted(set(sequence.rules.earliest_wave.values())):
        lots = frozenset(lot for lot, first in sequence.rules.earliest_wave.items() if first == ordinal)
        for position in sequence.positions:
            literal = variables.touched(position, lots)
            if literal is not None:
                model.add(sequence.count[position] >= ordinal).only_enforce_if(literal)


def add_sum_limits(variables: Variables, sequence: Sequence, limits: list[WaveLimit]) -> None:
    """WP318, WP319, WP321: sums over one wave, by stage where the stage says so.

    One constraint for each resource and position, Σ amounts ≤ Σ limit of stage × in that stage, so that its relaxation
    already knows how much all waves together can hold.
    """
    by_name: dict[str, list[WaveLimit]] = defaultdict(list)
    for limit in limits:
        by_name[limit.name].append(limit)
    for group in by_name.values():
        amounts = group[0].amounts
        most = stage_limits(group, len(sequence.rules.stages))
        counted = sorted(lot for lot, amount in amounts.items() if amount)  # few, of rules about few
        for position in sequence.positions:
            lots = [lot for lot in counted if (lot, position) in variables.starts_in]
            brought = sum(amounts[lot] for lot in lots)
            if brought <= min(most):
                continue
            if brought + sum(most) > SAFE:
                _add_long_sums(variables, sequence, [(lot, amounts[lot]) for lot in lots], most, position)
                continue
            room = sum(most[stage] * sequence.in_stage[position, stage] for stage in range(len(most)))
            variables.model.add(variables.total(lots, amounts, position) <= room)


def _add_long_sums(
    variables: Variables, sequence: Sequence, amounts: list[tuple[int, int]], most: list[int], position: int
) -> None:
    """The same stage by stage, where the sum is too large for one constraint."""
    terms = [(amount, variables.starts_in[lot, position], 1) for lot, amount in amounts]
    for stage, limit in enumerate(most):
        add_at_most(variables.model, terms, limit, [sequence.in_stage[position, stage]])
