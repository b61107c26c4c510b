"""The policy of each stream: the programme's, with what the stream gives laid over it."""

from __future__ import annotations

from pydantic import BaseModel

from waveplan.domain.inventory import Inventory
from waveplan.domain.policy import Policy

MAIN = "main"


def policies_of(inventory: Inventory) -> dict[str, Policy]:
    """By stream; `main` is the programme's own."""
    policies = {MAIN: inventory.policy}
    for stream in inventory.streams:
        policies[stream.id] = _merged(inventory.policy, stream.policy)
    return policies


def _laid_over(base: BaseModel, own: BaseModel) -> BaseModel:
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        mine, theirs = getattr(own, name), getattr(base, name)
        update[name] = {**theirs, **mine} if isinstance(mine, dict) else mine
    return base.model_copy(update=update)


def _merged(base: Policy, own: Policy) -> Policy:
    """Mappings merge, everything else replaces."""
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        mine, theirs = getattr(own, name), getattr(base, name)
        if name in {"hypercare", "wave_limits", "lot_limits"}:
            mine = _laid_over(theirs, mine)
        elif name == "earliest_wave_by_criticality":
            mine = {**theirs, **mine}
        update[name] = mine
    return base.model_copy(update=update)
