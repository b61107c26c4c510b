"""Plans side by side, as JSON. Keys never change with the language; what a plan does not say is null."""

from __future__ import annotations

from typing import Any

from waveplan.domain.figures import Compared, Comparison, InventoryFigures, Money, PlanFigures, Running
from waveplan.export.findings_json import finding_entry
from waveplan.export.json_text import json_text


def format_comparison(comparison: Comparison) -> str:
    """An object with one entry a plan, in the order of the columns."""
    return json_text({"waveplan_comparison": 1, "plans": [_entry(column) for column in comparison.columns]})


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
        "first_cutover": figures.first_cutover,
        "last_cutover": figures.last_cutover,
        "last_hypercare": figures.last_hypercare,
        "finish": figures.finish,
        "waves": figures.waves,
        "waves_by_stream": dict(figures.waves_by_stream),
        "lots": figures.lots,
        "servers": figures.servers,
        "coexistence": figures.coexistence,
        "peak_load": figures.peak_load,
        "criticality_risk": figures.criticality_risk,
        "gaps": dict(figures.gaps),
        "person_days_by_team": dict(figures.person_days_by_team),
        "person_days_by_organisation": dict(figures.person_days_by_organisation),
        "hard_dates": [
            {"id": each.id, "date": each.date, "reached": each.reached, "slack_days": each.slack}
            for each in figures.hard_dates
        ],
    }


def _inventory(figures: InventoryFigures) -> dict[str, Any]:
    return {
        "outage_hours_by_organisation": dict(figures.outage_hours),
        "links": [
            {
                "between": list(use.between),
                "links": list(use.links),
                "terabytes": use.terabytes,
                "busiest_window_hours": use.busiest_hours,
                "missing": use.missing,
            }
            for use in figures.links
        ],
        "costs": {
            "currency": figures.currency,
            "by_kind": {kind: _money(money) for kind, money in figures.costs.items()},
            "total": _money(figures.total_costs),
            "running": None if figures.running is None else _running(figures.running),
        },
    }


def _running(running: Running) -> dict[str, Any]:
    return {"sources": running.sources, "targets": running.targets, "double": running.double}


def _money(money: Money) -> dict[str, Any]:
    return {"once": money.once, "per_month": money.per_month}
