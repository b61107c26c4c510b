"""Which data classes are personal: what validation, compliance and milestones of purges look at."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def personal_classes(data_classes: Iterable[str]) -> tuple[str, ...]:
    """Those that are personal, in their order."""
    return tuple(each for each in data_classes if is_personal(each))
