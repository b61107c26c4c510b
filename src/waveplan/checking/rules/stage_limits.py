"""WP319: no wave holds more than its stage of the cadence allows."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import in_waves
from waveplan.checking.wording import amounts, finding
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding, Phrase

CODE = "WP319"


@hard_rule(CODE, "room", by_number=True)
def check_stage_limits(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and limit of the stage that its number falls in."""
    for wave in facts.waves:
        if wave.stage is None:
            continue
        for name, used, limit in wave.counts(wave.stage.limits):
            if used > limit:
                over = excess(used, limit, in_waves([wave], name))
                yield finding(
                    CODE,
                    "{wave}: {name} {used} of {limit} in the cadence stage of wave {number}",
                    {"wave": wave.name, "name": Phrase(name), "number": wave.number, **amounts(over)},
                    subjects=(wave.id, name),
                    path=wave.path,
                    hint="move a lot to a later wave, or raise '{name}' of the stage's 'limits'",
                    hint_values={"name": name},
                    excess=over,
                )
