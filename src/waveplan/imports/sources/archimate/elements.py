"""Elements of a model: which of them are applications, servers and sites, and to which of these the others belong."""

from __future__ import annotations

from typing import Literal

from waveplan.imports.forms.cells import READERS, Convention
from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.form import forms_of, words_of
from waveplan.imports.forms.register import same
from waveplan.imports.forms.servers import host_named, label
from waveplan.imports.records import Given, Keys, located
from waveplan.imports.sources.archimate.exchange import ExchangedModel, ModelPart
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.values import (
    GB,
    AmbiguousCellError,
    UnreadableCellError,
    folded,
    header_size_unit,
    size_unit,
    word_of,
)

PartNature = Literal["application", "server", "site", "part", "process", "data", "other"]
"""What an element is to a plan; a part belongs to an application or a server."""

_NATURES: dict[str, PartNature] = {
    **dict.fromkeys(("ApplicationComponent", "ApplicationCollaboration"), "application"),
    **dict.fromkeys(("Node", "Device"), "server"),
    **dict.fromkeys(("Location", "Facility"), "site"),
    **dict.fromkeys(("BusinessProcess", "BusinessFunction"), "process"),
    **dict.fromkeys(("DataObject", "BusinessObject"), "data"),
    **dict.fromkeys(
        (
            "ApplicationService", "ApplicationInterface", "ApplicationFunction", "ApplicationProcess",
            "ApplicationInteraction", "ApplicationEvent", "SystemSoftware", "TechnologyService", "TechnologyInterface",
            "TechnologyFunction", "TechnologyProcess", "TechnologyInteraction", "TechnologyCollaboration", "Artifact",
            "InfrastructureService", "InfrastructureInterface", "InfrastructureFunction",
        ),
        "part",
    ),
}  # fmt: skip
_TECHNICAL = ("SystemSoftware", "Technology", "Infrastructure")
_BELONGS = {"Realization", "Realisation", "Assignment", "Composition", "Aggregation"}
_REASONS: dict[PartNature, str] = {
    "part": "it is part of the application or the server that it belongs to",
    "process": "a process is told by the applications that serve it",
    "data": "data are told by the applications that use them",
}


class Elements:
    """The elements of one model."""

    def __init__(self, collection: Collection, model: ExchangedModel) -> None:
        self._collection = collection
        self.model = model
        self._owners: dict[str, set[str]] = {}  # part → what it belongs to
        for relation in model.relations:
            self._hear(relation)

    def nature(self, identifier: str) -> PartNature:
        """What an element is; `other` where there is none."""
        element = self.model.elements.get(identifier)
        return _NATURES.get(element.type, "other") if element else "other"

    def name(self, identifier: str) -> str:
        """What an element is called."""
        element = self.model.elements.get(identifier)
        return (element.name or element.identifier) if element else identifier

    def concrete(self, identifier: str) -> list[str]:
        """The element, or what a part belongs to; sorted by where they stand."""
        if self.nature(identifier) != "part":
            return [identifier]
        found: set[str] = set()
        seen, waiting = {identifier}, [identifier]
        while waiting:
            for owner in self._owners.get(waiting.pop(), ()):
                if self.nature(owner) == "part" and owner not in seen:
                    seen.add(owner)
                    waiting.append(owner)
                elif self.nature(owner) in {"application", "server"}:
                    found.add(owner)
        return sorted(found, key=lambda each: (self.model.elements[each].place, each))

    def state(self) -> None:
        """Make records of all elements that are planned, and account for the others."""
        for element in self.model.elements.values():
            self._state(element)
        for element in self.model.again:
            self._collection.merged(element.place, "an element before it has the same identifier")

    def _hear(self, relation: ModelPart) -> None:
        """Note what belongs to what: a part to its whole, a service to who realises it, a file to what it makes."""
        belonging = self.belonging(relation)
        if belonging:
            part, whole = belonging
            self._owners.setdefault(part, set()).add(whole)

    def belonging(self, relation: ModelPart) -> tuple[str, str] | None:
        """ModelPart and whole, of a relation that says no more; what is deployed on a server is no part of it."""
        source, target = relation.source, relation.target
        if relation.type not in _BELONGS:
            return None
        if self._type(source) == "Artifact" and relation.type in {"Realization", "Realisation"}:
            return source, target
        is_deployment = self._type(target) == "Artifact" and self._is_technical(source)
        return (target, source) if self.nature(target) == "part" and not is_deployment else None

    def _is_technical(self, identifier: str) -> bool:
        return self.nature(identifier) == "server" or self._type(identifier).startswith(_TECHNICAL)

    def _type(self, identifier: str) -> str:
        element = self.model.elements.get(identifier)
        return element.type if element else ""

    def _state(self, element: ModelPart) -> None:
        nature = self.nature(element.identifier)
        if nature in _REASONS:
            self._collection.merged(element.place, _REASONS[nature])
        elif nature not in {"application", "server", "site"}:
            reason = "an element of type '{type}' is nothing that is planned"
            self._collection.skip(element.place, reason, type=element.type[:60])
        elif nature == "site":
            self._collection.register.state("site", self.name(element.identifier), element.place, {})
        else:
            self._state_planned(element, "server" if nature == "server" else "application")

    def _state_planned(self, element: ModelPart, nature: Literal["application", "server"]) -> None:
        name, register = self.name(element.identifier), self._collection.register
        known = register.find(nature, name)
        if known is not None and known.stated:
            template = "two elements are called '{name}', here and in line {line}; they count as one"
            hint = "rename one of them where they are two things"
            values = {"name": name, "line": known.place.row}
            self._collection.telling.note("WP533", located(element.place), template, values, hint=hint)
        given = self._properties(element, nature)
        given["labels.element"] = Given(element.type)
        if element.documentation:
            given["labels.description"] = Given(element.documentation)
        if nature == "server":
            if element.type == "Device":
                given.setdefault("kind", Given("physical"))
            given |= self._software(element.identifier, given)
        for path, kind in (("technical_owner", "team"), ("site", "site")):
            if path in given:
                named = register.refer("team" if kind == "team" else "site", str(given[path].value), element.place)
                given[path] = Given(named.name)
        host = host_named(name) if nature == "server" else ""
        keys = Keys(external=element.identifier, fqdn=host if "." in host else "", hostname=host.partition(".")[0])
        register.state(nature, name, element.place, given, keys)

    def _software(self, identifier: str, given: dict[str, Given]) -> dict[str, Given]:
        """What runs on a server: its system is one, all else is a label."""
        parts = [part for part, owners in self._owners.items() if identifier in owners]
        names = [self.name(part) for part in parts if self.model.elements[part].type == "SystemSoftware"]
        words = words_of("archimate", "systems")
        systems = [name for name in names if any(f" {word} " in f" {folded(name)} " for word in words)]
        found = {"os": Given(systems[0])} if systems and "os" not in given else {}
        others = tuple(name for name in names if name not in systems)
        return found | ({"labels.software": Given(others)} if others else {})

    def _properties(self, element: ModelPart, nature: Literal["application", "server"]) -> dict[str, Given]:
        form = next(form for form in forms_of("archimate") if form.name == nature)
        found: dict[str, Given] = {}
        for key, text, place in element.properties:
            name = self.model.names_of_properties.get(key, key)
            known = form.column_of(name) if name else None
            value = None
            if known:
                unit = header_size_unit(name) or size_unit(known[0].unit) or GB
                value = self._value(known[0].read, text, name, Convention(unit), place)
            if known and value is not None:
                found.setdefault(known[0].path, value)
            elif word_of(text) and same(name):
                found.setdefault(label(name), Given(word_of(text) or ""))
        return found

    def _value(self, reading: str, text: str, name: str, by: Convention, place: RowPlace) -> Given | None:
        try:
            value = READERS[reading](text, by)
        except AmbiguousCellError:
            value = READERS[reading](text, Convention(by.unit, (".",), ("ymd",)))
        except UnreadableCellError as error:
            template = "'{heading}' is kept as a label: {problem}"
            self._collection.telling.note("WP528", located(place), template, {"heading": name, "problem": error.phrase})
            return None
        return None if value is None else Given(value)
