"""WP305: no window touches a freeze that any item of its lots is in."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP305"
_BARE = "{wave} cuts over from {first} to {last}, in the freeze from {start} to {end}: {lots}"
_REASONED = "{wave} cuts over from {first} to {last}, in the freeze from {start} to {end} ({reason}): {lots}"


def check_freezes(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and freeze, with the lots that the freeze holds."""
    for freeze in facts.inventory.calendar.freezes:
        scope = {item.id for item in facts.items.select(freeze.match)}
        for wave in facts.waves:
            lots = [
                lot
                for lot in wave.lots
                if freeze.overlaps(lot.days.first, lot.days.last) and any(item.id in scope for item in lot.items)
            ]
            if lots:
                yield finding(
                    CODE,
                    _REASONED if freeze.reason else _BARE,
                    {
                        "wave": wave.name,
                        "first": lots[0].days.first.isoformat(),
                        "last": lots[0].days.last.isoformat(),
                        "start": freeze.first.isoformat(),
                        "end": freeze.last.isoformat(),
                        "reason": freeze.reason or "",
                        "lots": names(wave.lot_names(lots)),
                    },
                    subjects=(wave.id, *wave.lot_names(lots)),
                    path=wave.path,
                    hint="move these lots to a slot outside the freeze, or shorten the freeze",
                )
