"""Entries that nobody should rely on as they stand: stale, without owner, at odds with themselves, held up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.care import CareKind, CareNote, Trouble
from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.made_names import marked
from waveplan.domain.work import Application, Service

_BLOCKERS = "blockers"  # the label that imports give what cannot simply be copied


def care_notes(inventory: Inventory, as_of: dt.date, stale_after: int) -> list[CareNote]:
    """All of them, by trouble, kind and id. `stale_after` is in days."""
    oldest = as_of - dt.timedelta(days=stale_after)
    found = [*_of_work(inventory, oldest), *_of_servers(inventory, oldest)]
    order = ("contradictory", "blocked", "unowned", "stale")
    return sorted(found, key=lambda each: (order.index(each.trouble), each.kind, each.id, each.said.template))


def owner_of(entry: Application | Service) -> str:
    """Whom to ask about an application or a service."""
    return entry.business_owner or entry.technical_owner or ""


def _of_work(inventory: Inventory, oldest: dt.date) -> Iterator[CareNote]:
    servers = {each.id: each for each in inventory.servers}
    works: list[tuple[CareKind, Application | Service]] = [
        *(("application", each) for each in inventory.applications),
        *(("service", each) for each in inventory.services),
    ]  # fmt: skip
    for kind, entry in works:

        def note(trouble: Trouble, template: str, kind: CareKind = kind, entry: Application | Service = entry,
                 **values: object) -> CareNote:  # fmt: skip
            return CareNote(trouble, kind, entry.id, owner_of(entry), Phrase(template, values))

        if not entry.business_owner and not entry.technical_owner:
            yield note("unowned", marked("nobody answers for it"))
        if entry.verified_on is not None and entry.verified_on < oldest:
            yield note("stale", marked("last confirmed on {day}"), day=entry.verified_on)
        if entry.max_downtime_hours is not None and entry.cutover_hours + entry.test_hours > entry.max_downtime_hours:
            yield note(
                "contradictory",
                marked("cutover and tests take {hours} h, and it may be down {most} h"),
                hours=entry.cutover_hours + entry.test_hours,
                most=entry.max_downtime_hours,
            )
        if isinstance(entry, Application) and "environment" in entry.model_fields_set:
            others = sorted({
                servers[name].environment
                for name in entry.servers
                if name in servers and "environment" in servers[name].model_fields_set
            } - {entry.environment})  # fmt: skip
            if others:
                template = marked("it is {own}, and servers of it are {others}")
                yield note("contradictory", template, own=entry.environment, others=", ".join(others))


def _of_servers(inventory: Inventory, oldest: dt.date) -> Iterator[CareNote]:
    owners = {server: owner_of(app) for app in inventory.applications for server in app.servers}
    used = owners.keys()
    for server in inventory.servers:
        owner = owners.get(server.id, "")
        if server.verified_on is not None and server.verified_on < oldest:
            said = Phrase(marked("last confirmed on {day}"), {"day": server.verified_on})
            yield CareNote("stale", "server", server.id, owner, said)
        if server.id not in used and not server.retire:
            yield CareNote("unowned", "server", server.id, owner, Phrase(marked("no application runs on it")))
        if server.disks and server.disk_gb is not None and server.disk_gb < max(disk.gb for disk in server.disks):
            template = marked("its disks hold {disks} GB, and it {most} GB")
            values = {"disks": sum(disk.gb for disk in server.disks), "most": server.disk_gb}
            yield CareNote("contradictory", "server", server.id, owner, Phrase(template, values))
        blockers = server.labels.get(_BLOCKERS)
        if blockers:
            words = blockers if isinstance(blockers, str) else ", ".join(blockers)
            yield CareNote("blocked", "server", server.id, owner, Phrase(marked("held up: {words}"), {"words": words}))
