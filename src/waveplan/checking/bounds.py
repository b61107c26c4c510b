"""Dates that items and rules set for their cutover, against the dates of their waves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from waveplan.checking.facts import Facts
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding

Bound = Literal["not_before", "not_after", "slot"]


@dataclass(frozen=True, slots=True)
class DateBreach:
    """Items of one wave on the wrong side of a date that they set themselves, or that a rule sets for them."""

    wave: PlacedWave
    source: str  # the rule or tranche, or nothing when it is the item's own date
    day: dt.date
    items: tuple[str, ...]


def breaches(facts: Facts, bound: Bound, wrong: Callable[[dt.date, dt.date], bool]) -> Iterator[DateBreach]:
    """Breaches of one kind of date; `wrong(cutover date, given day)` says what is one. A rule's come per wave."""
    for name, wave in facts.wave_of.items():
        day: dt.date | None = getattr(facts.items[name].entry, bound)
        if day is not None and wrong(wave.date, day):
            yield DateBreach(wave, "", day, (name,))
    for rule in facts.inventory.rules:
        day = getattr(rule, bound)
        if day is None:
            continue
        found: dict[str, list[str]] = {}
        for item in facts.items.select(rule.match):
            if item.id in facts.wave_of and wrong(facts.wave_of[item.id].date, day):
                found.setdefault(facts.wave_of[item.id].id, []).append(item.id)
        for items in found.values():
            yield DateBreach(facts.wave_of[items[0]], rule.id, day, tuple(items))


def breach_finding(facts: Facts, breach: DateBreach, own: str, by_rule: str, hint: str) -> Finding:
    """The finding of a breach, by the sentence for an item's own date or the one for a rule's."""
    lot = facts.lot_of[breach.items[0]]
    single = len(breach.items) == 1
    return violation(
        by_rule if breach.source else own,
        {
            "wave": breach.wave.name,
            "date": breach.wave.date.isoformat(),
            "items": names(breach.items),
            "day": breach.day.isoformat(),
            "rule": breach.source,
        },
        subjects=(breach.wave.id, *((lot.id,) if single else ()), *breach.items),
        path=lot.path if single else breach.wave.path,
        hint=hint,
    )
