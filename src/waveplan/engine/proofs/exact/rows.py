"""Windows, orders and clashes as rows of words and masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import UnionLimit
from waveplan.engine.problem.orders import Precedence
from waveplan.engine.proofs.exact.clashes import clashes
from waveplan.engine.proofs.exact.packing import Packing
from waveplan.engine.proofs.exact.turns import Turn
from waveplan.engine.proofs.exact.windows import Windows

Bits = Mapping[int, int]  # lot → bit


def mask(bits: Bits, lots: Iterable[int]) -> int:
    """A set of lots as a number."""
    return sum(1 << bits[lot] for lot in lots)


def turn_rows(turns: Sequence[Turn], windows: Windows, packing: Packing, totals: Sequence[int]) -> list[list[int]]:
    """By turn: what its wave has room for; the least, and the most, that has moved after it."""
    rows = []
    for number, turn in enumerate(turns):
        floor = [total - later for total, later in zip(totals, windows.left[turn.use], strict=True)]
        ceilings = (packing.ceilings(windows.room[number]), packing.ceilings(windows.most[number]))
        rows.append([*ceilings[0], *packing.floors(floor), *ceilings[1]])
    return rows


def place_rows(
    turns: Sequence[Turn], windows: Windows, packing: Packing, totals: Sequence[int], loose: Sequence[int]
) -> list[list[int]]:
    """By place: the most and the least that has moved after it, whatever came before; `loose` need not have moved."""
    rows = []
    for place in range(turns[-1].place):
        here = [number for number, turn in enumerate(turns) if turn.place == place]
        nexts = {follower for number in here for follower in (turns[number].skip, turns[number].use)}
        most = [max(column) for column in zip(*(windows.most[number] for number in here), strict=True)]
        left = [max(column) for column in zip(*(windows.left[number] for number in nexts), strict=True)]
        floor = [max(0, t - later - more) for t, later, more in zip(totals, left, loose, strict=True)]
        rows.append([*packing.ceilings(most), *packing.floors(floor)])
    return rows


def span_rows(rows: Sequence[Sequence[int]], packing: Packing) -> list[list[int]]:
    """By place: the most that has moved after it and the least that has before it, of rows by place."""
    floors = [packing.floors([0] * len(packing.places)), *(list(row[packing.words :]) for row in rows[:-1])]
    return [[*row[: packing.words], *floor] for row, floor in zip(rows, floors, strict=True)]


def span_bounds(bounds: Sequence[tuple[int, int]], core: int) -> list[tuple[int, int]]:
    """By place: lots that may have moved after it, and those of the core that must have before it."""
    must = [0, *(needed for _, needed in bounds[:-1])]
    return [(may, needed & core) for (may, _), needed in zip(bounds, must, strict=True)]


def place_bounds(turns: Sequence[Turn], windows: Windows, bits: Bits) -> list[tuple[int, int]]:
    """By place: lots that may have moved after it, and those that must have."""
    found, may = [], 0
    for place in range(turns[-1].place):
        here = [number for number, turn in enumerate(turns) if turn.place == place]
        nexts = sorted({follower for number in here for follower in (turns[number].skip, turns[number].use)})
        for number in here:
            may |= mask(bits, windows.candidates[number])
        later = frozenset[int]().union(*(windows.future[number] for number in nexts))
        found.append((may, mask(bits, bits.keys() - later)))
    return found


def turn_masks(
    problem: PlanningProblem,
    turns: Sequence[Turn],
    windows: Windows,
    bits: Bits,
    order: Sequence[int],
    unions: Sequence[UnionLimit],
) -> list[list[int]]:
    """By turn: candidates for its wave, lots that must have moved after it, the limit of each union."""
    rows = []
    for number, turn in enumerate(turns):
        limits = [sum(limit.weights) for limit in unions]
        if turn.may_use:
            stream = problem.positions[order[turn.place]].stream
            limits = [limit.limit if limit.stream == stream else sum(limit.weights) for limit in unions]
        forced = mask(bits, bits.keys() - windows.future[turn.use])
        rows.append([mask(bits, windows.candidates[number]), forced, *limits])
    return rows


def kept_orders(
    problem: PlanningProblem, allowed: Sequence[Sequence[int]], order: Sequence[int]
) -> list[tuple[Precedence, frozenset[int]]]:
    """Orders whose second lot never moves before the first, each with the positions that may hold both at once."""
    place = {position: number for number, position in enumerate(order)}
    found = []
    for each in (order for order in problem.precedences if order.leads):
        pairs = [(p, q) for p in allowed[each.first] for q in allowed[each.second] if each.allows(p, q)]
        if all(place[p] <= place[q] for p, q in pairs):
            found.append((each, frozenset(p for p, q in pairs if p == q)))
    return found


def pairs_at(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    position: int,
    bits: Bits,
    orders: Sequence[tuple[Precedence, frozenset[int]]],
) -> list[list[int]]:
    """By bit: lots that come before it or with it, lots that come before it, lots never with it."""
    rows = [[0, 0, 0] for _ in bits]
    for order, together in orders:
        first, second = bits[order.first], bits[order.second]
        rows[second][0] |= 1 << first
        if position not in together:
            rows[second][1] |= 1 << first
    for one, other in clashes(problem, allowed, position):
        rows[bits[one]][2] |= 1 << bits[other]
        rows[bits[other]][2] |= 1 << bits[one]
    return rows


def trial_order(before: Sequence[int], sizes: Sequence[float], core: int) -> list[int]:
    """Bits in the order in which they are tried: what comes first before what follows, the core, large before small."""
    left, found = set(range(len(before))), []
    while left:
        waiting = sum(1 << bit for bit in left)
        free = [bit for bit in left if not before[bit] & waiting] or sorted(left)
        found.append(min(free, key=lambda bit: (bit >= core, -sizes[bit], bit)))
        left.remove(found[-1])
    return found
