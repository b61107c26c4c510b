"""All that comes before and after each lot, and lots that wait for each other made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.presolve.order_closure import OrderClosure, closed
from waveplan.engine.proofs.packing.relaxation import Loads, PackedResource, PackedUnion


def closure_of(loads: Loads) -> OrderClosure:
    """Everything that orders imply: by lot what is in the same wave or later, and what is strictly later."""
    return closed(len(loads.lots), loads.orders)


def matrix(sets: Sequence[int]) -> NDArray[np.bool_]:
    """Sets of bits as a table: row × member."""
    size = len(sets)
    width = (size + 7) // 8
    rows = np.frombuffer(b"".join(each.to_bytes(width, "little") for each in sets), np.uint8).reshape(size, width)
    return np.unpackbits(rows, axis=1, bitorder="little")[:, :size].astype(np.bool_)


def without_circles(loads: Loads) -> Loads | None:
    """Lots that wait for each other become one, because one wave must hold them; None where none can."""
    closure = closure_of(loads)
    if any(later >> lot & 1 for lot, later in enumerate(closure.strictly)):
        return None
    groups: dict[int, list[int]] = {}
    for lot, after in enumerate(closure.after):
        head = lot
        if after >> lot & 1:  # in a circle: with the first lot that it reaches and that reaches it
            head = next((other for other in groups if after >> other & 1 and closure.after[other] >> lot & 1), lot)
        groups.setdefault(head, []).append(lot)
    if len(groups) == len(loads.lots):
        return loads
    return _merged(loads, list(groups.values()))


def _merged(loads: Loads, groups: Sequence[Sequence[int]]) -> Loads | None:
    group_of = {lot: number for number, group in enumerate(groups) for lot in group}
    apart = sorted({tuple(sorted((group_of[one], group_of[other]))) for one, other in loads.apart})
    waves = [_common([loads.waves[lot] for lot in group]) for group in groups]
    if any(one == other for one, other in apart) or () in waves:
        return None
    orders: dict[tuple[int, int], bool] = {}
    for first, second, strict in loads.orders:
        pair = (group_of[first], group_of[second])
        if pair[0] != pair[1]:
            orders[pair] = orders.get(pair, False) or strict
    return replace(
        loads,
        lots=tuple(tuple(lot for member in group for lot in loads.lots[member]) for group in groups),
        resources=tuple(
            PackedResource(tuple(sum(its.amounts[lot] for lot in group) for group in groups), its.limits)
            for its in loads.resources
        ),
        unions=tuple(
            PackedUnion(
                tuple(tuple(sorted({each for lot in group for each in its.touched[lot]})) for group in groups),
                its.weights,
                its.limits,
            )
            for its in loads.unions
        ),
        orders=tuple((*pair, strict) for pair, strict in sorted(orders.items())),
        apart=tuple((one, other) for one, other in apart),
        earliest=tuple(max(loads.earliest[lot] for lot in group) for group in groups),
        waves=tuple(waves),
    )


def _common(waves: Sequence[tuple[int, ...] | None]) -> tuple[int, ...] | None:
    """The waves that all lots of a group may be in; None for all."""
    some = [set(each) for each in waves if each is not None]
    return tuple(sorted(set.intersection(*some))) if some else None
