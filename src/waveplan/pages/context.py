"""What every part of a page is made from: the plan, what stands around it, and the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from waveplan.assessment.placement import PlacedPlan
from waveplan.domain.explanations import SlotVerdict
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.rules import Ignore
from waveplan.domain.status import PlanStanding, Status
from waveplan.pages.scale import Scale, scale_of
from waveplan.render.gantt_states import state_entries, state_mark, state_of
from waveplan.render.language import Language, Shown
from waveplan.render.page import Page
from waveplan.render.signs import UNICODE


@dataclass(frozen=True)
class PageSource:
    """A plan, its inventory and what was found out about them; `status` only with actuals.

    `accepted` are findings that the inventory lives with, each with the entry that says why (several findings may
    have one). `earlier` is the nearest earlier slot of each lot, where somebody looked.
    """

    plan: Plan
    inventory: Inventory
    as_of: dt.date | None = None
    status: Status | None = None
    accepted: tuple[tuple[Ignore, tuple[Finding, ...]], ...] = ()
    earlier: Mapping[str, SlotVerdict | None] | None = None
    paged: bool = False  # each wave on a page of its own when it is printed


@dataclass(frozen=True)
class Context:
    """A source as one reader sees it."""

    source: PageSource
    language: Language
    _page: Page = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_page", Page(self.source.plan, self.language, 100))

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.source.plan

    @property
    def page(self) -> Page:
        """The plan as tables on terminals look it up."""
        return self._page

    @cached_property
    def placement(self) -> PlacedPlan:
        """The plan on its inventory."""
        return PlacedPlan(self.plan, self.source.inventory)

    @cached_property
    def scale(self) -> Scale:
        """The time axis that all charts share."""
        return scale_of(self.plan)

    @cached_property
    def waves(self) -> list[Wave]:
        """Waves in order of their start; a page calls them by their place in it."""
        return self._page.every_wave

    @cached_property
    def lots(self) -> list[PlanLot]:
        """Lots in order of their waves, then those in no wave."""
        return self._page.lots

    @cached_property
    def wave_place(self) -> dict[str, int]:
        """The place of each wave, from 1."""
        return {wave.id: place for place, wave in enumerate(self.waves, 1)}

    @cached_property
    def lot_place(self) -> dict[str, int]:
        """The place of each lot, from 1."""
        return {lot.id: place for place, lot in enumerate(self.lots, 1)}

    @cached_property
    def teams(self) -> list[str]:
        """Teams with work in the plan, by name."""
        return sorted({*self.plan.teams, *(team for lot in self.plan.lots for team in lot.effort)})

    @cached_property
    def items_of(self) -> dict[str, tuple[Item, ...]]:
        """The items of each lot that the inventory still has."""
        items = self.placement.items
        return {lot.id: tuple(items[name] for name in lot.items if name in items) for lot in self.plan.lots}

    @cached_property
    def sites_of(self) -> dict[str, tuple[str, ...]]:
        """Sites that each lot touches: where its items stand, go, or are used on the spot."""
        return {
            lot: tuple(sorted({site for item in items for site in item.places})) for lot, items in self.items_of.items()
        }

    @cached_property
    def sites(self) -> list[str]:
        """Sites that any lot touches, by name."""
        return sorted({site for sites in self.sites_of.values() for site in sites})

    @cached_property
    def state_of(self) -> dict[str, str]:
        """How each wave stands, when there are actuals."""
        status = self.source.status
        return {} if status is None else {wave.id: wave.state for wave in status.waves}

    @cached_property
    def _standing(self) -> PlanStanding | None:
        status = self.source.status
        if status is None:
            return None
        overdue = frozenset(gate.wave for gate in status.gates if gate.state == "overdue")
        return PlanStanding(status.as_of, {wave.id: wave for wave in status.waves}, {}, overdue, ())

    def mark_of(self, wave: Wave) -> tuple[str, str]:
        """What has become of a wave on the chart, and its sign; nothing without actuals."""
        if self._standing is None:
            return "", ""
        state = state_of(self._standing, wave, None)
        return state, state_mark(state, UNICODE)[0]

    @cached_property
    def marks(self) -> list[tuple[str, Shown]]:
        """The signs of the states that the chart shows, with what they mean."""
        drawn = {state for wave in self.waves if (state := self.mark_of(wave)[0])}
        return [(sign, name) for sign, _, name in state_entries(drawn, UNICODE, self.language)]

    def label(self, wave: Wave) -> Shown:
        """`W04`, or `desk/W04`."""
        return self._page.label(wave)

    def wave_day(self, wave: Wave) -> Shown:
        """A wave with its day."""
        return Shown(f"{self.label(wave)} {self.language.day(wave.date, weekday=False)}")
