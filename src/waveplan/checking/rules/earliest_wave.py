"""WP323: critical items wait for the wave from which the policy lets them move."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP323"


def check_earliest_wave(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and criticality that comes too early in its stream."""
    for wave in facts.waves:
        for criticality, earliest in wave.policy.earliest_wave_by_criticality.items():
            items = [item.id for item in wave.items if item.entry.criticality == criticality]
            if items and wave.number < earliest:
                yield finding(
                    CODE,
                    "{wave} is wave {number} of its stream; {criticality} items move from wave {earliest} on: {items}",
                    {
                        "wave": wave.name,
                        "number": wave.number,
                        "criticality": criticality,
                        "earliest": earliest,
                        "items": names(items),
                    },
                    subjects=(wave.id, *items),
                    path=wave.path,
                    hint="move these items' lots to wave {earliest} or later",
                    hint_values={"earliest": earliest},
                )
