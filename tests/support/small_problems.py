"""Small random planning problems, drawn as integers, and the least coexistence of all their plans."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from support.orders import ranked
from waveplan.engine.problem import PlanningProblem, Position, WeightedTie
from waveplan.engine.problem.limits import Budget, Pool, UnionLimit, WaveLimit, WindowWork
from waveplan.engine.problem.orders import Apart, Precedence
from waveplan.engine.problem.rhythm import Stage, StreamRules


def small_problem(rng: random.Random) -> PlanningProblem:
    """Two to seven lots in three to seven slots on uneven days, with whatever limits waves now and then."""
    streams = 2 if rng.random() < 0.25 else 1
    lots = rng.randint(2, 7)
    lot_stream = tuple(rng.randrange(streams) for _ in range(lots))
    positions = _positions(rng, streams, rng.randint(3, {6: 5, 7: 4}.get(lots, 7)))
    rules = tuple(_rules(rng, stream, positions) for stream in range(streams))
    narrow = rng.choice([0.0, 0.1, 0.5])
    allowed = tuple(_window(rng, rules[stream].positions, narrow) for stream in lot_stream)
    pools = tuple(_pools(rng, lots))
    return PlanningProblem(
        lots=tuple(f"lot {number}" for number in range(lots)),
        positions=positions,
        streams=rules,
        lot_stream=lot_stream,
        allowed=allowed,
        hypercare=tuple({p: (positions[p].day, positions[p].day) for p in found} for found in allowed),
        pools=pools,
        wave_limits=tuple(_wave_limits(rng, lot_stream, rules)),
        union_limits=tuple(_union_limits(rng, lot_stream, rules)),
        budgets=tuple(_budgets(rng, pools, positions)),
        work=WindowWork({}, {}, {}, {}, (0,) * len(positions)),
        window_fits=(),
        downtimes=(),
        precedences=tuple(_precedences(rng, lots, positions)),
        aparts=tuple(_aparts(rng, lot_stream)),
        ties=tuple(_ties(rng, lots)),
        weight_scale=1,
        peaks=(),
        points=(1,) * lots,
        baseline_day={},
    )


def _positions(rng: random.Random, streams: int, count: int) -> tuple[Position, ...]:
    day, slots = 0, []
    for rank in range(count):
        day += rng.choice([0, 1, 2, 7, 7]) if rank else rng.randint(0, 3)
        slots.append((rank, day))
    places = [(stream, slot, rank, day) for stream in range(streams) for slot, (rank, day) in enumerate(slots)]
    return tuple(
        Position(index, stream, slot, rank, day, day - day % 7)
        for index, (stream, slot, rank, day) in enumerate(places)
    )


def _rules(rng: random.Random, stream: int, positions: tuple[Position, ...]) -> StreamRules:
    gaps, weekly = rng.choice([[0], [0, 1], [0, 1, 3, 7, 8]]), rng.choice([[None], [None, 1, 2]])
    stages = [Stage(None, rng.choice(gaps), rng.choice(weekly))]
    if rng.random() < 0.4:
        stages.insert(0, Stage(rng.randint(1, 2), rng.choice(gaps), rng.choice(weekly)))
    own = tuple(place.index for place in positions if place.stream == stream)
    return StreamRules(f"stream {stream}", own, tuple(stages), None, False, {}, {})


def _window(rng: random.Random, own: tuple[int, ...], narrow: float) -> tuple[int, ...]:
    if rng.random() >= narrow:
        return own
    return tuple(sorted(rng.sample(own, rng.randint(1, len(own)))))


def _wave_limits(
    rng: random.Random, lot_stream: tuple[int, ...], rules: tuple[StreamRules, ...]
) -> Iterator[WaveLimit]:
    for stream, entry in enumerate(rules):
        own = [lot for lot, its in enumerate(lot_stream) if its == stream]
        for number in range(rng.randint(0, 3)):
            unit = rng.choice([1, 1, 997])
            amounts = {lot: amount * unit for lot in own if (amount := rng.choice([0, 1, 1, 2, 3, 5, 40]))}
            if number == 0:
                amounts = dict.fromkeys(own, 1)
            if not amounts:
                continue
            largest = max(amounts.values())
            for stage in [None] if rng.random() < 0.5 else range(len(entry.stages)):
                limit = rng.randint(largest, max(largest, sum(amounts.values()) // rng.choice([1, 2, 3])))
                yield WaveLimit("WP318", f"amount {number}", stream, stage, amounts, limit)


def _union_limits(
    rng: random.Random, lot_stream: tuple[int, ...], rules: tuple[StreamRules, ...]
) -> Iterator[UnionLimit]:
    for stream, entry in enumerate(rules):
        if rng.random() < 0.7:
            continue
        weights = tuple(rng.randint(1, 4) for _ in range(rng.randint(1, 4)))
        elements = {
            lot: tuple(sorted(rng.sample(range(len(weights)), rng.randint(1, len(weights)))))
            for lot, its in enumerate(lot_stream)
            if its == stream
        }
        if elements:
            largest = max(sum(weights[element] for element in found) for found in elements.values())
            for stage in [None] if rng.random() < 0.5 else range(len(entry.stages)):
                yield UnionLimit("WP318", "sites", stream, stage, elements, weights, largest + rng.randint(0, 2))


def _pools(rng: random.Random, lots: int) -> Iterator[Pool]:
    for number in range(rng.choice([0, 0, 1, 2])):
        yield Pool(f"pool {number}", {lot: rng.randint(1, 4) for lot in range(lots) if rng.random() < 0.8})


def _budgets(rng: random.Random, pools: tuple[Pool, ...], positions: tuple[Position, ...]) -> Iterator[Budget]:
    """Weeks of a team: work is done in the week of the wave, and some of it in the week before."""
    for number, pool in enumerate(pools):
        share = rng.choice([0, 1, 2])
        limit = rng.randint(8, 8 + 3 * sum(pool.amounts.values()))
        weeks = sorted({place.week for place in positions})
        for week in weeks if rng.random() < 0.7 else weeks[1:]:
            terms = [(number, place.index, 2) for place in positions if place.week == week]
            terms += [(number, place.index, share) for place in positions if share and place.week == week + 7]
            if number and rng.random() < 0.3:
                terms += [(0, place.index, 1) for place in positions if place.week == week]
            when = tuple(place.index for place in positions if place.week == week)
            yield Budget(
                "WP324", f"week {week}", tuple(terms), limit + rng.randint(0, 3), when if rng.random() < 0.2 else None
            )


def _precedences(rng: random.Random, lots: int, positions: tuple[Position, ...]) -> Iterator[Precedence]:
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        first, second = rng.sample(range(lots), 2)
        delay = rng.choice([0, 0, 1, 2])
        earliest = {place.index: place.rank + delay for place in positions}
        yield ranked(positions, first, second, earliest, same_wave=delay == 0)


def _aparts(rng: random.Random, lot_stream: tuple[int, ...]) -> Iterator[Apart]:
    if rng.random() < 0.3:
        first, second = sorted(rng.sample(range(len(lot_stream)), 2))
        if lot_stream[first] == lot_stream[second]:
            yield Apart("WP311", first, second, "rule")


def _ties(rng: random.Random, lots: int) -> Iterator[WeightedTie]:
    for _ in range(rng.randint(1, 2 * lots)):
        first, second = rng.sample(range(lots), 2)
        yield WeightedTie(first, second, rng.choice([1, 1, 2, 5, 10]))


def few_a_wave(rng: random.Random) -> PlanningProblem:
    """One stream, six or seven lots, one or two a wave: much to spread, and nothing else to keep to."""
    problem = small_problem(rng)
    while len(problem.lots) < 6 or len(problem.streams) > 1:
        problem = small_problem(rng)
    slots = rng.randint(5, 7)
    days = sorted(rng.sample(range(20), slots)) if rng.random() < 0.7 else [7 * slot for slot in range(slots)]
    positions = tuple(Position(slot, 0, slot, slot, day, day - day % 7) for slot, day in enumerate(days))
    own = tuple(range(slots))
    lots = range(len(problem.lots))
    limits = [WaveLimit("WP318", "lots", 0, None, dict.fromkeys(lots, 1), 1 if slots > len(lots) else 2)]
    if rng.random() < 0.5:
        amounts = {lot: rng.randint(1, 9) for lot in lots}
        limit = max(*amounts.values(), sum(amounts.values()) // 4)
        limits.append(WaveLimit("WP318", "servers", 0, None, amounts, limit))
    return replace(
        problem,
        positions=positions,
        streams=(StreamRules("stream", own, (Stage(None, 0, None),), None, False, {}, {}),),
        allowed=(own,) * len(lots),
        wave_limits=tuple(limits),
        union_limits=(),
        budgets=(),
        precedences=(),
        aparts=(),
    )


class Enumeration:
    """All plans of a small problem, cut short only where coexistence can't get less or a limit is broken for good."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._problem = problem
        self._day = [place.day for place in problem.positions]
        self._back: list[list[tuple[int, int]]] = [[] for _ in problem.lots]  # earlier lots that a lot is tied to
        for tie in problem.ties:
            self._back[max(tie.first, tie.second)].append((min(tie.first, tie.second), tie.weight))
        self._placed: list[int] = []
        self.best: int | None = None

    def least(self) -> int | None:
        """The least coexistence there is; None without any plan."""
        self._place(0)
        return self.best

    def _place(self, so_far: int) -> None:
        if self.best is not None and so_far >= self.best:
            return
        lot = len(self._placed)
        if lot == len(self._problem.lots):
            if _valid(self._problem, self._placed):
                self.best = so_far
            return
        for position in self._problem.allowed[lot]:
            more = sum(w * abs(self._day[position] - self._day[self._placed[near]]) for near, w in self._back[lot])
            self._placed.append(position)
            if self._has_room(position):
                self._place(so_far + more)
            self._placed.pop()

    def _has_room(self, position: int) -> bool:
        """Whether the wave fits into some stage; more lots never help it."""
        stream = self._problem.positions[position].stream
        wave = [lot for lot, its in enumerate(self._placed) if its == position]
        stages = range(len(self._problem.streams[stream].stages))
        return any(_fits(self._problem, wave, stream, stage) for stage in stages)


def _valid(problem: PlanningProblem, placed: list[int]) -> bool:
    for order in problem.precedences:
        if not order.allows(placed[order.first], placed[order.second]):
            return False
    if any(placed[apart.first] == placed[apart.second] for apart in problem.aparts):
        return False
    if not all(_within(problem, budget, placed) for budget in problem.budgets):
        return False
    return all(_valid_stream(problem, placed, stream) for stream in range(len(problem.streams)))


def _within(problem: PlanningProblem, budget: Budget, placed: list[int]) -> bool:
    if budget.when is not None and not set(budget.when) & set(placed):
        return True
    used = 0
    for pool, position, weight in budget.terms:
        amounts = problem.pools[pool].amounts
        used += weight * sum(amounts.get(lot, 0) for lot, its in enumerate(placed) if its == position)
    return used <= budget.limit


def _valid_stream(problem: PlanningProblem, placed: list[int], stream: int) -> bool:
    waves: dict[int, list[int]] = defaultdict(list)
    for lot, position in enumerate(placed):
        if problem.lot_stream[lot] == stream:
            waves[position].append(lot)
    stages = problem.streams[stream].stages
    numbers = [number for number, entry in enumerate(stages) for _ in range(entry.waves or len(waves))]
    before: list[Position] = []
    for number, position in zip(numbers, sorted(waves), strict=False):
        place, stage = problem.positions[position], stages[number]
        if before and place.day - before[-1].day < stage.min_gap_days:
            return False
        before.append(place)
        in_week = sum(place.week == other.week for other in before)
        if stage.max_waves_per_week is not None and in_week > stage.max_waves_per_week:
            return False
        if not _fits(problem, waves[position], stream, number):
            return False
    return True


def _fits(problem: PlanningProblem, wave: list[int], stream: int, stage: int) -> bool:
    for limit in problem.wave_limits:
        used = sum(limit.amounts.get(lot, 0) for lot in wave)
        if limit.stream == stream and limit.stage in {None, stage} and used > limit.limit:
            return False
    for union in problem.union_limits:
        if union.stream == stream and union.stage in {None, stage}:
            touched = {element for lot in wave for element in union.elements.get(lot, ())}
            if sum(union.weights[element] for element in touched) > union.limit:
                return False
    return True
