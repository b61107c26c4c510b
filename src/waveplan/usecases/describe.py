"""What can be told of an inventory or a plan as it stands: lots, graph, impact, work, compliance, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waveplan.dependency_graph import DependencyGraph, Impact
    from waveplan.domain.compliance import Compliance
    from waveplan.domain.differences import PlanDifference
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.json_schema import Document
    from waveplan.domain.plan import Plan
    from waveplan.lot_cuts import LotCuts
    from waveplan.lots import Lots
    from waveplan.workload import Per, Workload
import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waveplan.domain.actuals import Actuals
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.domain.status import PlanStanding, Status


def lots(inventory: Inventory) -> Lots:
    """What must cut over together, and why."""
    from waveplan.domain.items import Items
    from waveplan.lots import form_lots

    return form_lots(Items(inventory))


def suggest_cuts(lots: Lots) -> list[LotCuts]:
    """For each lot that is over a limit of lots, or of every wave: the cheapest ties to relax, and what it becomes."""
    from waveplan.lot_cuts import suggest_cuts as suggest

    return suggest(lots)


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


def workload(plan: Plan, *, per: Per = "month", team: str | None = None) -> Workload:
    """The common workload plan: person-days by organisation, team and month or week, load against capacity."""
    from waveplan.workload import workload as add_up

    return add_up(plan, per, team)


def compliance(inventory: Inventory, plan: Plan) -> Compliance:
    """Where personal data stand before and after, what is purged and acknowledged, what runs out of support."""
    from waveplan.assessment.compliance import compliance as assess

    return assess(inventory, plan)


def diff(before: Plan, after: Plan) -> PlanDifference:
    """What moved from one plan to another: lots, waves, gates, milestones, loads, goals."""
    from waveplan.assessment.differing import plan_difference

    return plan_difference(before, after)


def schema(document: Document, *, part: bool = False) -> str:
    """The JSON Schema of one of the files (with `part`, of one file of an inventory that is a folder), as text."""
    from pathlib import Path

    name = f"{document}-part" if part and document == "inventory" else document
    return (Path(__file__).parents[1] / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def standing(actuals: Actuals, plan: Plan, as_of: dt.date) -> PlanStanding:
    """What has become of each wave and lot of a plan by a day, from the records alone."""
    from waveplan.assessment.standing_waves import plan_standing
    from waveplan.domain.history import History

    return plan_standing(plan, History(actuals, plan, as_of), as_of)


def status(actuals: Actuals, plan: Plan, inventory: Inventory, as_of: dt.date) -> Status:
    """Where the programme stands on a day: done, running, next, late, how far it has come."""
    from waveplan.assessment.status import status as assess

    return assess(actuals, plan, inventory, as_of)
