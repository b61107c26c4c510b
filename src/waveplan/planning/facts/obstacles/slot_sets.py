"""Sets of slots, worked out once and shared between lots that meet the same obstacle."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable

from waveplan.change_calendar import Closures, Slot
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts

SlotTest = Callable[[Slot], bool]
DateTest = Callable[[dt.date], bool]


class SlotSets:
    """Sets of slots by what keeps a lot out of them: whoever asks with the same key is given the same set."""

    def __init__(self, facts: PlanningFacts) -> None:
        self._facts = facts
        self._slots = facts.slots
        self._cache: dict[object, frozenset[int]] = {}
        on: dict[dt.date, list[int]] = defaultdict(list)
        for index, slot in enumerate(facts.slots):
            on[slot.date].append(index)
        self._on = on
        self._dates = sorted(on)

    @property
    def everywhere(self) -> frozenset[int]:
        """All slots."""
        return frozenset(range(len(self._slots)))

    def once(self, key: object, make: Callable[[], frozenset[int]]) -> frozenset[int]:
        """What is made of a key, when it is first asked for."""
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]

    def blocked(self, key: object, test: SlotTest) -> frozenset[int]:
        """Slots of which a test is true."""
        return self.once(key, lambda: frozenset(index for index, slot in enumerate(self._slots) if test(slot)))

    def on_dates(self, key: object, test: DateTest) -> frozenset[int]:
        """The same for what depends on the cutover's date only."""
        return self.once(
            key, lambda: frozenset(index for date in self._dates if test(date) for index in self._on[date])
        )

    def until(self, key: object, test: DateTest) -> frozenset[int]:
        """The same for what holds of the first dates up to some day: no later date has it again."""

        def made() -> frozenset[int]:
            number = bisect_left(self._dates, True, key=lambda date: not test(date))
            return frozenset(index for date in self._dates[:number] for index in self._on[date])

        return self.once(key, made)

    def touching(self, key: object, closures: Closures, lot: Lot) -> frozenset[int]:
        """Slots that meet closed times, in the lot's zone."""
        zone = self._facts.zone(lot)
        return self.once((key, zone), lambda: self._facts.calendar.tables.of(zone).meeting(closures))

    def over(self, lot: Lot, day: dt.date) -> frozenset[int]:
        """Slots after which the lot's hypercare ends later than a day."""
        key = ("over", day, lot.hypercare_hours, self._facts.zone(lot))
        return self.once(
            key,
            lambda: frozenset(index for index, days in enumerate(self._facts.hypercare(lot)) if days.last > day),
        )
