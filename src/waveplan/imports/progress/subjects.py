"""What a tracker's line is about: the part of the plan whose identity our own export gave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.plan import Plan
from waveplan.export.programme.identities import identity, milestone_identifier, slug, tag_of

TrackedKind = Literal["wave", "gate", "rehearsal", "lot", "item", "milestone", "hard-date"]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A part of a plan: its kind, its wave where it has one, and its id."""

    kind: TrackedKind
    id: str
    wave: str = ""
    lot: str = ""


def tracked_parts(plan: Plan) -> dict[str, Tracked]:
    """By key and by tag, as the exports for trackers write them."""
    programme = slug(plan.programme.name)
    found: dict[str, Tracked] = {}
    for kind, identifier, part in _parts(plan):
        key = identity(programme, kind, identifier)
        found[key] = found[tag_of(key)] = part
    return found


def _parts(plan: Plan) -> Iterator[tuple[TrackedKind, str, Tracked]]:
    lots = plan.lots_by_id()
    for wave in plan.waves:
        yield "wave", wave.id, Tracked("wave", wave.id, wave.id)
        for gate in wave.gates:
            yield "gate", f"{wave.id}/{gate.id}", Tracked("gate", gate.id, wave.id)
        for each in wave.rehearsals:
            yield "rehearsal", f"{wave.id}/{each.lot}/{each.id}", Tracked("rehearsal", each.id, wave.id, each.lot)
        for name in wave.lots:
            yield "lot", name, Tracked("lot", name, wave.id, name)
            for item in lots[name].items if name in lots else ():
                yield "item", item, Tracked("item", item, wave.id, name)
    for milestone in plan.milestones:
        yield "milestone", milestone_identifier(milestone), Tracked("milestone", milestone.id)
    for date in plan.calendar.hard_dates:
        yield "hard-date", date.id, Tracked("hard-date", date.id)
