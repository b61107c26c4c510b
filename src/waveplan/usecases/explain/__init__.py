"""Why an item is where it is in a plan, and what it would take to have it elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waveplan.domain.explanations import Explanation
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.usecases.explain.mending import MOST_SECONDS, mend
from waveplan.usecases.explain.nearest import nearest_earlier
from waveplan.usecases.explain.reasons import explained, ties_of
from waveplan.usecases.explain.subjects import ExplainedItem
from waveplan.usecases.explain.wishes import slots_meant, subject_of

if TYPE_CHECKING:
    from waveplan.loading import SourceMap
    from waveplan.planning.options import SolveOptions, Watching

__all__ = ["MOST_SECONDS", "ExplainedItem", "explain", "explained", "mend", "nearest_earlier", "subject_of", "ties_of"]


def explain(
    plan: Plan,
    inventory: Inventory,
    item: str,
    *,
    wave: str | None = None,
    date: str | None = None,
    options: SolveOptions | None = None,
    watching: Watching | None = None,
    sources: SourceMap | None = None,
) -> Explanation:
    """Why an item, or a lot, is where it is; with a wave or a date, what it takes to have it there.

    A wave is named as people write it, or by the id of a slot; a date is like 2027-03-14. The inventory has no errors;
    `sources` are its files, for the places of facts that clash with a wish.
    Raises UsageError when nothing, or several things, are meant, and when no window opens on that date.
    """
    subject = subject_of(item, inventory, plan)
    slots = slots_meant(subject, wave, date)
    found = explained(subject, elsewhere=slots is None)
    if slots is None:
        return found
    return replace(found, mending=mend(subject, slots, options=options, watching=watching, sources=sources))
