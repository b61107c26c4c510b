"""What sources disagree on, told field by field; each single conflict is in the list of conflicts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from waveplan.domain.findings import Finding
from waveplan.domain.precedence import SourcePrecedence
from waveplan.imports.merging.choosing import SECTIONS
from waveplan.imports.merging.things import Claim, Conflict, Ref, Value

Naming = Callable[[Ref], str]


def conflict_findings(conflicts: Iterable[Conflict], name: Naming) -> Iterator[Finding]:
    """One finding for each field that sources disagree on, with the first place where they do."""
    by_field: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        by_field[f"{SECTIONS.get(conflict.thing.kind, conflict.thing.kind)}.{conflict.path}"].append(conflict)
    for field, found in sorted(by_field.items()):
        yield _disagreement(field, found, name)


def _disagreement(field: str, conflicts: list[Conflict], name: Naming) -> Finding:
    first = conflicts[0]
    claim = first.settled.said
    values = {
        "field": field,
        "number": len(conflicts),
        "name": first.thing.name,
        "value": shown_value(claim.value, name),
        "source": claim.source,
        "others": ", ".join(f"{shown_value(each.value, name)} ({each.source})" for each in first.settled.others),
    }
    finding = Finding(
        "WP538",
        "{field}: sources disagree ({number}), as on '{name}': {value} ({source}), not {others}",
        values,
        "warning",
        (first.thing.name,),
        hint="--conflicts FILE lists them all; say in a precedence file whose word counts for the field",
    )
    told = _told((claim, *first.settled.others))
    return finding.at(told.location()) if told else finding


def _told(claims: Iterable[Claim]) -> Claim | None:
    return next((claim for claim in claims if claim.place.row), None)


def shown_value(value: Value, name: Naming) -> str:
    """A value as sentences show it; other things by what `name` calls them."""
    if isinstance(value, Ref):
        return name(value)
    return value if isinstance(value, str) else "[" + ", ".join(shown_value(each, name) for each in value) + "]"


def stale_findings(
    stale: Collection[str], dates: Mapping[str, dt.date | None], precedence: SourcePrecedence
) -> Iterator[Finding]:
    """Sources that yield, and names of the precedence that no source has."""
    for name in sorted(stale):
        yield Finding(
            "WP541",
            "the source '{name}' is of {day} and stale: where another one says something, that counts",
            {"name": name, "day": str(dates[name])},
            "warning",
            (name,),
            hint="export it anew, or raise stale_after_days in the precedence file",
        )
    named = [source.name for source in precedence.sources]
    named += [name for each in precedence.fields.values() for name in each.sources]
    for name in sorted(set(named) - dates.keys()):
        yield Finding(
            "WP541",
            "the precedence names the source '{name}', and none is called so",
            {"name": name},
            "warning",
            (name,),
            hint="sources here: {known}",
            hint_values={"known": ", ".join(sorted(dates))},
        )
