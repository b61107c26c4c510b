"""What moved between two plans, as JSON. Keys never change with the language; what one plan lacks is null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from waveplan.domain.differences import FigureChange, LoadChange, Moved, PlacedItems, PlanDifference, Replanning
from waveplan.export.json_text import document


def format_difference(difference: PlanDifference) -> str:
    """An object with one list for each kind of change."""
    return document("difference", difference_entry(difference))


def difference_entry(difference: PlanDifference) -> dict[str, Any]:
    """The same as data, to stand in other documents."""
    return {
        "same": difference.same,
        "lots": {
            "before": difference.lots_before,
            "after": difference.lots_after,
            "moved": [
                {"lot": each.lot, "before": each.before, "after": each.after, "days": each.days}
                for each in difference.moved
            ],
            "new": [_lot(each) for each in difference.new],
            "gone": [_lot(each) for each in difference.gone],
            "regrouped": [
                {
                    "before": [_lot(lot) for lot in each.before],
                    "after": [_lot(lot) for lot in each.after],
                    "items_came": each.came,
                    "items_left": each.left,
                }
                for each in difference.regrouped
            ],
        },
        "waves": [
            {
                "change": each.kind,
                "before": each.before,
                "after": each.after,
                "lots_came": each.came,
                "lots_left": each.left,
            }
            for each in difference.waves
        ],
        "gates": [
            {"wave": each.wave, "gate": each.gate, "before": each.before, "after": each.after}
            for each in difference.gates
        ],
        "milestones": difference.milestones,
        "teams": _loads(difference.teams, "team", "week"),
        "organisations": _loads(difference.organisations, "organisation", "month"),
        "goals": difference.goals,
        "figures": [_figure(each) for each in difference.figures],
    }


def _lot(lot: PlacedItems) -> dict[str, Any]:
    return {"lot": lot.lot, "items": lot.items, "wave": lot.wave}


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


def format_replanning(replanning: Replanning, difference: PlanDifference) -> str:
    """Stable keys; waves are null where a lot has none."""
    facts = {
        "as_of": replanning.as_of,
        "locked_days": replanning.locked_days,
        "done": replanning.done,
        "locked": replanning.locked,
        "unlocked": replanning.unlocked,
        "moved": [_moved(each) for each in replanning.moved],
        "gone": replanning.gone,
        "goals": {change.goal: {"before": change.before, "after": change.after} for change in difference.goals},
    }
    return document("replanning", facts)


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "lot": moved.lot,
        "before": moved.before,
        "after": moved.after,
        "cause": moved.cause,
        "by": None if moved.by is None else str(moved.by),
    }
