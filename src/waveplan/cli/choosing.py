"""A selector typed on the command line: `domain=finance`, `app:erp,crm`, or as in an inventory, `{domain: finance}`."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import PydanticCustomError

from waveplan.domain.selectors import Selector
from waveplan.errors import UsageError


def selector_from(words: Sequence[str], option: str) -> Selector:
    """All of what was typed must hold. Raises UsageError for what is no selector, or names what nothing has."""
    parts = [_part(each, option) for each in words]
    selector = parts[0] if len(parts) == 1 else Selector(none_of=tuple(Selector(none_of=(part,)) for part in parts))
    _refuse_unknown(selector, option)
    return selector


def _part(text: str, option: str) -> Selector:
    try:
        return Selector.parse(_read(text.strip()))
    except (PydanticCustomError, ValueError):
        raise UsageError(
            "{option}: {given} is no selector: write it like domain=finance, app=erp,crm or '{{domain: finance}}'",
            option=option,
            given=repr(text),
        ) from None


def _read(text: str) -> object:
    if text.startswith(("{", "[")):
        import yaml

        try:
            return yaml.load(text, Loader=yaml.CBaseLoader)
        except yaml.YAMLError as error:
            raise ValueError from error
    sign = min((place, sign) for sign in "=:" if (place := text.find(sign)) > 0)[1] if set("=:") & set(text) else ""
    key, found, values = text.partition(sign) if sign else (text, "", "")
    named = [value.strip() for value in values.split(",") if value.strip()]
    if not found or not named:
        raise ValueError(text)
    return {key.strip(): named}


def _refuse_unknown(selector: Selector, option: str) -> None:
    from waveplan.loading.format_shape import ITEMS, attributes, is_attribute

    for name in sorted(selector.attributes()):
        if not is_attribute(name, ITEMS):
            raise UsageError(
                "{option}: nothing has an attribute {name}; there is {known}",
                option=option,
                name=repr(name),
                known=", ".join(sorted(attributes(ITEMS))[:12]) + ", …",
            )
