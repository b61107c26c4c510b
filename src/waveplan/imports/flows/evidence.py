"""What speaks for a dependency: the flows behind it, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_rules import FlowRule, FlowRules, WeightStep
from waveplan.domain.wording import names
from waveplan.imports.flows.matching import MEGABYTE, seen
from waveplan.imports.flows.sorting import JudgedFlow

_MOST_PORTS = 4
_STEPS = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


@dataclass(slots=True)
class Evidence:
    """Flows of one kind, added up."""

    flows: int = 0
    seen: int = 0
    transferred: int = 0
    turned: int = 0
    unclear: int = 0  # of servers with several applications
    pairs: set[tuple[str, str]] = field(default_factory=set)
    ports: Counter[str] = field(default_factory=Counter)
    processes: set[str] = field(default_factory=set)
    rules: dict[str, FlowRule] = field(default_factory=dict)  # those of other flows than the usual
    plain: int = 0  # flows that no rule speaks of

    def add(self, judged: JudgedFlow) -> None:
        """One more flow."""
        flow = judged.flow
        self.flows += 1
        self.seen += seen(flow)
        self.transferred += flow.transferred
        self.turned += flow.turned
        self.unclear += len(judged.consumers) > 1 or len(judged.providers) > 1
        self.pairs.add((judged.source.key, judged.target.key))
        self.ports[port_name(judged)] += seen(flow)
        if flow.source.process or flow.target.process:
            self.processes.add(f"{flow.source.process or '?'} → {flow.target.process or '?'}")
        if judged.rule is None or judged.rule.action == "keep":
            self.plain += 1
        if judged.rule is not None:
            self.rules[judged.rule.id] = judged.rule

    def actions(self) -> frozenset[str]:
        """What rules say of these flows."""
        return frozenset(rule.action for rule in self.rules.values())

    def lines(self) -> list[Phrase]:
        """What is seen, for people."""
        values = {
            "ports": ", ".join(self._busiest_ports()[:_MOST_PORTS]),
            "pairs": names(f"{one} → {other}" for one, other in sorted(self.pairs)),
            "seen": self.seen,
        }
        found = [Phrase("port {ports}: {pairs}, seen {seen}×", values)]
        if self.transferred:
            found.append(Phrase("{volume} transferred", {"volume": volume(self.transferred)}))
        if self.processes:
            found.append(Phrase("processes {processes}", {"processes": names(sorted(self.processes), 3)}))
        return found

    def reason(self) -> str:
        """The same in few signs, as it stands in the inventory: no sentence, so that it needs no language."""
        return ", ".join((*self._busiest_ports()[:2], *sorted(self.processes)[:1]))

    def _busiest_ports(self) -> list[str]:
        return sorted(self.ports, key=lambda port: (-self.ports[port], port))


def evidence_of(flows: Iterable[JudgedFlow]) -> Evidence:
    """What several flows say together."""
    found = Evidence()
    for each in flows:
        found.add(each)
    return found


def port_name(judged: JudgedFlow) -> str:
    """A port as people write it: 1521/tcp."""
    port = "?" if judged.flow.port is None else str(judged.flow.port)
    return f"{port}/{judged.flow.protocol.lower()}" if judged.flow.protocol else port


def volume(transferred: int) -> str:
    """Bytes in the largest unit that they fill."""
    for size, unit in _STEPS:
        if transferred >= size:
            return f"{Decimal(transferred * 10 // size) / 10} {unit}"
    return f"{transferred} B"


def weight_of(evidence: Evidence, rules: FlowRules, days: int) -> Decimal:
    """What one day apart costs, by the heavier of volume and number; rules for some flows may raise it."""
    by_volume = _on(rules.weights.megabytes_per_day, Decimal(evidence.transferred) / MEGABYTE / days)
    by_number = _on(rules.weights.per_day, Decimal(evidence.seen) / days)
    times = max((rule.weight_times for rule in evidence.rules.values()), default=Decimal(1))
    return max(by_volume, by_number) * times


def _on(scale: Iterable[WeightStep], amount: Decimal) -> Decimal:
    reached = [step.weight for step in sorted(scale, key=lambda step: step.start) if step.start <= amount]
    return reached[-1] if reached else Decimal(1)
