"""WP330: what has moved to a site by a day, and is still there, fits what the site has by then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from waveplan.checking.disks import Thing, held_parts
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import amounts, violation
from waveplan.domain.excess import Excess, Holder, excess
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item, Move
from waveplan.domain.parts import CAPACITY_KEYS
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site

_ZERO = Decimal(0)


@dataclass(slots=True)
class _Change:
    """What one wave brings to a site, and what it takes from there that an earlier step had brought."""

    wave: PlacedWave
    arriving: list[tuple[PlacedLot, Server]] = field(default_factory=list)
    leaving: list[tuple[PlacedLot, Server]] = field(default_factory=list)

    def net(self, key: str) -> Decimal:
        """By how much it changes what the site holds."""
        return size_of(_servers(self.arriving), key) - size_of(_servers(self.leaving), key)


@hard_rule("WP330", "room")
def check_target_capacity(facts: Facts) -> Iterator[Finding]:
    """One finding for each site and measure, on the first day on which more has arrived, and stayed, than fits."""
    changes = _changes(facts)
    for site in facts.inventory.sites:
        for key in CAPACITY_KEYS:
            steps = _capacity(site, key)
            if steps and site.id in changes:
                yield from _over(facts, site, key, steps, changes[site.id])


def _changes(facts: Facts) -> dict[str, list[_Change]]:
    """Arrivals and departures of each site wave by wave, in order of the cutover dates on which they count."""
    brought = _brought(facts)
    found: dict[str, list[_Change]] = defaultdict(list)
    for wave in sorted(facts.waves, key=lambda each: each.date):
        by_site: dict[str, _Change] = {}
        for lot, number, move in _moves(wave):
            if move.target is not None:
                by_site.setdefault(move.target, _Change(wave)).arriving.append((lot, move.server))
            if any(step < number and target == move.origin for step, target in brought[move.server.id]):
                by_site.setdefault(move.origin, _Change(wave)).leaving.append((lot, move.server))
        for site in sorted(by_site):
            found[site].append(by_site[site])
    return found


def _brought(facts: Facts) -> dict[str, set[tuple[int, str]]]:
    """Where each server is brought, by the number of the step."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for item in facts.items.planned:
        for move in item.moves:
            if move.target is not None:
                found[move.server.id].add((_number(item), move.target))
    return found


def _number(item: Item) -> int:
    return item.step.number if item.step else 0


def _moves(wave: PlacedWave) -> list[tuple[PlacedLot, int, Move]]:
    """Moves of a wave with the numbers of their steps; each server once a step, whatever number of items it hosts."""
    found = {
        (move.server.id, _number(item)): (lot, _number(item), move)
        for lot in wave.lots
        for item in lot.items
        for move in item.moves
    }
    return [found[key] for key in sorted(found)]


def _servers(moved: list[tuple[PlacedLot, Server]]) -> list[Server]:
    return [server for _, server in moved]


def _capacity(site: Site, key: str) -> list[tuple[dt.date, Decimal]]:
    """What a site has of one measure from which day on; nothing when it is never given: no limit then."""
    given = [(entry.first or dt.date.min, getattr(entry, key)) for entry in site.capacity]
    steps = [(day, amount) for day, amount in given if amount is not None]
    return [(dt.date.min, _ZERO), *sorted(steps, key=lambda step: step[0])] if steps else []


def _over(
    facts: Facts, site: Site, key: str, steps: list[tuple[dt.date, Decimal]], changes: list[_Change]
) -> Iterator[Finding]:
    """The first day on which more is there than fits; what is done is told apart from what comes on top of it."""
    told: set[bool] = set()
    nets = [(change, change.net(key)) for change in changes]
    given = [(change, net) for change, net in nets if change.wave.id in facts.over]
    for day in sorted({each.wave.date for each in changes} | {day for day, _ in steps if day > changes[0].wave.date}):
        limit = [amount for since, amount in steps if since <= day][-1]
        used = _held(nets, day)
        if used <= limit:
            continue
        done = used <= _held(given, day)
        if done not in told:
            told.add(done)
            there = given if done else nets
            over = excess(used, limit, _holders([change for change, _ in there if change.wave.date <= day], key))
            yield _finding(site, key, day, over, _last_to_arrive(there, day))
        if not done:
            return


def _holders(changes: list[_Change], key: str) -> Iterator[Holder]:
    """What each lot has brought and what of that is still there; what leaves is taken from who had brought it."""
    brought: dict[Thing, tuple[str, str]] = {}
    there: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for change in changes:
        for lots, sign in ((change.leaving, -1), (change.arriving, 1)):
            own = {("server", server.id): (change.wave.id, lot.id) for lot, server in lots}
            own |= {("disk", disk.id): (change.wave.id, lot.id) for lot, server in lots for disk in server.shared_disks}
            for thing, size in size_parts(_servers(lots), key):
                who = own[thing] if sign > 0 else brought.get(thing, own[thing])
                brought[thing] = who
                there[who] += sign * size
    for (wave, lot_id), size in there.items():
        yield Holder(wave, (lot_id,), size)


def _held(nets: list[tuple[_Change, Decimal]], day: dt.date) -> Decimal:
    return sum((net for change, net in nets if change.wave.date <= day), _ZERO)


def _last_to_arrive(nets: list[tuple[_Change, Decimal]], day: dt.date) -> PlacedWave:
    come = [change for change, _ in nets if change.wave.date <= day]
    return next((change.wave for change in reversed(come) if change.arriving), come[-1].wave)


def _finding(site: Site, key: str, day: dt.date, over: Excess, wave: PlacedWave) -> Finding:
    return violation(
        "{site} on {day}: {used} of {limit} {key}; last to arrive: {wave}",
        {"site": site.id, "day": day.isoformat(), **amounts(over), "key": key, "wave": wave.name},
        subjects=(site.id, key, wave.id),
        path=wave.path,
        hint="move lots for {site} after its next delivery of {key}, or to another target",
        excess=over,
    )


def size_of(servers: Iterable[Server], key: str) -> Decimal:
    """The size of servers that come or go together in the site's measure; a missing one counts 0."""
    return sum((size for _, size in size_parts(servers, key)), _ZERO)


def size_parts(servers: Iterable[Server], key: str) -> Iterator[tuple[Thing, Decimal]]:
    """The same part by part: each server by itself and, of disks, each that is shared."""
    if key == "disk_tb":
        yield from ((thing, gb / 1000) for thing, gb in held_parts(servers))
    else:
        yield from ((("server", server.id), getattr(server, key) or _ZERO) for server in servers)
