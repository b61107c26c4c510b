"""Facts that clash: the set that is found is impossible, and none of its facts can be missed."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from waveplan.planning.diagnosis.clashes import clashing


def _impossible(cores: Sequence[frozenset[int]], kept: Sequence[int]) -> bool:
    return any(core.issubset(kept) for core in cores)


@pytest.mark.parametrize("seed", range(40))
def test_every_fact_that_is_named_is_needed(seed: int) -> None:
    rng = random.Random(seed)
    facts = list(range(rng.randint(1, 40)))
    cores = [frozenset(rng.sample(facts, rng.randint(1, min(6, len(facts))))) for _ in range(rng.randint(1, 3))]
    found = clashing(facts, lambda kept: _impossible(cores, kept))
    assert _impossible(cores, found)
    assert found == sorted(found)
    assert not any(_impossible(cores, [other for other in found if other != fact]) for fact in found)


def test_the_clash_that_ends_first_is_named() -> None:
    cores = [frozenset({0, 9}), frozenset({3, 7}), frozenset({6, 7})]
    assert clashing(range(10), lambda kept: _impossible(cores, kept)) == [3, 7]


def test_few_questions_find_a_small_clash_among_many_facts() -> None:
    asked = []
    clashing(range(1000), lambda kept: asked.append(kept) or _impossible([frozenset({17, 900})], kept))
    assert len(asked) < 45
