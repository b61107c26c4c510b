"""WP346: what a pilot holds back cuts over after its hypercare, its soak and its exit gate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.tranches import early_by_wave
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding

_ONE_DAY = dt.timedelta(days=1)


@hard_rule("WP346", "order")
def check_after_pilot(facts: Facts) -> Iterator[Finding]:
    """One finding for each pilot and wave that does not come after the day of its exit gate."""
    for held in facts.pilots:
        pilot = held.pilot
        for wave, items in early_by_wave(facts, held.waiting, held.exit + _ONE_DAY):
            yield violation(
                "{wave} cuts over on {date}, but {items} must come after pilot {pilot} passes on {exit} "
                "({last} and {soak} days of soak)",
                {
                    "wave": wave.name,
                    "date": wave.date.isoformat(),
                    "items": names(items),
                    "pilot": pilot.id,
                    "exit": held.exit.isoformat(),
                    "last": held.last,
                    "soak": pilot.soak_days,
                },
                subjects=(wave.id, pilot.id, *items, held.last),
                path=facts.lot_of[items[0]].path if len(items) == 1 else wave.path,
                hint="move these lots to a slot after that day, or the pilot to an earlier one",
            )
