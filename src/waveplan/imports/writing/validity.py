"""Values held against the format before they are written: what it refuses is left out and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from waveplan.domain.findings import Finding
from waveplan.domain.work import Dependency
from waveplan.imports.writing.drafts import SECTIONS, Draft, Tree


def leave_out_invalid(draft: Draft) -> Iterator[Finding]:
    """Take out of a draft what the format refuses, with a finding for each value."""
    for key, value in list(draft.tree.items()):
        if key in ("id", "name", "labels") or _is_valid(SECTIONS[draft.kind][1], key, value):
            continue
        del draft.tree[key]
        yield _refused(draft, key, value)


def whole_links(drafts: list[Draft], findings: list[Finding]) -> list[Draft]:
    """The drafts without links of which nobody says how fast they are, or between which sites; those are told."""
    found = []
    for draft in drafts:
        lacking = [key for key in ("between", "gbps") if draft.kind == "link" and key not in draft.tree]
        if not lacking:
            found.append(draft)
            continue
        findings.append(
            Finding(
                "WP539",
                "the link '{name}' was left out: no source gives its {fields}",
                {"name": draft.id, "fields": ", ".join(lacking)},
                "warning",
                (draft.id,),
                hint="write it by hand, with `between` and `gbps`",
            )
        )
    return found


def without_invalid_ties(draft: Draft) -> Iterator[Finding]:
    """The same for what an entry depends on; values that contradict each other all go, and the tie stays."""
    for tie in draft.tree.get("depends_on") or ():
        wrong = [key for key, value in tie.items() if not _passes(Dependency, key, value)]
        if not wrong and not _is_whole(tie):
            wrong = [key for key in tie if key not in ("app", "service")]
        for key in wrong:
            yield _refused(draft, f"depends_on.{key}", tie.pop(key))


def _is_whole(tie: Tree) -> bool:
    try:
        Dependency.model_validate(tie)
    except ValidationError:
        return False
    return True


def _is_valid(model: type, key: str, value: Any) -> bool:
    return _is_valid_word(model, key, value) if isinstance(value, str) else _passes(model, key, value)


@lru_cache(maxsize=1 << 16)
def _is_valid_word(model: type, key: str, value: str) -> bool:
    return _passes(model, key, value)


def _passes(model: type, key: str, value: Any) -> bool:
    adapter = _adapters(model).get(key)
    if adapter is None:
        return False
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def _adapters(model: Any) -> Mapping[str, TypeAdapter[Any]]:
    """A reader for each field of a model, by its key."""
    found = {}
    for name, field in model.model_fields.items():
        held: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        found[field.alias or name] = TypeAdapter(held)
    return found


def _refused(draft: Draft, key: str, value: Any) -> Finding:
    finding = Finding(
        "WP539",
        "{field} of '{name}' cannot be {value} in the format; it was left out",
        {"field": key, "name": draft.id, "value": repr(value) if isinstance(value, str) else str(value)},
        "warning",
        (draft.id,),
        hint="mend it in its source; `waveplan schema inventory` says what a field takes",
    )
    settled = draft.thing.fields.get(key) if draft.thing else None
    return finding.at(settled.said.location()) if settled and settled.said.place.row else finding
