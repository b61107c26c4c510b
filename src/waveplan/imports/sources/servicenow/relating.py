"""What becomes of relations: hosting, dependencies, connections, ties of clusters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.flow_sums import FlowSums
from waveplan.imports.forms.servers import host_on
from waveplan.imports.harvest import FlowEnd
from waveplan.imports.sources.servicenow.classes import Nature
from waveplan.imports.sources.servicenow.items import ListedItems
from waveplan.imports.sources.servicenow.relations import Relation, Relations, Verb


class _Relating:
    """Each method takes a relation, and says whether it is a new fact."""

    def __init__(self, collection: Collection) -> None:
        self._register = collection.register
        self.traffic = FlowSums()

    def host(self, relation: Relation) -> bool:
        """An application on a server."""
        return self._host(relation, relation.one, relation.other)

    def host_other(self, relation: Relation) -> bool:
        """A server that has an application."""
        return self._host(relation, relation.other, relation.one)

    def _host(self, relation: Relation, application: str, server: str) -> bool:
        found = self._register.refer("application", application, relation.line.place)
        return host_on(self._register, found, [server], relation.line)

    def depend(self, relation: Relation) -> bool:
        """An application that needs another one."""
        place = relation.line.place
        one, other = (self._register.refer("application", name, place).name for name in (relation.one, relation.other))
        return self._register.depend(one, other, place)

    def flow(self, relation: Relation) -> bool:
        """FlowSums between two servers, or between a server and an application."""
        one, other = (
            FlowEnd(server=self._register.refer("server", name, relation.line.place).name)
            if nature == "server"
            else FlowEnd(application=self._register.refer("application", name, relation.line.place).name)
            for name, nature in zip((relation.one, relation.other), self.natures, strict=True)
        )
        source, target = (other, one) if relation.is_data else (one, other)
        port = next(iter(relation.line.several("@port")), None)
        return self.traffic.add(source, target, port=int(str(port)) if str(port).isdigit() else None)

    natures: tuple[Nature, Nature] = ("", "")

    def run_on(self, relation: Relation) -> bool:
        """A virtual machine on its host."""
        return self._label(relation.one, "labels.host", relation.other, relation)

    def part(self, relation: Relation) -> bool:
        """A server in another one."""
        return self._label(relation.other, "labels.part_of", relation.one, relation)

    def pooled(self, relation: Relation) -> bool:
        """A server in a pool, such as a cluster of hypervisors: its servers need not move together."""
        return self._label(relation.other, "labels.cluster", relation.one, relation)

    def tied(self, relation: Relation) -> bool:
        """A server in a cluster, whose servers move together."""
        return self._label(relation.other, "cluster", relation.one, relation)

    def unite(self, relation: Relation) -> bool:
        """A server and the virtual machine that it is: one machine of two items."""
        return self._register.unite("server", relation.one, relation.other, relation.line.place)

    def stand(self, relation: Relation) -> bool:
        """A server at a site."""
        return self._stand(relation.one, relation.other, relation)

    def hold(self, relation: Relation) -> bool:
        """A site that has a server."""
        return self._stand(relation.other, relation.one, relation)

    def _stand(self, server: str, site: str, relation: Relation) -> bool:
        found = self._register.refer("site", site, relation.line.place)
        draft = self._register.refer("server", server, relation.line.place)
        is_new = "site" not in draft.given
        draft.put("site", found.name)
        return is_new

    def _label(self, server: str, path: str, value: str, relation: Relation) -> bool:
        return self._register.refer("server", server, relation.line.place).add(path, [value])


_Fact = Callable[[_Relating, Relation], bool]
_FACTS: dict[tuple[Verb, Nature, Nature], _Fact] = {
    ("hosted", "application", "server"): _Relating.host,
    ("hosted", "application", "application"): _Relating.depend,
    ("hosted", "server", "server"): _Relating.run_on,
    ("hosted", "server", "site"): _Relating.stand,
    ("same", "server", "server"): _Relating.unite,
    ("depends", "application", "server"): _Relating.host,
    ("depends", "application", "application"): _Relating.depend,
    ("depends", "server", "server"): _Relating.flow,
    ("connects", "application", "application"): _Relating.depend,
    ("connects", "server", "server"): _Relating.flow,
    ("connects", "application", "server"): _Relating.flow,
    ("connects", "server", "application"): _Relating.flow,
    ("contains", "application", "server"): _Relating.host,
    ("contains", "application", "application"): _Relating.depend,
    ("contains", "server", "application"): _Relating.host_other,
    ("contains", "server", "server"): _Relating.part,
    ("contains", "cluster", "server"): _Relating.tied,
    ("contains", "pool", "server"): _Relating.pooled,
    ("contains", "site", "server"): _Relating.hold,
    ("members", "application", "server"): _Relating.host,
    ("members", "application", "application"): _Relating.depend,
    ("members", "cluster", "server"): _Relating.tied,
    ("members", "pool", "server"): _Relating.pooled,
    ("members", "server", "server"): _Relating.tied,
}
_WHAT: dict[Nature, str] = {
    "server": "server", "application": "application", "cluster": "cluster", "pool": "pool", "site": "site", "": "?",
}  # fmt: skip


def relate(collection: Collection, items: ListedItems, relations: Relations) -> None:
    """Make facts of all relations, and account for each."""
    relating = _Relating(collection)
    for each in sorted(relations.all, key=lambda relation: relation.verb != "same"):  # one machine before its ties
        relation = each
        natures = relations.natures_of(relation)
        natures = _of_one_name(relation, natures, items)
        if relation.verb in {"members", "contains"} and natures[0] == "server" and natures[1] in {"cluster", "pool"}:
            relation, natures = replace(relation, one=relation.other, other=relation.one), (natures[1], natures[0])
        fact = _FACTS.get((relation.verb, *natures))
        relating.natures = natures
        place = relation.line.place
        if fact is None and "" in natures:
            collection.skip(place, "nothing says whether one of its ends is a server or an application")
        elif fact is None:
            ends = " → ".join(_WHAT[nature] for nature in natures)
            reason = "a relation '{type}' between these ({ends}) says nothing that is planned by"
            collection.skip(place, reason, type=relation.line.word("@type"), ends=ends)
        elif fact(relating, relation):
            collection.took(place)
        else:
            collection.merged(place, "the same relation was read before")
    collection.harvest.flows.extend(relating.traffic.flows("ymd"))


def _of_one_name(relation: Relation, natures: tuple[Nature, Nature], items: ListedItems) -> tuple[Nature, Nature]:
    """Where an application and a server have one name, the one that the verb asks for."""
    wanted: dict[Verb, tuple[Nature, Nature]] = {
        "hosted": ("application", "server"),
        "depends": ("application", "application"),
        "members": ("cluster", "server"),
    }
    if relation.verb not in wanted:
        return natures
    chosen = []
    for name, nature, wish in zip((relation.one, relation.other), natures, wanted[relation.verb], strict=True):
        named = {item.nature for item in items.find(name)}
        chosen.append(wish if not nature and wish in named else nature)
    return chosen[0], chosen[1]
