"""Facts that clash: the set that is found is impossible, and none of its facts can be missed."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from waveplan.domain.findings import Phrase
from waveplan.planning.diagnosis.clashes import clashing, of_needed_kinds
from waveplan.planning.diagnosis.fact import Fact


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


def test_of_many_facts_whole_kinds_fall_away_first() -> None:
    facts = [Fact(f"kind-{number % 7}", ("x", number), Phrase("fact"), ()) for number in range(70)]
    asked: list[int] = []

    def impossible(kept: Sequence[Fact]) -> bool:
        asked.append(len(kept))
        return {("x", 15), ("x", 44)} <= {fact.path for fact in kept}

    left = of_needed_kinds(facts, impossible)
    assert {fact.kind for fact in left} == {"kind-1", "kind-2"}
    assert len(left) == 20
    assert len(asked) < 12
    assert of_needed_kinds(facts[:20], impossible) == facts[:20]  # few are tried one by one
