"""All that planning asks about an inventory, put together of its parts."""

from __future__ import annotations

from functools import cached_property

from waveplan.planning.facts.adopting import AdoptionTasks
from waveplan.planning.facts.inventory_facts import InventoryFacts
from waveplan.planning.facts.knowledge import Knowledge
from waveplan.planning.facts.retirement_work import RetirementWork
from waveplan.planning.facts.retirements import Retirements


class PlanningFacts(InventoryFacts):
    """An inventory that validates, with what is retired and taught; each part is worked out when first asked for."""

    @cached_property
    def retirements(self) -> Retirements:
        """What is retired."""
        return Retirements(self)

    @cached_property
    def retirement_work(self) -> RetirementWork:
        """What retirements take of people."""
        return RetirementWork(self, self.retirements)

    @cached_property
    def adoption(self) -> AdoptionTasks:
        """What communication and adoption take of people."""
        return AdoptionTasks(self)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Knowledge transfers."""
        return Knowledge(self)
