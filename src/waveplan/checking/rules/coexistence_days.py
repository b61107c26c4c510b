"""WP351: the two ends of a dependency cut over at most so many days apart."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP351", "order", same=("one", "other"))
def check_coexistence_days(facts: Facts) -> Iterator[Finding]:
    """One finding for each consumer and provider that are too long apart, whichever goes first."""
    for item in facts.items.planned:
        for dependency in item.entry.depends_on if item.id in facts.wave_of else ():
            most = dependency.coexist_days_max
            for provider in facts.items.providers(item, dependency) if most is not None else ():
                if provider.id in facts.wave_of and most is not None:
                    yield from _apart(facts, str(item.id), str(provider.id), most)


def _apart(facts: Facts, consumer: str, provider: str, most: int) -> Iterator[Finding]:
    one, other = sorted((consumer, provider), key=lambda item: (facts.wave_of[item].date, item))
    days = (facts.wave_of[other].date - facts.wave_of[one].date).days
    if days > most:
        values = {"one": one, "one_wave": facts.wave_of[one].name, "other": other, "days": days, "most": most}
        yield violation(
            "{one} in {one_wave} and {other} in {other_wave} cut over {days} days apart, at most {most} are allowed",
            {**values, "other_wave": facts.wave_of[other].name},
            subjects=(facts.wave_of[other].id, facts.wave_of[one].id, facts.lot_of[other].id, other, one),
            path=facts.lot_of[other].path,
            hint="move {other} earlier or {one} later",
        )
