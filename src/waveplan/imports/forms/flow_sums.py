"""Connections that were seen, added up by who speaks to whom on which port."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from waveplan.imports.forms.moments import SeenAt
from waveplan.imports.harvest import Flow, FlowEnd
from waveplan.imports.values import DateOrder

_Key = tuple[FlowEnd, FlowEnd, int | None, str]


@dataclass(slots=True)
class _SumOfFlow:
    sightings: int = 0
    connections: int = 0
    transferred: int = 0
    first: dict[DateOrder, datetime] | None = None  # by each order that days may be written in
    last: dict[DateOrder, datetime] | None = None

    def see(self, moment: SeenAt) -> None:
        """Widen the time in which it was seen."""
        if not moment:
            return
        self.first = _each(min, self.first, moment)
        self.last = _each(max, self.last, moment)


class FlowSums:
    """Flows that are still added up."""

    def __init__(self) -> None:
        self._sums: dict[_Key, _SumOfFlow] = {}

    def add(
        self,
        source: FlowEnd,
        target: FlowEnd,
        *,
        port: int | None = None,
        protocol: str = "",
        connections: int = 0,
        transferred: int = 0,
        seen: SeenAt | None = None,
    ) -> bool:
        """Add a row; whether it is the first one of its flow."""
        key = (source, target, port, protocol)
        is_new = key not in self._sums
        found = self._sums.setdefault(key, _SumOfFlow())
        found.sightings += 1
        found.connections += connections
        found.transferred += transferred
        found.see(seen or {})
        return is_new

    def flows(self, order: DateOrder) -> Iterator[Flow]:
        """What was added up, in the order in which it was first seen; days are read in this order."""
        for (source, target, port, protocol), found in self._sums.items():
            first = (found.first or {}).get(order)
            last = (found.last or {}).get(order)
            yield Flow(
                source, target, port, protocol, found.sightings, found.connections, found.transferred, first, last
            )


def _each(
    choose: Callable[[datetime, datetime], datetime], known: SeenAt | None, moment: SeenAt
) -> dict[DateOrder, datetime]:
    both = dict(known or {})
    for order, each in moment.items():
        both[order] = choose(both[order], each) if order in both else each
    return both


def added_up(flows: Iterable[Flow]) -> list[Flow]:
    """Flows of several captures: those between the same ends on the same port as one."""
    found: dict[_Key, Flow] = {}
    for flow in flows:
        key = (flow.source, flow.target, flow.port, flow.protocol)
        before = found.get(key)
        found[key] = _sum_of(before, flow) if before else flow
    return list(found.values())


def _sum_of(one: Flow, other: Flow) -> Flow:
    return replace(
        one,
        sightings=one.sightings + other.sightings,
        connections=one.connections + other.connections,
        transferred=one.transferred + other.transferred,
        first=min((each.first for each in (one, other) if each.first), default=None),
        last=max((each.last for each in (one, other) if each.last), default=None),
    )
