"""WP311: what a rule keeps apart never shares a wave."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding

_BARE = "{wave} holds {items}, which rule {rule} keeps apart"
_REASONED = "{wave} holds {items}, which rule {rule} keeps apart ({reason})"


@hard_rule("WP311", "room")
def check_apart(facts: Facts) -> Iterator[Finding]:
    """Every pair of a rule's selectors: one finding for each rule and wave that holds items of both."""
    for rule in facts.inventory.rules:
        if rule.apart is None:
            continue
        parts = [{str(item.id) for item in facts.items.select(selector)} for selector in rule.apart]
        for wave in facts.waves:
            clash: set[str] = set()
            for one, other in combinations(parts, 2):
                clash |= _clashing(
                    [item.id for item in wave.items if item.id in one],
                    [item.id for item in wave.items if item.id in other],
                )
            if clash:
                yield violation(
                    _REASONED if rule.reason else _BARE,
                    {
                        "wave": wave.name,
                        "items": names(sorted(clash)),
                        "rule": rule.id,
                        "reason": rule.reason or "",
                    },
                    subjects=(wave.id, rule.id, *sorted(clash)),
                    path=wave.path,
                    hint="move one of them to another wave",
                )


def _clashing(one: list[str], other: list[str]) -> set[str]:
    """Items of both sides, if two different ones meet; an item is never kept apart from itself."""
    return {*one, *other} if one and other and len({*one, *other}) > 1 else set()
