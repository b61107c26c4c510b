"""The fate of every flow: kept, noise by some rule, within a server or an application, of nobody who is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from waveplan.domain.flow_rules import FlowRule, FlowRules
from waveplan.imports.flows.adding_up import added_up
from waveplan.imports.flows.directory import Directory, FoundEnd
from waveplan.imports.flows.fans import Fans
from waveplan.imports.flows.matching import Captive, Matcher
from waveplan.imports.harvest import Flow

FlowFate = Literal["kept", "tie", "noise", "one server", "one application", "ignored", "unresolved", "unclear"]


@dataclass(frozen=True, slots=True)
class JudgedFlow:
    """A flow, who its ends are, and what becomes of it."""

    flow: Flow
    source: FoundEnd
    target: FoundEnd
    fate: FlowFate
    rule: FlowRule | None = None
    consumers: tuple[str, ...] = ()  # applications at its source; none: a server without one
    providers: tuple[str, ...] = ()


@dataclass(slots=True)
class SortedFlows:
    """All flows with their fates, and what is known of the capture as a whole."""

    flows: list[JudgedFlow]
    fans: Fans
    matchers: list[Matcher]

    def of(self, *fates: FlowFate) -> list[JudgedFlow]:
        """Those of some fates."""
        return [each for each in self.flows if each.fate in fates]


def sorted_flows(flows: Iterable[Flow], directory: Directory, rules: FlowRules) -> SortedFlows:
    """Every flow once, in an order that does not depend on the order of the capture."""
    turned = _turned(added_up(flows), directory, rules.ephemeral_from)
    found = [Captive(flow, directory.find(flow.source), directory.find(flow.target)) for flow in turned]
    fans = Fans(((each.flow, each.source, each.target) for each in found), rules.ephemeral_from)
    matchers = [Matcher(rule, directory, fans) for rule in rules.rules if not rule.off]
    judge = _Judge(directory, rules.most_applications, matchers)
    return SortedFlows([judge.judged(each) for each in found], fans, matchers)


def _turned(flows: Sequence[Flow], directory: Directory, ephemeral_from: int) -> list[Flow]:
    """Replies to a client's own port put together with what they answer, where the capture shows both."""

    def ends(flow: Flow) -> tuple[str, str]:
        return directory.find(flow.source).key, directory.find(flow.target).key

    def is_reply(flow: Flow) -> bool:
        return flow.port is None or flow.port >= ephemeral_from

    services: dict[tuple[str, str], Flow] = {}
    for flow in flows:
        if not is_reply(flow):
            services.setdefault(ends(flow), flow)
    found = []
    for flow in flows:
        source, target = ends(flow)
        asked = services.get((target, source))
        if is_reply(flow) and asked is not None and (source, target) not in services:
            flow = replace(flow, source=flow.target, target=flow.source, port=asked.port, turned=True)
        found.append(flow)
    return added_up(found)


class _Judge:
    def __init__(self, directory: Directory, most_applications: int, matchers: Sequence[Matcher]) -> None:
        self._directory = directory
        self._most = most_applications
        self._matchers = matchers

    def judged(self, captive: Captive) -> JudgedFlow:
        flow, source, target = captive.flow, captive.source, captive.target
        if source.ignored or target.ignored:
            return JudgedFlow(flow, source, target, "ignored")
        if source.key == target.key:
            return JudgedFlow(flow, source, target, "one server")
        matcher = next((each for each in self._matchers if each.matches(captive)), None)
        rule = matcher.rule if matcher is not None else None
        if matcher is not None:
            matcher.met += 1
        if rule is not None and rule.action == "drop":
            return JudgedFlow(flow, source, target, "noise", rule)
        if source.strange or target.strange:
            return JudgedFlow(flow, source, target, "unresolved", rule)
        return self._of_applications(captive, rule)

    def _of_applications(self, captive: Captive, rule: FlowRule | None) -> JudgedFlow:
        flow, source, target = captive.flow, captive.source, captive.target
        consumers = self._standing_on(source, flow.source.process)
        providers = self._standing_on(target, flow.target.process)
        fate: FlowFate = "kept"
        if not set(consumers).isdisjoint(providers):
            fate = "one application"
        elif rule is not None and rule.action == "tie" and source.server and target.server:
            fate = "tie"
        elif max(len(consumers), len(providers)) > self._most:
            fate = "unclear"
        return JudgedFlow(flow, source, target, fate, rule, consumers, providers)

    def _standing_on(self, end: FoundEnd, process: str) -> tuple[str, ...]:
        """The applications that may be meant by an end: that which is named, that of the process, or all there."""
        if not end.server:
            return (end.application,)
        hosted = self._directory.applications_of.get(end.server, [])
        if end.application in hosted:
            return (end.application,)
        named = [each for each in hosted if len(hosted) > 1 and process and each.casefold() == process.casefold()]
        return tuple(named or hosted)
