"""WP315: environments of one family move in the order that the policy gives."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item


@hard_rule("WP315", "order", same=("first",))
def check_environment_order(facts: Facts) -> Iterator[Finding]:
    """One finding for each item that does not start strictly after every earlier environment of its family."""
    families: dict[str, list[Item]] = defaultdict(list)
    for item in facts.items.planned:
        if item.family and item.id in facts.wave_of:
            families[item.family].append(item)
    for family, members in families.items():
        latest = _latest(facts, members)
        for item in members:
            order = list(facts.items.policy_of(item).environment_order)
            if item.environment not in order:
                continue
            wave = str(facts.wave_of[item.id].id)
            ahead = [
                latest.get((each, place)) for each in order[: order.index(item.environment)] for place in ("", wave)
            ]
            late = [each for each in ahead if each is not None and not facts.starts_later(item.id, each.id)]
            if late:
                yield _finding(facts, family, item, max(late, key=lambda each: _when(facts, each)))


def _latest(facts: Facts, members: Iterable[Item]) -> Mapping[tuple[str, str], Item]:
    """By environment, and by environment and wave: the item that starts last. If it is not late, none of them is."""
    found: dict[tuple[str, str], Item] = {}
    for item in members:
        for place in ("", str(facts.wave_of[item.id].id)):
            key = (item.environment or "", place)
            found[key] = max(item, found.get(key, item), key=lambda each: _when(facts, each))
    return found


def _when(facts: Facts, item: Item) -> tuple[dt.datetime, str]:
    return facts.window_start(item.id), item.id


def _finding(facts: Facts, family: str, item: Item, last: Item) -> Finding:
    wave = facts.wave_of[item.id]
    return violation(
        "{item} ({environment}) in {wave} must be strictly after {first} ({earlier}) in {first_wave}: family {family}",
        {
            "item": item.id,
            "environment": item.environment,
            "wave": wave.name,
            "first": last.id,
            "earlier": last.environment,
            "first_wave": facts.wave_of[last.id].name,
            "family": family,
        },
        subjects=(wave.id, facts.lot_of[item.id].id, item.id, last.id),
        path=facts.lot_of[item.id].path,
        hint="move {item} to a later wave than {first}",
    )
