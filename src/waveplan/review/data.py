"""Personal data that nobody has said where it may stand (WP115)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.review.context import Context
from waveplan.review.wording import finding, listed

_PERSONAL = """
    personal personnel personnelle personnelles pii gdpr rgpd patient patients phi children enfants employee employees
    health sante santé medical médical médicale médicales biometric biometrics biométrique biométriques genetic
    génétique génétiques criminal judicial judiciaire judiciaires sensitive sensible sensibles hr rh payroll paie
"""
PERSONAL_WORDS = frozenset(_PERSONAL.split())
"""A data class is personal when one of its words is among these: `personal`, `health-records`, `données de santé`."""

_WORD = re.compile(r"\w+")


def is_personal(data_class: str) -> bool:
    """Whether a data class names personal data, health data or another kind that the law protects likewise."""
    words = _WORD.findall(data_class.casefold().replace("_", " "))
    return not PERSONAL_WORDS.isdisjoint(words)


def personal_data(context: Context) -> Iterator[Finding]:
    """Applications with personal data that cut over without `allowed_countries`."""
    told: set[Path] = set()
    for item in context.items.planned:
        if item.path in told:
            continue  # the same service at another site, or another step: it is one fact
        told.add(item.path)
        classes = [each for each in item.entry.data_classes if is_personal(each)]
        if classes and item.entry.allowed_countries is None:
            values = {"item": item.entry.id, "classes": listed(classes)}
            template = "{item} holds personal data ({classes}) and does not say in which countries it may stand"
            hint = "add allowed_countries to {item}, or to a line of defaults for all such applications"
            yield finding("WP115", template, values, (*item.path, "data_classes"), (item.entry.id,), hint, values)
