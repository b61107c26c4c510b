"""Places: what targets hold, how fast links are, how long things may be down, where data may stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.parts import CAPACITY_KEYS
from waveplan.domain.rules import Rule
from waveplan.domain.scalars import MAX_AMOUNT
from waveplan.domain.sites import Link, Site
from waveplan.lots.lot import site_pair
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, earlier, once, raised
from waveplan.planning.diagnosis.families.dates import dated, works

_TENTH, _HUNDRED, _HALF = Decimal("0.1"), Decimal(100), Decimal("0.5")


def capacities(inventory: Inventory) -> Iterator[Fact]:
    """Each amount of each capacity entry, and the day of a first entry: before it there is nothing."""
    for number, site in enumerate(inventory.sites):
        for place, entry in enumerate(site.capacity):
            path: Path = ("sites", number, "capacity", place)
            for key in CAPACITY_KEYS:
                amount: Decimal | None = getattr(entry, key)
                if amount is not None:
                    yield _capacity((*path, key), amount, key, site, entry.first)
            if entry.first is not None and _is_first(site, place):
                yield _delivery(path, entry.first, site, inventory.programme.start)


def _capacity(path: Path, amount: Decimal, key: str, site: Site, first: dt.date | None) -> Fact:
    step = _TENTH if key == "disk_tb" else Decimal(1)
    values = {"key": key, "site": site.id, "from": first.isoformat() if first else ""}
    name = Phrase("{key} at {site} from {from}", values) if first else Phrase("{key} at {site}", values)
    said = Phrase("{what}: {now}", {"what": name, "now": amount})
    share = costs.CAPACITY_SHARE * _HUNDRED * step / max(amount, step)
    return Fact("capacity", path, said, (Edit(path, MAX_AMOUNT),), (raised(path, amount, name, share, step),), site.id)


def _is_first(site: Site, place: int) -> bool:
    """Whether no entry is earlier for some key that this one gives."""
    mine = site.capacity[place]
    day = mine.first or dt.date.min
    others = [each for number, each in enumerate(site.capacity) if number != place]
    keys = [key for key in CAPACITY_KEYS if getattr(mine, key) is not None]
    return any(
        all((each.first or dt.date.min) > day for each in others if getattr(each, key) is not None) for key in keys
    )


def _delivery(path: Path, first: dt.date, site: Site, start: dt.date) -> Fact:
    name = Phrase("the first capacity at {site}", {"site": site.id})
    said = Phrase("{what} on {day}", {"what": name, "day": first.isoformat()})
    field: Path = (*path, "from")
    dial = earlier(field, first, name, costs.MILESTONE_DAY, max((first - start).days, 1))
    return Fact("delivery", field, said, (Edit(field, min(start, first)),), (dial,), site.id)


def links(inventory: Inventory) -> Iterator[Fact]:
    """The speed between two sites: parallel links count as one, and the first of them would be faster."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for number, link in enumerate(inventory.links):
        pairs.setdefault(site_pair(*link.between), []).append(number)
    for (one, other), numbers in pairs.items():
        name = Phrase("the Gbit/s between {one} and {far}", {"one": one, "far": other})
        relaxed = tuple(_unlimited(inventory, number) for number in numbers)
        for path, gbps in _speeds(inventory.links[numbers[0]], ("links", numbers[0], "gbps")):
            said = Phrase("{what}: {now}", {"what": name, "now": gbps})
            step = _TENTH if gbps < 10 else Decimal(1)
            dial = raised(path, gbps, name, costs.LINK_SHARE * _HUNDRED * step / gbps, step)
            yield Fact("link", path, said, relaxed, (dial,), one)


def _speeds(link: Link, path: Path) -> list[tuple[Path, Decimal]]:
    """Every speed that a link gives for windows, and where: one, or one for each of its hours."""
    if not isinstance(link.gbps, list):
        return [(path, link.gbps)]
    return [((*path, place, "gbps"), entry.gbps) for place, entry in enumerate(link.gbps)]


def _unlimited(inventory: Inventory, number: int) -> Edit:
    """A link that limits nothing in windows; what it says of replication stands."""
    link = inventory.links[number]
    told = link.background_gbps is not None or link.background
    return Edit(("links", number, "gbps"), MAX_AMOUNT) if told else Edit(("links", number), GONE)


def replication(inventory: Inventory) -> Iterator[Fact]:
    """What each link carries in the background: every speed that is given may be higher."""
    for number, link in enumerate(inventory.links):
        given: list[tuple[Path, Decimal]] = []
        if link.background_gbps is not None:
            given.append((("links", number, "background_gbps"), link.background_gbps))
        for place, entry in enumerate(link.background):
            if entry.gbps is not None:
                given.append((("links", number, "background", place, "gbps"), entry.gbps))
        relaxed = (Edit(("links", number, "background_gbps"), None), Edit(("links", number, "background"), []))
        for path, gbps in given:
            values = {"one": link.between[0], "far": link.between[1]}
            name = Phrase("the Gbit/s for replication between {one} and {far}", values)
            said = Phrase("{what}: {now}", {"what": name, "now": gbps})
            step = _TENTH if gbps < 10 else Decimal(1)
            dial = raised(path, gbps, name, costs.LINK_SHARE * _HUNDRED * step / gbps, step)
            yield Fact("replication", path, said, relaxed, (dial,), link.between[0])


def downtimes(inventory: Inventory) -> Iterator[Fact]:
    """How long applications may be down."""
    for path, name, entry in dated(inventory):
        most = None if isinstance(entry, Rule) else entry.max_downtime_hours
        if most is not None:
            field: Path = (*path, "max_downtime_hours")
            what = Phrase("the downtime in hours that {of} may have", {"of": name})
            said = Phrase("{what}: {now}", {"what": what, "now": most})
            dial = raised(field, most, what, costs.DOWNTIME_HOUR * _HALF, _HALF)
            yield Fact("downtime", field, said, (Edit(field, None),), (dial,), name)


def residency(inventory: Inventory, targets: Mapping[str, tuple[str, ...]]) -> Iterator[Fact]:
    """Where data may stand. `targets` are the countries, by entry, in which it would stand."""
    for path, work in works(inventory):
        allowed = work.allowed_countries
        if allowed is None:
            continue
        field: Path = (*path, "allowed_countries")
        said = Phrase("{of} only in {countries}", {"of": work.id, "countries": ", ".join(allowed) or "-"})
        missing = [country for country in targets.get(work.id, ()) if country not in allowed]
        dials: tuple[Dial, ...] = ()
        if missing:
            values = {"of": work.id, "countries": ", ".join(missing)}
            edit = (Edit(field, [*allowed, *missing]),)
            dials = (once(edit, Phrase("{of} also allowed in {countries}", values), costs.COUNTRY * len(missing)),)
        yield Fact("residency", field, said, (Edit(field, None),), dials, work.id)
