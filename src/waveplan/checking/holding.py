"""Who holds what a rule counts: the lots of waves, each with what counts of it and nothing else.

Rules that limit an amount give what these say with their finding; nothing of it is worked out again from a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from decimal import Decimal

from waveplan.checking.bundles import Bundle, held_against
from waveplan.checking.disks import sent_parts
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.domain.excess import Amount, Excess, Holder, excess, sharing
from waveplan.domain.parts import Limits


def in_waves(
    waves: Iterable[PlacedWave], name: str, part_of: Callable[[PlacedLot], Bundle | None] | None = None
) -> Iterator[Holder]:
    """What each lot holds of a limit by its name (`servers`, `effort.dba`); `part_of` gives what of a lot counts."""
    held: list[tuple[str, str, Mapping[Hashable, Amount]]] = []
    for wave in waves:
        for lot in wave.lots:
            part = part_of(lot) if part_of is not None else lot
            if part is not None:
                held.append((wave.id, lot.id, {("lots", lot.id): 1} if name == "lots" else _things(part, name)))
    return sharing(held)


def over_limits(wave: PlacedWave, limits: Limits) -> Iterator[tuple[str, Excess]]:
    """The limits of which a wave holds too much, by name."""
    for name, used, limit in held_against(wave, len(wave.lots), limits):
        if used > limit:
            yield name, excess(used, limit, in_waves([wave], name))


def _things(part: Bundle, name: str) -> Mapping[Hashable, Amount]:
    """The things that a limit counts, each with its amount: what several lots have in common is one thing."""
    if name.startswith("effort."):
        team = name.removeprefix("effort.")
        return {item.id: item.effort.get(team, Decimal(0)) for item in part.items}
    found: Mapping[str, Callable[[], Mapping[Hashable, Amount]]] = {
        "servers": lambda: dict.fromkeys(part.servers, 1),
        "applications": lambda: {item.id: 1 for item in part.items if item.kind == "application"},
        "sites": lambda: dict.fromkeys(part.counted_sites, 1),
        "users": lambda: _users(part),
        "data_tb": lambda: {thing: gb / 1000 for thing, gb in sent_parts(part.moving_servers).items()},
    }
    return found[name]()


def _users(part: Bundle) -> dict[Hashable, Amount]:
    sites = part.items[0].sites
    return {site: sites[site].total_users for item in part.items for site in item.counted_user_sites if site in sites}


def whole_waves(waves: Iterable[PlacedWave]) -> Iterator[Holder]:
    """Each wave as one."""
    for wave in waves:
        yield Holder(wave.id, tuple(wave.lot_names()), 1)
