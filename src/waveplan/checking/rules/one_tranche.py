"""WP343: a wave holds lots of one tranche; lots of no tranche may join any."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding


@hard_rule("WP343", "room")
def check_one_tranche(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave with items of several tranches."""
    for wave in facts.waves:
        held: dict[str, str] = {}
        for item in wave.items:
            if item.tranche is not None:
                held.setdefault(item.tranche, item.id)
        if len(held) > 1:
            yield violation(
                "{wave} holds items of {count} tranches: {tranches}",
                {
                    "wave": wave.name,
                    "count": len(held),
                    "tranches": names(f"{tranche} ({held[tranche]})" for tranche in sorted(held)),
                },
                subjects=(wave.id, *sorted(held)),
                path=wave.path,
                hint="move the lots of all tranches but one to other waves",
            )
