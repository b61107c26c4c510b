"""What a new plan moved, and why, as JSON."""

from __future__ import annotations

from typing import Any

from waveplan.domain.differences import PlanDifference
from waveplan.domain.replanned import Moved, Replanning
from waveplan.export.json_text import document


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
