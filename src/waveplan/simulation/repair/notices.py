"""The inventory with deciding gates alone: notices of a moved wave are given again, at shorter notice."""

from __future__ import annotations

from waveplan.domain.inventory import Inventory
from waveplan.domain.policy import Policy


def at_short_notice(inventory: Inventory) -> Inventory:
    """A copy without gates that decide nothing."""
    streams = [stream.model_copy(update={"policy": _deciding(stream.policy)}) for stream in inventory.streams]
    return inventory.model_copy(update={"policy": _deciding(inventory.policy, own=True), "streams": streams})


def _deciding(policy: Policy, own: bool = False) -> Policy:
    if not own and "gates" not in policy.model_fields_set:
        return policy
    return policy.model_copy(update={"gates": [gate for gate in policy.gates if gate.decides]})
