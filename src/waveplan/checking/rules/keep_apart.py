"""WP322: a wave holds one value only of the attributes that its policy keeps apart."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding


@hard_rule("WP322", "room")
def check_keep_apart(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and attribute with several values; items without one don't count."""
    for wave in facts.waves:
        for attribute in wave.policy.keep_apart:
            held: dict[str, str] = {}
            for item in wave.items:
                for value in sorted(item.values(attribute)):
                    held.setdefault(value, item.id)
            if len(held) > 1:
                yield violation(
                    "{wave} mixes {count} values of {attribute}: {values}",
                    {
                        "wave": wave.name,
                        "count": len(held),
                        "attribute": attribute,
                        "values": names(f"{value} ({held[value]})" for value in sorted(held)),
                    },
                    subjects=(wave.id, attribute, *sorted(held)),
                    path=wave.path,
                    hint="move the lots of all values but one to other waves",
                )
