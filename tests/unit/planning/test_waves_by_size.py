"""The bound on waves by the sizes of lots, against its definition read word by word."""

from __future__ import annotations

import random

import pytest

from waveplan.engine.proofs.bounds.waves import waves_by_size


def by_definition(sizes: list[int], limit: int) -> int:
    found = []
    for small in range(limit // 2 + 1):
        alone = [size for size in sizes if size > limit - small]
        large = [size for size in sizes if limit / 2 < size <= limit - small]
        medium = [size for size in sizes if small <= size <= limit / 2]
        free = sum(limit - size for size in large)
        found.append(len(alone) + len(large) + max(0, -(-(sum(medium) - free) // limit) if limit else 0))
    return max(found)


@pytest.mark.parametrize("seed", range(80))
def test_it_is_the_best_of_all_thresholds(seed: int) -> None:
    rng = random.Random(seed)
    limit = rng.randint(0, 15)
    sizes = [rng.randint(0, limit) for _ in range(rng.randint(0, 14))]
    assert waves_by_size(sorted(sizes, reverse=True), limit) == by_definition(sizes, limit)
