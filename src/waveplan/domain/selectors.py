"""Selectors: which entries or items something applies to.

A selector is read once into a small tree and then asked about *subjects*: anything that can tell the values
of an attribute (`site.country`, `labels.rack`, …) as a set of words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

SERVER_ATTRIBUTES = frozenset({"technology", "cluster", "server"})
_MAX_DEPTH = 20
SELECTOR = "Selector"
_WORD = {"type": ["string", "number", "boolean"]}
_REFERENCE = {"$ref": f"#/$defs/{SELECTOR}"}
SELECTOR_SCHEMA: dict[str, Any] = {
    "description": "attribute: value or list of values; a list means any of them",
    "anyOf": [
        {
            "type": "object",
            "properties": {"any": _REFERENCE, "not": _REFERENCE},
            "additionalProperties": {"anyOf": [_WORD, {"type": "array", "items": _WORD}]},
        },
        {"type": "array", "items": _REFERENCE},
    ],
}
"""What a selector may be, wherever `SELECTOR` stands for one."""


class Subject(Protocol):
    """Something a selector can be asked about."""

    def values(self, attribute: str) -> frozenset[str]:
        """Words the subject has for an attribute; empty when it has none."""


def word_of(value: object) -> str:
    """The word by which a selector names a value: dates in ISO form, numbers without trailing zeros, true/false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def words_of(value: object) -> frozenset[str]:
    """All words by which a selector names a field's value; none for a missing one."""
    if value is None:
        return frozenset()
    if isinstance(value, list | tuple | set | frozenset):
        return frozenset(word_of(each) for each in value)
    return frozenset((word_of(value),))


@dataclass(frozen=True, slots=True)
class Selector:
    """A tree of conditions: every term and every `all_of` part holds, one of `any_of` (if given), none of `none_of`."""

    terms: tuple[tuple[str, frozenset[str]], ...] = ()
    any_of: tuple[Selector, ...] | None = None
    none_of: tuple[Selector, ...] = ()

    def matches(self, subject: Subject) -> bool:
        """Whether the subject meets the selector. An empty mapping meets everything."""
        for attribute, wanted in self.terms:
            if wanted.isdisjoint(subject.values(attribute)):
                return False
        if self.any_of is not None and not any(part.matches(subject) for part in self.any_of):
            return False
        return not any(part.matches(subject) for part in self.none_of)

    def attributes(self) -> frozenset[str]:
        """Every attribute the selector names, at any depth."""
        parts = (*(self.any_of or ()), *self.none_of)
        return frozenset(name for name, _ in self.terms).union(*(part.attributes() for part in parts))

    def words(self, attribute: str) -> Iterable[str]:
        """Every value the selector gives for an attribute, at any depth, sorted."""
        found = {word for name, words in self.terms if name == attribute for word in words}
        for part in (*(self.any_of or ()), *self.none_of):
            found.update(part.words(attribute))
        return sorted(found)

    @property
    def names_servers(self) -> bool:
        """Whether it names a server attribute; counts under it are then of matching servers."""
        return any(name.partition(".")[0] in SERVER_ATTRIBUTES for name in self.attributes())

    @classmethod
    def parse(cls, value: object, depth: int = 0) -> Selector:
        """Read a selector from a mapping, or from a list of mappings that means any of them.

        Raises PydanticCustomError for anything else.
        """
        if isinstance(value, Selector):
            return value
        if depth > _MAX_DEPTH:
            raise PydanticCustomError("selector", "selectors nest too deeply")
        if isinstance(value, list | tuple):
            return cls(any_of=tuple(cls.parse(each, depth + 1) for each in value))
        if not isinstance(value, dict):
            raise PydanticCustomError(
                "selector", "expected a selector: a mapping of attribute to value, or a list of them"
            )
        return cls._parse_mapping(value, depth)

    @classmethod
    def _parse_mapping(cls, value: dict[Any, Any], depth: int) -> Selector:
        terms = []
        any_of: tuple[Selector, ...] | None = None
        none_of: tuple[Selector, ...] = ()
        for key in value:
            given = value[key]
            if key == "any":
                parts = given if isinstance(given, list | tuple) else [given]
                any_of = tuple(cls.parse(each, depth + 1) for each in parts)
            elif key == "not":
                none_of = (cls.parse(given, depth + 1),)
            else:
                terms.append((str(key), _wanted(str(key), given)))
        return cls(tuple(sorted(terms, key=lambda term: term[0])), any_of, none_of)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(cls.to_data)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"$comment": SELECTOR}  # stands for the schema below, which refers to itself

    def to_data(self) -> dict[str, Any]:
        """The selector as plain data that `parse` reads back."""
        data: dict[str, Any] = {name: sorted(words) for name, words in self.terms}
        if self.any_of is not None:
            data["any"] = [part.to_data() for part in self.any_of]
        if self.none_of:
            data["not"] = [part.to_data() for part in self.none_of]
        return data


def _wanted(attribute: str, given: object) -> frozenset[str]:
    values = given if isinstance(given, list | tuple) else [given]
    for value in values:
        if value is None or isinstance(value, dict | list | tuple):
            raise PydanticCustomError(
                "selector", "expected a value or a list of values for '{attribute}'", {"attribute": attribute}
            )
    return words_of(values)


def scope_in_words(selector: Selector | None, excepted: Selector | None = None) -> str:
    """A selector on one line, for people; less what another one leaves out."""
    if excepted is not None:
        return f"{scope_in_words(selector)}, but not ({scope_in_words(excepted)})"
    if selector is None:
        return "everything"
    parts = [f"{name}: {' or '.join(sorted(words))}" for name, words in selector.terms]
    if selector.any_of is not None:
        parts.append("any of (" + "; ".join(scope_in_words(each) for each in selector.any_of) + ")")
    parts += [f"not ({scope_in_words(each)})" for each in selector.none_of]
    return ", ".join(parts) or "everything"
