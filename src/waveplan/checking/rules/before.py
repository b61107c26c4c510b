"""WP314: what a rule puts before something else stands in a strictly earlier wave."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding
from waveplan.domain.policy import Rule

CODE = "WP314"


def check_before(facts: Facts) -> Iterator[Finding]:
    """A rule's selectors are a chain; those that match nothing planned are passed over."""
    for rule in facts.inventory.rules:
        if rule.before is None:
            continue
        links = [[item.id for item in facts.items.select(part) if item.id in facts.wave_of] for part in rule.before]
        for earlier, later in pairwise([link for link in links if link]):
            yield from _late(facts, rule, list(earlier), list(later))


def _late(facts: Facts, rule: Rule, earlier: list[str], later: list[str]) -> Iterator[Finding]:
    """One finding for each wave of later items that does not start after all earlier ones have."""
    by_start = sorted(earlier, key=lambda item: (facts.window_start(item), item))
    broken: dict[str, tuple[str, list[str]]] = {}
    for item in later:
        last = _last_not_before(facts, by_start, item)
        if last is not None:
            broken.setdefault(facts.wave_of[item].id, (last, []))[1].append(item)
    for last, items in broken.values():
        wave = facts.wave_of[items[0]]
        yield finding(
            CODE,
            "{wave} holds {items}, but {first} in {first_wave} must be in a strictly earlier wave (rule {rule})",
            {
                "wave": wave.name,
                "items": names(items),
                "first": last,
                "first_wave": facts.wave_of[last].name,
                "rule": rule.id,
            },
            subjects=(wave.id, rule.id, *items, last),
            path=facts.lot_of[items[0]].path if len(items) == 1 else wave.path,
            hint="move {items} to a window that starts after that of {first}",
            hint_values={"items": names(items), "first": last},
        )


def _last_not_before(facts: Facts, by_start: list[str], item: str) -> str | None:
    """Of what must come before an item: the last that does not; an item does not wait for itself."""
    last = next((each for each in reversed(by_start[-2:]) if each != item), None)
    if last is not None and facts.window_start(last) >= facts.window_start(item):
        return last
    together = (each for each in reversed(by_start) if facts.wave_of[each] is facts.wave_of[item])
    return next((each for each in together if each != item), None)
