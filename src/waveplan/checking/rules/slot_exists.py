"""WP303: every wave stands in a slot of the calendar, and says so rightly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar import Slot, instant
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Wave

_NO_SLOT = "{wave} names no slot of the calendar"
_NO_STREAM = "{wave} names no stream: there is no '{stream}'"
_OUTSIDE = "{wave} lies outside the programme, which lasts from {first} to {last}"


@hard_rule("WP303", "structure")
def check_slot_exists(facts: Facts) -> Iterator[Finding]:
    """Waves without a slot, waves that state another window than their slot's, two waves in one slot."""
    seen: dict[str, int] = {}
    for index, (wave, stand) in enumerate(zip(facts.plan.waves, facts.reading.stands, strict=True)):
        if stand.slot is None:
            yield _no_slot(facts, index)
        elif wave.id in seen:
            yield violation(
                "two waves have the id {wave}: one stream has one wave in a slot",
                {"wave": wave.id},
                subjects=(wave.id,),
                path=("waves", index),
                hint="join their lots in one wave",
            )
        elif not _stated_rightly(wave, stand.slot):
            yield _another_window(wave, stand.slot, index)
        elif stand.slot.id in facts.calendar.gone:
            yield violation(
                "{wave} has cut over in a slot that the calendar no longer has",
                {"wave": wave.id},
                subjects=(wave.id,),
                path=("waves", index),
                hint="nothing need be done: a wave stays where it was",
            )
        seen.setdefault(wave.id, index)


def _no_slot(facts: Facts, index: int) -> Finding:
    wave, stand = facts.plan.waves[index], facts.reading.stands[index]
    known, first, last = stand.stream in facts.items.policies, facts.calendar.start, facts.calendar.deadline
    day = _day_of(wave)
    outside = day is not None and not first <= day <= last
    return violation(
        _NO_STREAM if not known else _OUTSIDE if outside else _NO_SLOT,
        {"wave": wave.id, "stream": stand.stream, "first": first.isoformat(), "last": last.isoformat()},
        subjects=(wave.id,),
        path=("waves", index, "id"),
        hint="move the wave to a slot of the programme"
        if known and outside
        else "a wave's id is its slot's, the day and the window such as 2026-03-14-weekend, "
        "behind its stream and a '/' when the inventory has streams",
    )


def _day_of(wave: Wave) -> dt.date | None:
    """The day that a wave's id begins with, behind its stream; none when it begins with something else."""
    try:
        return dt.date.fromisoformat(wave.id.rpartition("/")[2][:10])
    except ValueError:
        return None


def _stated_rightly(wave: Wave, slot: Slot) -> bool:
    said = (wave.slot.window, instant(wave.slot.start), instant(wave.slot.end))
    return said == (slot.window, instant(slot.start), instant(slot.end))


def _another_window(wave: Wave, slot: Slot, index: int) -> Finding:
    values = {
        "wave": wave.id,
        "stated": _span(wave.slot.window, wave.slot.start, wave.slot.end),
        "slot": _span(slot.window, slot.start, slot.end),
    }
    return violation(
        "{wave} states {stated}, but its slot is {slot}",
        values,
        subjects=(wave.id,),
        path=("waves", index, "slot"),
        hint="a wave's id says which slot it is in; write the hours of that slot, or the id of the slot that is meant",
    )


def _span(window: str, start: dt.datetime, end: dt.datetime) -> str:
    return f"{window} from {start.isoformat(timespec='minutes')} to {end.isoformat(timespec='minutes')}"
