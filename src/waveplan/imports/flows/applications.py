"""Proposals of applications, and of servers that join one; where servers without an application would be at home."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_review import ProposedApplication, ProposedMembers
from waveplan.domain.flow_rules import FlowRules
from waveplan.domain.wording import names
from waveplan.imports.flows.certainty import Certainty
from waveplan.imports.flows.directory import Directory
from waveplan.imports.flows.grouping import Grouper, ServerGroup, Sign
from waveplan.imports.flows.proposals import Backed, Proposals, key_of, made_id
from waveplan.imports.flows.sorting import JudgedFlow
from waveplan.loading.tree import MappingNode, SequenceNode, mappings

Home = tuple[str, int]
_POINTS: dict[Sign, int] = {"label": 90, "capture": 75, "name": 60, "flows": 30, "alone": 35}
_SIGNS: dict[Sign, str] = {
    "label": "labelled '{name}'",
    "capture": "the capture calls it '{name}'",
    "name": "names have '{name}' in common",
    "flows": "they talk to each other more than to others",
    "alone": "it talks to others, and belongs to no application",
}
_PLAIN_KEYS = frozenset({"id", "name", "servers", "environment", "labels", "criticality", "strategy"})


def propose_applications(
    proposals: Proposals,
    directory: Directory,
    rules: FlowRules,
    flows: Iterable[JudgedFlow],
    alone: dict[str, str],
    rejected: Container[tuple[object, ...]],
) -> dict[str, Home]:
    """Add proposals of applications and members; server → the application that would be its own, and how surely.

    `alone` are applications made of one server's name, by server: what groups them replaces them.
    """
    loose = [server for server, hosted in directory.applications_of.items() if not hosted or server in alone]
    loose = [server for server in loose if not directory.servers[server].retire]
    taken = {*directory.applications, *(service.id for service in directory.inventory.services)} - set(alone.values())
    homes: dict[str, Home] = {}
    for group in Grouper(directory, rules.applications, flows, loose, alone.values()).groups():
        certainty = _certainty(group)
        replaces = [alone[server] for server in group.servers if server in alone]
        entry: ProposedApplication | ProposedMembers
        if group.app:
            entry = ProposedMembers(app=group.app, servers=list(group.servers), replaces=replaces)
        else:
            entry = _application(group, taken, replaces)
            taken.add(entry.id)
        if key_of(entry) in rejected:
            homes |= {server: (alone[server], 100) for server in group.servers if server in alone}
        else:
            home = entry.app if isinstance(entry, ProposedMembers) else entry.id
            homes |= dict.fromkeys(group.servers, (home, certainty.percent))
        _add(proposals, entry, certainty, group)
    proposals.lonely = [server for server in loose if server not in homes and server not in alone]
    return homes


def _application(group: ServerGroup, taken: Container[str], replaces: list[str]) -> ProposedApplication:
    usual = group.environment == "prod"
    name = group.name if usual else f"{group.name}-{group.environment}"
    return ProposedApplication(
        id=made_id(name, taken),
        name=group.name if group.sign in {"label", "capture"} else None,
        environment=None if usual else group.environment,
        servers=list(group.servers),
        replaces=replaces,
    )


def _certainty(group: ServerGroup) -> Certainty:
    """90 by a label, 75 by the capture's word, 60 by names (+20 with flows among them), 30 to 70 by flows alone."""
    found = Certainty(_POINTS[group.sign])
    if group.sign == "name":
        found.points += 20 if group.inside else 0
        if len(group.name) < 3:
            found.less(20, Phrase("so short a word may be chance"))
    elif group.sign == "flows":
        found.points += 40 * group.inside // max(group.around, 1)
    return found


def _add(
    proposals: Proposals, entry: ProposedApplication | ProposedMembers, certainty: Certainty, group: ServerGroup
) -> None:
    entry.certainty = certainty.percent
    because = [Phrase(_SIGNS[group.sign], {"name": group.name})]
    if group.around and len(group.servers) > 1:
        values = {"share": 100 * group.inside // group.around}
        because.append(Phrase("{share}% of what is seen of them is among them", values))
    if entry.replaces:
        because.append(Phrase("in place of {names}", {"names": names(entry.replaces)}))
    backed = (*because, *certainty.doubts)
    if isinstance(entry, ProposedApplication):
        proposals.applications.append(Backed(entry, backed))
    else:
        proposals.members.append(Backed(entry, backed))


def made_of_one_server(root: Any) -> dict[str, str]:
    """Server → application, for those that say no more than that a server is there and that nothing refers to."""
    named = set(_references(root))
    hosts: dict[str, list[str]] = {}
    for _, entry in mappings(root.get("applications") if isinstance(root, MappingNode) else None):
        for server in _listed(entry.get("servers")):
            hosts.setdefault(server, []).append(str(entry.get("id")))
    found = {}
    for _, entry in mappings(root.get("applications") if isinstance(root, MappingNode) else None):
        servers, name = _listed(entry.get("servers")), str(entry.get("id"))
        if len(servers) != 1 or not set(entry) <= _PLAIN_KEYS or name in named or hosts[servers[0]] != [name]:
            continue
        if _plain(servers[0]) in {_plain(name), _plain(str(entry.get("name"))), _plain(name.removeprefix("app-"))}:
            found[servers[0]] = name
    return found


def _plain(word: str) -> str:
    return made_id(word, ())


def _listed(node: object) -> list[str]:
    return [str(each) for each in node] if isinstance(node, SequenceNode) else [node] if isinstance(node, str) else []


def _references(node: Any) -> Iterable[str]:
    """Every word that stands where an application may be named: after `app`, or in the lists of overlays and rules."""
    if isinstance(node, MappingNode):
        for key, value in node.items():
            if key == "app":
                yield from _listed(value)
            else:
                yield from _references(value)
    elif isinstance(node, SequenceNode):
        for each in node:
            yield from _references(each)
