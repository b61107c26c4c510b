"""What places say of themselves: a kind near a known word (WP137), a country whose parts differ (WP139)."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator

from waveplan.change_calendar.working_days import days_off_in_parts
from waveplan.domain.findings import Finding, Path
from waveplan.domain.sites import SITE_TYPES
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed

_NEAR = 0.8  # how alike two words are that are probably one; 1 means equal


def local_words(context: ReviewContext) -> Iterator[Finding]:
    """One finding for each word, and for each country."""
    yield from _near_types(context)
    yield from _whole_countries(context)


def _near_types(context: ReviewContext) -> Iterator[Finding]:
    sites: dict[str, list[str]] = defaultdict(list)
    for site in context.inventory.sites:
        if site.type and site.type not in SITE_TYPES:
            sites[site.type].append(site.id)
    for word, names in sorted(sites.items()):
        near = difflib.get_close_matches(word.lower(), SITE_TYPES, n=1, cutoff=_NEAR)
        if near:
            values = {"type": word, "sites": listed(names), "count": len(names), "near": near[0]}
            template = "the type '{type}' is not '{near}', and selectors tell them apart ({count}): {sites}"
            path = (*context.site_paths[names[0]], "type")
            hint = "write '{near}' if that is meant; any other word may stand, too"
            yield finding("WP137", template, values, path, names, hint)


def _whole_countries(context: ReviewContext) -> Iterator[Finding]:
    """Sites and teams that name a country alone, of which half of the parts or more have days off of their own."""
    places: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for section in ("sites", "teams"):
        for number, place in enumerate(getattr(context.inventory, section)):
            if place.country and not place.subdivision:
                places[place.country].append((place.id, (section, number, "country")))
    programme = context.inventory.programme
    for country, named in sorted(places.items()):
        found = days_off_in_parts(country, programme.start, programme.deadline)
        if found:
            names = [name for name, _ in named]
            days = [f"{day.isoformat()} ({' '.join(parts)})" for day, parts in found]
            values = {"country": country, "places": listed(names), "days": listed(days)}
            template = "parts of {country} have days off that count as working days without a subdivision: {days}"
            hint = "give each of {places} its subdivision"
            yield finding("WP139", template, values, named[0][1], names, hint)
