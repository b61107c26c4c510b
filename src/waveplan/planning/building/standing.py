"""What is done and what is imminent: places that stay, and where the rest may go from now on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from waveplan.domain.standing import Standing
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import SlotObstacle

Positions = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class HeldLots:
    """Positions that each lot has left, those lots that are done with their positions, and what else keeps lots out."""

    allowed: Positions
    done: Mapping[int, int]
    obstacles: tuple[tuple[SlotObstacle, ...], ...]


def hold(facts: PlanningFacts, allowed: Positions, standing: Standing) -> HeldLots:
    """Lots that are done stay where they are; imminent ones too, where they still may; others move on from now."""
    keeper = _Keeper(facts, standing)
    done = {index: place for index, lot in enumerate(facts.lots) if (place := keeper.done(lot)) is not None}
    left: list[tuple[int, ...]] = []
    why: list[tuple[SlotObstacle, ...]] = []
    for index, (lot, free) in enumerate(zip(facts.lots, allowed, strict=True)):
        if index in done:
            left.append((done[index],))
            why.append(())
            continue
        locked = keeper.locked(lot)
        if locked is not None and locked in free and not keeper.is_over(lot, locked):
            left.append((locked,))
            why.append(())
            continue
        obstacles = keeper.obstacles(lot)
        blocked = frozenset[int]().union(*(obstacle.slots for obstacle in obstacles))
        left.append(tuple(p for p in free if facts.positions[p].slot not in blocked))
        why.append(obstacles)
    return HeldLots(tuple(left), done, tuple(why))


class _Keeper:
    """Where a lot is held, and which slots are no longer open to it."""

    def __init__(self, facts: PlanningFacts, standing: Standing) -> None:
        self._facts = facts
        self._standing = standing
        self._slots: dict[str, int] = {slot.id: index for index, slot in enumerate(facts.slots)}
        self._past = frozenset(index for index, slot in enumerate(facts.slots) if slot.date <= standing.as_of)
        self._closed = self._by_stream(standing.closed)
        self._over = self._taken()

    def _by_stream(self, waves: Iterable[str]) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for wave in waves:
            stream, _, slot = wave.rpartition("/")
            if slot in self._slots:
                found[stream or self._facts.streams[0]].add(self._slots[slot])
        return {stream: frozenset(slots) for stream, slots in found.items()}

    def _taken(self) -> Mapping[str, set[int]]:
        """By stream: slots in which a wave has cut over, into which nothing else comes."""
        found: dict[str, set[int]] = defaultdict(set)
        for lot in self._facts.lots:
            found[lot.stream].update(self._slots[each] for item in lot.items if (each := self._facts.done.get(item.id)))
        return found

    def is_over(self, lot: Lot, position: int) -> bool:
        """Whether a wave has cut over in a position of a lot's stream."""
        return self._facts.positions[position].slot in self._over.get(lot.stream, ())

    def done(self, lot: Lot) -> int | None:
        """The position in which a lot has cut over: all of it has, as ties do not join it with what has not."""
        return self._position(lot, self._facts.done)

    def locked(self, lot: Lot) -> int | None:
        """The position of an imminent lot."""
        return self._position(lot, self._standing.locked)

    def _position(self, lot: Lot, places: Mapping[str, str]) -> int | None:
        slots = {self._slots[places[item.id]] for item in lot.items if places.get(item.id) in self._slots}
        return self._facts.position(self._facts.stream_of(lot), max(slots)) if slots else None

    def obstacles(self, lot: Lot) -> tuple[SlotObstacle, ...]:
        """The past, refused waves, and slots whose gates and notices would already have had to be."""
        refused = self._by_stream({wave for item in lot.items for wave in self._standing.refused.get(item.id, ())})
        day = self._standing.as_of.isoformat()
        found = (
            SlotObstacle("WP308", self._past, "{of} not before {day}", {"of": lot.id, "day": day}),
            SlotObstacle("WP303", self._closed.get(lot.stream, frozenset()), "a no-go has closed the wave"),
            SlotObstacle("WP303", frozenset(self._over.get(lot.stream, ())), "the wave has cut over"),
            SlotObstacle("WP303", refused.get(lot.stream, frozenset()), "a no-go has closed the wave"),
            SlotObstacle(
                "WP333", self._unannounced(lot), "a gate or notice would have to be before {day}", {"day": day}
            ),
            *self._untold(lot),
        )
        return tuple(obstacle for obstacle in found if obstacle.slots)

    def _untold(self, lot: Lot) -> Iterator[SlotObstacle]:
        """Slots before which people would already have had to be told or taught something; not the lot's own."""
        facts, day = self._facts, self._standing.as_of
        ahead = self._ahead(lot)
        for held in facts.adoption.of(lot):
            if held.entry.is_before:
                slots = [n for n in ahead if facts.adoption.days(held, facts.slots[n].date).first < day]
                values = {"entry": held.entry.id, "day": day.isoformat()}
                yield SlotObstacle("WP358", frozenset(slots), "{entry} would have to be before {day}", values)

    def _ahead(self, lot: Lot) -> list[int]:
        """Slots that are still to come, but for the one that the lot has."""
        places = self._standing.planned
        own = {self._slots[places[item.id]] for item in lot.items if places.get(item.id) in self._slots}
        return [index for index in range(len(self._facts.slots)) if index not in self._past and index not in own]

    def _unannounced(self, lot: Lot) -> frozenset[int]:
        """Slots of which some gate lies in the past; not the one that the lot has, whose notices have been given."""
        gates = self._facts.policy(lot).gates

        def is_late(slot: dt.date) -> bool:
            dates = (self._facts.calendar.gate_date(gate, slot, lot.places) for gate in gates)
            return any(date < self._standing.as_of for date in dates)

        return frozenset(index for index in self._ahead(lot) if is_late(self._facts.slots[index].date))
