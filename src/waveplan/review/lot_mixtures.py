"""Lots that mix what cannot be together.

Streams (WP203), tranches (WP211), pins (WP204), time zones (WP207), what is kept apart (WP209).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from waveplan.domain.calendar_rules import SITE_ZONE, Window
from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.lots.lot import Lot
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def lot_mixtures(context: ReviewContext) -> Iterator[Finding]:
    """Every lot of several items, and rules that keep items of one lot apart."""
    site_windows = [window for window in context.inventory.calendar.windows if window.timezone == SITE_ZONE]
    for lot in context.lots:
        yield from _streams(context, lot)
        yield from _tranches(context, lot)
        yield from _pins(context, lot)
        for window in site_windows:
            yield from _zones(context, lot, window)
        yield from _kept_apart(context, lot)
    yield from _apart_rules(context)


def _streams(context: ReviewContext, lot: Lot) -> Iterator[Finding]:
    template = "lot {lot} mixes streams: {streams}"
    hint = "loosen a tie of the chain ({chain}), or let one stream match both"
    yield from _mixed(context, lot, [(item.stream, item) for item in lot.items], "WP203", "streams", template, hint)


def _tranches(context: ReviewContext, lot: Lot) -> Iterator[Finding]:
    template = "lot {lot} mixes tranches: {tranches}"
    hint = "loosen a tie of the chain ({chain}), or let one tranche match both"
    known = [(item.tranche, item) for item in lot.items if item.tranche]
    yield from _mixed(context, lot, known, "WP211", "tranches", template, hint)


def _mixed(
    context: ReviewContext, lot: Lot, known: Sequence[tuple[str, Item]], code: str, key: str, template: str, hint: str
) -> Iterator[Finding]:
    """A finding where items of a lot are in several of what it must be in one of."""
    first: dict[str, Item] = {}
    for name, item in known:
        first.setdefault(name, item)
    if len(first) > 1:
        one, other = list(first.values())[:2]
        members = [f"{name} ({item.id})" for name, item in first.items()]
        values = {"lot": lot.id, key: listed(members), "chain": context.chain(one.id, other.id)}
        yield finding(code, template, values, other.path, (lot.id, one.id, other.id), hint)


def _pins(context: ReviewContext, lot: Lot) -> Iterator[Finding]:
    pins: dict[dt.date, tuple[Item, str, Path]] = {}
    for item in lot.items:
        if item.entry.slot:
            pins.setdefault(item.entry.slot, (item, item.id, item.where("slot")))
        for number, rule in context.rules_of.get(item.id, ()):
            if rule.slot:
                pins.setdefault(rule.slot, (item, f"rule {rule.id}", ("rules", number, "slot")))
    if len(pins) > 1:
        (one, _, _), (other, _, path) = list(pins.values())[:2]
        shown = [f"{day:%Y-%m-%d} ({source})" for day, (_, source, _) in pins.items()]
        values = {"lot": lot.id, "pins": listed(shown)}
        template = "lot {lot} is pinned to several days: {pins}"
        hint = "keep one of the pins"
        if one is not other:
            values |= {"chain": context.chain(one.id, other.id)}
            hint = "keep one of the pins, or loosen a tie of the chain ({chain})"
        yield finding("WP204", template, values, path, (lot.id, one.id, other.id), hint)


def _zones(context: ReviewContext, lot: Lot, window: Window) -> Iterator[Finding]:
    default = context.inventory.programme.timezone
    sites = [context.items.sites[site] for site in lot.counted_sites if site in context.items.sites]
    zones = sorted({site.timezone or default for site in sites})
    if len(zones) > 1 and all(_may_use(context, item, window) for item in lot.items):
        values = {"lot": lot.id, "zones": ", ".join(zones), "window": window.id}
        template = "lot {lot} has several time zones ({zones}) and may use window {window}, which follows each site's"
        hint = "keep it out of {window} (`windows` of one of its items), or give the window a time zone of its own"
        yield finding("WP207", template, values, lot.items[0].path, (lot.id, window.id), hint)


def _may_use(context: ReviewContext, item: Item, window: Window) -> bool:
    if window.match is not None and not window.match.matches(item):
        return False
    listings = [item.entry.windows, *(rule.windows for _, rule in context.rules_of.get(item.id, ()))]
    return all(names is None or window.id in names for names in listings)


def _kept_apart(context: ReviewContext, lot: Lot) -> Iterator[Finding]:
    for attribute in context.items.policies[lot.stream].keep_apart:
        holders: dict[str, Item] = {}
        for item in lot.items:
            for word in sorted(item.values(attribute)):
                holders.setdefault(word, item)
        if len(holders) > 1:
            one, other = list(holders.values())[:2]
            shown = [f"{word} ({item.id})" for word, item in holders.items()]
            values = {"lot": lot.id, "attribute": attribute, "words": listed(shown)}
            values |= {"chain": context.chain(one.id, other.id)}
            template = (
                "lot {lot} holds several values of {attribute}, which keep_apart never lets into one wave: {words}"
            )
            hint = "loosen a tie of the chain ({chain}), or take {attribute} from keep_apart"
            yield finding("WP209", template, values, other.path, (lot.id, one.id, other.id), hint)


def _apart_rules(context: ReviewContext) -> Iterator[Finding]:
    for number, rule in enumerate(context.inventory.rules):
        holders: dict[str, dict[int, list[Item]]] = defaultdict(dict)  # by lot: its items that each selector matches
        for place, selector in enumerate(rule.apart or ()):
            for item in context.matching.select(selector):
                lot = context.lot_of(item.id)
                if lot is not None:
                    holders[lot.id].setdefault(place, []).append(item)
        for lot_id, found in sorted(holders.items()):
            pair = _two_apart(list(found.values()))
            if pair is not None:
                one, other = pair
                values = {"rule": rule.id, "lot": lot_id, "one": one.id, "other": other.id}
                values |= {"chain": context.chain(one.id, other.id)}
                template = "rule {rule} keeps {one} and {other} apart, but lot {lot} holds both"
                hint = "loosen a tie of the chain ({chain}), or drop the rule"
                yield finding(
                    "WP209", template, values, ("rules", number, "apart"), (lot_id, one.id, other.id), hint, values
                )


def _two_apart(sides: list[list[Item]]) -> tuple[Item, Item] | None:
    """Two different items, each matched by another selector: none is kept apart from itself."""
    pairs = (pair for one, other in combinations(sides, 2) for pair in product(one, other))
    return next((pair for pair in pairs if pair[0] is not pair[1]), None)
