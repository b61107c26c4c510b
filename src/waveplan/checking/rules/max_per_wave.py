"""WP321: no wave holds more of what a rule matches than the rule allows, for each value where it counts by one."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.parts import over_parts, waves_with
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.parts import MatchCounts
from waveplan.domain.rules import Rule


@hard_rule("WP321", "room")
def check_max_per_wave(facts: Facts) -> Iterator[Finding]:
    """One finding for each rule, wave, value and count that is exceeded."""
    for rule in facts.inventory.rules:
        if rule.max_per_wave is not None:
            for wave in waves_with(facts, rule.match):
                yield from _over(facts, rule, rule.max_per_wave, wave)


def _over(facts: Facts, rule: Rule, limits: MatchCounts, wave: PlacedWave) -> Iterator[Finding]:
    template = "{wave}: {name} {used} of {limit} under rule {rule}"
    if rule.by is not None:
        template = "{wave}: {name} {used} of {limit} for {by} {value} under rule {rule}"
    for value, name, over in over_parts(facts, [wave], limits, rule.match, rule.by):
        values = {"wave": wave.name, "name": Phrase(name), "used": over.used, "limit": over.limit, "rule": rule.id}
        yield violation(
            template,
            {**values, **({"by": rule.by, "value": value} if rule.by is not None else {})},
            subjects=(wave.id, rule.id, name, *([value] if rule.by is not None else [])),
            path=wave.path,
            hint="move a lot that the rule matches to another wave",
            excess=over,
        )
