"""WP357: no week holds more of what a rule matches than it allows, over all streams; with `by`, for each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.parts import over_parts, waves_with
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.parts import WeekCounts
from waveplan.domain.rules import Rule


@hard_rule("WP357", "room")
def check_max_per_week(facts: Facts) -> Iterator[Finding]:
    """One finding for each rule, week, value and count that is exceeded."""
    weeks: dict[str, list[PlacedWave]] = defaultdict(list)
    for wave in facts.waves:
        weeks[iso_week(wave.date)].append(wave)
    for rule in facts.inventory.rules:
        if rule.max_per_week is not None:
            for week in dict.fromkeys(iso_week(wave.date) for wave in waves_with(facts, rule.match)):
                yield from _over(facts, rule, rule.max_per_week, week, weeks[week])


def _over(facts: Facts, rule: Rule, limits: WeekCounts, week: str, waves: list[PlacedWave]) -> Iterator[Finding]:
    template = "{week}: {name} {used} of {limit} under rule {rule}, in {waves}"
    if rule.by is not None:
        template = "{week}: {name} {used} of {limit} for {by} {value} under rule {rule}, in {waves}"
    for value, name, over in over_parts(facts, waves, limits, rule.match, rule.by):
        taking = {holder.name for holder in over.holders}
        own = [wave for wave in waves if wave.id in taking]  # a wave that takes nothing of it is not to blame
        values = {"week": week, "name": Phrase(name), "used": over.used, "limit": over.limit, "rule": rule.id}
        values |= {"waves": names(wave.id for wave in own)}
        yield violation(
            template,
            {**values, **({"by": rule.by, "value": value} if rule.by is not None else {})},
            subjects=(week, *(wave.id for wave in own), rule.id, name, value),
            path=facts.to_blame(own).path,
            hint="move a lot that the rule matches to another week",
            excess=over,
        )
