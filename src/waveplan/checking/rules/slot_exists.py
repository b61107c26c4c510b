"""WP303: every wave stands in a slot of the calendar, and says so rightly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar import Slot
from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Wave

CODE = "WP303"


def check_slot_exists(facts: Facts) -> Iterator[Finding]:
    """Waves without a slot, waves that state another window than their slot's, two waves in one slot."""
    seen: dict[str, int] = {}
    for index, (wave, stand) in enumerate(zip(facts.plan.waves, facts.reading.stands, strict=True)):
        if stand.slot is None:
            yield _no_slot(facts, index)
        elif wave.id in seen:
            yield finding(
                CODE,
                "two waves have the id {wave}: one stream has one wave in a slot",
                {"wave": wave.id},
                subjects=(wave.id,),
                path=("waves", index),
                hint="join their lots in one wave",
            )
        elif not _stated_rightly(wave, stand.slot):
            yield _another_window(wave, stand.slot, index)
        seen.setdefault(wave.id, index)


def _no_slot(facts: Facts, index: int) -> Finding:
    wave, stand = facts.plan.waves[index], facts.reading.stands[index]
    known = stand.stream in facts.items.policies
    return finding(
        CODE,
        "{wave} names no slot of the calendar" if known else "{wave} names no stream: there is no '{stream}'",
        {"wave": wave.id, "stream": stand.stream},
        subjects=(wave.id,),
        path=("waves", index, "id"),
        hint="a wave's id is its slot's, the day and the window such as 2026-03-14-weekend, "
        "behind its stream and a '/' when the inventory has streams",
    )


def _stated_rightly(wave: Wave, slot: Slot) -> bool:
    said = (wave.slot.window, _utc(wave.slot.start), _utc(wave.slot.end))
    return said == (slot.window, _utc(slot.start), _utc(slot.end))


def _another_window(wave: Wave, slot: Slot, index: int) -> Finding:
    values = {
        "wave": wave.id,
        "stated": _span(wave.slot.window, wave.slot.start, wave.slot.end),
        "slot": _span(slot.window, slot.start, slot.end),
    }
    return finding(
        CODE,
        "{wave} states {stated}, but its slot is {slot}",
        values,
        subjects=(wave.id,),
        path=("waves", index, "slot"),
        hint="to move a wave, give it the id of another slot; its hours come from the calendar",
    )


def _span(window: str, start: dt.datetime, end: dt.datetime) -> str:
    return f"{window} from {start.isoformat(timespec='minutes')} to {end.isoformat(timespec='minutes')}"


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
