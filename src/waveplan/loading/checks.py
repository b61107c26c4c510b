"""Checks that walk the raw tree: names that nobody bears, attributes that do not exist, places nobody knows.

They look at words, not at models, so that an entry that is wrong elsewhere is still checked, and each finding
stands where the word stands: in `set`, say, rather than at every server that a line of `defaults` fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from waveplan.domain.calendar_rules import SITE_ZONE
from waveplan.domain.catalogue import CATALOGUE, is_house_code
from waveplan.domain.findings import Path
from waveplan.loading.format_shape import AUDIENCE, ITEMS, attributes, is_attribute
from waveplan.loading.lookups import LookupContext
from waveplan.loading.places import country_hint, is_country, is_zone, zone_hint, zones
from waveplan.loading.report import suggestion
from waveplan.loading.tree import MappingNode, SequenceNode, mark_of

# Attributes of selectors whose values are ids, and of what.
_NAMING_ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "app": ("application",),
    "service": ("service",),
    "server": ("server",),
    "site": ("site",),
    "target": ("site",),
    "user": ("site",),
    "tranche": ("tranche",),
    "stream": ("stream",),
}


class Check(Protocol):
    """Something to look at in one value of the tree."""

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Look at a value that is there."""


class Naming:
    """A word, or a list of words, each the id of a thing of one of some kinds."""

    def __init__(self, *kinds: str) -> None:
        self._kinds = kinds

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Note names that nobody bears."""
        if isinstance(value, str):
            if not any(value in context.names.by_kind[kind] for kind in self._kinds):
                context.note_missing(self._kinds, value, path)
        elif isinstance(value, SequenceNode):
            for number, each in enumerate(value):
                if isinstance(each, str):
                    self.visit(each, (*path, number), context)


class NamingKeys:
    """A mapping whose keys are ids."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Note names that nobody bears."""
        if isinstance(value, MappingNode):
            known = context.names.by_kind[self._kind]
            for key in value:
                if key not in known:
                    context.note_missing((self._kind,), key, (*path, key), key=True)


class ByKey:
    """A mapping, some of whose keys are to be looked at."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = tuple(checks.items())

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Look at the keys that are there."""
        if isinstance(value, MappingNode):
            for key, check in self._checks:
                inner = value.get(key)
                if inner is not None:
                    check.visit(inner, (*path, key), context)


class Each:
    """A list whose elements are to be looked at."""

    def __init__(self, check: Check) -> None:
        self._check = check

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Look at each element."""
        if isinstance(value, SequenceNode):
            for number, each in enumerate(value):
                self._check.visit(each, (*path, number), context)


class Choosing:
    """A selector: attributes that exist, ids that somebody bears. Lists of selectors are looked at one by one."""

    def __init__(self, scope: str = ITEMS) -> None:
        self._scope = scope

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Look at a selector, at any depth."""
        if isinstance(value, SequenceNode):
            for number, each in enumerate(value):
                self.visit(each, (*path, number), context)
        elif isinstance(value, MappingNode):
            for key, given in value.items():
                if key in {"any", "not"}:
                    self.visit(given, (*path, key), context)
                elif not is_attribute(key, self._scope):
                    report_attribute(key, self._scope, (*path, key), context, key=True)
                elif key == "id" and self._scope == ITEMS:
                    _check_kinds(given, (*path, key), context)
                elif key in _NAMING_ATTRIBUTES:
                    Naming(*_NAMING_ATTRIBUTES[key]).visit(given, (*path, key), context)


def _check_kinds(given: Any, path: Path, context: LookupContext) -> None:
    """Ids without a kind, where an application and a service have the same one."""
    for number, word in enumerate(given if isinstance(given, SequenceNode) else [given]):
        if isinstance(word, str) and all(word in context.names.by_kind[kind] for kind in ("application", "service")):
            place = (*path, number) if isinstance(given, SequenceNode) else path
            template = "'{name}' is an application and a service"
            hint = "write app: {name} or service: {name} in place of id: {name}"
            mark, values = mark_of(context.root, place), {"name": word}
            context.report.add("WP136", mark, template, values, path=place, hint=hint, hint_values=values)


class NamingOrChoosing:
    """A list of ids, or a selector."""

    def __init__(self, kind: str, scope: str) -> None:
        self._naming = Naming(kind)
        self._choosing = Choosing(scope)

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Look at whichever it is."""
        chooses = isinstance(value, MappingNode) or (
            isinstance(value, SequenceNode) and any(isinstance(each, MappingNode) for each in value)
        )
        (self._choosing if chooses else self._naming).visit(value, path, context)


class Attributes:
    """A word, or a list of words, each an attribute of items."""

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Report words that are no attributes."""
        if isinstance(value, str) and not is_attribute(value, ITEMS):
            report_attribute(value, ITEMS, path, context)
        elif isinstance(value, SequenceNode):
            for number, each in enumerate(value):
                if isinstance(each, str):
                    self.visit(each, (*path, number), context)


_NO_ATTRIBUTE = {
    ITEMS: "nothing has an attribute '{name}'",
    AUDIENCE: "people have no attribute '{name}' by which an audience could choose them",
}


def report_attribute(name: str, scope: str, path: Path, context: LookupContext, *, key: bool = False) -> None:
    """A selector names an attribute that nothing has."""
    mark = mark_of(context.root, path, key=key)
    template = _NO_ATTRIBUTE.get(scope, "no entry of '{scope}' has a '{name}'")
    values = {"name": name, "scope": scope}
    otherwise = "the attributes are the keys of an entry, site.*, target.*, user.*, server.* and labels.*"
    if scope == AUDIENCE:
        otherwise = "the attributes are persona, language, and the keys of a site"
    hint = suggestion(name, attributes(scope), otherwise)
    context.report.add("WP130", mark, template, values, path=path, **hint)


class Country:
    """A country code, or a list of them."""

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Report codes that are none."""
        if isinstance(value, str) and not is_country(value):
            mark = mark_of(context.root, path)
            hint = country_hint(value)
            context.report.add("WP112", mark, "'{code}' is not a country code", {"code": value}, path=path, **hint)
        elif isinstance(value, SequenceNode):
            for number, each in enumerate(value):
                if isinstance(each, str):
                    self.visit(each, (*path, number), context)


class Zone:
    """The name of a time zone."""

    def __init__(self, *, site: bool = False) -> None:
        self._also = SITE_ZONE if site else None

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Report a zone that is none."""
        if isinstance(value, str) and value != self._also and not is_zone(value):
            mark = mark_of(context.root, path)
            hint = zone_hint(value, context.suggester(("time zone",), zones))
            context.report.add("WP112", mark, "'{zone}' is not a time zone", {"zone": value}, path=path, **hint)


class Code:
    """The code of a finding."""

    def visit(self, value: Any, path: Path, context: LookupContext) -> None:
        """Report a code that is none."""
        if isinstance(value, str) and value not in CATALOGUE and not is_house_code(value):
            mark = mark_of(context.root, path)
            hint = "`waveplan rule` lists the codes"
            context.report.add("WP104", mark, "no finding has the code '{code}'", {"code": value}, path=path, hint=hint)
