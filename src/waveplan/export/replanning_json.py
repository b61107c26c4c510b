"""What a new plan moved, and why, as JSON."""

from __future__ import annotations

from typing import Any

from waveplan.domain.compliance import WaveRef
from waveplan.domain.differences import PlanDifference
from waveplan.domain.replanned import Moved, Replanning
from waveplan.export.json_text import json_text


def format_replanning(replanning: Replanning, difference: PlanDifference) -> str:
    """Stable keys; waves are null where a lot has none."""
    return json_text(
        {
            "as_of": replanning.as_of,
            "locked_days": replanning.locked_days,
            "done": replanning.done,
            "locked": replanning.locked,
            "unlocked": replanning.unlocked,
            "moved": [_moved(each) for each in replanning.moved],
            "gone": list(replanning.gone),
            "goals": {change.goal: {"before": change.before, "after": change.after} for change in difference.goals},
        }
    )


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "lot": moved.lot,
        "before": _wave(moved.before),
        "after": _wave(moved.after),
        "cause": moved.cause,
        "by": None if moved.by is None else str(moved.by),
    }


def _wave(wave: WaveRef | None) -> dict[str, Any] | None:
    return None if wave is None else {"id": wave.id, "label": wave.label, "date": wave.date}
