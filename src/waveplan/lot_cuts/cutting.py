"""Cutting until every part fits, from above and from below, and taking back every cut that was not needed after all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.findings import Path
from waveplan.domain.identifiers import LotId
from waveplan.domain.items import Item, Items
from waveplan.domain.plan_lots import Tie
from waveplan.lot_cuts.flow import MOST_EFFORT, Part, connected_parts, effort_of, two_parts
from waveplan.lot_cuts.limits import LotLimitsOf, OverLimit
from waveplan.lot_cuts.ties import Cuttable, cuttable
from waveplan.lots import Lots, lot_id
from waveplan.lots.lot import Lot

_FEW = 60  # ties
Fits = Callable[[Part], bool]
Worth = Callable[[int, Part, Part], tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A tie to relax. `weight` is the coexistence of a day apart once it is soft; `paths` lead to what to change."""

    tie: Tie
    cost: int
    weight: Decimal
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class LotCuts:
    """A lot that is too large: by how much, which ties to relax, and the lots that it then becomes.

    `too_large` are items that alone are over a limit, which no cut mends. Not `complete`: the lot is so large that not
    every part was cut by minimum cuts; some were only put together tie by tie.
    """

    lot: Lot
    over: tuple[OverLimit, ...]
    cuts: tuple[Cut, ...]
    parts: tuple[Lot, ...]
    too_large: tuple[str, ...]
    complete: bool = True

    @property
    def cost(self) -> int:
        """Of all cuts together."""
        return sum(cut.cost for cut in self.cuts)


def suggest_cuts(lots: Lots) -> list[LotCuts]:
    """For each lot that is over its own limits, or over those of every wave: the cheapest cuts that are found."""
    limits = LotLimitsOf(lots.items)
    found = [(lot, limits.excesses(lot)) for lot in lots]
    return [_of_lot(lot, tuple(over), lots.items, limits) for lot, over in found if over]


def _of_lot(lot: Lot, over: tuple[OverLimit, ...], items: Items, limits: LotLimitsOf) -> LotCuts:
    ties = cuttable(lot, items)
    whole = frozenset(str(item.id) for item in lot.items)
    members = {str(item.id): item for item in lot.items}
    known: dict[Part, bool] = {}

    def fits(part: Part) -> bool:
        if part not in known:
            known[part] = len(part) == 1 or not limits.excesses(_sized(part, members))
        return known[part]

    parted = [_cut(whole, ties, fits, worth) for worth in (_cheapest, _cheapest_for_its_size)]
    chosen = min([*(cut for cut, _ in parted), *_joinings(whole, ties, fits)], key=_cost)
    parts = connected_parts(whole, _less(ties, chosen))
    alone = [min(part) for part in parts if len(part) == 1 and limits.excesses(_part(part, lot))]
    return LotCuts(
        lot,
        over,
        tuple(Cut(each.tie, each.cost, each.weight, each.paths) for each in chosen),
        tuple(_part(part, lot) for part in parts),
        tuple(alone),
        complete=all(complete for _, complete in parted),
    )


def _less(ties: Sequence[Cuttable], cut: Sequence[Cuttable]) -> list[Cuttable]:
    gone = {id(each) for each in cut}
    return [tie for tie in ties if id(tie) not in gone]


def _part(part: Part, lot: Lot) -> Lot:
    """A part of a lot as the lot that it would be; a server that parts share counts in each of them."""
    ties = tuple(tie for tie in lot.ties if part.issuperset(tie.of))
    return Lot(lot_id(part), tuple(item for item in lot.items if item.id in part), ties)


def _sized(part: Part, members: Mapping[str, Item]) -> Lot:
    """A part with what its size depends on: its ties do not matter there."""
    return Lot(LotId(""), tuple(members[item] for item in sorted(part)), ())


def _cost(ties: Sequence[Cuttable]) -> int:
    return sum(tie.cost for tie in ties)


def _cheapest(cost: int, one: Part, other: Part) -> tuple[object, ...]:
    return (cost, max(len(one), len(other)), sorted(one))


def _cheapest_for_its_size(cost: int, one: Part, other: Part) -> tuple[object, ...]:
    return (cost / min(len(one), len(other)), cost, sorted(one))


def _cut(whole: Part, ties: Sequence[Cuttable], fits: Fits, worth: Worth) -> tuple[list[Cuttable], bool]:
    """Ties without which every part fits, by parting again and again what does not fit, the largest first.

    What is left when that has taken long enough is taken apart into single items; whether it came to that is told too.
    It depends on the lot alone, so that the same lot is always cut alike.
    """
    waiting, done, effort = [whole], [], 0
    while waiting:
        part = max(waiting, key=lambda each: (len(each), sorted(each)))
        waiting.remove(part)
        if fits(part):
            done.append(part)
            continue
        inner = [tie for tie in ties if not part.isdisjoint(tie.tie.of)]
        effort += effort_of(part, inner)
        if effort > MOST_EFFORT:
            done += [frozenset((item,)) for item in sorted(part)]
            continue
        _, one, other = min(two_parts(part, inner), key=lambda found: worth(*found))
        waiting += [one, other]
    return _joined(done, ties, fits, _dearest_first(ties)), effort <= MOST_EFFORT


def _joinings(whole: Part, ties: Sequence[Cuttable], fits: Fits) -> Iterator[list[Cuttable]]:
    """The other way round: single items, joined by the dearest ties; in small lots also by each tie first."""
    alone, dearest = [frozenset((item,)) for item in sorted(whole)], _dearest_first(ties)
    yield _joined(alone, ties, fits, dearest)
    for tie in ties if len(ties) <= _FEW else ():
        yield _joined(alone, ties, fits, [tie, *dearest])


def _dearest_first(ties: Sequence[Cuttable]) -> list[Cuttable]:
    return sorted(ties, key=lambda each: -each.cost)  # stable: those of one cost keep their order


def _joined(parts: list[Part], ties: Sequence[Cuttable], fits: Fits, order: Sequence[Cuttable]) -> list[Cuttable]:
    """Parts are joined by one tie after the other as long as what they make fits; the ties that stay cut."""
    home = {item: part for part in parts for item in part}
    for tie in order:
        touched = {home[item] for item in tie.tie.of}
        whole = frozenset[str]().union(*touched)
        if len(touched) > 1 and fits(whole):
            home.update(dict.fromkeys(whole, whole))
    return [tie for tie in ties if len({home[item] for item in tie.tie.of}) > 1]
