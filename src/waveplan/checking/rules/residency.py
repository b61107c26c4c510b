"""WP339: data stands only in countries that allow it."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item


@hard_rule("WP339", "dates")
def check_residency(facts: Facts) -> Iterator[Finding]:
    """Targets of moving servers, and for a takeover the sites that keep them; a site without a country is refused."""
    for item in facts.items.planned:
        allowed = item.entry.allowed_countries
        if allowed is None:
            continue
        wrong = {site: country for site in _places(item) if (country := _country(facts, site)) not in allowed}
        if wrong:
            yield violation(
                "{item} would stand at {places}; allowed: {allowed}",
                {
                    "item": item.id,
                    "places": names(f"{site} ({country or '-'})" for site, country in wrong.items()),
                    "allowed": names(allowed) or "-",
                },
                subjects=(item.id, *wrong, *([facts.wave_of[item.id].id] if item.id in facts.done else [])),
                path=(*item.path, "allowed_countries"),
                document="inventory",
                hint="give its servers a target in an allowed country, or a country to the target",
            )


def _places(item: Item) -> list[str]:
    kept = item.source_sites if item.strategy == "takeover" else ()
    return sorted({*item.target_sites, *kept})


def _country(facts: Facts, site: str) -> str | None:
    place = facts.items.sites.get(site)
    return place.country if place else None
