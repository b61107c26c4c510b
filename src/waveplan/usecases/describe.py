"""What can be told of an inventory or a plan as it stands: lots, graph, impact, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan.domain.languages import languages, shipped

if TYPE_CHECKING:
    from waveplan.dependency_graph import DependencyGraph, Impact
    from waveplan.domain.differences import PlanDifference
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.schema_names import SchemaName
    from waveplan.lots import Lots


def lots(inventory: Inventory) -> Lots:
    """What must cut over together, and why."""
    from waveplan.domain.items import Items
    from waveplan.lots import form_lots

    return form_lots(Items(inventory))


def graph(inventory: Inventory) -> DependencyGraph:
    """Who depends on whom."""
    from waveplan.dependency_graph import DependencyGraph
    from waveplan.domain.items import Items

    return DependencyGraph(Items(inventory))


def impact(inventory: Inventory, subject: str) -> Impact:
    """Everything that an application, service, server, site, team or link touches.

    Raises UsageError when nothing has that id.
    """
    from waveplan.dependency_graph import DependencyGraph
    from waveplan.dependency_graph import impact as find_impact
    from waveplan.domain.items import Items
    from waveplan.lots import form_lots

    items = Items(inventory)
    lot_of = {str(item.id): str(lot.id) for lot in form_lots(items) for item in lot.items}
    return find_impact(DependencyGraph(items), subject, lot_of)


def diff(before: Plan, after: Plan) -> PlanDifference:
    """What moved from one plan to another: lots, waves, gates, milestones, loads, goals."""
    from waveplan.assessment.differing import plan_difference

    return plan_difference(before, after)


def schema(document: SchemaName, *, part: bool = False) -> str:
    """The JSON Schema of one of the files (with `part`, of one file of an inventory that is a folder), as text."""
    from pathlib import Path

    if languages() != shipped():
        return _drawn_up(document, part=part)
    name = f"{document}-part" if part and document == "inventory" else document
    return (Path(__file__).parents[1] / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def _drawn_up(document: SchemaName, *, part: bool) -> str:
    """A schema that knows languages beside those that are shipped."""
    import json

    from waveplan.domain.json_schema import json_schema

    return json.dumps(json_schema(document, part=part), indent=1, ensure_ascii=False) + "\n"
