"""Findings that the programme has decided to live with, and warnings that it takes as errors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from waveplan.domain.catalogue import CATALOGUE, is_house_code
from waveplan.domain.findings import Finding
from waveplan.domain.rules import Ignore
from waveplan.review.wording import finding

NEVER_IGNORED = frozenset(f"WP{number}" for number in (*range(101, 113), 125, 126, 130, 141, 600))
"""Codes that mean the inventory could not be read as it was meant: nothing after them can be relied on."""

_OF_REVIEWS = (code for code in CATALOGUE if "WP113" <= code < "WP220" or "WP600" <= code < "WP604")
REVIEWED = frozenset(_OF_REVIEWS) - NEVER_IGNORED
"""Codes that a review can give: an entry for one of them that hides nothing is out of date."""

FORESEEN = frozenset(code for code in CATALOGUE if "WP220" <= code < "WP224")
"""Codes of what is plain before any search: a validation tells them, and so does a solve."""


_SECTIONS = {
    "app": "applications",
    "service": "services",
    "server": "servers",
    "site": "sites",
    "team": "teams",
    "link": "links",
}
"""Where the entries of each kind stand, of which two may have one id."""


def apply_ignores(
    findings: Iterable[Finding],
    ignores: Sequence[Ignore] = (),
    ignored_codes: Collection[str] = (),
    warn_as_error: bool | Collection[str] = False,
    judged: Collection[str] = REVIEWED,
) -> tuple[Finding, ...]:
    """Leave out what `ignores` (the inventory's own) and `ignored_codes` (the caller's) name; make warnings errors.

    An entry with `where` hides findings about that id only. Entries of the inventory that hide nothing, though
    their code is among those `judged` in this run, are findings themselves (WP132). `warn_as_error` is true for all
    warnings, or a collection of codes. What could not be read is never ignored.
    """
    codes = frozenset(ignored_codes) - NEVER_IGNORED
    used: set[int] = set()
    kept = []
    for each in findings:
        hiding = _hiding(each, ignores)
        used.update(hiding)
        if not hiding and each.code not in codes:
            kept.append(each)
    unused = (_unused(number, entry) for number, entry in enumerate(ignores) if number not in used)
    unknowable = (CATALOGUE.keys() - set(judged)) - NEVER_IGNORED
    kept += [each for each in unused if not (each.values["code"] in unknowable or is_house_code(each.values["code"]))]
    return tuple(_raised(each, warn_as_error) for each in kept if each.code not in codes)


def hidden_by(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> tuple[tuple[Ignore, tuple[Finding, ...]], ...]:
    """Each entry with the findings that it hides, in the order of the entries."""
    found: list[list[Finding]] = [[] for _ in ignores]
    for each in findings:
        for number in _hiding(each, ignores):
            found[number].append(each)
    return tuple((entry, tuple(hidden)) for entry, hidden in zip(ignores, found, strict=True))


def _hiding(each: Finding, ignores: Sequence[Ignore]) -> list[int]:
    if each.code in NEVER_IGNORED:
        return []
    return [
        number
        for number, entry in enumerate(ignores)
        if entry.code == each.code and (entry.where is None or _is_about(each, entry.where))
    ]


def _is_about(each: Finding, where: str) -> bool:
    """Whether a finding names an id; with its kind, `server:crm`, none that stands at an entry of another kind."""
    if where in each.subjects:
        return True
    kind, _, name = where.partition(":")
    section = _SECTIONS.get(kind)
    if section is None or name not in each.subjects:
        return False
    at = {path[0] for path in (each.path, *each.about) if path and path[0] in _SECTIONS.values()}
    return not at or section in at


def _unused(number: int, entry: Ignore) -> Finding:
    values = {"code": entry.code, "where": entry.where or ""}
    path = ("ignore", number)
    subjects = (entry.code, *([entry.where] if entry.where else []))
    if entry.code in NEVER_IGNORED:
        template, hint = "{code} cannot be ignored: the inventory would not be read as it was meant", "mend it instead"
    elif entry.code not in CATALOGUE:
        template, hint = "there is no finding {code} to ignore", "`waveplan rule` lists all codes"
    else:
        template, hint = "nothing to ignore: there is no finding {code}", "take the entry out"
        if entry.where:
            template = "nothing to ignore: there is no finding {code} about {where}"
    return finding("WP132", template, values, path, subjects, hint)


def _raised(each: Finding, warn_as_error: bool | Collection[str]) -> Finding:
    raised = warn_as_error if isinstance(warn_as_error, bool) else each.code in warn_as_error
    return replace(each, severity="error") if raised and each.severity == "warning" else each
