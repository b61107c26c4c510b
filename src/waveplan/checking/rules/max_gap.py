"""WP350: what follows something does so within the days that the order gives."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.gaps import followed
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding

_BARE = "{second} in {second_wave} comes {gap} days after {first} in {first_wave}, at most {most} are allowed"
_OF_RULE = "{second} in {second_wave} comes {gap} days after {first} in {first_wave}, rule {rule} allows {most} at most"


@hard_rule("WP350", "order", same=("first",))
def check_max_gap(facts: Facts) -> Iterator[Finding]:
    """One finding for each pair that is too long apart; of a rule, for each item that comes too late."""
    for pair in followed(facts):
        gap = pair.days(facts)
        if gap <= pair.most:
            continue
        wave, lot = facts.wave_of[pair.second], facts.lot_of[pair.second]
        subjects = (wave.id, lot.id, pair.second, pair.first, *((pair.rule,) if pair.rule else ()))
        yield violation(
            _OF_RULE if pair.rule else _BARE,
            {
                "second": pair.second,
                "second_wave": wave.name,
                "first": pair.first,
                "first_wave": facts.wave_of[pair.first].name,
                "gap": gap,
                "most": pair.most,
                "rule": pair.rule,
            },
            subjects=subjects,
            path=lot.path,
            hint="move {second} earlier or {first} later",
        )
