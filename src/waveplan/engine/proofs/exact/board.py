"""The whole problem as few flat arrays, for compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.exact.beyond import Beyond, beyond_of
from waveplan.engine.proofs.exact.clashes import touched, unions
from waveplan.engine.proofs.exact.packing import packing_of
from waveplan.engine.proofs.exact.resources import resources_of
from waveplan.engine.proofs.exact.rows import (
    kept_orders,
    mask,
    pairs_at,
    place_bounds,
    place_rows,
    span_bounds,
    span_rows,
    trial_order,
    turn_masks,
    turn_rows,
)
from waveplan.engine.proofs.exact.turns import Turn, turns_of
from waveplan.engine.proofs.exact.windows import windows_of

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Reals = NDArray[np.float64]
MOST_LOTS = 60
_MOST_CORE = 18
_MOST_BEYOND = 18  # lots beyond the core that are told apart in the least cuts
_PAIRS = 320_000_000  # of core sets, over all turns: what looking ahead may cost
_MORE_PAIRS = 1_200_000_000  # the same with more lots, where seeing more saves more than it costs
_MORE_LOTS = 28


@dataclass(frozen=True)
class ExactBoard:
    """What compiled code reads. Bit b of a set stands for lot `lots[b]`; the first `core` bits are the core."""

    lots: list[int]
    order: list[int]  # positions
    turns: list[Turn]
    core: int
    amounts: Words  # bit × word, and a last row of guard bits
    near: Ints  # ties, looked up eight bits at a time
    weights: Ints  # bit × bit → weight
    beyond: Beyond  # bits beyond the core
    rows: Words  # turn: room of its wave, floor after it, ceiling after it
    masks: Ints  # turn: candidates, bits that must have moved after its wave, limits of unions
    waiting: Ints  # turn: bits that must have moved to go on without a wave
    by_lot: Ints  # place × bit: bits that come before or with it, bits that come before it, bits that clash
    windows: Words  # place: ceiling and floor after it
    bounds: Ints  # place: bits that may and bits that must have moved after it
    spans: Words  # place: ceiling after it, floor before it less what is beyond the core
    span_bounds: Ints  # place: bits that may have moved after it, bits of the core that must have before it
    takes: Ints  # resource × bit: whole units
    room: Ints  # turn × resource: what its wave has room for
    days: list[int]  # from each place to the next
    trial: Ints  # bits, in the order in which they are tried
    touch: Ints  # union × bit → mask of what it touches
    weigh: Ints  # union × element → weight

    @property
    def lots_count(self) -> int:
        """How many lots there are."""
        return len(self.lots)

    @property
    def everything(self) -> int:
        """The set of all lots."""
        return (1 << len(self.lots)) - 1


def board_of(
    problem: PlanningProblem, allowed: Sequence[Sequence[int]], most_waves: int | None, most_core: int = _MOST_CORE
) -> ExactBoard | None:
    """Flatten a problem; None when orders leave a lot no position, or there are too many lots or positions."""
    left = narrowed(problem, allowed)
    order = in_order(problem, left)
    turns = turns_of(problem, order, most_waves)
    if turns is None or not left or not all(left) or len(left) > MOST_LOTS:
        return None
    resources = resources_of(problem, left, order)
    totals = [resource.total for resource in resources]
    windows = windows_of(problem, left, order, turns, resources)
    packing = packing_of(totals)
    weights = weights_of(problem)
    sizes = [sum(resource.amounts[lot] / resource.total for resource in resources) for lot in range(len(left))]
    lots = weightiest_first(weights, sizes)
    bits = {lot: bit for bit, lot in enumerate(lots)}
    core = min(_core(len(lots), turns), most_core)
    weights = weights[np.ix_(lots, lots)]
    packed = [packing.packed([resource.amounts[lot] for resource in resources]) for lot in lots]
    orders = kept_orders(problem, left, order)
    amounts = _words([*packed, packing.guards], len(lots) + 1)
    by_lot = [pairs_at(problem, left, position, bits, orders) for position in order]
    before = [row[0] for row in by_lot[0]]
    found = unions(problem, [len(rules.stages) for rules in problem.streams])
    masks = [touched(limit, len(lots)) for limit in found]
    loose = [sum(resource.amounts[lot] for lot in lots[core:]) for resource in resources]
    windows_by_place = place_rows(turns, windows, packing, totals, [0] * len(totals))
    bounds = place_bounds(turns, windows, bits)
    days = [problem.positions[position].day for position in order]
    return ExactBoard(
        lots=lots,
        order=order,
        turns=turns,
        core=core,
        amounts=amounts,
        near=looked_up(weights),
        weights=weights,
        beyond=beyond_of(weights, before, amounts, core, _MOST_BEYOND),
        rows=_words(turn_rows(turns, windows, packing, totals), len(turns)),
        masks=np.array(turn_masks(problem, turns, windows, bits, order, found), np.int64),
        waiting=np.array([mask(bits, bits.keys() - windows.future[turn.skip]) for turn in turns], np.int64),
        by_lot=np.array(by_lot, np.int64),
        windows=_words(windows_by_place, len(order)),
        bounds=np.array(bounds, np.int64),
        spans=_words(span_rows(place_rows(turns, windows, packing, totals, loose), packing), len(order)),
        span_bounds=np.array(span_bounds(bounds, (1 << core) - 1), np.int64),
        takes=np.array([[each.amounts[lot] for lot in lots] for each in resources], np.int64).reshape(-1, len(lots)),
        room=np.array(windows.room, np.int64).reshape(len(turns), -1),
        days=[*(after - before for before, after in pairwise(days)), 0],
        trial=np.array(trial_order(before, [sizes[lot] for lot in lots], core), np.int64),
        touch=np.array([[each[lot] for lot in lots] for each, _ in masks], np.int64).reshape(len(masks), len(lots)),
        weigh=np.array([[*each, *[0] * (64 - len(each))] for _, each in masks], np.int64).reshape(len(masks), 64),
    )


def _words(rows: Sequence[Sequence[int]], count: int) -> Words:
    return np.array([list(row) for row in rows], np.uint64).reshape(count, -1)


def _core(lots: int, turns: Sequence[Turn]) -> int:
    """How many lots the look-ahead tells apart."""
    waves = sum(turn.may_use for turn in turns)
    core, most = 1, _MORE_PAIRS if lots > _MORE_LOTS else _PAIRS
    while core < min(lots, _MOST_CORE) and waves * 3 ** (core + 1) <= most:
        core += 1
    return core


def narrowed(problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> list[list[int]]:
    """By lot: the positions that orders leave it, each judged against where the other lot may be."""
    left = [sorted(set(positions)) for positions in allowed]
    changed = True
    while changed:
        changed = False
        for order in problem.precedences:
            firsts, seconds = left[order.first], left[order.second]
            kept_firsts = [p for p in firsts if any(order.allows(p, q) for q in seconds)]
            kept_seconds = [q for q in seconds if any(order.allows(p, q) for p in firsts)]
            if len(kept_firsts) < len(firsts) or len(kept_seconds) < len(seconds):
                left[order.first], left[order.second] = kept_firsts, kept_seconds
                changed = True
    return left


def in_order(problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> list[int]:
    """Positions that some lot may use, by day and start: what has moved only ever grows along them."""
    used = {position for positions in allowed for position in positions}
    places = problem.positions
    return sorted(used, key=lambda position: (places[position].day, places[position].rank, position))


CHUNK = 8  # lots looked up together


def weights_of(problem: PlanningProblem) -> Ints:
    """Weight of the ties between each two lots."""
    weights = np.zeros((len(problem.lots), len(problem.lots)), np.int64)
    for tie in problem.ties:
        weights[tie.first, tie.second] += tie.weight
        weights[tie.second, tie.first] += tie.weight
    return weights


def weightiest_first(weights: Ints, shares: Sequence[float]) -> list[int]:
    """Lots by ties and by what they take, each beside the mean lot's."""
    degree = weights.sum(axis=1)
    ties, taken = float(degree.sum()) or 1.0, sum(shares) or 1.0
    return sorted(range(len(shares)), key=lambda lot: (-(degree[lot] / ties + shares[lot] / taken), lot))


def looked_up(weights: Ints) -> Ints:
    """Lot × eight lots × which of those have moved → weight of its ties to them; its degree in a last block."""
    lots = len(weights)
    chunks = -(-lots // CHUNK) if lots else 0
    table = np.zeros((lots, chunks + 1, 1 << CHUNK), np.int64)
    subsets = np.arange(1 << CHUNK)
    for other in range(lots):
        has = (subsets >> (other % CHUNK)) & 1
        table[:, other // CHUNK, :] += weights[:, other, None] * has[None, :]
    table[:, chunks, 0] = weights.sum(axis=1)
    return table
