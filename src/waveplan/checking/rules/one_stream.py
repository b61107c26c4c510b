"""WP340: a wave holds lots of its own stream only."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding


@hard_rule("WP340", "room")
def check_one_stream(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave with items of another stream."""
    for wave in facts.waves:
        strangers = {item.id: item.stream for item in wave.items if item.stream != wave.stream}
        if strangers:
            lots = dict.fromkeys(facts.lot_of[item].id for item in strangers)
            yield violation(
                "{wave} of stream {stream} holds lots of another one: {lots} ({streams})",
                {
                    "wave": wave.name,
                    "stream": wave.stream,
                    "lots": names(lots),
                    "streams": names(sorted(set(strangers.values()))),
                },
                subjects=(wave.id, *lots),
                path=wave.path,
                hint="move the lot to its own stream's wave of that slot",
            )
