"""What one thing touches, laid out for people and as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from waveplan.cli.session import Session

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.dependency_graph import Impact
    from waveplan.dependency_graph.impacts import Reach
    from waveplan.domain.inventory import Server


def tables(impact: Impact, session: Session) -> list[RenderableType]:
    """What it touches itself, through what depends on it, and through what it depends on."""
    from waveplan.render.graph import impact_view
    from waveplan.render.language import translator

    return impact_view(impact, translator(session.language()))


def as_json(impact: Impact) -> str:
    """The same as data; steps are distances in dependencies."""
    data: dict[str, Any] = {
        "subject": impact.subject,
        "kind": impact.kind,
        "direct": _plain(impact.direct),
        "consumers": {**_plain(impact.consumers), "steps": dict(impact.consumer_steps)},
        "waiting": None if impact.waiting is None else _plain(impact.waiting),
        "providers": {**_plain(impact.providers), "steps": dict(impact.provider_steps)},
    }
    if impact.contract is not None and impact.awaited is not None:
        data["ends"] = impact.contract.ends.isoformat()
        data["awaited"] = _plain(impact.awaited)
    if impact.server is not None:
        data["server"] = _server(impact.server)
    return json.dumps(data, indent=2, ensure_ascii=False)


def _server(server: Server) -> dict[str, Any]:
    return {
        "name": server.name,
        "addresses": server.addresses,
        "power": server.power,
        "cluster": server.cluster,
        "disks": [{"id": disk.id, "gb": float(disk.gb), "shared": disk.shared} for disk in server.disks],
    }


def _plain(reach: Reach) -> dict[str, Any]:
    return {**asdict(reach), "about": [each.model_dump(mode="json", exclude_none=True) for each in reach.about]}
