"""Calendars of inventories that are much alike: trials change a date or a limit, and days stay what they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from waveplan.change_calendar import ChangeCalendar
from waveplan.domain.inventory import Inventory
from waveplan.planning.facts.facts import PlanningFacts

_MOST = 24  # that are kept


class SharedCalendars:
    """One calendar for all inventories that say the same of days; what it has worked out is known from then on."""

    def __init__(self) -> None:
        self._kept: list[tuple[tuple[Any, ...], ChangeCalendar]] = []

    def facts(self, inventory: Inventory, left_out: Collection[str] = ()) -> PlanningFacts:
        """An inventory as a planning question, on such a calendar."""
        return PlanningFacts(inventory, left_out, calendar=self.of(inventory))

    def of(self, inventory: Inventory) -> ChangeCalendar:
        """The calendar of an inventory."""
        said = _of_days(inventory)
        number = next((number for number, (known, _) in enumerate(self._kept) if known == said), None)
        found = (said, ChangeCalendar(inventory)) if number is None else self._kept.pop(number)
        self._kept = [found, *self._kept[: _MOST - 1]]
        return found[1]


def _of_days(inventory: Inventory) -> tuple[Any, ...]:
    """All that a calendar reads of an inventory."""
    programme = inventory.programme
    span = (programme.timezone, programme.start, programme.deadline)
    return (span, inventory.calendar.windows, inventory.committees, inventory.teams, inventory.sites)
