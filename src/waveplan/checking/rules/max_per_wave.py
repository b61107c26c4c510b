"""WP321: no wave holds more of what a rule matches than the rule allows, for each value where it counts by one."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.bundles import held_against
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import in_waves
from waveplan.checking.parts import FactsPart, part_of, parts_of
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import finding
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.rules import Rule

CODE = "WP321"


@hard_rule(CODE, "room")
def check_max_per_wave(facts: Facts) -> Iterator[Finding]:
    """One finding for each rule, wave, value and count that is exceeded."""
    for rule in facts.inventory.rules:
        if rule.max_per_wave is not None:
            for wave in facts.waves:
                for part in parts_of(wave.items, rule.match, rule.by):
                    yield from _over(facts, rule, wave, part)


def _over(facts: Facts, rule: Rule, wave: PlacedWave, part: FactsPart) -> Iterator[Finding]:
    assert rule.max_per_wave is not None

    def counted(lot: PlacedLot) -> FactsPart | None:
        return part_of(lot, rule.match, rule.by, part.value)

    lots = len({facts.lot_of[item.id].items[0].id for item in part.items})
    template = "{wave}: {name} {used} of {limit} under rule {rule}"
    if rule.by is not None:
        template = "{wave}: {name} {used} of {limit} for {by} {value} under rule {rule}"
    for name, used, limit in held_against(part, lots, rule.max_per_wave):
        if used > limit:
            values = {"wave": wave.name, "name": Phrase(name), "used": used, "limit": limit, "rule": rule.id}
            yield finding(
                CODE,
                template,
                {**values, **({"by": rule.by, "value": part.value} if rule.by is not None else {})},
                subjects=(wave.id, rule.id, name, *([part.value] if rule.by is not None else [])),
                path=wave.path,
                hint="move a lot that the rule matches to another wave",
                excess=excess(used, limit, in_waves([wave], name, counted)),
            )
