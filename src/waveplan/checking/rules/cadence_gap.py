"""WP316: a stream's waves keep the gap of their stage of the cadence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP316", "dates")
def check_cadence_gap(facts: Facts) -> Iterator[Finding]:
    """The gap before a stream's n-th wave follows the stage that n falls in."""
    for waves in facts.streams.values():
        for before, wave in pairwise(waves):
            needed = wave.stage.min_gap_days if wave.stage else 0
            gap = (wave.date - before.date).days
            if gap < needed:
                yield violation(
                    "{wave} comes {gap} days after {before}; wave {number} of its stream needs {needed}",
                    {
                        "wave": wave.name,
                        "gap": gap,
                        "before": before.name,
                        "number": wave.number,
                        "needed": needed,
                    },
                    subjects=(wave.id, before.id),
                    path=wave.path,
                    hint="move the wave to a later slot, or join the two waves",
                )
