"""WP319: no wave holds more than its stage of the cadence allows."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import over_limits
from waveplan.checking.wording import amounts, violation
from waveplan.domain.findings import Finding, Phrase


@hard_rule("WP319", "room", by_number=True)
def check_stage_limits(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and limit of the stage that its number falls in."""
    for wave in facts.waves:
        for name, over in over_limits(wave, wave.stage.limits) if wave.stage is not None else ():
            yield violation(
                "{wave}: {name} {used} of {limit} in the cadence stage of wave {number}",
                {"wave": wave.name, "name": Phrase(name), "number": wave.number, **amounts(over)},
                subjects=(wave.id, name),
                path=wave.path,
                hint="move a lot to a later wave, or raise '{name}' of the stage's 'limits'",
                hint_values={"name": name},
                excess=over,
            )
