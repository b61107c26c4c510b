"""What of some items a limit counts: those that a selector matches, those that have one value of an attribute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from waveplan.checking.bundles import Bundle, held_against
from waveplan.checking.holding import in_waves
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.placement import Placement
from waveplan.domain.excess import Excess, excess
from waveplan.domain.items import Item, Move
from waveplan.domain.parts import Limits, WeekCounts
from waveplan.domain.selectors import Selector
from waveplan.domain.servers import Server


class FactsPart(Bundle):
    """Items that a limit counts, and of their servers those with which alone their item would still be counted."""

    def __init__(self, items: Iterable[Item], selector: Selector | None, by: str | None, value: str) -> None:
        super().__init__(items)
        self._selector = selector if selector is not None and selector.names_servers else None
        self._by = by
        self.value = value

    @cached_property
    def servers(self) -> Mapping[str, Server]:
        """Servers that count, in order of id."""
        found = {each.id: each for item in self.items for each in item.servers if self._has(item, each)}
        return dict(sorted(found.items()))

    def _has(self, item: Item, server: Server) -> bool:
        if self._selector is None and self._by is None:
            return True
        alone = _with_only(item, server)
        matched = self._selector is None or self._selector.matches(alone)
        return matched and (self._by is None or self.value in alone.values(self._by))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What of these servers moves."""
        every = Bundle(self.items).moves
        return tuple(move for move in every if move.server.id in self.servers)


def _with_only(item: Item, server: Server) -> Item:
    moves = tuple(move for move in item.moves if move.server is server)
    return replace(item, servers=(server,), stands={server.id: item.stands[server.id]}, moves=moves)


def parts_of(items: Iterable[Item], selector: Selector | None, by: str | None) -> Iterator[FactsPart]:
    """All of the items that a selector matches; with `by`, one part for each value of that attribute."""
    yield from _parts([item for item in items if selector is None or selector.matches(item)], selector, by)


def _parts(matched: Sequence[Item], selector: Selector | None, by: str | None) -> Iterator[FactsPart]:
    if by is None:
        if matched:
            yield FactsPart(matched, selector, None, "")
        return
    having: dict[str, list[Item]] = defaultdict(list)
    for item in matched:
        for value in item.values(by):
            having[value].append(item)
    for value in sorted(having):
        yield FactsPart(having[value], selector, by, value)


def over_parts(
    facts: Placement,
    waves: Sequence[PlacedWave],
    limits: Limits | WeekCounts,
    selector: Selector | None,
    by: str | None,
) -> Iterator[tuple[str, str, Excess]]:
    """The limits of which what a selector matches in some waves holds too much: value of `by`, name, how much."""
    for part in _parts(matched_in(facts, waves, selector), selector, by):
        lots = len({facts.lot_of[item.id].items[0].id for item in part.items})
        of_lot = partial(part_of, selector=selector, by=by, value=part.value)
        for name, used, limit in held_against(part, lots, limits):
            if used > limit:
                yield part.value, name, excess(used, limit, in_waves(waves, name, of_lot))


def matched_in(facts: Placement, waves: Sequence[PlacedWave], selector: Selector | None) -> list[Item]:
    """What a selector matches of what some waves hold: asked of the whole inventory at once, it touches no other."""
    if selector is None:
        return [item for wave in waves for item in wave.items]
    names = {wave.id for wave in waves}
    placed = (item for item in facts.items.select(selector) if item.id in facts.wave_of)
    return [item for item in placed if facts.wave_of[item.id].id in names]


def waves_with(facts: Placement, selector: Selector | None) -> list[PlacedWave]:
    """Waves that hold something that a selector matches, in their order; all without one."""
    if selector is None:
        return list(facts.waves)
    held = {facts.wave_of[item.id].id for item in facts.items.select(selector) if item.id in facts.wave_of}
    return [wave for wave in facts.waves if wave.id in held] if held else []


def part_of(lot: PlacedLot, selector: Selector | None, by: str | None, value: str) -> FactsPart | None:
    """What of one lot counts for one value; None when nothing does."""
    return next((part for part in parts_of(lot.items, selector, by) if part.value == value), None)
