"""How far a plan has been carried out on a day: what stays where it is when the rest is planned anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from waveplan.domain.history import History
from waveplan.domain.plan import Plan, Wave


@dataclass(frozen=True, slots=True)
class Stood:
    """The slot in which a wave has cut over, as the plan in force has it: a fact, whatever the calendar says by now.

    Without `hours`, start and end, only its day is known: the plan no longer has the wave.
    """

    id: str
    window: str
    date: dt.date
    hours: tuple[dt.datetime, dt.datetime] | None

    @property
    def nominal(self) -> dt.date:
        """The day that its id begins with."""
        return _day_in(self.id) or self.date


@dataclass(frozen=True, slots=True)
class Done:
    """What has cut over: items with the waves in which they did, and the slots in which these waves stood.

    `retired` is what is gone, with its day; what else is to be retired goes after `as_of`.
    """

    waves: Mapping[str, str]
    slots: tuple[Stood, ...]
    retired: Mapping[str, dt.date] = field(default_factory=dict)
    as_of: dt.date | None = None

    @property
    def places(self) -> Mapping[str, str]:
        """By item the id of the slot."""
        return {item: slot_of(wave) for item, wave in self.waves.items()}


NOTHING_DONE = Done({}, ())


@dataclass(frozen=True, slots=True)
class Standing:
    """Places by item, as the id of a slot (a wave's id without its stream).

    What is `done` stays; `locked` are imminent and stay, unless that makes a plan impossible; `planned` is where the
    plan has every item; `refused` are waves that a no-go has closed to some items, `closed` those it closed to all.
    """

    as_of: dt.date
    done: Done
    locked: Mapping[str, str]
    planned: Mapping[str, str]
    refused: Mapping[str, frozenset[str]]
    closed: frozenset[str]


def slot_of(wave: str) -> str:
    """The id of a wave's slot."""
    return wave.rpartition("/")[2]


def done_of(history: History, plan: Plan) -> Done:
    """What has cut over, and the slots of it as a plan has them."""
    waves = {item: outcome.wave for item, outcome in history.done.items()}
    return Done(waves, stood_in(plan, waves.values()), dict(_retired(history, plan)), history.as_of)


def _retired(history: History, plan: Plan) -> Iterator[tuple[str, dt.date]]:
    """What is recorded as retired, with the day on which it went."""
    for milestone in plan.milestones:
        record = history.milestones.get(milestone.id) if milestone.kind == "retire" else None
        if record is not None and record.reached is not None:
            yield milestone.subject, record.reached


def stood_in(plan: Plan, waves: Iterable[str]) -> tuple[Stood, ...]:
    """The slots of some waves, each once: as a plan has them, else as far as the waves' ids tell."""
    known = {slot_of(wave.id): wave for wave in plan.waves}
    slots = sorted({slot_of(wave) for wave in waves})
    found = (_stood(known[slot]) if slot in known else _remembered(slot) for slot in slots)
    return tuple(each for each in found if each is not None)


def _stood(wave: Wave) -> Stood:
    return Stood(slot_of(wave.id), wave.slot.window, wave.date, (wave.slot.start, wave.slot.end))


def _remembered(slot: str) -> Stood | None:
    day = _day_in(slot)
    return None if day is None else Stood(slot, slot[11:], day, None)


def _day_in(slot: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(slot[:10])
    except ValueError:
        return None
