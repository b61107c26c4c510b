"""WP318: no wave holds more than its stream's policy allows."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import in_waves
from waveplan.checking.wording import amounts, finding
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding, Phrase

CODE = "WP318"


@hard_rule(CODE, "room")
def check_wave_limits(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and limit that it exceeds."""
    for wave in facts.waves:
        for name, used, limit in wave.counts(wave.policy.wave_limits):
            if used > limit:
                over = excess(used, limit, in_waves([wave], name))
                yield finding(
                    CODE,
                    "{wave}: {name} {used} of {limit}",
                    {"wave": wave.name, "name": Phrase(name), **amounts(over)},
                    subjects=(wave.id, name),
                    path=wave.path,
                    hint="move a lot to another wave, or raise '{name}' of 'wave_limits'",
                    hint_values={"name": name},
                    excess=over,
                )
