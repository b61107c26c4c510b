"""What is plain before any search: told by a validation too, and so without the solver.

What an inventory's errors touch is left out of account: nothing can be worked out of it.
"""

from __future__ import annotations

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.findings import Finding
from waveplan.lots import Lots
from waveplan.planning.building.problem_builder import outline_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import Obstacles
from waveplan.planning.foresight.narrowing import narrowed
from waveplan.planning.foresight.precheck import precheck


def foreseen(lots: Lots, calendar: ChangeCalendar) -> tuple[Finding, ...]:
    """Each finding proves that no plan is possible; the lots are those of an inventory without errors."""
    return _told(PlanningFacts(lots.items.inventory, lots=lots, calendar=calendar))


def hopeless(facts: PlanningFacts) -> bool:
    """Whether there is anything to foresee; what one lot alone tells is asked first, being cheapest."""
    return has_homeless(facts) or bool(_told(facts))


def has_homeless(facts: PlanningFacts) -> bool:
    """Whether some lot has no slot by what is told of it alone."""
    finder, slots = Obstacles(facts), len(facts.slots)
    return any(len(frozenset[int]().union(*(o.slots for o in finder.of(lot)))) == slots for lot in facts.lots)


def _told(facts: PlanningFacts) -> tuple[Finding, ...]:
    if not facts.lots:
        return ()
    built = outline_problem(facts)
    found = precheck(built)
    if found:
        return found
    left = narrowed(built)
    return (left,) if isinstance(left, Finding) else ()
