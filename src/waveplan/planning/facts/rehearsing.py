"""Which lots hold a rehearsal, and the person-days that it takes of a team."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan.domain.policy import Rehearsal
from waveplan.lots.lot import Lot

if TYPE_CHECKING:
    from waveplan.planning.facts.facts import PlanningFacts


def rehearses(rehearsal: Rehearsal, lot: Lot) -> bool:
    """Whether a lot holds a rehearsal: some item of it is in `only`, or there is no `only`."""
    return rehearsal.only is None or any(rehearsal.only.matches(item) for item in lot.items)


def rehearsal_effort(facts: PlanningFacts, rehearsal: Rehearsal, lot: Lot, team: str) -> Decimal:
    """Person-days of a team for a lot's rehearsal; servers and users are the lot's."""
    effort = rehearsal.effort.get(team)
    if effort is None or not rehearses(rehearsal, lot):
        return Decimal(0)
    users = sum(facts.items.sites[site].total_users for site in lot.user_sites)
    return effort.each + effort.per_server * len(lot.servers) + effort.per_100_users * users / 100
