"""What of an inventory a clash is looked at in: all of it, or a few entries, which is told of in a moment.

Less to plan is easier to plan: what has no plan in a part has none in the whole. That is so but for what counts waves:
where others are missing, so are the waves that they would have made. A part is asked nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item
from waveplan.domain.policy import Policy
from waveplan.domain.work import Application, Service

_W = TypeVar("_W", Application, Service)
Entry = tuple[str, str]  # kind and id of an application or a service


@dataclass(frozen=True)
class Ground:
    """Applications and services that are looked at, with their servers; None stands for all."""

    entries: frozenset[Entry] | None = None

    @classmethod
    def of_items(cls, items: Iterable[Item]) -> Ground:
        """The entries of some items."""
        return cls(frozenset((item.kind, str(item.entry.id)) for item in items))

    @property
    def is_whole(self) -> bool:
        """Whether everything is looked at."""
        return self.entries is None

    def of(self, inventory: Inventory) -> Inventory:
        """So much of an inventory."""
        if self.entries is None:
            return inventory
        applications = [each for each in inventory.applications if ("application", each.id) in self.entries]
        services = [each for each in inventory.services if ("service", each.id) in self.entries]
        used = {name for each in (*applications, *services) for name in getattr(each, "servers", ())}
        servers = [each for each in inventory.servers if each.id in used]
        streams = [each.model_copy(update={"policy": _uncounted(each.policy)}) for each in inventory.streams]
        fresh = {
            "applications": [_unnumbered(each) for each in applications],
            "services": [_unnumbered(each) for each in services],
            "servers": servers,
            "streams": streams,
            "rules": [each.model_copy(update={"earliest_wave": None}) for each in inventory.rules],
        }
        return inventory.model_copy(update={**fresh, "policy": _uncounted(inventory.policy)})

    def with_(self, other: Ground) -> Ground:
        """Both together."""
        return WHOLE if self.entries is None or other.entries is None else Ground(self.entries | other.entries)


WHOLE = Ground()


def _uncounted(policy: Policy) -> Policy:
    """A policy that does not number waves."""
    return policy.model_copy(update={"cadence": [], "earliest_wave_by_criticality": {}})


def _unnumbered(work: _W) -> _W:
    """An entry, and its steps, that may be in any wave."""
    steps = [step.model_copy(update={"earliest_wave": None}) for step in work.steps]
    return work.model_copy(update={"earliest_wave": None, "steps": steps})
