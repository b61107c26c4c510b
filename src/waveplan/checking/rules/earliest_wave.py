"""WP323: items wait for the wave from which policy, rule or they themselves let them move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.parts import waves_with
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.domain.rules import Rule

_BY_CRITICALITY = "{wave} is wave {number} of its stream; {kind} items move from wave {earliest} on: {items}"
_BY_RULE = "{wave} is wave {number} of its stream; rule {rule} lets these move from wave {earliest} on: {items}"
_BY_ITSELF = "{wave} is wave {number} of its stream; {items} moves from wave {earliest} on"


@hard_rule("WP323", "room", by_number=True)
def check_earliest_wave(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and criticality, rule or item that comes too early in its stream."""
    ruled = _by_wave(facts)
    for wave in facts.waves:
        for criticality, earliest in wave.policy.earliest_wave_by_criticality.items():
            items = [item for item in wave.items if item.entry.criticality == criticality]
            yield from _early(wave, earliest, items, _BY_CRITICALITY, {"kind": criticality})
        for rule, items in ruled[wave.id]:
            yield from _early(wave, rule.earliest_wave or 1, items, _BY_RULE, {"rule": rule.id})
        for item in wave.items:
            yield from _early(wave, item.entry.earliest_wave or 1, [item], _BY_ITSELF, {})


def _by_wave(facts: Facts) -> Mapping[str, list[tuple[Rule, list[Item]]]]:
    """By wave: rules that say from which one on, each with what it matches there."""
    found: dict[str, list[tuple[Rule, list[Item]]]] = defaultdict(list)
    for rule in facts.inventory.rules:
        if rule.earliest_wave is not None and rule.match is not None:
            for wave in waves_with(facts, rule.match):
                found[wave.id].append((rule, [item for item in wave.items if rule.match.matches(item)]))
    return found


def _early(
    wave: PlacedWave, earliest: int, items: Iterable[Item], template: str, more: dict[str, str]
) -> Iterator[Finding]:
    found = [item.id for item in items]
    if found and wave.number < earliest:
        yield violation(
            template,
            {"wave": wave.name, "number": wave.number, "earliest": earliest, "items": names(found), **more},
            subjects=(wave.id, *more.values(), *found) if "rule" in more else (wave.id, *found),
            path=wave.path,
            hint="move these items' lots to wave {earliest} or later",
        )
