"""What is explained: an item, its lot by the inventory, and that lot's place in a plan."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.checking.trials import Trials
from waveplan.domain.compliance import WaveRef
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.lots.lot import Lot


@dataclass(frozen=True, slots=True)
class ExplainedItem:
    """An item of an inventory and of a plan; `named` is what was asked about, the item or its lot."""

    inventory: Inventory
    plan: Plan
    named: str
    item: str
    lot: Lot
    placed: PlanLot
    trials: Trials

    @property
    def wave(self) -> Wave | None:
        """The wave of its lot; none when the plan leaves the lot out."""
        return next((wave for wave in self.plan.waves if self.placed.id in wave.lots), None)

    @property
    def goals(self) -> tuple[str, ...]:
        """Names of the inventory's goals that every plan has a value of, in order."""
        found = (goal.goal for goal in self.inventory.objective.goals)
        return tuple(goal for goal in found if hasattr(self.plan.metrics, goal))

    def ref(self, wave: Wave) -> WaveRef:
        """A wave of the plan as it is shown."""
        several = len({each.stream for each in self.plan.waves}) > 1
        return WaveRef(wave.id, wave.label(with_stream=several), wave.date)
