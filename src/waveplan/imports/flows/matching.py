"""Whether a flow is what a rule is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import translate
from ipaddress import IPv4Network, IPv6Network, ip_network

from waveplan.domain.flow_rules import FlowMatch, FlowRule
from waveplan.imports.flows.addresses import address_of
from waveplan.imports.flows.directory import Directory, FoundEnd
from waveplan.imports.flows.fans import Fans
from waveplan.imports.harvest import Flow

MEGABYTE = 1_000_000
_OFTEN = 10  # times the least number of sightings must something be seen, or the capture is too short to tell


@dataclass(frozen=True, slots=True)
class Captive:
    """A flow with both its ends as they were found."""

    flow: Flow
    source: FoundEnd
    target: FoundEnd


_Condition = Callable[[Captive], bool]


class Matcher:
    """One rule, ready to be asked about any flow."""

    def __init__(self, rule: FlowRule, directory: Directory, fans: Fans) -> None:
        assert rule.match is not None
        self.rule = rule
        self.met = 0
        self._directory = directory
        self._fans = fans
        self._conditions = [*self._of_flows(rule.match), *self._of_ends(rule.match), *self._of_fans(rule.match)]

    def matches(self, captive: Captive) -> bool:
        """Whether all that the rule asks holds."""
        return all(holds(captive) for holds in self._conditions)

    def _of_flows(self, match: FlowMatch) -> Iterable[_Condition]:
        fans = self._fans
        if match.ports:
            ports = frozenset(port for first, last in match.ports for port in range(first, last + 1))
            yield lambda each: each.flow.port in ports
        if match.protocols:
            protocols = _words(match.protocols)
            yield lambda each: protocols(each.flow.protocol)
        if match.processes:
            processes = _words(match.processes)
            yield lambda each: processes(each.flow.source.process) or processes(each.flow.target.process)
        if match.seen_below is not None:
            fewest = match.seen_below if fans.most_seen >= _OFTEN * match.seen_below else 0
            yield lambda each: seen(each.flow) < fewest
        if match.per_day_from is not None:
            often = match.per_day_from * fans.days
            yield lambda each: seen(each.flow) >= often
        if match.megabytes_per_day_from is not None:
            much = match.megabytes_per_day_from * fans.days * MEGABYTE
            yield lambda each: each.flow.transferred >= much

    def _of_ends(self, match: FlowMatch) -> Iterable[_Condition]:
        if match.source:
            source = _ends(match.source, self._directory)
            yield lambda each: source(each.source)
        if match.target:
            target = _ends(match.target, self._directory)
            yield lambda each: target(each.target)
        if match.either:
            either = _ends(match.either, self._directory)
            yield lambda each: either(each.source) or either(each.target)
        if match.same_cluster:
            yield self._in_one_cluster

    def _of_fans(self, match: FlowMatch) -> Iterable[_Condition]:
        fans = self._fans
        if match.both_ways:
            yield lambda each: (each.target.key, each.source.key) in fans.called
        reaches = _most(match.source_reaches, match.source_reaches_share, fans.servers)
        if reaches:
            yield lambda each: len(fans.reached.get(each.source.key, ())) >= reaches
        reached = _most(match.target_reached_by, match.target_reached_by_share, fans.servers)
        if reached:
            yield lambda each: len(fans.reaching.get((each.target.key, each.flow.port), ())) >= reached
        if match.source_ports is not None:
            fewest = match.source_ports
            yield lambda each: len(fans.ports.get(each.source.key, ())) >= fewest

    def _in_one_cluster(self, captive: Captive) -> bool:
        one, other = captive.source.server, captive.target.server
        if not one or not other:
            return False
        return not self._directory.clusters_of(one).isdisjoint(self._directory.clusters_of(other))


def seen(flow: Flow) -> int:
    """How often a flow was seen: its connections, or the rows that tell of it where none are counted."""
    return max(flow.connections, flow.sightings)


def _most(number: int | None, share: Decimal | None, servers: int) -> int:
    """How many both a number and a share of the servers ask for."""
    by_share = 0 if share is None else -int(-share * servers // 1)
    return max(number or 0, by_share)


def _words(patterns: Iterable[str]) -> Callable[[str], bool]:
    found = re.compile("|".join(translate(pattern.casefold()) for pattern in patterns) or r"(?!)")  # of none: nothing
    return lambda word: bool(word) and found.match(word.casefold()) is not None


def _ends(patterns: Iterable[str], directory: Directory) -> Callable[[FoundEnd], bool]:
    """Whether an end is meant by names with * and ?, by an application, or by a network such as 10.1.0.0/16."""
    networks = [network for pattern in patterns if (network := _network(pattern)) is not None]
    words = _words(pattern for pattern in patterns if _network(pattern) is None)
    known: dict[FoundEnd, bool] = {}

    def holds(end: FoundEnd) -> bool:
        if end not in known:
            called = [end.shown, *directory.called(end)]
            inside = (address_of(name) for name in called) if networks else ()
            known[end] = any(map(words, called)) or any(
                address is not None and address in network for address in inside for network in networks
            )
        return known[end]

    return holds


def _network(pattern: str) -> IPv4Network | IPv6Network | None:
    if "/" not in pattern:
        return None
    try:
        return ip_network(pattern, strict=False)
    except ValueError:
        return None
