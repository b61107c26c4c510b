"""Flows of the same ends on the same port put together: however many rows a capture has, this is what stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from waveplan.imports.harvest import Flow


def added_up(flows: Iterable[Flow]) -> list[Flow]:
    """One flow for each pair of ends and port, in an order of its own."""
    sums: dict[tuple[object, ...], list[Flow]] = {}
    for flow in flows:
        key = (flow.source, flow.target, flow.port, flow.protocol.casefold(), flow.turned)
        sums.setdefault(key, []).append(flow)
    return sorted(map(_sum, sums.values()), key=flow_order)


def _sum(flows: list[Flow]) -> Flow:
    first = flows[0]
    if len(flows) == 1:
        return first
    return Flow(
        source=first.source,
        target=first.target,
        port=first.port,
        protocol=min(each.protocol for each in flows),
        sightings=sum(each.sightings for each in flows),
        connections=sum(each.connections for each in flows),
        transferred=sum(each.transferred for each in flows),
        first=min((each.first for each in flows if each.first is not None), key=seconds, default=None),
        last=max((each.last for each in flows if each.last is not None), key=seconds, default=None),
        turned=first.turned,
    )


def seconds(moment: datetime) -> float:
    """By which moments with and without a zone stand in one order; those without count as UTC."""
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()


def flow_order(flow: Flow) -> tuple[object, ...]:
    """By ends, port and protocol."""
    ends = [(end.server, end.address, end.application, end.process) for end in (flow.source, flow.target)]
    return (*ends, flow.port or 0, flow.protocol, flow.turned)
