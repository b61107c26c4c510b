"""What holds among the actuals: of several entries about one thing, the last one.

Entries about one thing are superseded in the order of the file. An item that several waves tried to move is where the
latest of them left it, by the date of the cutover.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from waveplan.domain.actuals import (
    AcceptanceRecord,
    Actuals,
    AdoptionRecord,
    CutoverRecord,
    EffortRecord,
    GateRecord,
    IncidentRecord,
    MilestoneRecord,
)
from waveplan.domain.plan import Plan, Wave

ItemResult = Literal["done", "rolled_back"]


@dataclass(frozen=True, slots=True)
class WaveOutcome:
    """How the cutover of one item ended: in which wave and lot, on which day."""

    item: str
    lot: str
    wave: str
    date: dt.date
    result: ItemResult


class History:
    """What is known of the past on a day (`as_of`, included); entries dated later are passed over."""

    def __init__(self, actuals: Actuals, plan: Plan, as_of: dt.date | None = None) -> None:
        self.actuals = actuals
        self.as_of = as_of
        self._lots = {lot.id: lot.items for lot in plan.lots}
        self._waves = {wave.id: wave.lots for wave in plan.waves}

    def lots_of(self, record: CutoverRecord) -> Mapping[str, list[str]]:
        """The lots that a cutover was about, each with its items: as recorded, else as the plan has them."""
        if record.items:
            return record.items
        return {lot: self._lots.get(lot, []) for lot in self._waves.get(record.wave, ())}

    def outcomes_of(self, record: CutoverRecord) -> Iterator[WaveOutcome]:
        """How a cutover ended for each of its items."""
        named = set(record.rolled_back)
        for lot, items in self.lots_of(record).items():
            for item in items:
                back = record.result == "rolled_back" or (record.result == "partial" and bool(named & {lot, item}))
                yield WaveOutcome(item, lot, record.wave, record.date, "rolled_back" if back else "done")

    @cached_property
    def outcomes(self) -> Mapping[str, WaveOutcome]:
        """How the latest cutover of each item ended."""
        of_wave: dict[tuple[str, str], WaveOutcome] = {}
        for record in self.actuals.cutovers:
            if self._known(record.date):
                of_wave |= {(each.item, each.wave): each for each in self.outcomes_of(record)}
        latest: dict[str, WaveOutcome] = {}
        for each in sorted(of_wave.values(), key=lambda each: each.date):  # a stable sort: the file's order on one day
            latest[each.item] = each
        return dict(sorted(latest.items()))

    @cached_property
    def done(self) -> Mapping[str, WaveOutcome]:
        """The items that have cut over, with wave and day."""
        return {item: outcome for item, outcome in self.outcomes.items() if outcome.result == "done"}

    @cached_property
    def cutovers(self) -> Mapping[str, CutoverRecord]:
        """The last record of each wave's cutover."""
        return {record.wave: record for record in self.actuals.cutovers if self._known(record.date)}

    @cached_property
    def gates(self) -> Mapping[tuple[str, str, str | None], GateRecord]:
        """The decision that holds, by wave, gate and lot; the lot is None for what was decided of the whole wave.

        A decision of the whole wave replaces what was decided of its lots before.
        """
        found: dict[tuple[str, str, str | None], GateRecord] = {}
        for record in self.actuals.gates:
            if not self._known(record.date):
                continue
            if not record.lots:
                found = {key: each for key, each in found.items() if key[:2] != (record.wave, record.gate)}
            lots: list[str | None] = [*record.lots] or [None]
            found |= {(record.wave, record.gate, lot): record for lot in lots}
        return found

    def decision(self, wave: str, gate: str, lot: str | None = None) -> GateRecord | None:
        """What was decided of a wave, or of one of its lots, at a gate."""
        return self.gates.get((wave, gate, lot)) or self.gates.get((wave, gate, None))

    def given_up(self, wave: Wave) -> bool:
        """Whether a gate decided against the whole wave, or against each of its lots."""
        deciding = [gate.id for gate in wave.gates if gate.decides]
        decided = [[self.decision(wave.id, gate, lot) for lot in wave.lots] for gate in deciding]
        return any(all(each and each.decision == "no_go" for each in of_lots) for of_lots in decided)

    @cached_property
    def incidents(self) -> Mapping[str, IncidentRecord]:
        """Incidents by id, as they stand: what was resolved later is open, as it was said before."""
        found: dict[str, IncidentRecord] = {}
        for record in self.actuals.incidents:
            if not self._known(record.date):
                continue
            if record.resolved is None or self._known(record.resolved):
                found[record.id] = record
            elif record.id not in found:
                found[record.id] = record.model_copy(update={"resolved": None})
        return found

    @cached_property
    def acceptances(self) -> Mapping[str, AcceptanceRecord]:
        """The last record of each milestone that is accepted or not."""
        return {record.milestone: record for record in self.actuals.acceptances if self._known(record.date)}

    @cached_property
    def milestones(self) -> Mapping[str, MilestoneRecord]:
        """Milestones that were reached or have moved, by id."""
        return {record.id: record for record in self.actuals.milestones if self._is_said(record)}

    def _is_said(self, record: MilestoneRecord) -> bool:
        """Of an entry that does not say when it was made, only the day on which a milestone was reached tells."""
        days = [day for day in (record.said, record.reached) if day is not None]
        return all(self._known(day) for day in days)

    @cached_property
    def effort(self) -> Mapping[tuple[str, str], EffortRecord]:
        """Person-days spent, by team and ISO week."""
        return {(record.team, record.week): record for record in self.actuals.effort if self._begun(record.week)}

    @cached_property
    def adoption(self) -> Mapping[tuple[str, str], AdoptionRecord]:
        """What was sent, held or asked, by entry of adoption and wave."""
        return {(record.id, record.wave): record for record in self.actuals.adoption if self._known(record.date)}

    def _known(self, day: dt.date) -> bool:
        return self.as_of is None or day <= self.as_of

    def _begun(self, week: str) -> bool:
        return self._known(dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1))
