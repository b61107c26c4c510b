"""Records as JSON that can be read back: what JSON has no form for is tagged with what it is.

Only records that are named here are read, so that a file from elsewhere can make nothing else than these.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel


class NotTaggedError(ValueError):
    """A text that `read` cannot have come from `written`, or a value that has no form."""


def records_of(modules: Iterable[ModuleType]) -> dict[str, Any]:
    """The records that some modules define, by name."""
    return {
        name: each
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, type) and is_dataclass(each) and each.__module__ == module.__name__
    }


def models_of(modules: Iterable[ModuleType]) -> dict[str, Any]:
    """The models that some modules define, by name."""
    return {
        name: each
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__module__ == module.__name__
    }


def written(value: Any, records: Mapping[str, Any]) -> Any:
    """The value as JSON has it. Raises NotTaggedError for what has no form."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [written(each, records) for each in value]
    for name, (kind, form, _) in _FORMS.items():
        if isinstance(value, kind):
            return {"$": name, "of": form(value, lambda each: written(each, records))}
    name = type(value).__name__
    if isinstance(value, BaseModel) and records.get(name) is type(value):
        own = vars(value)  # what models have worked out of their fields stands there too
        held = {key: written(own[key], records) for key in records[name].model_fields if key in own}
        return {"$": name, "given": sorted(value.model_fields_set), "of": held}
    if records.get(name) is type(value):
        held = {field.name: written(getattr(value, field.name), records) for field in fields(records[name])}
        return {"$": name, "of": held}
    raise NotTaggedError(f"{type(value).__name__} has no form in JSON")


def read(value: Any, records: Mapping[str, Any]) -> Any:
    """The value again. Raises NotTaggedError for what `written` does not write."""
    if isinstance(value, list):
        return [read(each, records) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) - {"given"} != {"$", "of"} or not isinstance(value["$"], str):
        raise NotTaggedError("an object without a tag")
    name, held = value["$"], value["of"]
    try:
        if name in _FORMS:
            return _FORMS[name][2](held, lambda each: read(each, records))
        if "given" in value and issubclass(records[name], BaseModel):
            inner = {key: read(each, records) for key, each in held.items()}
            return _model(records[name], inner, frozenset(value["given"]))
        if name in records and isinstance(held, dict):
            return records[name](**{key: read(each, records) for key, each in held.items()})
    except (TypeError, ValueError, ArithmeticError, KeyError, AttributeError) as error:
        raise NotTaggedError(f"{name} is not as it is written: {error}") from None
    raise NotTaggedError(f"{name} is not known")


def _model(kind: type[BaseModel], held: Mapping[str, Any], given: frozenset[str]) -> BaseModel:
    """A model as it was: it was validated when it was first read, and what validating changes is not changed again."""
    unknown = {*held, *given} - {*kind.model_fields}
    if unknown:
        raise NotTaggedError(f"{kind.__name__} has no {sorted(unknown)[0]}")
    made = kind.model_construct()
    vars(made).clear()
    vars(made).update(held)
    object.__setattr__(made, "__pydantic_fields_set__", set(given))
    return made


def as_text(value: Any) -> str:
    """What `written` gives, as the text of a file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


_Inner = Callable[[Any], Any]
_Form = tuple[type | tuple[type, ...], Callable[[Any, _Inner], Any], Callable[[Any, _Inner], Any]]


def _moment(held: Mapping[str, str], _: _Inner) -> dt.datetime:
    moment = dt.datetime.fromisoformat(held["at"])
    return moment.astimezone(ZoneInfo(held["zone"])) if "zone" in held else moment


def _of_moment(value: dt.datetime, _: _Inner) -> dict[str, str]:
    zone = getattr(value.tzinfo, "key", None)
    return {"at": value.isoformat(), **({} if zone is None else {"zone": zone})}


_FORMS: dict[str, _Form] = {  # moments before days, which they are too
    "decimal": (Decimal, lambda value, _: str(value), lambda held, _: Decimal(held)),
    "fraction": (Fraction, lambda value, _: str(value), lambda held, _: Fraction(held)),
    "moment": (dt.datetime, _of_moment, _moment),
    "time": (dt.time, lambda value, _: value.isoformat(), lambda held, _: dt.time.fromisoformat(held)),
    "day": (dt.date, lambda value, _: value.isoformat(), lambda held, _: dt.date.fromisoformat(held)),
    "tuple": (tuple, lambda value, inner: [inner(each) for each in value], lambda held, inner: tuple(map(inner, held))),
    "set": (
        (set, frozenset),
        lambda value, inner: sorted(map(inner, value), key=str),
        lambda held, inner: frozenset(map(inner, held)),
    ),
    "map": (
        Mapping,
        lambda value, inner: [[inner(key), inner(each)] for key, each in value.items()],
        lambda held, inner: {inner(key): inner(each) for key, each in held},
    ),
}
