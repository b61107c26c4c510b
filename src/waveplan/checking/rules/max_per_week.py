"""WP357: no week holds more of what a rule matches than it allows, over all streams; with `by`, for each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.checking.bundles import held_against
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import in_waves
from waveplan.checking.parts import FactsPart, part_of, parts_of
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import finding, names
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.rules import Rule

CODE = "WP357"


@hard_rule(CODE, "room")
def check_max_per_week(facts: Facts) -> Iterator[Finding]:
    """One finding for each rule, week, value and count that is exceeded."""
    weeks: dict[str, list[PlacedWave]] = defaultdict(list)
    for wave in facts.waves:
        weeks[iso_week(wave.date)].append(wave)
    for rule in facts.inventory.rules:
        if rule.max_per_week is not None:
            for week, waves in weeks.items():
                for part in parts_of([item for wave in waves for item in wave.items], rule.match, rule.by):
                    yield from _over(facts, rule, (week, waves), part)


def _over(facts: Facts, rule: Rule, held: tuple[str, list[PlacedWave]], part: FactsPart) -> Iterator[Finding]:
    assert rule.max_per_week is not None

    def counted(lot: PlacedLot) -> FactsPart | None:
        return part_of(lot, rule.match, rule.by, part.value)

    week, waves = held
    lots = len({facts.lot_of[item.id].id for item in part.items})
    template = "{week}: {name} {used} of {limit} under rule {rule}, in {waves}"
    if rule.by is not None:
        template = "{week}: {name} {used} of {limit} for {by} {value} under rule {rule}, in {waves}"
    for name, used, limit in held_against(part, lots, rule.max_per_week):
        if used > limit:
            over = excess(used, limit, in_waves(waves, name, counted))
            taking = {holder.name for holder in over.holders}
            own = [wave for wave in waves if wave.id in taking]  # a wave that takes nothing of it is not to blame
            values = {"week": week, "name": Phrase(name), "used": used, "limit": limit, "rule": rule.id}
            values |= {"waves": names(wave.id for wave in own)}
            yield finding(
                CODE,
                template,
                {**values, **({"by": rule.by, "value": part.value} if rule.by is not None else {})},
                subjects=(week, *(wave.id for wave in own), rule.id, name, part.value),
                path=facts.to_blame(own).path,
                hint="move a lot that the rule matches to another week",
                excess=over,
            )
