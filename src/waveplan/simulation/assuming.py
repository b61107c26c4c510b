"""Risks where an inventory says nothing: assumptions, labelled as such and used only when they are asked for."""

from __future__ import annotations

from decimal import Decimal

from waveplan.domain.inventory import Inventory
from waveplan.domain.risks import CutoverRisk, EffortRisk, GateRisk, WorkRisk

NO_GO = Decimal("0.10")
ROLLBACK = Decimal("0.05")
AGAIN_DAYS = 7
EFFORT = {"p50": Decimal("1.0"), "p90": Decimal("1.4")}
WORK = {"p50": Decimal("0.9"), "p90": Decimal("1.2")}


def assumed_risks(inventory: Inventory) -> Inventory:
    """A copy with a default for each kind of risk of which the inventory says nothing at all."""
    risks = inventory.risks
    changes: dict[str, object] = {}
    if not risks.gates:
        changes["gates"] = [GateRisk.model_validate({"probability": NO_GO})]
    if not risks.cutovers:
        changes["cutovers"] = [CutoverRisk.model_validate({"probability": ROLLBACK, "again_days": AGAIN_DAYS})]
    if not risks.effort:
        changes["effort"] = [EffortRisk.model_validate({"shape": "lognormal", **EFFORT})]
    if not risks.work:
        changes["work"] = [WorkRisk.model_validate({"shape": "lognormal", **WORK})]
    return inventory.model_copy(update={"risks": risks.model_copy(update=changes)})
