"""WP307: where public holidays are avoided, no window begins on one at a site of its lots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding, Named
from waveplan.domain.languages import languages


@hard_rule("WP307", "dates")
def check_public_holidays(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and day, with the sites that keep it and the lots that they bind."""
    rules = facts.inventory.calendar
    avoided = {each.id for each in rules.windows if (each.public_holidays or rules.public_holidays) == "avoid"}
    for wave in facts.waves:
        if wave.slot.window not in avoided:
            continue
        kept: dict[dt.date, tuple[list[str], list[PlacedLot]]] = {}
        for lot in wave.lots:
            day = lot.days.first
            sites = [site for site in lot.places if facts.calendar.holiday(site, day)]
            if sites:
                known, lots = kept.setdefault(day, ([], []))
                known.extend(sites)
                lots.append(lot)
        for day, (sites, lots) in sorted(kept.items(), key=lambda entry: entry[0]):
            yield violation(
                "{wave} begins on {day}, a public holiday ({holiday}) at {sites}: {lots}",
                {
                    "wave": wave.name,
                    "day": day.isoformat(),
                    "holiday": _name(facts, sites[0], day),
                    "sites": names(sites),
                    "lots": names(wave.lot_names(lots)),
                },
                subjects=(wave.id, *dict.fromkeys(sites), *wave.lot_names(lots)),
                path=wave.path,
                hint="move these lots to another slot, or set 'public_holidays: allow' for the window or for all",
            )


def _name(facts: Facts, site: str, day: dt.date) -> Named:
    """The holiday's name in the programme's language, and in those that findings are read in."""
    names = {code: facts.calendar.holiday(site, day, code) or "" for code in languages()}
    return Named(names[facts.inventory.programme.language], names)
