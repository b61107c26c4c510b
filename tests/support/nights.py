"""Nights for tests: of the two applications of the cases, from templates alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from support.plans import plan_of_waves
from waveplan.domain.inventory import Inventory
from waveplan.domain.nights import Night
from waveplan.domain.plan import Plan
from waveplan.domain.runbooks import RunbookTask
from waveplan.runbooks import tasks_of

SLOT = "2027-01-09-night"


def two_applications(crew: Mapping[str, int] | None = None, **more: Any) -> Inventory:
    """Applications a and b with a server each; `crew` is a's alone, else both seat two of ops and of dba."""
    usual = {"ops": 2, "dba": 2}
    return Inventory.model_validate(
        {
            "waveplan": 1,
            "programme": {"name": "Two", "start": "2027-01-04", "deadline": "2027-12-20", "timezone": "Europe/Paris"},
            "sites": [{"id": "room", "target": "host", "users": 250}, {"id": "host"}],
            "links": [{"between": ["room", "host"], "gbps": 1, "efficiency": 0.8}],
            "teams": [{"id": "ops"}, {"id": "dba"}],
            "servers": [
                {"id": "sa", "site": "room", "disk_gb": 45},
                {"id": "sb", "site": "room", "disk_gb": 90},
            ],
            "applications": [
                {"id": "a", "servers": ["sa"], "crew": usual if crew is None else crew, "user_sites": ["room"]},
                {"id": "b", "servers": ["sb"], "crew": usual if crew is None else {}},
            ],
            "calendar": {"windows": [{"id": "night", "days": ["sat"], "from": "20:00", "hours": 8}]},
            **more,
        }
    )


def templates_of(tasks: Sequence[Mapping[str, Any]]) -> tuple[RunbookTask, ...]:
    """Templates as a file would give them, with none that ships."""
    return tuple(RunbookTask.model_validate(dict(task)) for task in tasks)


def plan_of(inventory: Inventory, items: Sequence[str] = ("a", "b"), slot: str = SLOT) -> Plan:
    """The plan with one wave of some items."""
    return plan_of_waves(inventory, {slot: list(items)})


def night_of(
    tasks: Sequence[Mapping[str, Any]],
    items: Sequence[str] = ("a", "b"),
    slot: str = SLOT,
    crew: Mapping[str, int] | None = None,
    **more: Any,
) -> Night:
    """The night of one wave of some of the two applications."""
    inventory = two_applications(crew, **more)
    plan = plan_of(inventory, items, slot)
    return tasks_of(plan, inventory, plan.waves[0], templates_of(tasks))
