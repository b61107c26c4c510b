"""Writes an inventory that surely has a plan: `python benchmarks/planted_instances.py 24 6 web 1 > inventory.yaml`.

A plan is drawn first; limits, dates and orders are then chosen so that it keeps them. Every lot is one to three
applications that share a server; soft dependencies of weight 1 to 10 follow one of three shapes:

web      most ties stay within a domain
hub      a few lots are tied to very many
layered  consumers depend on the domain before theirs

The same numbers, shape and seed give the same text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

START = dt.date(2026, 1, 3)
LATE = dt.date(2026, 2, 7)  # before it, what is critical does not move
TEAMS = ("sysadmin", "dba", "network", "apps")
SHAPES = ("web", "hub", "layered")
TIES_A_LOT = 2.5
FULLNESS = 0.85  # of servers in the plan that is drawn


@dataclass
class Lot:
    """One lot as drawn; `wave` is where the drawn plan has it, from 0."""

    number: int
    domain: int
    applications: int
    disks: list[int]
    effort: dict[str, int]
    wave: int = 0
    lines: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"app-{self.number:04d}"

    def use(self) -> dict[str, int]:
        """What it takes of each limit of a wave."""
        return {"servers": len(self.disks), "data": sum(self.disks), **self.effort}


def planted_lots(lots: int, waves: int, shape: str, seed: int) -> list[Lot]:
    """So many lots, each with the wave that the drawn plan has it in."""
    chance = random.Random(f"{lots} {waves} {shape} {seed}")
    drawn = _lots(lots, waves, chance)
    _plan(drawn, waves, chance)
    _ties(drawn, shape, chance)
    _orders(drawn, chance)
    _dates(drawn, waves, chance)
    return drawn


def instance_lines(lots: int, waves: int, shape: str, seed: int) -> Iterator[str]:
    """The lines of an inventory of so many lots and weekly waves."""
    drawn = planted_lots(lots, waves, shape, seed)
    yield from _head(lots, waves, shape, seed)
    yield "servers:"
    for lot in drawn:
        for number, disk in enumerate(lot.disks):
            yield f"- {{id: {_server(lot, number)}, site: old, disk_gb: {disk}}}"
    yield "applications:"
    for lot in drawn:
        yield from _applications(lot)
    yield from _policy(drawn, waves)


def _lots(count: int, waves: int, chance: random.Random) -> list[Lot]:
    sizes = [max(1, round(chance.lognormvariate(1.1, 0.95))) for _ in range(count)]
    largest = max(2, round(sum(sizes) / waves / 3))
    domains = max(4, count // 25)
    drawn = []
    for number, size in enumerate(sizes):
        servers = min(size, largest)
        disk = min(2500, max(30, round(chance.lognormvariate(5.6, 0.9))))
        major, minor = chance.sample(TEAMS, 2)
        effort = {major: servers + 1, minor: 1 + servers // 3}
        drawn.append(Lot(number, chance.randrange(domains), chance.choice((1, 1, 1, 2, 3)), [disk] * servers, effort))
    return drawn


def _plan(drawn: list[Lot], waves: int, chance: random.Random) -> None:
    """Each lot in a random wave that has room, large ones first; without one, in the emptiest."""
    room = sum(len(lot.disks) for lot in drawn) / waves / FULLNESS
    held = [0] * waves
    for lot in sorted(chance.sample(drawn, len(drawn)), key=lambda lot: -len(lot.disks)):
        open_waves = [wave for wave in range(waves) if held[wave] + len(lot.disks) <= room]
        lot.wave = chance.choice(open_waves) if open_waves else min(range(waves), key=held.__getitem__)
        held[lot.wave] += len(lot.disks)


def _ties(drawn: list[Lot], shape: str, chance: random.Random) -> None:
    groups: dict[int, list[Lot]] = defaultdict(list)
    for lot in drawn:
        groups[lot.domain].append(lot)
    hubs = chance.sample(drawn, max(1, len(drawn) // 60 + 1))
    pairs: set[tuple[int, int]] = set()
    wanted = min(round(TIES_A_LOT * len(drawn)), len(drawn) * (len(drawn) - 1) // 4)
    while len(pairs) < wanted:
        consumer = chance.choice(drawn)
        provider = _provider(consumer, drawn, groups, hubs, shape, chance)
        pair = (min(consumer.number, provider.number), max(consumer.number, provider.number))
        if consumer is not provider and pair not in pairs:
            pairs.add(pair)
            consumer.needs.append(f"{{app: {provider.name}, weight: {chance.randint(1, 10)}}}")


def _provider(
    consumer: Lot, drawn: list[Lot], groups: dict[int, list[Lot]], hubs: list[Lot], shape: str, chance: random.Random
) -> Lot:
    draw = chance.random()
    if shape == "web":
        return chance.choice(groups[consumer.domain] if draw < 0.55 else drawn)
    if shape == "hub":
        return chance.choice(hubs if draw < 0.35 else groups[consumer.domain] if draw < 0.7 else drawn)
    return chance.choice((groups[consumer.domain - 1] if draw < 0.7 else drawn) or drawn)


def _orders(drawn: list[Lot], chance: random.Random) -> None:
    """Orders without weight that the drawn plan keeps; equal waves go by number, so that no circle can close."""
    for _ in range(len(drawn) // 10):
        first, second = sorted(chance.sample(drawn, 2), key=lambda lot: (lot.wave, lot.number))
        second.needs.append(f"{{app: {first.name}, weight: 0, order: provider_first}}")


def _dates(drawn: list[Lot], waves: int, chance: random.Random) -> None:
    length = max(2, waves // 6)
    for lot in drawn:
        draw = chance.random()
        if wave_date(lot.wave) >= LATE and draw < 0.15:
            lot.lines += ["  criticality: critical", f"  not_before: {LATE}"]
        elif draw > 0.88:
            ways = [wave for wave in range(waves - length + 1) if not wave <= lot.wave < wave + length]
            if ways:
                first = chance.choice(ways)
                last = first + length - 1
                days = f"from: {wave_date(first)}, to: {wave_date(last)}"
                lot.lines.append(f"  blackouts: [{{{days}, reason: busy season}}]")


def wave_date(wave: int) -> dt.date:
    """The cutover date of a drawn wave."""
    return START + dt.timedelta(weeks=wave + 1)


def _server(lot: Lot, number: int) -> str:
    return f"srv-{lot.number:04d}-{number:02d}"


def _applications(lot: Lot) -> Iterator[str]:
    yield f"- id: {lot.name}"
    yield f"  domain: domain-{lot.domain:02d}"
    yield f"  servers: [{', '.join(_server(lot, number) for number in range(len(lot.disks)))}]"
    yield f"  effort: {{{', '.join(f'{team}: {amount}' for team, amount in lot.effort.items())}}}"
    yield from lot.lines
    if lot.needs:
        yield f"  depends_on: [{', '.join(lot.needs)}]"
    for letter in "bc"[: lot.applications - 1]:
        yield f"- {{id: {lot.name}-{letter}, domain: domain-{lot.domain:02d}, servers: [{_server(lot, 0)}]}}"


def _head(lots: int, waves: int, shape: str, seed: int) -> Iterator[str]:
    deadline = START + dt.timedelta(days=7 * waves + 5)
    yield f"# {lots} lots, {waves} weekly waves, {shape}, seed {seed}, written by benchmarks/planted_instances.py"
    yield "waveplan: 1"
    yield f"programme: {{name: planted {shape} {lots} {waves} {seed}, start: {START}, deadline: {deadline}}}"
    yield "sites:"
    yield "- {id: old, roles: [source], target: new}"
    yield "- {id: new, roles: [target], type: hosting}"
    yield "teams:"
    for team in TEAMS:
        yield f"- {{id: {team}}}"


def _policy(drawn: list[Lot], waves: int) -> Iterator[str]:
    used: dict[str, list[int]] = defaultdict(lambda: [0] * waves)
    for lot in drawn:
        for name, amount in lot.use().items():
            used[name][lot.wave] += amount
    most = {name: max(amounts) for name, amounts in used.items()}
    effort = ", ".join(f"{team}: {most[team]}" for team in TEAMS if team in most)
    yield "calendar:"
    yield '  windows: [{id: weekend, days: [sat], from: "08:00", hours: 30}]'
    yield "  public_holidays: allow"
    yield "policy:"
    yield "  preparation_days: 7"
    yield "  gates: []"
    yield "  hypercare: {hours: 24}"
    yield "  cadence: [{min_gap_days: 7}]"
    yield f"  wave_limits: {{servers: {most['servers']}, data_tb: {most['data'] / 1000:.3f}, effort: {{{effort}}}}}"
    yield "objective: {goals: [{goal: coexistence}]}"


def main() -> None:
    """Print an inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lots", type=int)
    parser.add_argument("waves", type=int)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("seed", type=int)
    given = parser.parse_args()
    lines = instance_lines(given.lots, given.waves, given.shape, given.seed)
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
