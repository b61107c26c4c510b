"""Runbooks as JSON, for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from waveplan.domain.nights import NightTask, ScheduledTask
from waveplan.domain.wave_runbooks import WaveRunbook
from waveplan.export.json_text import document, fields_of
from waveplan.export.roster_json import duty_facts, people_facts


def dump_runbook_json(runbooks: Sequence[WaveRunbook]) -> str:
    """Every task, message, handover and shift of runbooks; texts by language; no words that depend on a language."""
    return document("runbook", {"runbooks": [_runbook(each) for each in runbooks]})


def _runbook(book: WaveRunbook) -> dict[str, Any]:
    night = book.night
    return {
        "wave": book.wave,
        "label": book.label,
        "date": book.date,
        "lot": book.lot,
        "zone": night.night.zone,
        "window": {"start": _iso(night.night.start), "end": _iso(night.night.end)},
        "end": _iso(night.end),
        "minutes": night.value,
        "bound": night.bound,
        "proven": night.proven,
        "fits": night.fits,
        "point_of_no_return": None if night.no_return is None else _iso(night.no_return),
        "rollback_minutes": book.rollback_minutes,
        "seats": dict(night.night.seats),
        "before": [fields_of(task) for task in book.before],
        "tasks": [_scheduled(each, book) for each in night.tasks],
        "rollback": [task.id for task in book.undoing],
        "rollback_tasks": [_task(task) for task in night.night.rollback],
        "after": [fields_of(task) for task in book.after],
        "messages": list(book.messages),
        "handovers": list(book.handovers),
        "on_call": list(book.rota),
        "duties": [] if book.roster is None else [duty_facts(each) for each in book.roster.duties],
        "items": list(book.items),
    }


def _iso(when: dt.datetime) -> str:
    return when.isoformat(timespec="minutes")


def _scheduled(each: ScheduledTask, book: WaveRunbook) -> dict[str, Any]:
    return {
        **_task(each.task),
        "start": _iso(each.start),
        "end": _iso(each.end),
        "slack": each.slack,
        "critical": each.critical,
        "taken_seats": list(each.seats),
        "people": people_facts(book.people_of(each)),
    }


def _task(task: NightTask) -> dict[str, Any]:
    facts = fields_of(task)
    for name in ("opens", "window_end", "decide_by", "fixed_at"):
        facts[name] = None if facts[name] is None else _iso(facts[name])
    facts["after"] = [{"task": wait.task, "lag_minutes": wait.lag} for wait in task.after]
    return facts
