"""What moved between two plans, as JSON. Keys never change with the language; what one plan lacks is null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from waveplan.domain.compliance import WaveRef
from waveplan.domain.differences import FigureChange, LoadChange, PlacedItems, PlanDifference
from waveplan.export.json_text import json_text


def format_difference(difference: PlanDifference) -> str:
    """An object with one list for each kind of change."""
    return json_text({"waveplan_difference": 1, **difference_entry(difference)})


def difference_entry(difference: PlanDifference) -> dict[str, Any]:
    """The same as data, to stand in other documents."""
    return {
        "same": difference.same,
        "lots": {
            "before": difference.lots_before,
            "after": difference.lots_after,
            "moved": [
                {"lot": each.lot, "before": _wave(each.before), "after": _wave(each.after), "days": each.days}
                for each in difference.moved
            ],
            "new": [_lot(each) for each in difference.new],
            "gone": [_lot(each) for each in difference.gone],
            "regrouped": [
                {
                    "before": [_lot(lot) for lot in each.before],
                    "after": [_lot(lot) for lot in each.after],
                    "items_came": list(each.came),
                    "items_left": list(each.left),
                }
                for each in difference.regrouped
            ],
        },
        "waves": [
            {
                "change": each.kind,
                "before": _wave(each.before),
                "after": _wave(each.after),
                "lots_came": list(each.came),
                "lots_left": list(each.left),
            }
            for each in difference.waves
        ],
        "gates": [
            {"wave": _wave(each.wave), "gate": each.gate, "before": each.before, "after": each.after}
            for each in difference.gates
        ],
        "milestones": [asdict(each) for each in difference.milestones],
        "teams": _loads(difference.teams, "team", "week"),
        "organisations": _loads(difference.organisations, "organisation", "month"),
        "goals": [asdict(each) for each in difference.goals],
        "figures": [_figure(each) for each in difference.figures],
    }


def _wave(wave: WaveRef | None) -> dict[str, Any] | None:
    return None if wave is None else {"id": wave.id, "label": wave.label, "date": wave.date}


def _lot(lot: PlacedItems) -> dict[str, Any]:
    return {"lot": lot.lot, "items": list(lot.items), "wave": _wave(lot.wave)}


def _loads(loads: Iterable[LoadChange], whose: str, period: str) -> list[dict[str, Any]]:
    return [
        {whose: each.name, period: each.period, "before": each.before, "after": each.after, "offered": each.offered}
        for each in loads
    ]


def _figure(change: FigureChange) -> dict[str, Any]:
    return {
        "of": change.of,
        "figure": change.figure,
        "before": _plain(change.before),
        "after": _plain(change.after),
    }


def _plain(value: object) -> object:
    known = value is None or isinstance(value, str | int | Decimal | dt.date | list | dict)
    return value if known else str(value)
