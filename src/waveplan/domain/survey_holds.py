"""Surveys that came out below their threshold after a pilot, and what they hold until somebody decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.actuals import AdoptionRecord
from waveplan.domain.adoption import Adoption
from waveplan.domain.commitments import Pilot
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items
from waveplan.domain.plan import Plan


@dataclass(frozen=True, eq=False)
class SurveyHold:
    """A survey below its threshold, about items of a pilot.

    `about` are those of its wave that were asked about, `waiting` the items that the pilot holds back; `decided` is the
    day on which its exit gate was passed all the same, after the survey.
    """

    entry: Adoption
    record: AdoptionRecord
    result: Decimal
    pilot: Pilot
    about: tuple[Item, ...]
    waiting: tuple[Item, ...]
    decided: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """Whether what waits may not go on a day."""
        return self.record.date <= day and (self.decided is None or day < self.decided)


def is_below(entry: Adoption, record: AdoptionRecord) -> bool:
    """Whether a survey came out below its threshold."""
    return entry.threshold is not None and record.result is not None and record.result < entry.threshold


def survey_holds(inventory: Inventory, plan: Plan, history: History) -> Iterator[SurveyHold]:
    """Every such survey with every pilot that it holds, decided or not, in the order of the file."""
    entries = {entry.id: entry for entry in inventory.adoption}
    if not inventory.pilots or not entries:
        return
    items, lots = Items(inventory), plan.lots_by_id()
    held = {wave.id: {item for lot in wave.lots if lot in lots for item in lots[lot].items} for wave in plan.waves}
    for record in history.adoption.values():
        entry = entries.get(record.id)
        if entry is None or record.result is None or not is_below(entry, record):
            continue
        about = [each for each in items.planned if each.id in held.get(record.wave, ()) and entry.is_about(each)]
        for pilot in inventory.pilots:
            if any(pilot.items.matches(item) for item in about):
                waiting, decided = tuple(_waiting(pilot, items)), _decided(pilot, record, history)
                yield SurveyHold(entry, record, record.result, pilot, tuple(about), waiting, decided)


def _waiting(pilot: Pilot, items: Items) -> Iterator[Item]:
    own = [item for item in items.planned if pilot.items.matches(item)]
    streams, ids = {item.stream for item in own}, {item.id for item in own}
    for item in items.planned:
        piloted = item.stream in streams if pilot.piloted is None else pilot.piloted.matches(item)
        if piloted and item.id not in ids:
            yield item


def _decided(pilot: Pilot, record: AdoptionRecord, history: History) -> dt.date | None:
    """The day on which its exit gate was signed, knowing the survey."""
    gate = history.acceptances.get(f"pass {pilot.id}")
    return gate.date if gate is not None and gate.result == "signed" and gate.date >= record.date else None
