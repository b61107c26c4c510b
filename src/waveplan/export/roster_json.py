"""Who is on duty, as JSON for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waveplan.domain.on_duty import OnTask
from waveplan.domain.roster import Manned, WaveRoster
from waveplan.export.json_text import document


def dump_roster_json(waves: Sequence[WaveRoster]) -> str:
    """Duties of each wave, who takes them, and who could."""
    return document("roster", {"waves": [_wave(each) for each in waves]})


def _wave(wave: WaveRoster) -> dict[str, Any]:
    return {
        "wave": wave.wave,
        "label": wave.label,
        "proven": wave.proven,
        "duties": [duty_facts(each) for each in wave.duties],
    }


def people_facts(people: Sequence[OnTask]) -> list[dict[str, Any]]:
    """Everybody on a task, by seat, and how they are reached; a name of None: nobody."""
    return [
        {
            "team": each.team,
            "seat": each.seat,
            "name": None if each.person is None else each.person.name,
            "phone": None if each.person is None else each.person.phone,
            "language": None if each.person is None else each.person.language,
            "stays_until": None if each.stays_until is None else each.stays_until.isoformat(timespec="minutes"),
            "substitutes": list(each.substitutes),
        }
        for each in people
    ]


def duty_facts(each: Manned) -> dict[str, Any]:
    """A duty, who takes it, and who could."""
    duty = each.duty
    return {
        "kind": duty.kind,
        "team": duty.team,
        "seat": duty.seat,
        "start": duty.start.isoformat(timespec="minutes"),
        "end": duty.end.isoformat(timespec="minutes"),
        "person": None if each.person is None else each.person.name,
        "before": each.before,
        "substitutes": list(each.substitutes),
    }
