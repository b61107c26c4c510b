"""An error that says what can never hold is right: the check finds no plan that is valid all the same."""

from __future__ import annotations

import random

import pytest
from support.plans import every_plan
from support.seeds import count, few_at_once
from support.small_batches import small_batches
from support.small_contradictions import small_contradiction
from support.small_gaps import small_gaps
from support.small_inventories import small_inventory
from support.small_transitions import small_transition
from support.small_zones import small_zones

from waveplan.checking import check
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.inventory import Inventory
from waveplan.planning.foresight import foreseen
from waveplan.review import FORESEEN, ReviewContext, review_of

SEEDS = count(6)
NEVER = FORESEEN | {"WP113", "WP133", "WP204", "WP208", "WP209", "WP212"}
"""Errors that claim that no plan is possible; others refuse what the format does not allow."""

DRAWS = {
    "brink": small_contradiction,
    "plain": small_inventory,
    "transition": small_transition,
    "zones": small_zones,
    "gaps": small_gaps,
    "batches": small_batches,
}


def said(inventory: Inventory) -> list[Finding]:
    """What validation says can never hold."""
    context = ReviewContext(inventory)
    found = review_of(context)
    if not has_errors(found):
        found = (*found, *foreseen(context.lots, context.calendar))
    return [finding for finding in found if finding.severity == "error" and finding.code in NEVER]


@pytest.mark.parametrize("draw", list(DRAWS))
@pytest.mark.parametrize("seed", few_at_once(range(SEEDS), 3))
def test_what_is_said_never_to_hold_never_does(seed: int, draw: str) -> None:
    inventory = DRAWS[draw](random.Random(seed))
    found = said(inventory)
    plans = every_plan(inventory, 300) if found else None
    for placed, plan in plans or ():
        codes = {finding.code for finding in check(plan, inventory).findings}
        assert codes, (placed, [finding.message for finding in found])
