"""From which rank on a lot may start, given where another one does: tables shared by all orders of a kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from waveplan.domain.problem import Position
from waveplan.planning.facts import Facts

Ranks = Mapping[int, int]  # position of the lot that goes first → rank


class EarliestTables:
    """Tables by position of the first lot's stream; lots that share all that a kind depends on share the table."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._tables: dict[tuple[object, ...], dict[int, int]] = {}

    def strictly_later(self, lot: int) -> Ranks:
        """A window that starts strictly later."""
        return self._shared(lot, ("later",), self._facts.rank_after)

    def after_gap(self, lot: int, days: int) -> Ranks:
        """A cutover date so many days later; without days the same start will do."""
        return self._shared(lot, ("gap", days), lambda place: self._gap(place, days))

    def after_hypercare(self, lot: int) -> Ranks:
        """A window that starts when hypercare is over, or later."""
        return self._shared(lot, ("hypercare", *self._care(lot)), lambda place: self._hypercare(lot, place))

    def from_last_day(self, lot: int, days: int = 0) -> Ranks:
        """A cutover date on the last hypercare day, or so many days after it."""
        return self._shared(lot, ("last day", days, *self._care(lot)), lambda place: self._last_day(lot, place, days))

    def next_step(self, lot: int, days: int) -> Ranks:
        """A strictly later window, after hypercare, and a cutover date so many days later."""

        def rank(place: Position) -> int:
            return max(self._facts.rank_after(place), self._gap(place, days), self._hypercare(lot, place))

        return self._shared(lot, ("step", days, *self._care(lot)), rank)

    def _gap(self, place: Position, days: int) -> int:
        return self._facts.rank_from(self._facts.date(place.day + days)) if days else place.rank

    def _hypercare(self, lot: int, place: Position) -> int:
        who, slot = self._facts.lots[lot], self._facts.slots[place.slot]
        return self._facts.rank_at(self._facts.calendar.hypercare_end(slot, who.hypercare_hours, self._facts.zone(who)))

    def _last_day(self, lot: int, place: Position, days: int) -> int:
        last = self._facts.hypercare_days(place.slot, self._facts.lots[lot]).last
        return self._facts.rank_from(last + dt.timedelta(days=days))

    def _care(self, lot: int) -> tuple[object, ...]:
        who = self._facts.lots[lot]
        return who.hypercare_hours, self._facts.zone(who)

    def _shared(self, lot: int, kind: tuple[object, ...], rank: Callable[[Position], int]) -> Ranks:
        stream = self._facts.stream_of(self._facts.lots[lot])
        key = (stream, *kind)
        if key not in self._tables:
            positions = (self._facts.position(stream, slot) for slot in range(len(self._facts.slots)))
            self._tables[key] = {position: rank(self._facts.positions[position]) for position in positions}
        return self._tables[key]
