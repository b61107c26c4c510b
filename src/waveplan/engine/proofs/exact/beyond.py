"""The lots beyond the core: in which order it is decided whether they have moved, for the least cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Beyond:
    """What compiled code reads of them (see `exact.cut_kernel`)."""

    bits: Ints  # in order
    joint: int  # so many of the first are told apart
    ties: Ints  # in order × bit → weight
    before: Ints  # in order: bits that come before or with it, of those decided earlier
    rest: Words  # in order, and one more: packed load of it and all after it


def beyond_of(weights: Ints, before: Sequence[int], amounts: Words, core: int, most: int) -> Beyond:
    """What comes first before what follows; else the most tied to what is decided first.

    `weights` are bit × bit, `before` are sets by bit, `amounts` packed loads by bit; at most so many are told apart.
    """
    decided = (1 << core) - 1
    pull = weights[:, :core].sum(axis=1)
    left, bits, earlier = set(range(core, len(weights))), [], []
    while left:
        waiting = sum(1 << bit for bit in left)
        free = [bit for bit in sorted(left) if not before[bit] & waiting] or sorted(left)
        bits.append(max(free, key=lambda bit: (int(pull[bit]), -bit)))
        earlier.append(before[bits[-1]] & decided)
        left.remove(bits[-1])
        decided |= 1 << bits[-1]
        pull = pull + weights[:, bits[-1]]
    rest = np.zeros((len(bits) + 1, amounts.shape[1]), np.uint64)
    for index in range(len(bits) - 1, -1, -1):
        rest[index] = rest[index + 1] + amounts[bits[index]]
    order = np.array(bits, np.int64)
    return Beyond(order, min(most, len(bits)), np.ascontiguousarray(weights[order]), np.array(earlier, np.int64), rest)


def cuts_inside(weights: Ints, before: Sequence[int], core: int, far: int) -> Ints:
    """By set of the core: weight of the ties that it cuts inside the core; far if something must have moved too."""
    sets = np.arange(1 << core)
    cuts = np.zeros(1 << core, np.int64)
    for one in range(core):
        for other in range(one):
            if weights[one, other]:
                cuts += weights[one, other] * (((sets >> one) ^ (sets >> other)) & 1)
    for bit in range(core):
        needed = before[bit] & ((1 << core) - 1)
        cuts[((sets >> bit) & 1 == 1) & (sets & needed != needed)] = far
    return cuts
