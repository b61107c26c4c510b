"""The care of an inventory as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waveplan.domain.care import CareNote, FieldKnown, Impacts, Question
from waveplan.export.json_text import document, fields_of


def dump_care_json(
    known: Sequence[FieldKnown], notes: Sequence[CareNote], asked: Sequence[Question], impacts: Impacts | None
) -> str:
    """All that is known of it; `impact` is null where it was not asked for."""
    facts: dict[str, Any] = {
        "fields": [_field(each) for each in known],
        "notes": [_note(each) for each in notes],
        "questions": asked,
        "impact": impacts,
    }  # fmt: skip
    return document("care", facts)


def _field(known: FieldKnown) -> dict[str, Any]:
    domains = [{"domain": name or None, "known": have, "all": every} for name, have, every in known.domains]
    return {**fields_of(known), "domains": domains}


def _note(note: CareNote) -> dict[str, Any]:
    return {**fields_of(note), "said": str(note.said)}
