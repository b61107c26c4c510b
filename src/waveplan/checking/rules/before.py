"""WP314: what a rule puts before something else stands in a strictly earlier wave."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.gaps import links
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.ordering import working_gap_ends
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding
from waveplan.domain.rules import Rule


@hard_rule("WP314", "order", same=("first",))
def check_before(facts: Facts) -> Iterator[Finding]:
    """A rule's selectors are a chain; those that match nothing planned are passed over."""
    for rule in facts.inventory.rules:
        if rule.before is None:
            continue
        for earlier, later in links(facts, rule):
            yield from _late(facts, rule, earlier, later)
            if rule.min_gap_working_days:
                yield from _too_close(facts, rule, earlier, later)


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
        yield violation(
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
        )


def _last_not_before(facts: Facts, by_start: list[str], item: str) -> str | None:
    """Of what must come before an item: the last that does not; an item does not wait for itself."""
    last = next((each for each in reversed(by_start[-2:]) if each != item), None)
    if last is not None and facts.window_start(last) >= facts.window_start(item):
        return last
    together = (each for each in reversed(by_start) if facts.wave_of[each] is facts.wave_of[item])
    return next((each for each in together if each != item), None)


def _too_close(facts: Facts, rule: Rule, earlier: list[str], later: list[str]) -> Iterator[Finding]:
    """One finding for each later item that starts late enough, but within the rule's working days."""
    last = sorted(earlier, key=lambda item: (facts.wave_of[item].date, item))[-2:]
    for item in later:
        first = next((each for each in reversed(last) if each != item), None)
        if first is None or not facts.starts_later(item, first):
            continue
        day = working_gap_ends(facts, first, item, rule.min_gap_working_days)
        wave = facts.wave_of[item]
        if wave.date < day:
            yield violation(
                "{item} in {wave} must come {days} working days after {first} in {first_wave} (rule {rule}): "
                "on {day} or later",
                {
                    "item": item,
                    "wave": wave.name,
                    "days": rule.min_gap_working_days,
                    "first": first,
                    "first_wave": facts.wave_of[first].name,
                    "rule": rule.id,
                    "day": day.isoformat(),
                },
                subjects=(wave.id, rule.id, item, first),
                path=facts.lot_of[item].path,
                hint="move {item} later or {first} earlier",
            )
