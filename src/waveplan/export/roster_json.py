"""Who is on duty, as JSON for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
        "duties": [_duty(each) for each in wave.duties],
    }


def _duty(each: Manned) -> dict[str, Any]:
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
