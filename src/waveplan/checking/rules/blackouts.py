"""WP306: no window runs into a blackout of one of its items or of a site they leave, reach or serve."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import Closures
from waveplan.checking.closed import Met, held_lots, met
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding
from waveplan.domain.periods import Period

_BARE = "{wave} cuts over in the blackout of {owner} from {start} to {end}: {lots}"
_REASONED = "{wave} cuts over in the blackout of {owner} from {start} to {end} ({reason}): {lots}"


@hard_rule("WP306", "dates", same=("start", "end"))
def check_blackouts(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and blackout, with the lots that it binds."""
    for wave in facts.waves:
        hit: dict[tuple[str, int], tuple[Period, Met, list[PlacedLot]]] = {}
        for lot in wave.lots:
            for owner, index, blackout, closures in _blackouts(facts, lot):
                where = met(closures, lot)
                if where is not None:
                    hit.setdefault((owner, index), (blackout, where, []))[2].append(lot)
        for (owner, _), (blackout, where, lots) in hit.items():
            scope = {item.id for lot in lots for item in lot.items if owner == item.id or owner in item.places}
            yield violation(
                _REASONED if blackout.reason else _BARE,
                {
                    "wave": wave.name,
                    "owner": owner,
                    "start": where.values["start"],
                    "end": where.values["end"],
                    "reason": blackout.reason or "",
                    "lots": names(held_lots(lots, scope)),
                },
                subjects=(wave.id, owner, *wave.lot_names(lots)),
                path=lots[0].path if len(lots) == 1 else wave.path,
                hint="move these lots to a slot outside the blackout",
            )


def _blackouts(facts: Facts, lot: PlacedLot) -> Iterator[tuple[str, int, Period, Closures]]:
    for item in lot.items:
        for index, blackout in enumerate(item.entry.blackouts):
            if blackout.excepted is None or not blackout.excepted.matches(item):
                yield item.id, index, blackout, facts.calendar.closures(blackout)
    for place in lot.places:
        site = facts.items.sites[place]
        for index, blackout in enumerate(site.blackouts):
            here = {item.id for item in lot.items if place in item.places}
            if blackout.excepted is not None:
                here -= {item.id for item in facts.items.select(blackout.excepted)}
            if here:
                yield place, index, blackout, facts.calendar.closures(blackout, (site.country, site.subdivision))
