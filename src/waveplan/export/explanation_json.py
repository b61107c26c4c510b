"""Why an item is where it is, as JSON. Sentences are English; keys never change with the language."""

from __future__ import annotations

from typing import Any

from waveplan.domain.excess import Excess
from waveplan.domain.explanations import Explanation, Mending, Obstacle, SlotVerdict
from waveplan.export.diagnosis_json import clash_entry
from waveplan.export.difference_json import difference_entry
from waveplan.export.findings_json import finding_entry
from waveplan.export.json_text import document


def format_explanation(found: Explanation) -> str:
    """An object: the lot and its ties, every slot that was looked at, and what became of the wish, if there was one."""
    facts = {
        "item": found.item,
        "lot": {
            "id": found.lot,
            "stream": found.stream,
            "items": found.items,
            "chains": [
                [{"from": one, "to": other, **tie.model_dump(exclude_none=True)} for one, tie, other in chain]
                for chain in found.chains
            ],
        },
        "wave": found.wave,
        "window": found.window,
        "left_out": found.left_out,
        "plan_breaks": found.breaks,
        "earlier": [_slot(each) for each in found.earlier],
        "later": [_slot(each) for each in found.later],
        "slots_not_looked_at": found.unseen,
        "wish": None if found.mending is None else _mending(found.mending),
    }
    return document("explanation", facts)


def _slot(verdict: SlotVerdict) -> dict[str, Any]:
    return {
        "slot": verdict.wave_id,
        "date": verdict.date,
        "window": verdict.window,
        "wave": verdict.wave,
        "free": verdict.free,
        "obstacles": [_obstacle(each) for each in verdict.obstacles],
        "goals": [{"goal": each.goal, "before": each.before, "after": each.after} for each in verdict.goals],
    }


def _obstacle(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "code": obstacle.finding.code,
        "message": obstacle.finding.message,
        "alone": obstacle.alone,
        "subjects": obstacle.finding.subjects,
        "held_by": _holders(obstacle.finding.excess),
    }


def _holders(over: Excess | None) -> list[dict[str, Any]]:
    holders = over.holders if over is not None else ()
    return [{"by": each.name, "lots": each.lots, "amount": each.shown} for each in holders]


def _mending(mending: Mending) -> dict[str, Any]:
    return {
        "status": mending.status,
        "slot": None if mending.verdict is None else _slot(mending.verdict),
        "fewest_moves_proven": mending.fewest,
        "least_moves_proven": mending.least,
        "difference": None if mending.difference is None else difference_entry(mending.difference),
        "findings": [finding_entry(finding) for finding in mending.findings],
        "clashes": [clash_entry(clash) for clash in mending.clashes],
    }
