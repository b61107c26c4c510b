"""Lots of two plans side by side: the same items elsewhere, other items together, new ones, and those that are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from waveplan.domain.compliance import WaveRef
from waveplan.domain.differences import LotMove, PlacedItems, Regrouping
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_lots import PlanLot


class LotStanding:
    """A plan by its lots: where each stands."""

    def __init__(self, plan: Plan) -> None:
        self.lots = plan.lots_by_id()
        self._several = len({wave.stream for wave in plan.waves}) > 1
        self._wave_of = {lot: self.ref(wave) for wave in plan.waves for lot in wave.lots}

    def ref(self, wave: Wave) -> WaveRef:
        """A wave as it is shown."""
        return WaveRef(wave.id, wave.label(with_stream=self._several), wave.date)

    def of(self, lot: str) -> WaveRef | None:
        """The wave of a lot."""
        return self._wave_of.get(lot)

    def placed(self, lot: PlanLot) -> PlacedItems:
        """A lot with where it stands."""
        return PlacedItems(lot.id, tuple(lot.items), self.of(lot.id))


@dataclass(frozen=True, slots=True)
class ChangedLots:
    """`same_lots` leads from the first plan's id of a lot to the second plan's."""

    same_lots: Mapping[str, str]
    moved: tuple[LotMove, ...]
    new: tuple[PlacedItems, ...]
    gone: tuple[PlacedItems, ...]
    regrouped: tuple[Regrouping, ...]


def changed_lots(one: LotStanding, other: LotStanding) -> ChangedLots:
    """Lots are the same when they hold the same items, whatever they are called."""
    now = {frozenset(lot.items): lot.id for lot in other.lots.values()}
    same = {lot.id: now[key] for lot in one.lots.values() if (key := frozenset(lot.items)) in now}
    left = [lot for lot in one.lots.values() if lot.id not in same]
    came = [lot for lot in other.lots.values() if lot.id not in set(same.values())]
    regrouped = _regrouped([one.placed(lot) for lot in left], [other.placed(lot) for lot in came])
    held = {lot.lot for group in regrouped for lot in group.before}
    holds = {lot.lot for group in regrouped for lot in group.after}
    return ChangedLots(
        same,
        tuple(sorted(_moves(one, other, same), key=_moment)),
        tuple(other.placed(lot) for lot in sorted(came, key=lambda lot: lot.id) if lot.id not in holds),
        tuple(one.placed(lot) for lot in sorted(left, key=lambda lot: lot.id) if lot.id not in held),
        tuple(regrouped),
    )


def _moves(one: LotStanding, other: LotStanding, same: Mapping[str, str]) -> list[LotMove]:
    moves = [LotMove(now, one.of(was), other.of(now)) for was, now in same.items()]
    return [move for move in moves if _spot(move.before) != _spot(move.after)]


def _spot(wave: WaveRef | None) -> tuple[object, ...]:
    """Where a wave is: its number does not count."""
    return () if wave is None else (wave.id, wave.date)


def _moment(move: LotMove) -> tuple[object, ...]:
    wave = move.after or move.before
    return (0 if wave is None else wave.date.toordinal(), move.lot)


def _regrouped(before: list[PlacedItems], after: list[PlacedItems]) -> list[Regrouping]:
    """Lots that share items, through any number of lots."""
    holders: dict[str, list[tuple[int, PlacedItems]]] = defaultdict(list)
    for side, lots in enumerate((before, after)):
        for lot in lots:
            for item in lot.items:
                holders[item].append((side, lot))
    found, seen = [], set[tuple[int, str]]()
    for start in sorted(before, key=lambda lot: lot.lot):
        group, waiting = list[tuple[int, PlacedItems]](), [(0, start)]
        while waiting:
            side, lot = waiting.pop()
            if (side, lot.lot) not in seen:
                seen.add((side, lot.lot))
                group.append((side, lot))
                waiting += [each for item in lot.items for each in holders[item]]
        if len({side for side, _ in group}) == 2:
            found.append(Regrouping(_side(group, 0), _side(group, 1)))
    return found


def _side(group: list[tuple[int, PlacedItems]], wanted: int) -> tuple[PlacedItems, ...]:
    return tuple(sorted((lot for side, lot in group if side == wanted), key=lambda lot: lot.lot))
