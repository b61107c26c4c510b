"""Entries written into the actuals, and taken out again; all else in the file stays as it is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from waveplan.domain.actuals import Record, Section
from waveplan.domain.findings import Finding
from waveplan.errors import UsageError
from waveplan.usecases.check import judged

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.loading import LoadedActuals

_HEAD = "waveplan_actuals: 1"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A text with a new entry, and what there is to say of it that was not so before."""

    text: str
    entry: str
    findings: tuple[Finding, ...]


def actuals_of(text: str, name: str) -> LoadedActuals:
    """Read actuals from a text that stands, or is meant to stand, in a file of that name."""
    from waveplan.loading import actuals_of as read

    return read(text, name)


def recorded(
    text: str,
    name: str,
    section: Section,
    record: Record,
    *,
    plan: Plan,
    inventory: Inventory | None = None,
    as_of: dt.date,
) -> Recorded:
    """The text of a file of actuals with one more entry, all else as it is, and the findings that the entry brings.

    The text has no errors of reading. Raises UsageError when it is written in a way that takes no entry, or when
    anything else would change, as where another section is an alias of this one.
    """
    from waveplan.export.actuals_yaml import record_text, record_words
    from waveplan.loading.inserting import inserted

    def entry(indent: str, all_quoted: bool) -> str:
        return record_text(record, indent, all_quoted)

    try:
        longer = inserted(text, section, entry, _HEAD)
    except ValueError as error:
        raise UsageError(
            "{name}: no entry can be put into '{section}' ({reason}): write it by hand",
            name=name,
            section=section,
            reason=str(error),
        ) from None
    before, after = actuals_of(text, name), actuals_of(longer, name)
    if after.sources.root != _with_entry(before.sources.root, section, record_words(record)):
        raise UsageError(
            "{name}: a new entry of '{section}' would change other parts of the file: write it by hand",
            name=name,
            section=section,
        )
    judged_before = judged(before, plan, inventory, as_of)
    judged_after = judged(after, plan, inventory, as_of)
    return Recorded(longer, record_text(record), _new(judged_before, judged_after))


def undone(text: str, name: str, section: Section) -> Recorded:
    """The text of a file of actuals without the last entry of a section, and that entry; all else as it is.

    Raises UsageError when the text is written in a way that lets no entry go, or when anything else would change.
    """
    from waveplan.export.actuals_yaml import record_text
    from waveplan.loading.inserting import without_last

    before = actuals_of(text, name)
    assert before.actuals is not None
    last = getattr(before.actuals, section)[-1]
    try:
        shorter = without_last(text, section)
    except ValueError as error:
        raise UsageError(
            "{name}: no entry can be taken out of '{section}' ({reason}): do it by hand",
            name=name,
            section=section,
            reason=str(error),
        ) from None
    after = actuals_of(shorter, name)
    wanted = before.actuals.model_copy(update={section: getattr(before.actuals, section)[:-1]})
    if after.actuals != wanted:
        raise UsageError("{name}: taking the entry out would change other parts: edit the file by hand", name=name)
    return Recorded(shorter, record_text(last), ())


def _with_entry(before: Any, section: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """What reading the new text must give: what the old one gave, and the entry."""
    wanted = dict(before or {"waveplan_actuals": "1"})
    wanted[section] = [*(wanted.get(section) or []), _composed(words)]
    return wanted


def _composed(value: Any) -> Any:
    """Words as they are read: with their accents composed."""
    if isinstance(value, Mapping):
        return {_composed(key): _composed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_composed(each) for each in value]
    return normalize("NFC", value) if isinstance(value, str) else value


def _new(before: list[Finding], after: list[Finding]) -> tuple[Finding, ...]:
    """Findings that were not there before, whatever their lines."""
    known = Counter((finding.code, finding.message) for finding in before)
    found = []
    for finding in after:
        key = (finding.code, finding.message)
        if known[key]:
            known[key] -= 1
        else:
            found.append(finding)
    return tuple(sorted(found, key=lambda finding: finding.sort_key))
