"""WP349: what is replicated before cutovers in a week is no more than the links carry in the background."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import amounts, names, violation
from waveplan.domain.excess import Holder, excess
from waveplan.domain.findings import Finding


@hard_rule("WP349", "room")
def check_replication(facts: Facts) -> Iterator[Finding]:
    """One finding for each pair of sites and week in which too much is to be replicated."""
    waves = {wave.id: wave for wave in facts.waves}
    for (pair, monday), by_lot in sorted(facts.replication.weeks.items()):
        used, limit = sum(by_lot.values()), facts.replication.limits[pair]
        if used > limit:
            found = sorted({wave for wave, _ in by_lot}, key=lambda each: waves[each].slot.order)
            week = iso_week(monday)
            over = excess(used, limit, (Holder(wave, (lot,), gb) for (wave, lot), gb in by_lot.items()))
            yield violation(
                "between {one} and {other} in {week}: replication {used} of {limit} GB, for {waves}",
                {"one": pair[0], "other": pair[1], "week": week, **amounts(over), "waves": names(found)},
                subjects=(*pair, week, *found),
                path=waves[found[-1]].path,
                hint="spread these waves, give replication more days, or the link more for it in the background",
                excess=over,
            )
