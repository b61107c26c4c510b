"""Subdivisions of countries, once `defaults` have filled in the countries."""

from __future__ import annotations

from typing import Any

from waveplan.loading.entries import Sections
from waveplan.loading.places import is_country, is_part, part_hint
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, mappings, mark_of


def check_subdivisions(root: MappingNode, found: Sections, report: ReadingReport) -> None:
    """Each subdivision of a site or team is one of its country.

    Entries that are wrong elsewhere are asked for their words; valid ones for what `defaults` filled in, too.
    """
    reported: set[tuple[str, str | None]] = set()  # `defaults` may give one wrong word to many sites
    for section in ("sites", "teams"):
        valid = dict(found.lists.get(section, ()))
        for number, node in mappings(root.get(section)):
            place = valid.get(number)
            country = place.country if place else node.get("country")
            part = place.subdivision if place else node.get("subdivision")
            if not isinstance(part, str) or not isinstance(country, str | None):
                continue  # what is no word is told where it is read
            if (part, country) not in reported and _is_wrong(country, part, bool(place)):
                reported.add((part, country))
                template, hint = _wording(country, part)
                path, values = (section, number, "subdivision"), {"part": part, "country": country}
                report.add("WP112", mark_of(root, path), template, values, path=path, **hint)


def _is_wrong(country: str | None, part: str, whole: bool) -> bool:
    """Whether a part is none of its country's. The country of an entry that is not whole may be filled in one day."""
    if country is None:
        return whole
    return is_country(country) and not is_part(country, part)


def _wording(country: str | None, part: str) -> tuple[str, dict[str, Any]]:
    if country is None:
        return "the subdivision '{part}' has no 'country'", {"hint": "give its country too"}
    return "'{part}' is not a subdivision of {country} with holidays of its own", part_hint(country, part)
