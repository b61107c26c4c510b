"""WP306: no window touches a blackout of one of its items or of a site they leave, reach or serve."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.placed import PlacedLot
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding
from waveplan.domain.parts import Period

CODE = "WP306"
_BARE = "{wave} cuts over in the blackout of {owner} from {start} to {end}: {lots}"
_REASONED = "{wave} cuts over in the blackout of {owner} from {start} to {end} ({reason}): {lots}"


def check_blackouts(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and blackout, with the lots that it binds."""
    for wave in facts.waves:
        hit: dict[tuple[str, int], tuple[Period, list[PlacedLot]]] = {}
        for lot in wave.lots:
            for owner, index, blackout in _blackouts(facts, lot):
                if blackout.overlaps(lot.days.first, lot.days.last):
                    hit.setdefault((owner, index), (blackout, []))[1].append(lot)
        for (owner, _), (blackout, lots) in hit.items():
            yield finding(
                CODE,
                _REASONED if blackout.reason else _BARE,
                {
                    "wave": wave.name,
                    "owner": owner,
                    "start": blackout.first.isoformat(),
                    "end": blackout.last.isoformat(),
                    "reason": blackout.reason or "",
                    "lots": names(wave.lot_names(lots)),
                },
                subjects=(wave.id, owner, *wave.lot_names(lots)),
                path=lots[0].path if len(lots) == 1 else wave.path,
                hint="move these lots to a slot outside the blackout",
            )


def _blackouts(facts: Facts, lot: PlacedLot) -> Iterator[tuple[str, int, Period]]:
    for item in lot.items:
        for index, blackout in enumerate(item.entry.blackouts):
            yield item.id, index, blackout
    for site in lot.places:
        for index, blackout in enumerate(facts.items.sites[site].blackouts):
            yield site, index, blackout
