"""What becomes of entities: applications, servers, teams, and who depends on whom."""

from __future__ import annotations

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.register import RecordDraft
from waveplan.imports.forms.servers import host_named, label
from waveplan.imports.records import Given, Keys, located
from waveplan.imports.sources.backstage.entities import Entity, EntityRef, ref_of
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.values import folded

_SERVERS = frozenset({
    "server", "vm", "host", "machine", "node", "virtual machine", "physical server", "bare metal", "ec2",
    "ec2 instance", "compute instance", "instance",
})  # fmt: skip
_PLANNED = frozenset({"component", "resource"})
_TOLD_BY_OTHERS = {
    "system": "a system is told by the components and resources that are part of it",
    "api": "an interface is told by who provides it and who uses it",
    "domain": "a domain is told by the systems that are part of it",
}
NOT_READ = "an entity of kind '{kind}' is nothing that is planned"


class Cataloguing:
    """The entities of a catalogue, by reference."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._register = collection.register
        self._entities: dict[EntityRef, Entity] = {}
        self._providers: dict[EntityRef, list[Entity]] = {}  # of interfaces

    def hear(self, entity: Entity) -> None:
        """Keep an entity until all are known; one that stands twice counts once."""
        if entity.ref in self._entities:
            self._collection.merged(entity.place, "an entity before it has the same kind and name")
            return
        self._entities[entity.ref] = entity
        for text, _, _ in entity.words("spec", "providesApis") if entity.ref.kind == "component" else ():
            self._providers.setdefault(ref_of(text, "api"), []).append(entity)

    def conclude(self) -> None:
        """Make records of all entities."""
        owners = {self._owner(entity) for entity in self._entities.values() if entity.ref.kind in _PLANNED}
        for entity in self._entities.values():
            self._take(entity, owners)
        for entity in self._entities.values():
            if entity.ref.kind in _PLANNED:
                self._depend(entity)

    def _take(self, entity: Entity, owners: set[EntityRef | None]) -> None:
        kind = entity.ref.kind
        if kind == "component" or (kind == "resource" and not self._is_server(entity)):
            self._take_application(entity)
        elif kind == "resource":
            keys = Keys(external=":".join(entity.ref), hostname=host_named(entity.name).partition(".")[0])
            self._register.state("server", self._name(entity), entity.place, self._labels(entity), keys)
        elif kind == "group" and entity.ref in owners:
            self._register.state("team", self._team(entity.ref), entity.place, {})
        elif kind == "group":
            self._collection.skip(entity.place, "a group that owns nothing that is imported")
        elif kind in _TOLD_BY_OTHERS:
            self._collection.merged(entity.place, _TOLD_BY_OTHERS[kind])
        else:
            self._collection.skip(entity.place, NOT_READ, kind=entity.ref.kind)

    def _take_application(self, entity: Entity) -> None:
        given = self._labels(entity)
        owner = self._owner(entity)
        if owner:
            team = self._register.refer("team", self._team(owner), entity.place)
            given["technical_owner"] = Given(team.name, entity.column("spec", "owner"))
        domain = self._domain(entity)
        if domain:
            given["domain"] = Given(domain, entity.column("spec", "system"))
        self._register.state(
            "application", self._name(entity), entity.place, given, Keys(external=":".join(entity.ref))
        )

    def _labels(self, entity: Entity) -> dict[str, Given]:
        found: dict[str, Given | None] = {
            "labels.title": entity.given("metadata", "title"),
            "labels.description": entity.given("metadata", "description"),
            "labels.type": entity.given("spec", "type"),
            "labels.lifecycle": entity.given("spec", "lifecycle"),
            "labels.system": self._shown(entity, "system", "system"),
            "labels.part_of": self._shown(entity, "subcomponentOf", "component"),
        }
        if entity.ref.kind == "resource":
            found["labels.kind"] = Given("resource")
        tags = entity.words("metadata", "tags")
        if tags:
            found["labels.tags"] = Given(tuple(tag for tag, _, _ in tags), tags[0][2])
        for name, value in self._entries(entity):
            found.setdefault(label(name), Given(value))
        return {path: given for path, given in found.items() if given}

    def _entries(self, entity: Entity) -> list[tuple[str, str]]:
        labels = entity.part("metadata").get("labels")
        return (
            [(str(key), each) for key, each in labels.items() if isinstance(each, str)]
            if isinstance(labels, dict)
            else []
        )

    def _shown(self, entity: Entity, key: str, kind: str) -> Given | None:
        ref = self._ref(entity, key, kind)
        return entity.given("spec", key, ref.shown) if ref else None

    def _ref(self, entity: Entity, key: str, kind: str) -> EntityRef | None:
        """What a field refers to; nothing where it names nothing."""
        ref = ref_of(entity.word("spec", key), kind)
        return ref if ref.name else None

    def _name(self, entity: Entity) -> str:
        """What an entity is called; a resource that is called like a component, with its kind."""
        alike = EntityRef("component", entity.ref.namespace, entity.ref.name)
        is_alike = entity.ref.kind == "resource" and alike in self._entities and not self._is_server(entity)
        return f"resource:{entity.name}" if is_alike else entity.name

    def _is_server(self, entity: Entity) -> bool:
        return folded(entity.word("spec", "type")) in _SERVERS

    def _owner(self, entity: Entity) -> EntityRef | None:
        """Who owns an entity: as it says, else as its system does."""
        system = self._system(entity)
        return self._ref(entity, "owner", "group") or (self._ref(system, "owner", "group") if system else None)

    def _system(self, entity: Entity) -> Entity | None:
        ref = self._ref(entity, "system", "system")
        return self._entities.get(ref) if ref else None

    def _domain(self, entity: Entity) -> str:
        system = self._system(entity)
        ref = self._ref(system, "domain", "domain") if system else None
        return ref.shown if ref else ""

    def _team(self, ref: EntityRef) -> str:
        """What a group is called: as its profile says, else by its name."""
        group = self._entities.get(ref)
        profile = group.part("spec").get("profile") if group else None
        name = profile.get("displayName") if isinstance(profile, dict) else None
        return name if isinstance(name, str) and name.strip() else group.name if group else ref.shown

    def _depend(self, entity: Entity) -> None:
        for key, kind in (("dependsOn", "component"), ("dependencyOf", "component"), ("consumesApis", "api")):
            for text, place, column in entity.words("spec", key):
                ref = ref_of(text, kind)
                if not ref.name:
                    template = "the reference '{text}' names nothing; it is left out"
                    self._collection.telling.note("WP518", located(place, column), template, {"text": text})
                elif key == "dependsOn":
                    self._tie(entity.ref, ref, place, column)
                elif key == "dependencyOf":
                    self._tie(ref, entity.ref, place, column)
                else:
                    self._use(entity, ref, place, column)

    def _tie(self, consumer: EntityRef, provider: EntityRef, place: RowPlace, column: int) -> None:
        """Say that one entity needs another: an application needs one, or is on a server."""
        if provider.kind == "api":
            self._use(self._entities.get(consumer), provider, place, column)
            return
        one, other = (self._end(ref, place, column) for ref in (consumer, provider))
        if one is None or other is None or one.kind == "server":
            return
        if other.kind == "server":
            one.add("servers", [other.name], column)
        elif one.name != other.name:
            self._register.depend(one.name, other.name, place)

    def _use(self, consumer: Entity | None, interface: EntityRef, place: RowPlace, column: int) -> None:
        """Say that an application needs all that provide an interface."""
        providers = self._providers.get(interface, [])
        if consumer is None:
            return
        if not providers:
            template = "'{name}' uses the interface '{api}', which no component provides; the dependency is left out"
            values = {"name": consumer.name, "api": interface.shown}
            self._collection.telling.note("WP518", located(place, column), template, values)
        for provider in providers if consumer.ref.kind in _PLANNED else ():
            if provider.ref != consumer.ref:
                self._register.depend(self._name(consumer), self._name(provider), place)

    def _end(self, ref: EntityRef, place: RowPlace, column: int) -> RecordDraft | None:
        """One end of a dependency; one of which no file tells is an application of that name."""
        entity = self._entities.get(ref)
        if ref.kind not in _PLANNED:
            template = "a dependency on '{name}', of kind '{kind}', is not read"
            values = {"name": ref.shown, "kind": ref.kind}
            self._collection.telling.note("WP515", located(place, column), template, values)
            return None
        if entity is None:
            if self._register.find("application", ref.shown) is None:
                template = "no file tells of the {kind} '{name}'; it is taken for an application of that name"
                values = {"name": ref.shown, "kind": ref.kind}
                self._collection.telling.note("WP518", located(place, column), template, values)
            return self._register.refer("application", ref.shown, place)
        is_server = self._is_server(entity) and ref.kind == "resource"
        return self._register.find("server" if is_server else "application", self._name(entity))
