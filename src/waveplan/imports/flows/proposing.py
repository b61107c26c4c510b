"""From sorted flows to proposals: dependencies, common services, clusters, applications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_review import ProposedDependency, ProposedService, ProposedTie
from waveplan.domain.flow_rules import FlowRules
from waveplan.domain.wording import names
from waveplan.imports.flows.applications import Home, propose_applications
from waveplan.imports.flows.certainty import HARD_AT_MOST, of_dependency
from waveplan.imports.flows.directory import Directory
from waveplan.imports.flows.evidence import Evidence, weight_of
from waveplan.imports.flows.proposals import Backed, Proposals, key_of
from waveplan.imports.flows.rule_files import reason_of
from waveplan.imports.flows.sorting import JudgedFlow, SortedFlows

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ProposalGround:
    """What proposals are made from beside the flows."""

    directory: Directory
    rules: FlowRules
    alone: dict[str, str]  # server → the application that was made of its name
    rejected: Collection[tuple[object, ...]] = frozenset()
    services: Mapping[str, Collection[str]] = field(default_factory=dict)  # accepted before, with their consumers


def proposals_of(found: SortedFlows, ground: ProposalGround) -> Proposals:
    """All that a capture proposes, most certain first; nothing that the inventory says already."""
    proposals = Proposals()
    kept = found.of("kept", "one application")
    homes = propose_applications(proposals, ground.directory, ground.rules, kept, ground.alone, ground.rejected)
    _propose_ties(proposals, found.of("tie"))
    pairs = _by_pair(found.of("kept"), homes)
    _propose_dependencies(proposals, pairs, homes, ground, found.fans.days)
    for section in (proposals.applications, proposals.members, proposals.ties, proposals.common_services):
        section.sort(key=_surest_first)
    proposals.dependencies.sort(key=_surest_first)
    return proposals


def _surest_first(backed: Backed[object]) -> tuple[object, ...]:  # type: ignore[type-var]
    entry = backed.entry
    return (-entry.certainty, *map(str, key_of(entry)))  # type: ignore[attr-defined, arg-type]


def _propose_ties(proposals: Proposals, flows: Iterable[JudgedFlow]) -> None:
    """Connected servers are one cluster."""
    flows = list(flows)
    if not flows:
        return
    from networkx import Graph, connected_components

    graph: Graph[str] = Graph()
    evidence: dict[str, Evidence] = defaultdict(Evidence)
    for each in flows:
        graph.add_edge(each.source.server, each.target.server)
    cluster_of = {server: min(part) for part in connected_components(graph) for server in part}
    for each in flows:
        evidence[cluster_of[each.source.server]].add(each)
    for first, seen in sorted(evidence.items()):
        servers = sorted(server for server, cluster in cluster_of.items() if cluster == first)
        certainty = 60 + 20 * ({pair[::-1] for pair in seen.pairs} & seen.pairs != set())
        entry = ProposedTie(cluster=f"{first}-cluster", servers=servers, certainty=certainty)
        proposals.ties.append(Backed(entry, (*seen.lines(), *_reasons(seen))))


def _by_pair(flows: Iterable[JudgedFlow], homes: dict[str, Home]) -> dict[Pair, Evidence]:
    pairs: dict[Pair, Evidence] = defaultdict(Evidence)
    for each in flows:
        consumers = _ends(each.consumers, each.source.server, homes)
        providers = _ends(each.providers, each.target.server, homes)
        if set(consumers).isdisjoint(providers):
            for pair in product(consumers, providers):
                pairs[pair].add(each)
    return pairs


def _ends(stated: tuple[str, ...], server: str, homes: dict[str, Home]) -> tuple[str, ...]:
    return (homes[server][0],) if server in homes else stated


def _propose_dependencies(
    proposals: Proposals, pairs: dict[Pair, Evidence], homes: dict[str, Home], ground: ProposalGround, days: int
) -> None:
    stated = {
        (application.id, each.app): each
        for application in ground.directory.inventory.applications
        for each in application.depends_on
        if each.app is not None
    }
    proposals.confirmed = sorted(pair for pair in pairs if pair in stated)
    proposals.unseen = sorted(pair for pair in stated if pair not in pairs)
    surety = dict(homes.values())
    common = _common_services(pairs, ground)
    for provider, consumers in sorted(common.items()):
        seen_before = ground.services.get(provider, consumers)
        new = sorted(each for each in consumers if (each, provider) not in stated and each in seen_before)
        if new:
            proposals.common_services.append(_service(provider, new, len(consumers), pairs, ground, days))
    for (consumer, provider), evidence in sorted(pairs.items()):
        asked = ground.services.get(provider, common.get(provider, ()))
        if (consumer, provider) in stated or (provider in common and consumer in asked):
            continue
        sure = min(surety.get(consumer, 100), surety.get(provider, 100))
        found = _dependency((consumer, provider), evidence, sure, ground, days)
        if provider in common:  # one more consumer of a service that was accepted
            found.entry.coupling, found.entry.weight = "shared", None
        proposals.dependencies.append(found)


def _common_services(pairs: dict[Pair, Evidence], ground: ProposalGround) -> dict[str, list[str]]:
    """Providers with so many consumers that no one of them is special, unless people said that they are none."""
    consumers: dict[str, list[str]] = defaultdict(list)
    for consumer, provider in sorted(pairs):
        consumers[provider].append(consumer)
    wish = ground.rules.common_services
    fewest = max(wish.consumers, -int(-wish.share * len(ground.directory.applications) // 1))
    return {
        provider: found
        for provider, found in consumers.items()
        if len(found) >= fewest and ("service", provider) not in ground.rejected
    }


def _service(
    provider: str, consumers: list[str], number: int, pairs: dict[Pair, Evidence], ground: ProposalGround, days: int
) -> Backed[ProposedService]:
    together = Evidence()
    for consumer in consumers:
        together.ports.update(pairs[consumer, provider].ports)
    many = number >= 2 * ground.rules.common_services.consumers
    entry = ProposedService(provider=provider, consumers=consumers, certainty=70 + 15 * many)
    heaviest = max(consumers, key=lambda each: (weight_of(pairs[each, provider], ground.rules, days), each))
    values = {"number": number, "ports": names(sorted(together.ports), 4), "heaviest": heaviest}
    why = Phrase("consumed by {number} applications on {ports}, most of all by {heaviest}", values)
    return Backed(entry, (why,))


def _dependency(
    pair: Pair, evidence: Evidence, sure: int, ground: ProposalGround, days: int
) -> Backed[ProposedDependency]:
    consumer, provider = pair
    environments = (_environment(consumer, evidence, 0, ground), _environment(provider, evidence, 1, ground))
    certainty = of_dependency(evidence, environments, sure)
    entry = ProposedDependency(consumer=consumer, provider=provider, reason=evidence.reason())
    actions = evidence.actions()
    if "shared" in actions and not evidence.plain and actions <= {"shared"}:
        entry.coupling = "shared"
    else:
        entry.weight = weight_of(evidence, ground.rules, days)
        if "hard" in actions:
            entry.coupling = "hard"
            certainty.points = min(certainty.points, HARD_AT_MOST)
    entry.certainty = certainty.percent
    return Backed(entry, (*evidence.lines(), *_reasons(evidence), *certainty.doubts))


def _environment(name: str, evidence: Evidence, end: int, ground: ProposalGround) -> str:
    """Of an application that is there; of one that is only proposed, its first server's."""
    if name in ground.directory.applications:
        return ground.directory.applications[name].environment
    servers = sorted(pair[end] for pair in evidence.pairs)
    return ground.directory.servers[servers[0]].environment


def _reasons(evidence: Evidence) -> list[Phrase]:
    """What rules say of these flows, beside those that keep them as they are."""
    return [
        Phrase("rule {id}: {reason}", {"id": rule.id, "reason": reason_of(rule.reason)})
        for _, rule in sorted(evidence.rules.items())
        if rule.action != "keep" and rule.reason
    ]
