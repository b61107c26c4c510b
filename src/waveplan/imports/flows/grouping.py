"""Applications for servers that have none: by labels, by what the capture calls them, by names, by flows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from waveplan.domain.flow_rules import Grouping
from waveplan.imports.flows.directory import Directory
from waveplan.imports.flows.matching import seen
from waveplan.imports.flows.sorting import JudgedFlow
from waveplan.imports.flows.stems import Stems

Sign = Literal["label", "capture", "name", "flows", "alone"]
_DOMINANT = 9  # tenths of a server's flows that must go to one application for it to belong there


@dataclass(frozen=True, slots=True)
class ServerGroup:
    """Servers that seem to be of one application."""

    sign: Sign
    name: str
    environment: str
    servers: tuple[str, ...]
    app: str = ""  # the application that is there, if it is one of those
    inside: int = 0  # flows among them, and with the application
    around: int = 0  # flows with others as well


class Grouper:
    """Finds groups among servers without an application of their own."""

    def __init__(
        self,
        directory: Directory,
        wishes: Grouping,
        flows: Iterable[JudgedFlow],
        loose: Iterable[str],
        alone: Iterable[str],
    ) -> None:
        self._directory = directory
        self._wishes = wishes
        self._loose = sorted(loose)
        self._alone = frozenset(alone)  # applications that were made of one server's name
        self._flows = [each for each in flows if each.source.server and each.target.server]
        names = {each.id: each.hostname or each.name or each.id for each in directory.inventory.servers}
        self._stems = Stems(names, wishes.tiers)
        self._between = _between(self._flows)

    def groups(self) -> Iterator[ServerGroup]:
        """Groups by the strongest sign that each server has."""
        left = list(self._loose)
        for sign, named in (("label", self._labels()), ("capture", self._captured()), ("name", self._named())):
            found = list(self._by_words(sign, named, left))  # type: ignore[arg-type]
            yield from found
            taken = {server for group in found for server in group.servers}
            left = [server for server in left if server not in taken]
        found = list(self._drawn_to_applications(left))
        yield from found
        taken = {server for group in found for server in group.servers}
        left = [server for server in left if server not in taken]
        found = list(self._communities(left))
        yield from found
        taken = {server for group in found for server in group.servers}
        yield from self._single([server for server in left if server not in taken])

    # --- by words --------------------------------------------------------------------------------------------------

    def _labels(self) -> dict[str, str]:
        keys = [key.casefold() for key in self._wishes.labels]
        found = {}
        for server in self._loose:
            labels = {key.casefold(): value for key, value in self._directory.servers[server].labels.items()}
            words = [labels[key] for key in keys if labels.get(key)]
            if words:
                found[server] = str(words[0][0] if isinstance(words[0], list) else words[0])
        return found

    def _captured(self) -> dict[str, str]:
        """What the capture calls the application at a server, where it always says the same."""
        said: dict[str, set[str]] = defaultdict(set)
        for each in self._flows:
            for found, end in ((each.source, each.flow.source), (each.target, each.flow.target)):
                if end.application:
                    said[found.server].add(end.application)
        return {server: min(words) for server, words in said.items() if len(words) == 1}

    def _named(self) -> dict[str, str]:
        return {server: stem for server in self._loose if (stem := self._stems.of(server))}

    def _by_words(self, sign: Sign, named: Mapping[str, str], left: Sequence[str]) -> Iterator[ServerGroup]:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for server in left:
            if server in named:
                groups[named[server], self._environment(server)].append(server)
        for (word, environment), servers in sorted(groups.items()):
            app = self._application_called(word, environment, by_stem=sign == "name")
            if app or len(servers) >= self._wishes.smallest:
                yield self._group(sign, word, environment, servers, app)

    def _application_called(self, word: str, environment: str, *, by_stem: bool) -> str:
        """The application of that name, or whose servers' names have that stem, in the same environment."""
        found = set()
        for application in self._directory.inventory.applications:
            if application.id in self._alone or application.environment != environment:
                continue
            called = {application.id.casefold(), (application.name or application.id).casefold()}
            stems = {self._stems.of(server) for server in application.servers}
            if word.casefold() in called or (by_stem and stems == {word}):
                found.add(application.id)
        return found.pop() if len(found) == 1 else ""

    # --- by flows --------------------------------------------------------------------------------------------------

    def _drawn_to_applications(self, left: Sequence[str]) -> Iterator[ServerGroup]:
        """Servers nearly all of whose flows are with one application that is there."""
        drawn: dict[tuple[str, str], list[str]] = defaultdict(list)
        for server in left:
            with_app: Counter[str] = Counter()
            for other, weight in self._between.get(server, {}).items():
                hosted = [app for app in self._directory.applications_of.get(other, []) if app not in self._alone]
                with_app[hosted[0] if len(hosted) == 1 else ""] += weight
            app = max(sorted(with_app), key=lambda each: with_app[each], default="")
            environment = self._environment(server)
            most = app and with_app[app] * 10 >= sum(with_app.values()) * _DOMINANT
            if most and self._directory.applications[app].environment == environment:
                drawn[app, environment].append(server)
        for (app, environment), servers in sorted(drawn.items()):
            yield self._group("flows", app, environment, servers, app)

    def _communities(self, left: Sequence[str]) -> Iterator[ServerGroup]:
        """Servers that talk to each other more than to others, by Louvain's method."""
        if not any(self._between.get(server) for server in left):
            return
        from networkx import Graph
        from networkx.algorithms.community import louvain_communities

        for environment in sorted({self._environment(server) for server in left}):
            here = [server for server in left if self._environment(server) == environment]
            numbers = {
                server: number for number, server in enumerate(here)
            }  # sets of numbers have an order of their own
            graph: Graph[int] = Graph()
            graph.add_nodes_from(range(len(here)))
            for server in here:
                for other, weight in sorted(self._between.get(server, {}).items()):
                    if numbers.get(other, -1) > numbers[server]:
                        graph.add_edge(numbers[server], numbers[other], weight=weight)
            if not graph.number_of_edges():
                continue
            for found in sorted(map(sorted, louvain_communities(graph, seed=self._wishes.seed))):
                if len(found) >= max(self._wishes.smallest, 2):
                    servers = [here[number] for number in found]
                    yield self._group("flows", self._word_of(servers), environment, servers)

    def _single(self, left: Sequence[str]) -> Iterator[ServerGroup]:
        """Servers that talk to applications and are of none: each may be one of its own."""
        for server in left:
            if self._between.get(server) and not self._directory.applications_of.get(server):
                yield self._group("alone", self._stems.of(server) or server, self._environment(server), [server])

    def _word_of(self, servers: Sequence[str]) -> str:
        stems = Counter(stem for server in servers if (stem := self._stems.of(server)))
        return max(sorted(stems), key=lambda stem: stems[stem], default="") or f"around-{servers[0]}"

    # --- both ------------------------------------------------------------------------------------------------------

    def _group(self, sign: Sign, word: str, environment: str, servers: Sequence[str], app: str = "") -> ServerGroup:
        own = {*servers, *(self._directory.applications[app].servers if app else ())}
        inside = around = 0
        for server in servers:
            for other, weight in self._between.get(server, {}).items():
                around += weight
                inside += weight if other in own else 0
        return ServerGroup(sign, word, environment, tuple(sorted(servers)), app, inside, around)

    def _environment(self, server: str) -> str:
        return self._directory.servers[server].environment


def _between(flows: Iterable[JudgedFlow]) -> dict[str, dict[str, int]]:
    """How strongly two servers are tied: digits of the number of times that they were seen to talk, both ways."""
    seen_between: Counter[tuple[str, str]] = Counter()
    for each in flows:
        if each.rule is None or each.rule.action != "shared":
            one, other = sorted((each.source.server, each.target.server))
            seen_between[one, other] += seen(each.flow)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (one, other), number in sorted(seen_between.items()):
        found[one][other] = found[other][one] = len(str(number))
    return found
