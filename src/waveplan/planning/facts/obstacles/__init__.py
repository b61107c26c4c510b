"""What about a lot alone keeps it out of slots: the rules that need no other lot to be broken."""

from __future__ import annotations

from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles.closed import ClosedTimes
from waveplan.planning.facts.obstacles.days import FirstAndLastDays
from waveplan.planning.facts.obstacles.obstacle import SlotObstacle
from waveplan.planning.facts.obstacles.slot_sets import SlotSets
from waveplan.planning.facts.obstacles.work import WorkAndPlaces

__all__ = ["Obstacles", "SlotObstacle"]


class Obstacles:
    """Finds the obstacles of each lot. Sets of slots are shared between lots that meet the same obstacle."""

    def __init__(self, facts: PlanningFacts) -> None:
        sets = SlotSets(facts)
        self._closed = ClosedTimes(facts, sets)
        self._days = FirstAndLastDays(facts, sets)
        self._work = WorkAndPlaces(facts, sets)

    def of(self, lot: Lot) -> list[SlotObstacle]:
        """Every obstacle of a lot that blocks at least one slot, in order of code."""
        finders = (
            self._closed.windows(lot),
            self._closed.freezes(lot),
            self._closed.blackouts(lot),
            self._closed.holidays(lot),
            self._days.dates(lot),
            self._days.lead_time(lot),
            self._days.ends(lot),
            self._work.residency(lot),
            self._work.idle_effort(lot),
            self._work.adoption(lot),
            self._work.work(lot),
            self._days.milestones(lot),
            self._days.knowledge(lot),
        )
        found = [obstacle for finder in finders for obstacle in finder if obstacle.slots]
        return sorted(found, key=lambda obstacle: obstacle.code)
