"""Subdivisions of countries, once `defaults` have filled in the countries."""

from __future__ import annotations

from typing import Any

from waveplan.loading.entries import Sections
from waveplan.loading.places import is_country, is_part, part_hint
from waveplan.loading.report import Report
from waveplan.loading.tree import MappingNode, mark_of


def check_subdivisions(root: MappingNode, found: Sections, report: Report) -> None:
    """Each subdivision of a site or team is one of its country."""
    reported: set[tuple[str, str | None]] = set()  # `defaults` may give one wrong word to many sites
    for section in ("sites", "teams"):
        for number, place in found.lists.get(section, ()):
            country, part = place.country, place.subdivision
            if part is None or (country is not None and (not is_country(country) or is_part(country, part))):
                continue
            if (part, country) in reported:
                continue
            reported.add((part, country))
            template, hint = _wording(country, part)
            path = (section, number, "subdivision")
            values = {"part": part, "country": country}
            report.add("WP112", mark_of(root, path), template, values, path=path, subjects=(place.id,), **hint)


def _wording(country: str | None, part: str) -> tuple[str, dict[str, Any]]:
    if country is None:
        return "the subdivision '{part}' has no 'country'", {"hint": "give its country too"}
    return "'{part}' is not a subdivision of {country} with holidays of its own", part_hint(country, part)
