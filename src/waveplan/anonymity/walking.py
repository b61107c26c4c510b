"""A document of the format, value by value, with each word replaced by what its field says it is."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator

from waveplan.adoption_texts import SHIPPED
from waveplan.anonymity.days import moved
from waveplan.anonymity.fields import (
    ATTRIBUTE_FIELDS,
    COMPOSED,
    KEPT,
    KEPT_ATTRIBUTES,
    NAMED_ATTRIBUTES,
    RUNBOOK_MODELS,
    SPOKEN,
    kind_of,
)
from waveplan.anonymity.pseudonyms import Pseudonyms
from waveplan.domain.inventory import Inventory
from waveplan.domain.programme import Default
from waveplan.domain.runbooks import ROLES, UNDONE
from waveplan.domain.selectors import Selector
from waveplan.runbook_templates import shipped_templates

_WORDS = frozenset({"parse_word", "parse_words", "parse_id", "by_language"})
_SECTIONS = {"sites": "Site", "servers": "Server", "applications": "Application", "services": "Service"}


class Walker:
    """Replaces the words of documents, and moves their days."""

    def __init__(self, pseudonyms: Pseudonyms, weeks: int, *, only_known: bool = False) -> None:
        """`only_known` leaves names that nothing has defined: those of defaults, which a plan states by name."""
        self.pseudonyms = pseudonyms
        self._weeks = weeks
        self._only_known = only_known

    def document(self, model: type[BaseModel], raw: Mapping[str, Any]) -> dict[str, Any]:
        """A whole document as read, words as text, in the same order."""
        return self._model(model, raw)

    # --- by the form of a value -------------------------------------------------------------------------------------

    def _model(self, model: type[BaseModel], raw: Mapping[str, Any]) -> dict[str, Any]:
        hints = fields_of(model)
        found: dict[str, Any] = {}
        for key, value in raw.items():
            if model is Default and key == "set":
                found[key] = self._defaults(raw, value)
            elif key in hints:
                name, hint = hints[key]
                found[key] = self._value(hint, value, model.__name__, name)
            else:
                found[key] = value
        return found

    def _defaults(self, raw: Mapping[str, Any], values: Any) -> Any:
        """Values for entries of a section are of the fields of that section."""
        section = next((name for name in _SECTIONS if name in raw), None)
        if section is None or not isinstance(values, Mapping):
            return values
        (entry,) = get_args(fields_of(Inventory)[section][1])
        return self._model(entry, values)

    def _value(self, hint: Any, raw: Any, model: str, field: str) -> Any:
        if raw is None:
            return None
        if isinstance(raw, str):
            return self._word(raw, model, field, is_word=_holds_words(hint))
        origin = get_origin(hint)
        if origin is Annotated:
            return self._value(get_args(hint)[0], raw, model, field) if not isinstance(raw, list) else [
                self._value(hint, each, model, field) if _element(hint) is None
                else self._value(_element(hint), each, model, field)
                for each in raw
            ]  # fmt: skip
        if hint is Selector:
            return self._selector(raw)
        if origin in (Union, types.UnionType):
            return self._value(_fitting(get_args(hint), raw), raw, model, field)
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self._model(hint, raw) if isinstance(raw, Mapping) else raw
        if isinstance(raw, list):
            element = _element(hint)
            return [self._value(element, each, model, field) for each in raw]
        if isinstance(raw, Mapping) and origin is dict:
            key, value = get_args(hint)
            return {
                self._value(key, name, model, f"{field}{{key}}"): self._value(value, each, model, f"{field}{{}}")
                for name, each in raw.items()
            }
        return raw

    def _word(self, word: str, model: str, field: str, *, is_word: bool) -> str:
        place = f"{model}.{field}"
        if place in KEPT or place.removesuffix("{key}") in KEPT or not is_word:
            return self._moved(word)
        if place == "Adoption.template" and word in SHIPPED:
            return word
        if model in RUNBOOK_MODELS and word in _runbook_words():
            return word
        if place in ATTRIBUTE_FIELDS:
            return self._attribute(word)
        if place in COMPOSED:
            return self.pseudonyms.composed(word, self._moved)
        kind = kind_of(model, field)
        if self._only_known and kind not in SPOKEN:
            return self.pseudonyms.composed(word, self._moved)
        return self.pseudonyms.reference(word, kind)

    def _moved(self, text: str) -> str:
        return moved(text, self._weeks)

    # --- selectors --------------------------------------------------------------------------------------------------

    def _selector(self, raw: Any) -> Any:
        if isinstance(raw, list):
            return [self._selector(each) for each in raw]
        if not isinstance(raw, Mapping):
            return raw
        return {
            (key if key in {"any", "not"} else self._attribute(key)): (
                self._selector(value) if key in {"any", "not"} else self._wanted(key, value)
            )
            for key, value in raw.items()
        }

    def _attribute(self, attribute: str) -> str:
        """An attribute, with the key of a label replaced."""
        head, sign, label = attribute.partition("labels.")
        return f"{head}{sign}{self.pseudonyms.whole(label, 'label')}" if sign and label else attribute

    def _wanted(self, attribute: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._wanted(attribute, each) for each in value]
        last = attribute.rpartition(".")[2]
        is_label = "labels." in attribute
        if not isinstance(value, str) or (not is_label and _is_kept(last)):
            return self._moved(value) if isinstance(value, str) else value
        return self.pseudonyms.reference(value, "word" if is_label else NAMED_ATTRIBUTES.get(last, "word"))


@cache
def _runbook_words() -> frozenset[str]:
    """Roles, and ids of the templates that ship: words of the format wherever a runbook has them."""
    return frozenset((*ROLES, UNDONE, *(task.id for task in shipped_templates())))


@cache
def fields_of(model: type[BaseModel]) -> dict[str, tuple[str, Any]]:
    """The fields of a model by the key that a file has: their names, and their types with all that is said of them."""
    hints = get_type_hints(model, include_extras=True)
    return {info.alias or name: (name, hints[name]) for name, info in model.model_fields.items()}


@cache
def _is_kept(attribute: str) -> bool:
    """Whether the values of an attribute are words of the format: criticalities, yes or no, numbers, days."""
    if attribute in KEPT_ATTRIBUTES:
        return True
    models = [get_args(fields_of(Inventory)[section][1])[0] for section in _SECTIONS]
    hints = [fields_of(model)[attribute][1] for model in models if attribute in fields_of(model)]
    return bool(hints) and not any(map(_holds_words, hints))


def _holds_words(hint: Any) -> bool:
    """Whether what stands there is a word, not a number, a day or one of a few known words."""
    if get_origin(hint) is Annotated:
        base, *said = get_args(hint)
        parsers = {each.func.__name__ for each in said if isinstance(each, BeforeValidator)}
        return not parsers.isdisjoint(_WORDS) or _holds_words(base)
    if get_origin(hint) is dict:  # what stands for a mapping is a number: of users, say
        return False
    return any(_holds_words(each) for each in get_args(hint) if each is not type(None))


def _element(hint: Any) -> Any:
    """The type of an entry of a list."""
    if get_origin(hint) is Annotated:
        return _element(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        lists = [each for each in get_args(hint) if _element(each) is not None]
        return _element(lists[0]) if lists else None
    return get_args(hint)[0] if get_origin(hint) in (list, tuple) else None


def _fitting(choices: tuple[Any, ...], raw: Any) -> Any:
    """The choice that has the form of a value."""
    for each in choices:
        base = get_args(each)[0] if get_origin(each) is Annotated else each
        if isinstance(raw, list) and (get_origin(base) in (list, tuple) or base is Selector):
            return each
        is_model = isinstance(base, type) and issubclass(base, BaseModel)
        if isinstance(raw, Mapping) and (is_model or base is Selector or get_origin(base) is dict):
            return each
    return next(each for each in choices if each is not type(None))
