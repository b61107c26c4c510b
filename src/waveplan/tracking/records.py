"""The actuals with what their names are looked up in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.actuals import Actuals, CutoverRecord, GateRecord
from waveplan.domain.audiences import Audiences
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.standing import slot_of

_WAVE_ID = re.compile(r"(.+/)?\d{4}-\d{2}-\d{2}-.")


class Records:
    """Actuals beside a plan and an inventory, on a day."""

    def __init__(self, actuals: Actuals, plan: Plan, inventory: Inventory | None, as_of: dt.date) -> None:
        self.actuals = actuals
        self.plan = plan
        self.as_of = as_of
        self.history = History(actuals, plan)
        self.inventory = inventory

    @cached_property
    def waves(self) -> Mapping[str, Wave]:
        """Waves of the plan, by id."""
        return {wave.id: wave for wave in self.plan.waves}

    @cached_property
    def remembered(self) -> frozenset[str]:
        """Waves that a plan may have given up: what was decided against them, or was kept of them, proves them."""
        refused = {gate.wave for gate in self.actuals.gates if gate.decision == "no_go"}
        refused |= {cutover.wave for cutover in self.actuals.cutovers if cutover.result == "rolled_back"}
        return frozenset(name for name in refused | {each.wave for each in self._keeping} if _WAVE_ID.match(name))

    def could_have_been(self, wave: str) -> bool:
        """Whether a wave may have stood in an earlier plan, for which people were told or taught something."""
        if self.inventory is None or wave in self.remembered:
            return _WAVE_ID.match(wave) is not None
        return slot_of(wave) in self._slots

    @cached_property
    def _slots(self) -> frozenset[str]:
        assert self.inventory is not None
        return frozenset(str(slot.id) for slot in ChangeCalendar(self.inventory).slots)

    @cached_property
    def _keeping(self) -> list[GateRecord | CutoverRecord]:
        """Records that keep lots with their items."""
        records: list[GateRecord | CutoverRecord] = [*self.actuals.gates, *self.actuals.cutovers]
        return [record for record in records if record.items]

    @cached_property
    def lots(self) -> Mapping[str, list[str]]:
        """Lots of the plan, and those that records keep, each with its items."""
        kept: dict[str, list[str]] = {}
        for record in self._keeping:
            kept |= record.items
        return kept | {lot.id: lot.items for lot in self.plan.lots}

    @cached_property
    def items(self) -> frozenset[str] | None:
        """Names of items: of the inventory, and those that plan and records keep; None without an inventory."""
        if self.inventory is None:
            return None
        known = {name for item in Items(self.inventory) for name in (item.id, *item.names)}
        return frozenset(known.union(*self.lots.values()))

    @cached_property
    def milestones(self) -> frozenset[str]:
        """Milestones of the plan, and those that others have promised."""
        promised = {each.id for each in self.inventory.external_milestones} if self.inventory else set()
        return frozenset(promised | {each.id for each in self.plan.milestones})

    @cached_property
    def teams(self) -> frozenset[str] | None:
        """Teams of the inventory and of the plan; None without an inventory."""
        if self.inventory is None:
            return None
        return frozenset({team.id for team in self.inventory.teams} | self.plan.teams.keys())

    @cached_property
    def adoption(self) -> Mapping[str, frozenset[str]] | None:
        """Waves of the plan that hold each entry of adoption, by id; None without an inventory."""
        if self.inventory is None:
            return None
        items = Items(self.inventory)
        audiences = Audiences(items)
        held = {
            wave.id: [items[i] for lot in wave.lots for i in self.lots.get(lot, ()) if i in items]
            for wave in self.plan.waves
        }
        return {
            entry.id: frozenset(wave for wave, members in held.items() if audiences.reached(entry, members))
            for entry in self.inventory.adoption
        }

    def cutover_day(self, wave: str) -> dt.date | None:
        """The day on which a wave cut over, else the one on which it will."""
        record = self.history.cutovers.get(wave)
        if record is not None:
            return record.date
        return self.waves[wave].date if wave in self.waves else None
