"""Everything that validation says beyond reading: what an inventory means, and what it can never become."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.review.adoption import adoption
from waveplan.review.batches import batches
from waveplan.review.capacity import capacities
from waveplan.review.context import ReviewContext
from waveplan.review.data import personal_data
from waveplan.review.gaps import gaps, gaps_of_first_steps
from waveplan.review.ignores import FORESEEN, NEVER_IGNORED, REVIEWED, apply_ignores, hidden_by
from waveplan.review.local_words import local_words
from waveplan.review.lot_mixtures import lot_mixtures
from waveplan.review.lot_sizes import lot_sizes
from waveplan.review.no_effect import without_effect
from waveplan.review.occurrences import occurrences
from waveplan.review.one_place import one_place
from waveplan.review.ordering import ordering
from waveplan.review.replication import untold_replication
from waveplan.review.retirements import retirements
from waveplan.review.risks import risks
from waveplan.review.runbooks import runbooks
from waveplan.review.selecting import empty_selectors
from waveplan.review.shape import shape
from waveplan.review.staying import staying
from waveplan.review.steps import steps
from waveplan.review.support import support_ends
from waveplan.review.targets import targets
from waveplan.review.timing import programme_span, timing
from waveplan.review.transition import transition
from waveplan.review.transition_dates import transition_dates

FAMILIES: tuple[Callable[[ReviewContext], Iterator[Finding]], ...] = (
    timing,
    occurrences,
    batches,
    gaps,
    gaps_of_first_steps,
    transition_dates,
    targets,
    untold_replication,
    capacities,
    staying,
    one_place,
    local_words,
    retirements,
    personal_data,
    support_ends,
    empty_selectors,
    without_effect,
    transition,
    adoption,
    risks,
    runbooks,
    ordering,
    lot_sizes,
    lot_mixtures,
    steps,
    shape,
)


def review(inventory: Inventory, left_out: Collection[str] = ()) -> tuple[Finding, ...]:
    """Every finding about an inventory that could be read, with paths into it but no places in files.

    The inventory has its defaults applied; its references, countries and time zones have been found good. Items of
    `left_out` are treated as if it did not have them.
    """
    return review_of(ReviewContext(inventory, left_out))


def review_of(context: ReviewContext) -> tuple[Finding, ...]:
    """The same of what has been worked out of an inventory, or is then."""
    beyond = tuple(programme_span(context))
    if beyond:
        return beyond
    return tuple(finding for family in FAMILIES for finding in family(context))


__all__ = [
    "FORESEEN",
    "NEVER_IGNORED",
    "REVIEWED",
    "ReviewContext",
    "apply_ignores",
    "hidden_by",
    "review",
    "review_of",
]
