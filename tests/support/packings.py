"""Small random problems that only waves decide: many weekly slots, limits, orders; and the fewest waves they need."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

from support.orders import ranked
from waveplan.engine.problem import PlanningProblem, Position
from waveplan.engine.problem.limits import UnionLimit, WaveLimit, WindowWork
from waveplan.engine.problem.orders import Apart
from waveplan.engine.problem.rhythm import Stage, StreamRules


def packing_problem(
    sizes: Sequence[int],
    limit: int,
    orders: Sequence[tuple[int, int]],
    slots: int | None = None,
) -> PlanningProblem:
    """Assembly-line balancing: one amount with one limit, and lots that are in the same wave as others or later."""
    lots = len(sizes)
    positions = tuple(Position(slot, 0, slot, slot, 7 * slot, 7 * slot) for slot in range(slots or 3 * lots))
    everywhere = tuple(range(len(positions)))
    earliest = {position: position for position in everywhere}
    return PlanningProblem(
        lots=tuple(f"lot {lot}" for lot in range(lots)),
        positions=positions,
        streams=(StreamRules("main", everywhere, (Stage(None, 7, None),), None, False, {}, {}),),
        lot_stream=(0,) * lots,
        allowed=(everywhere,) * lots,
        hypercare=({place.index: (place.day, place.day + 3) for place in positions},) * lots,
        pools=(),
        wave_limits=(WaveLimit("WP318", "effort", 0, None, dict(enumerate(sizes)), limit),),
        union_limits=(),
        budgets=(),
        work=WindowWork({}, {}, {}, {}, (0,) * len(positions)),
        window_fits=(),
        downtimes=(),
        precedences=tuple(ranked(positions, first, second, earliest, same_wave=True) for first, second in orders),
        aparts=(),
        ties=(),
        weight_scale=1,
        peaks=(),
        points=(1,) * lots,
        baseline_day={},
    )


def random_packing(rng: random.Random) -> PlanningProblem:
    """Two to seven lots; several limits, stages, unions, strict orders, circles, lots kept apart, ordinals."""
    from dataclasses import replace

    lots = rng.randint(2, 7)
    limit = rng.choice([6, 10, 30])
    sizes = [rng.randint(1, rng.choice([limit // 2, limit])) for _ in range(lots)]
    pairs = [(first, second) for first in range(lots) for second in range(first + 1, lots)]
    orders = [pair for pair in pairs if rng.random() < rng.choice([0.0, 0.1, 0.5])]
    if rng.random() < 0.05:
        orders += [(second, first) for first, second in orders[:1]]
    names = rng.sample(range(lots), lots)
    orders = [(names[first], names[second]) for first, second in orders]
    problem = packing_problem(sizes, limit, orders)
    if rng.random() < 0.3:
        return problem
    stages = (Stage(None, 7, None),)
    if rng.random() < 0.5:
        stages = (Stage(rng.randint(1, 2), 0, None), *stages)
    ordinals = {lot: rng.randint(2, 3) for lot in range(lots) if rng.random() < 0.1}
    strict = {place.index: place.rank + 1 for place in problem.positions}
    return replace(
        problem,
        streams=(StreamRules("main", problem.streams[0].positions, stages, None, False, ordinals, {}),),
        wave_limits=(*problem.wave_limits, *_limits(rng, lots, len(stages))),
        union_limits=tuple(_unions(rng, lots, len(stages))),
        precedences=tuple(
            ranked(problem.positions, each.first, each.second, strict, same_wave=False) if rng.random() < 0.2 else each
            for each in problem.precedences
        ),
        aparts=tuple(Apart("WP311", *pair, "apart") for pair in pairs if rng.random() < 0.05),
    )


def _limits(rng: random.Random, lots: int, stages: int) -> Iterator[WaveLimit]:
    for number in range(rng.randint(0, 2)):
        amounts = {lot: rng.randint(1, 5) for lot in range(lots) if rng.random() < 0.8}
        for stage in [None] if rng.random() < 0.5 else range(stages):
            yield WaveLimit("WP318", f"amount {number}", 0, stage, amounts, rng.randint(4, 12))


def _unions(rng: random.Random, lots: int, stages: int) -> Iterator[UnionLimit]:
    for number in range(rng.choice([0, 0, 1, 2])):
        weights = tuple(rng.randint(1, 3) for _ in range(rng.randint(2, 5)))
        elements = {
            lot: tuple(sorted(rng.sample(range(len(weights)), rng.randint(1, 2))))
            for lot in range(lots)
            if rng.random() < 0.8
        }
        stage = rng.choice([None, *range(stages)])
        yield UnionLimit("WP318", f"sites {number}", 0, stage, elements, weights, rng.randint(3, 7))


def fewest(problem: PlanningProblem, *, some_empty: bool = False) -> int | None:
    """The fewest waves of a random packing: which sets of lots can be in the first waves, wave after wave."""
    lots = len(problem.lots)
    most = lots + (6 if some_empty else 0)
    reached = {0}
    for ordinal in range(1, most + 1):
        reached = {
            before | load
            for before in reached
            for load in range(0 if some_empty else 1, 1 << lots)
            if not before & load and _holds(problem, before, load, ordinal)
        }
        if (1 << lots) - 1 in reached:
            return ordinal
    return None


def _holds(problem: PlanningProblem, before: int, load: int, ordinal: int) -> bool:
    rules = problem.streams[0]
    ends = accumulate(stage.waves or 0 for stage in rules.stages[:-1])
    stage = sum(ordinal > end for end in ends)
    lots = [lot for lot in range(len(problem.lots)) if load >> lot & 1]
    for limit in problem.wave_limits:
        if limit.stage in (None, stage) and sum(limit.amounts.get(lot, 0) for lot in lots) > limit.limit:
            return False
    for union in problem.union_limits:
        touched = {element for lot in lots for element in union.elements.get(lot, ())}
        if union.stage in (None, stage) and sum(union.weights[element] for element in touched) > union.limit:
            return False
    for order in problem.precedences:
        moved = before | load if order.clashes else before
        if order.second in lots and not moved >> order.first & 1:
            return False
    if any(load >> pair.first & 1 and load >> pair.second & 1 for pair in problem.aparts):
        return False
    return all(rules.earliest_wave.get(lot, 1) <= ordinal for lot in lots)
