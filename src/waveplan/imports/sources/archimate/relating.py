"""What becomes of the relations of a model: hosting, dependencies, traffic, places."""

from __future__ import annotations

from collections.abc import Callable

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.flow_sums import FlowSums
from waveplan.imports.harvest import FlowEnd
from waveplan.imports.records import Kind, located
from waveplan.imports.sources.archimate.elements import Elements, PartNature
from waveplan.imports.sources.archimate.exchange import ModelPart

_SPELT = {
    "UsedBy": "Serving", "Realisation": "Realization", "Specialisation": "Specialization",
}  # fmt: skip


class _Linking:
    """Each method takes both ends, by name, and the relation, and says whether it is a new fact."""

    def __init__(self, collection: Collection) -> None:
        self._register = collection.register
        self.sums = FlowSums()

    def depend(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source needs the target."""
        return self._register.depend(one, other, relation.place)

    def serve(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source serves the target, or gives it what it needs."""
        return self._register.depend(other, one, relation.place)

    def host(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source, a server, has the target, an application."""
        server = self._register.refer("server", one, relation.place)
        return self._register.refer("application", other, relation.place).add("servers", [server.name])

    def flow(self, one: str, other: str, relation: ModelPart) -> bool:
        """Traffic between two servers."""
        return self.sums.add(FlowEnd(server=one), FlowEnd(server=other))

    def flow_to(self, one: str, other: str, relation: ModelPart) -> bool:
        """Traffic from an application to a server."""
        return self.sums.add(FlowEnd(application=one), FlowEnd(server=other))

    def flow_from(self, one: str, other: str, relation: ModelPart) -> bool:
        """Traffic from a server to an application."""
        return self.sums.add(FlowEnd(server=one), FlowEnd(application=other))

    def stand(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source, a site, has the target, a server."""
        site = self._register.refer("site", one, relation.place)
        server = self._register.refer("server", other, relation.place)
        is_new = "site" not in server.given
        server.put("site", site.name)
        return is_new

    def stand_at(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source, a server, is at the target, a site."""
        return self.stand(other, one, relation)

    def process(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source, an application, serves the target, a process."""
        return self._register.refer("application", one, relation.place).add("processes", [other])

    def data(self, one: str, other: str, relation: ModelPart) -> bool:
        """The source, an application, uses the target, data."""
        return self._register.refer("application", one, relation.place).add("labels.data", [other])

    def part_of_application(self, one: str, other: str, relation: ModelPart) -> bool:
        """The target is part of the source."""
        return self._part("application", one, other, relation)

    def part_of_server(self, one: str, other: str, relation: ModelPart) -> bool:
        """The target is part of the source."""
        return self._part("server", one, other, relation)

    def _part(self, kind: Kind, whole: str, part: str, relation: ModelPart) -> bool:
        return self._register.refer(kind, part, relation.place).add("labels.part_of", [whole])


_Link = Callable[[_Linking, str, str, ModelPart], bool]
_LINKS: dict[tuple[str, PartNature, PartNature], _Link] = {
    ("Serving", "application", "application"): _Linking.serve,
    ("Serving", "server", "application"): _Linking.host,
    ("Serving", "server", "server"): _Linking.flow,
    ("Serving", "application", "process"): _Linking.process,
    ("Flow", "application", "application"): _Linking.serve,
    ("Flow", "server", "server"): _Linking.flow,
    ("Flow", "application", "server"): _Linking.flow_to,
    ("Flow", "server", "application"): _Linking.flow_from,
    ("Triggering", "application", "application"): _Linking.depend,
    ("Realization", "server", "application"): _Linking.host,
    ("Assignment", "server", "application"): _Linking.host,
    ("Assignment", "site", "server"): _Linking.stand,
    ("Assignment", "server", "site"): _Linking.stand_at,
    ("Composition", "server", "application"): _Linking.host,
    ("Aggregation", "server", "application"): _Linking.host,
    ("Association", "site", "server"): _Linking.stand,
    ("Association", "server", "site"): _Linking.stand_at,
    ("Access", "application", "data"): _Linking.data,
}
for _whole in ("Composition", "Aggregation"):
    _LINKS[_whole, "application", "application"] = _Linking.part_of_application
    _LINKS[_whole, "server", "server"] = _Linking.part_of_server
    _LINKS[_whole, "site", "server"] = _Linking.stand


def relate(collection: Collection, elements: Elements) -> None:
    """Make facts of all relations of a model, and account for each."""
    linking = _Linking(collection)
    for relation in elements.model.relations:
        _take(collection, elements, linking, relation)
    collection.harvest.flows.extend(linking.sums.flows("ymd"))


def _take(collection: Collection, elements: Elements, linking: _Linking, relation: ModelPart) -> None:
    kind = _SPELT.get(relation.type, relation.type)
    missing = [end for end in (relation.source, relation.target) if end not in elements.model.elements]
    natures = elements.nature(relation.source), elements.nature(relation.target)
    if missing:
        collection.skip(relation.place, "one of its ends is no element of the model")
    elif elements.belonging(relation):
        collection.merged(relation.place, "it says what belongs to what")
    elif "part" in natures and not all(map(elements.concrete, (relation.source, relation.target))):
        _tell_unowned(collection, elements, relation)
    else:
        facts = [fact for fact in _facts(elements, kind, relation) if fact[0] is not None]
        if not facts:
            reason = "a relation '{type}' between a {one} and a {other} says nothing that is planned by"
            words = [elements.model.elements[end].type[:60] for end in (relation.source, relation.target)]
            collection.skip(relation.place, reason, type=relation.type[:60], one=words[0], other=words[1])
        else:
            news = [link(linking, one, other, relation) for link, one, other in facts if link]
            if any(news):
                collection.took(relation.place)
            else:
                collection.merged(relation.place, "it says what is known already")


def _facts(elements: Elements, kind: str, relation: ModelPart) -> list[tuple[_Link | None, str, str]]:
    """What a relation says of each pair of what its ends are or belong to; of one thing and itself it says nothing."""
    return [
        (_LINKS.get((kind, elements.nature(one), elements.nature(other))), elements.name(one), elements.name(other))
        for one in elements.concrete(relation.source)
        for other in elements.concrete(relation.target)
        if one != other
    ]


def _tell_unowned(collection: Collection, elements: Elements, relation: ModelPart) -> None:
    end = next(end for end in (relation.source, relation.target) if not elements.concrete(end))
    template = "'{name}' belongs to no application or server of the model; what is said of it is left out"
    hint = "say by a realization, an assignment or a composition who provides it"
    collection.telling.note("WP518", located(relation.place), template, {"name": elements.name(end)}, hint=hint)
    collection.skip(relation.place, "one of its ends belongs to nothing that is planned")
