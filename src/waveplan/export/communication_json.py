"""The plan of communication as JSON, for other programs: keys and words never change with the language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waveplan.domain.communication import HeldEntry
from waveplan.export.json_text import document


def dump_communication_json(held: Sequence[HeldEntry]) -> str:
    """What each wave holds, with its texts; what is not known is null."""
    return document("communication", {"entries": [_entry(each) | _texts(each) for each in held]})


def communication_facts(held: Sequence[HeldEntry]) -> list[dict[str, Any]]:
    """The same without texts, as a part of other documents."""
    return [_entry(each) for each in held]


def _entry(each: HeldEntry) -> dict[str, Any]:
    entry = each.entry
    return {
        "key": each.key,
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "wave": each.wave.id,
        "wave_label": each.label,
        "from": each.first,
        "to": each.last,
        "lots": each.lots,
        "sites": each.sites,
        "personas": each.personas,
        "users": each.users,
        "owner": entry.owner,
        "team": entry.team,
        "person_days": each.effort,
        "threshold": entry.threshold,
        "criteria": entry.criteria,
        "state": each.state,
        "done": each.done,
        "result": each.result,
    }


def _texts(each: HeldEntry) -> dict[str, Any]:
    return {
        "messages": [
            {
                "language": message.language,
                "written_in": message.written_in,
                "sites": message.sites,
                "users": message.users,
                "subject": message.subject,
                "text": message.text,
            }
            for message in each.messages
        ],
    }
