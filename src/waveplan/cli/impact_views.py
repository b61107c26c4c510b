"""What one thing touches, laid out for people and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waveplan.cli.session import Session
from waveplan.export.json_text import document, fields_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.dependency_graph import Impact
    from waveplan.dependency_graph.impacts import Reach
    from waveplan.domain.servers import Server


def tables(impact: Impact, session: Session) -> list[RenderableType]:
    """What it touches itself, through what depends on it, and through what it depends on."""
    from waveplan.render.graph import impact_view

    return impact_view(impact, session.translator())


def as_json(impact: Impact) -> str:
    """The same as data; steps are distances in dependencies."""
    facts: dict[str, Any] = {
        "subject": impact.subject,
        "kind": impact.kind,
        "direct": _plain(impact.direct),
        "consumers": {**_plain(impact.consumers), "steps": impact.consumer_steps},
        "waiting": None if impact.waiting is None else _plain(impact.waiting),
        "providers": {**_plain(impact.providers), "steps": impact.provider_steps},
    }
    if impact.contract is not None and impact.awaited is not None:
        facts["ends"] = impact.contract.ends
        facts["awaited"] = _plain(impact.awaited)
    if impact.server is not None:
        facts["server"] = _server(impact.server)
    return document("impact", facts)


def _server(server: Server) -> dict[str, Any]:
    return {
        "name": server.name,
        "addresses": server.addresses,
        "power": server.power,
        "cluster": server.cluster,
        "disks": [{"id": disk.id, "gb": float(disk.gb), "shared": disk.shared} for disk in server.disks],
    }


def _plain(reach: Reach) -> dict[str, Any]:
    return {**fields_of(reach), "about": [each.model_dump(mode="json", exclude_none=True) for each in reach.about]}
