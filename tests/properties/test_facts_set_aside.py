"""Facts are set aside to find those that clash: that must never take a plan away, or innocent facts are accused."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from support.plans import every_plan, state_plan
from support.seeds import count, few_at_once
from support.small_adoption import small_adoption
from support.small_batches import small_batches
from support.small_gaps import small_gaps
from support.small_inventories import small_inventory
from support.small_links import small_links
from support.small_transitions import small_transition
from support.small_zones import small_zones

from waveplan.checking import check
from waveplan.domain.findings import has_errors
from waveplan.planning.diagnosis.edits import edited
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.facts import facts_of
from waveplan.planning.diagnosis.families.lead import lead_times
from waveplan.review import review

DRAWS = {
    "plain": small_inventory,
    "transition": small_transition,
    "zones": small_zones,
    "gaps": small_gaps,
    "batches": small_batches,
    "links": small_links,
    "adoption": small_adoption,
}
MOST_PLANS = 600
PLANS = 3


@pytest.mark.parametrize(
    ("seed", "kind"), few_at_once([(n, kind) for n in range(count(24)) for kind in DRAWS], 8, slow_in=8)
)
def test_a_plan_stays_one_when_facts_are_set_aside(seed: int, kind: str) -> None:
    chance = random.Random(seed)
    inventory = DRAWS[kind](chance)
    if has_errors(review(inventory)):
        return
    found = every_plan(inventory, MOST_PLANS) or []
    valid = [placed for placed, plan in found if not has_errors(check(plan, inventory).findings)]
    facts = [*facts_of(inventory), *lead_times(inventory)]
    for placed in chance.sample(valid, min(PLANS, len(valid))):
        for aside in _sets(facts, chance):
            loosened = edited(inventory, [edit for fact in aside for edit in fact.relaxed])
            judged = check(state_plan(loosened, placed), loosened).findings
            assert not has_errors(judged), (placed, [fact.path for fact in aside], [each.message for each in judged])


def _sets(facts: list[Fact], chance: random.Random) -> Iterator[list[Fact]]:
    """Each by itself, all, and some by chance."""
    yield from ([fact] for fact in facts)
    yield facts
    for _ in range(4):
        yield [fact for fact in facts if chance.random() < chance.choice((0.3, 0.7))]
