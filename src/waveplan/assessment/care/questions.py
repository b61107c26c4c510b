"""What to ask whom: a question for each field that nobody has given."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from waveplan.assessment.care.fields import CARED_FOR, entries_of, missing_fields
from waveplan.assessment.care.notes import owner_of
from waveplan.domain.care import Question
from waveplan.domain.inventory import Inventory
from waveplan.domain.work import Application, Service


def questions(inventory: Inventory, fields: Collection[str] = ()) -> Iterator[Question]:
    """By owner, then as the inventory has them; of some fields only, where they are named."""
    found = list(_questions(inventory, fields))
    yield from sorted(found, key=lambda each: (not each.owner, each.owner))


def _questions(inventory: Inventory, fields: Collection[str]) -> Iterator[Question]:
    owners = {server: owner_of(app) for app in inventory.applications for server in app.servers}
    for kind, entry in entries_of(inventory):
        owner = owner_of(entry) if isinstance(entry, Application | Service) else owners.get(entry.id, "")
        for field in missing_fields(kind, entry):
            if fields and field not in fields:
                continue
            value = getattr(entry, field)
            current = "" if value in (None, [], {}) else str(value)
            name = entry.name or ""
            yield Question(kind, entry.id, name, field, CARED_FOR[kind][field], current, owner)
