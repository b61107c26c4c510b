"""What the models say about the format: which keys stand where, and which attributes selectors may name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory
from waveplan.domain.programme import DEFAULTED_SECTIONS
from waveplan.domain.selectors import Selector
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.work import Application, Service

AUDIENCE = "audience"  # the scope of selectors of people
ITEMS = "items"  # the scope of every selector but those of `defaults`, whose scopes are its sections


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a mapping of the format, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand at a path inside a model; none where the format takes any word."""
    types: list[Any] = [model]
    for step in path:
        types = [inner for each in types for inner in _inside(each, step)]
    return [key for each in types if _is_model(each) for key in keys_of(each)]


def _inside(kind: Any, step: str | int) -> Iterator[Any]:
    """Types of what stands at one step inside a type. A single value may stand for a list, so lists may be skipped."""
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                yield from _alternatives(field.annotation)
    elif get_origin(kind) is list:
        inner = list(_alternatives(get_args(kind)[0]))
        yield from inner if isinstance(step, int) else (found for each in inner for found in _inside(each, step))
    elif get_origin(kind) is dict:
        yield from _alternatives(get_args(kind)[1])


def _alternatives(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for each in get_args(annotation):
            yield from _alternatives(each)
    else:
        yield annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def sections() -> dict[str, tuple[type[BaseModel], bool]]:
    """Sections of the inventory that are mappings (False) or lists of mappings (True), with their models."""
    found: dict[str, tuple[type[BaseModel], bool]] = {}
    for name, field in Inventory.model_fields.items():
        for kind in _alternatives(field.annotation):
            if get_origin(kind) is list:
                found[name] = (get_args(kind)[0], True)
            elif _is_model(kind):
                found[name] = (kind, False)
    return found


SECTIONS = sections()
DEFAULTED_MODELS = {section: SECTIONS[section][0] for section in DEFAULTED_SECTIONS}


@lru_cache(maxsize=16)
def attributes(scope: str) -> frozenset[str]:
    """Attributes that a selector may name: of items, or of the entries of one section of `defaults`."""
    site = {"site", *_below("site", Site)}
    if scope == "sites":
        return frozenset(site | _words(Site))
    if scope == AUDIENCE:
        return frozenset({"persona", "language"} | site | _words(Site))
    target = {"target", *_below("target", Site)}
    server = {"server", *_below("server", Server)}
    if scope == "servers":
        return frozenset(_words(Server) | site | target | server)
    of_servers = {"technology", "cluster"} | server
    user = {"user", *_below("user", Site)}
    if scope == "applications":
        return frozenset({"app", *_words(Application)} | site | target | user | of_servers)
    if scope == "services":
        return frozenset({"service", *_words(Service)} | site)
    own = {"app", "service", "tranche", "stream", "step", "location", *_words(Application), *_words(Service)}
    return frozenset(own | site | target | user | of_servers)


def is_attribute(name: str, scope: str) -> bool:
    """Whether a selector of that scope may name the attribute."""
    known = attributes(scope)
    holder, labels, label = name.partition("labels.")
    return name in known or (bool(labels and label) and (not holder or holder.removesuffix(".") in known))


def _words(model: type[BaseModel]) -> set[str]:
    """Fields that hold words, numbers, dates or lists of them: what a selector can compare."""
    return {
        field.alias or name
        for name, field in model.model_fields.items()
        if not any(_holds_mappings(kind) for kind in _alternatives(field.annotation))
    }


def _holds_mappings(kind: Any) -> bool:
    if get_origin(kind) is list:
        return any(_holds_mappings(each) for each in _alternatives(get_args(kind)[0]))
    return get_origin(kind) is dict or (_is_model(kind) and kind is not Selector)


def _below(head: str, model: type[BaseModel]) -> set[str]:
    return {f"{head}.{name}" for name in _words(model)}
