"""How much of what should be known is known, by field and by domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from waveplan.assessment.care.fields import CARED_FOR, CaredEntry, entries_of, is_known
from waveplan.domain.care import CareKind, FieldKnown
from waveplan.domain.inventory import Inventory


def completeness(inventory: Inventory) -> list[FieldKnown]:
    """Every field of every kind that the inventory has, in the order in which they are asked for."""
    by_kind: dict[CareKind, list[CaredEntry]] = {}
    for kind, entry in entries_of(inventory):
        by_kind.setdefault(kind, []).append(entry)
    domains = _domains_of_servers(inventory)
    return [_field(kind, field, entries, domains) for kind, entries in by_kind.items() for field in CARED_FOR[kind]]


def _field(kind: CareKind, field: str, entries: Iterable[CaredEntry], of_servers: dict[str, str]) -> FieldKnown:
    known: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for entry in entries:
        domain = of_servers.get(entry.id, "") if kind == "server" else getattr(entry, "domain", None) or ""
        every[domain] += 1
        known[domain] += is_known(entry, field)
    split = tuple((domain, known[domain], every[domain]) for domain in sorted(every)) if len(every) > 1 else ()
    return FieldKnown(kind, field, known.total(), every.total(), split)


def _domains_of_servers(inventory: Inventory) -> dict[str, str]:
    """The domain of the application that each server hosts; of several, the first by name."""
    found: dict[str, str] = {}
    for app in sorted(inventory.applications, key=lambda each: each.domain or ""):
        for server in app.servers if app.domain else ():
            found.setdefault(server, app.domain or "")
    return found
