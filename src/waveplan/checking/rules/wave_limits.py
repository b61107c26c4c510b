"""WP318: no wave holds more than its stream's policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import over_limits
from waveplan.checking.wording import amounts, violation
from waveplan.domain.findings import Finding, Phrase


@hard_rule("WP318", "room")
def check_wave_limits(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and limit that it exceeds."""
    for wave in facts.waves:
        for name, over in over_limits(wave, wave.policy.wave_limits):
            yield violation(
                "{wave}: {name} {used} of {limit}",
                {"wave": wave.name, "name": Phrase(name), **amounts(over)},
                subjects=(wave.id, name),
                path=wave.path,
                hint="move a lot to another wave, or raise '{name}' of 'wave_limits'",
                hint_values={"name": name},
                excess=over,
            )
