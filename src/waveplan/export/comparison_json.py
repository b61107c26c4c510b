"""Plans side by side, as JSON. Keys never change with the language; what a plan does not say is null."""

from __future__ import annotations

from typing import Any

from waveplan.domain.figures import Compared, Comparison, InventoryFigures, PlanFigures
from waveplan.export.findings_json import finding_entry
from waveplan.export.json_text import document, fields_of


def format_comparison(comparison: Comparison) -> str:
    """An object with one entry a plan, in the order of the columns."""
    return document("comparison", {"plans": [_entry(column) for column in comparison.columns]})


def _entry(column: Compared) -> dict[str, Any]:
    return {
        "id": column.id,
        "name": column.name,
        "status": column.status,
        "figures": None if column.plan is None else _plan(column.plan),
        "scenario": None if column.inventory is None else _inventory(column.inventory),
        "findings": [finding_entry(finding) for finding in column.findings],
    }


def _plan(figures: PlanFigures) -> dict[str, Any]:
    return {
        **fields_of(figures),
        "hard_dates": [
            {"id": each.id, "date": each.date, "reached": each.reached, "slack_days": each.slack}
            for each in figures.hard_dates
        ],
    }


def _inventory(figures: InventoryFigures) -> dict[str, Any]:
    return {
        "outage_hours_by_organisation": figures.outage_hours,
        "links": [
            {
                "between": use.between,
                "links": use.links,
                "terabytes": use.terabytes,
                "busiest_window_hours": use.busiest_hours,
                "missing": use.missing,
            }
            for use in figures.links
        ],
        "costs": {
            "currency": figures.currency,
            "by_kind": figures.costs,
            "total": figures.total_costs,
            "running": figures.running,
        },
    }
