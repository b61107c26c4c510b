"""Where a night stands, and what is learnt of nights, as JSON for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waveplan.domain.learnt import Learnt
from waveplan.domain.night_standing import NightShown, TaskOutlook
from waveplan.export.json_text import document
from waveplan.export.roster_json import people_facts


def dump_night_json(shown: NightShown) -> str:
    """Every task as it was, as it is and as it is expected; the verdict, and its reason in English."""
    standing = shown.standing
    night = standing.night.night
    return document(
        "night",
        {
            "wave": night.wave,
            "label": night.label,
            "run": standing.run,
            "now": _iso(standing.now),
            "verdict": standing.verdict,
            "reason": str(standing.reason),
            "planned_end": _iso(standing.night.end),
            "expected_end": _iso(standing.end),
            "point_of_no_return": _iso(standing.no_return),
            "rollback_end": _iso(standing.rollback_end),
            "tasks": [_task(each, shown) for each in standing.tasks],
            "undoing": [{"task": each.task.id, "undone": each.undone} for each in standing.undoing],
            "unknown": [record.task for record in standing.log.strange],
        },
    )


def _task(each: TaskOutlook, shown: NightShown) -> dict[str, Any]:
    return {
        "id": each.task.id,
        "number": each.task.number,
        "kind": each.task.kind,
        "state": each.state,
        "team": each.task.team,
        "owner": each.task.owner,
        "seats": list(each.seats),
        "people": people_facts(shown.people_of(each)),
        "planned": {"start": _iso(each.planned.start), "end": _iso(each.planned.end)},
        "start": _iso(each.start),
        "end": _iso(each.end),
        "minutes_late": each.minutes_late,
        "minutes_taken": each.minutes_taken,
        "held_by": list(each.held_by),
        "by": each.run.by,
        "reason": each.run.reason,
        "tries": each.run.tries,
    }


def _iso(when: dt.datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="minutes")


def dump_learnt_json(found: Sequence[Learnt]) -> str:
    """Each template with what was seen of it, ratios of minutes taken to minutes planned, and what to plan with."""
    return document("learnt", {"templates": [_learnt(each) for each in found]})


def _learnt(each: Learnt) -> dict[str, Any]:
    return {
        "template": each.template.id,
        "seen": list(each.seen),
        "median": _ratio(each.middle),
        "low": _ratio(each.low),
        "high": _ratio(each.high),
        "minutes": None if each.minutes is None else minutes_given(each),
    }


def minutes_given(each: Learnt) -> dict[str, Any]:
    """The parts of the minutes to plan with that are something."""
    assert each.minutes is not None
    return {name: value for name in type(each.minutes).model_fields if (value := getattr(each.minutes, name))}


def _ratio(ratio: Fraction) -> Decimal:
    return round(Decimal(ratio.numerator) / Decimal(ratio.denominator), 3)
