"""The fields that a mapping can fill, told from the models of the format: what kind of value each takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from inspect import unwrap
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from waveplan.domain import scalars
from waveplan.domain.parts import Effort
from waveplan.domain.work import Dependency
from waveplan.imports.records import Kind
from waveplan.imports.values import Vocabulary
from waveplan.loading.format_shape import SECTIONS, keys_of

Form = Literal[
    "amount", "count", "share", "day", "flag", "word", "choice", "size", "size_tb", "memory", "speed", "hours",
    "address", "country", "host", "mac", "uuid",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldType:
    """What a field takes; `many` where it is a list. Of a vocabulary that is `open`, other words may stand too."""

    form: Form
    many: bool = False
    choices: tuple[str, ...] = ()
    vocabulary: Vocabulary | None = None
    open: bool = False

    @property
    def writes_numbers(self) -> bool:
        """Whether its cells hold numbers, whose decimal mark matters."""
        return self.form in {"amount", "count", "share", "size", "size_tb", "memory", "speed", "hours"}


WORD, WORDS = FieldType("word"), FieldType("word", many=True)
_MODELS: dict[Kind, type[BaseModel]] = {
    "site": SECTIONS["sites"][0],
    "team": SECTIONS["teams"][0],
    "server": SECTIONS["servers"][0],
    "application": SECTIONS["applications"][0],
    "service": SECTIONS["services"][0],
    "dependency": Dependency,
    "link": SECTIONS["links"][0],
}
MAPPED_KINDS: tuple[Kind, ...] = tuple(_MODELS)
_PARSERS: dict[Any, Form] = {
    scalars.parse_amount: "amount",
    scalars.parse_count: "count",
    scalars.parse_day: "day",
    scalars.parse_flag: "flag",
    scalars.parse_word: "word",
    scalars.parse_words: "word",
    scalars.parse_id: "word",
}
_VOCABULARIES: dict[tuple[Kind | None, str], Vocabulary] = {
    (None, "environment"): "environment",
    (None, "criticality"): "criticality",
    (None, "strategy"): "strategy",
    (None, "power"): "power",
    (None, "method"): "method",
    (None, "coupling"): "coupling",
    (None, "order"): "order",
    ("server", "kind"): "server_kind",
    ("service", "kind"): "service_kind",
    ("site", "roles"): "site_role",
    ("site", "type"): "site_type",
}
_BY_NAME: dict[str, Form] = {
    "ram_gb": "memory",
    "disk_tb": "size_tb",
    "gbps": "speed",
    "background_gbps": "speed",
    "addresses": "address",
    "country": "country",
    "allowed_countries": "country",
}
_OWN: dict[Kind, dict[str, FieldType]] = {  # fields that records have beside those of the format
    "site": {"users": FieldType("count")},
    "application": {"depends_on": WORDS},
    "service": {"depends_on": WORDS},
    "dependency": {"consumer": WORD, "provider": WORD},
}
_NEVER = {"id", "app", "service"}  # `name` makes ids; dependencies name their ends otherwise


@cache
def field_type(kind: Kind, path: str) -> FieldType | None:
    """What a field of a kind of record takes, by its path (`labels.rack`); None where a mapping cannot fill it."""
    steps = path.split(".")
    own = _OWN.get(kind, {}).get(path)
    if own is not None or not all(steps) or steps[0] in _NEVER:
        return own
    types = [_MODELS[kind]]
    found: list[FieldType] = []
    for number, step in enumerate(steps):
        inner = [each for holder in types for each in _inside(holder, step)]
        types = [each for each in inner if not isinstance(each, FieldType)]
        found = [each for each in inner if isinstance(each, FieldType)] if number == len(steps) - 1 else []
    best = min(found, key=lambda each: (each.form == "word", not each.many), default=None)
    return None if best is None else _special(kind, steps, best)


def known_fields(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind of record, for suggestions; below labels, efforts and the like any word may follow."""
    names = [name for name in keys_of(_MODELS[kind]) if name not in _NEVER]
    nested = [f"{name}.{inner}" for name in names for inner in _nested(kind, name)]
    every = (*names, *nested, *_OWN.get(kind, {}))
    return tuple(dict.fromkeys(name for name in every if field_type(kind, name) is not None))


def open_fields(kind: Kind) -> tuple[str, ...]:
    """Fields below which any word may follow: labels, effort by team, users by persona."""
    return tuple(name for name in keys_of(_MODELS[kind]) if field_type(kind, f"{name}.any-word") is not None)


def _nested(kind: Kind, name: str) -> Iterator[str]:
    for holder in _alternatives(*_annotation(_MODELS[kind], name)):
        for model in _models_in(holder[0]):
            yield from keys_of(model)


def _models_in(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif get_origin(kind) is list:
        for each, _ in _alternatives(get_args(kind)[0], ()):
            yield from _models_in(each)


def _special(kind: Kind, steps: list[str], found: FieldType) -> FieldType:
    name = steps[-1] if steps[0] in {"capacity", "batch", "costs"} else steps[0]
    if found.form == "amount" and name in _BY_NAME:
        return replace(found, form=_BY_NAME[name])
    if found.form == "amount" and (name.endswith("_gb") or name == "change_gb_per_day"):
        return replace(found, form="size")
    if found.form == "amount" and name.endswith("_hours"):
        return replace(found, form="hours")
    if found.form == "word" and name in _BY_NAME:
        return replace(found, form=_BY_NAME[name])
    vocabulary = _VOCABULARIES.get((kind, name)) or _VOCABULARIES.get((None, name))
    if vocabulary and len(steps) == 1:
        return replace(found, form="choice", vocabulary=vocabulary, open=found.form == "word")
    return found


def _inside(holder: Any, step: str) -> Iterator[Any]:
    """What stands at one step inside a type: kinds of value, and types that hold more."""
    if isinstance(holder, type) and issubclass(holder, BaseModel):
        if any(step == (field.alias or name) for name, field in holder.model_fields.items()):
            yield from _forms(*_annotation(holder, step))
    elif get_origin(holder) is dict:
        yield from _forms(get_args(holder)[1], ())
    elif get_origin(holder) is list:
        for each, _ in _alternatives(get_args(holder)[0], ()):
            yield from _inside(each, step)


def _annotation(model: type[BaseModel], key: str) -> tuple[Any, tuple[Any, ...]]:
    field = next(field for name, field in model.model_fields.items() if key == (field.alias or name))
    return field.annotation, tuple(field.metadata)


def _forms(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Any]:
    for kind, marks in _alternatives(annotation, metadata):
        parsers = [unwrap(mark.func, stop=_PARSERS.__contains__) for mark in marks if isinstance(mark, BeforeValidator)]
        form = next((_PARSERS[each] for each in parsers if each in _PARSERS), None)
        if get_origin(kind) is Literal:
            yield FieldType("choice", choices=get_args(kind))
        elif form is not None and get_origin(kind) is not list:
            is_share = form == "amount" and any(getattr(mark, "le", None) == 1 for mark in marks)
            yield FieldType("share" if is_share else form)
        elif get_origin(kind) is list:
            items = _forms(get_args(kind)[0], ())
            yield from (replace(each, many=True) for each in items if isinstance(each, FieldType))
            if scalars.as_list in parsers:  # one mapping may stand for the list
                yield kind
        else:
            yield kind
            if kind is Effort:  # a plain number is its `each`
                yield FieldType("amount")


def _alternatives(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0], (*metadata, *get_args(annotation)[1:]))
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _alternatives(each, metadata)
    elif annotation is not type(None):
        yield annotation, metadata
