"""Tranches and pilots: groups of lots that others wait for, and waves of one tranche."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from waveplan.domain.commitments import Pilot
from waveplan.domain.items import Item
from waveplan.engine.problem.limits import UnionLimit
from waveplan.engine.problem.orders import GroupOrder
from waveplan.planning.building.levels import LevelTables
from waveplan.planning.facts.facts import PlanningFacts


class StageBuilder:
    """Builds what the programme's stages ask of groups of lots."""

    def __init__(self, facts: PlanningFacts, tables: LevelTables) -> None:
        self._facts = facts
        self._tables = tables
        self._planned = facts.items.planned
        self._tranches = {tranche.id: tranche for tranche in facts.inventory.tranches}
        self._lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}

    def groups(self) -> Iterator[GroupOrder]:
        """Every order between groups that has lots on both sides, each once."""
        seen: set[tuple[object, ...]] = set()
        for order in (*self._after_tranches(), *self._after_pilots()):
            key = (order.code, tuple(order.firsts), tuple(order.seconds), tuple(map(id, order.firsts.values())))
            if order.firsts and order.seconds and key not in seen:
                seen.add(key)
                yield order

    def one_tranche(self) -> Iterator[UnionLimit]:
        """WP343: by stream, one tranche a wave; lots of no tranche may be in any."""
        for stream in range(len(self._facts.streams)):
            named = {
                index: lot.tranche
                for index, lot in enumerate(self._facts.lots)
                if lot.tranche and self._facts.stream_of(lot) == stream
            }
            number = {name: place for place, name in enumerate(sorted(set(named.values())))}
            if len(number) > 1:
                elements = {index: (number[name],) for index, name in named.items()}
                yield UnionLimit("WP343", "tranche", stream, None, elements, (1,) * len(number), 1)

    # --- tranches --------------------------------------------------------------------------------------------------

    def _after_tranches(self) -> Iterator[GroupOrder]:
        """WP344: who waits for the last hypercare day of a tranche's lots."""
        for tranche in self._facts.inventory.tranches:
            members = [item for item in self._planned if item.tranche == tranche.id]
            for name in tranche.after:
                yield self._after(name, self._in(name), members)
        for service in self._facts.inventory.services:
            own = [item for item in self._planned if item.kind == "service" and item.entry.id == service.id]
            for name in sorted({name for item in own for name in item.entry.after}):
                waiting = [item for item in own if name in item.entry.after]
                yield self._after(name, [item for item in own if item.tranche == name], waiting)
        for name in self._tranches:
            waiting = [item for item in self._planned if item.kind == "application" and name in item.entry.after]
            yield self._after(name, self._in(name), waiting)

    def _in(self, tranche: str) -> list[Item]:
        return [item for item in self._planned if item.tranche == tranche]

    def _after(self, tranche: str, firsts: Iterable[Item], waiting: Iterable[Item]) -> GroupOrder:
        """Nothing in a tranche waits for the tranche itself."""
        others = [item for item in waiting if item.tranche != tranche]
        known = tranche in self._tranches
        lots = self._lots(firsts) if known else ()
        return GroupOrder(
            "WP344",
            f"after {tranche}",
            {lot: self._tables.last_days(lot) for lot in lots},
            dict.fromkeys(self._lots(others) if known else (), self._tables.days),
        )

    # --- pilots ----------------------------------------------------------------------------------------------------

    def _after_pilots(self) -> Iterator[GroupOrder]:
        """WP346: what is piloted cuts over after the day of the exit gate."""
        for pilot in self._facts.inventory.pilots:
            items = [item for item in self._facts.items.select(pilot.items) if item.planned]
            days = pilot.soak_days + 1
            firsts = {lot: self._tables.last_days(lot, days) for lot in self._lots(items)}
            seconds = dict.fromkeys(self._lots(self._piloted(pilot, items)), self._tables.days)
            yield GroupOrder("WP346", f"pilot {pilot.id}", firsts, seconds)

    def _piloted(self, pilot: Pilot, items: list[Item]) -> list[Item]:
        own = {item.id for item in items}
        streams = {item.stream for item in items}
        others = (item for item in self._planned if item.id not in own)
        if pilot.piloted is None:
            return [item for item in others if item.stream in streams]
        return [item for item in others if pilot.piloted.matches(item)]

    def _lots(self, items: Iterable[Item]) -> tuple[int, ...]:
        return tuple(sorted({self._lot_of[item.id] for item in items}))
