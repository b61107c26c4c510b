"""Rows added up as they are read: memory grows with the pairs of ends and ports, not with the rows."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.imports.flows.moments import NOTHING, Readings, moment_of
from waveplan.imports.harvest import Flow, FlowEnd

TotalKey = tuple[int, int, int | None, str, bool]
"""Numbers of both ends, port, protocol, whether the ends were exchanged."""

_MOST_MOMENT = 253_402_300_799  # the last second of the year 9999


class FlowTotals:
    """Sums of one capture; moments are kept with the day first and with the month first until all rows have spoken."""

    def __init__(self) -> None:
        self._sums: dict[TotalKey, list[int]] = {}
        self._spans: dict[TotalKey, list[int | None]] = {}
        self._ends: list[FlowEnd] = [FlowEnd()]
        self._numbers: dict[FlowEnd, int] = {}
        self.orders = [True, True]  # whether every moment could be read with the day first, with the month first
        self.differ = False  # whether the two ever said different things

    def number_of(self, end: FlowEnd) -> int:
        """A number for an end, from 1: numbers are compared faster than names."""
        number = self._numbers.get(end)
        if number is None:
            number = self._numbers[end] = len(self._ends)
            self._ends.append(end)
        return number

    def add(self, key: TotalKey, connections: int, transferred: int, first: Readings, last: Readings) -> None:
        """One row more."""
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [0, 0, 0]
        sums[0] += 1
        sums[1] += connections
        sums[2] += transferred
        if first is not NOTHING or last is not NOTHING:
            self._add_span(key, first, last)

    def _add_span(self, key: TotalKey, first: Readings, last: Readings) -> None:
        span = self._spans.setdefault(key, [None, None, None, None])
        for readings in (first, last):
            if readings is NOTHING:
                continue
            self.differ = self.differ or readings[0] != readings[1]
            for order in (0, 1):
                seconds = readings[order]
                if seconds is None:
                    self.orders[order] = False
                    continue
                low, high = span[2 * order], span[2 * order + 1]
                span[2 * order] = seconds if low is None or seconds < low else low
                span[2 * order + 1] = seconds if high is None or seconds > high else high

    @property
    def is_ambiguous(self) -> bool:
        """Whether the order of day and month makes a difference, and nothing tells it."""
        return self.differ and self.orders == [True, True]

    def flows(self, order: int | None) -> Iterator[Flow]:
        """What was added up; `order` of moments: 0 with the day first, 1 with the month first, None: as rows tell."""
        chosen = order if order is not None else self._told_order()
        for (source, target, port, protocol, turned), (sightings, connections, transferred) in self._sums.items():
            span = self._spans.get((source, target, port, protocol, turned))
            low, high = (None, None) if span is None or chosen is None else span[2 * chosen : 2 * chosen + 2]
            yield Flow(
                source=self._ends[source],
                target=self._ends[target],
                port=port,
                protocol=protocol,
                sightings=sightings,
                connections=connections,
                transferred=transferred,
                first=None if low is None else moment_of(min(low, _MOST_MOMENT)),
                last=None if high is None else moment_of(min(high, _MOST_MOMENT)),
                turned=turned,
            )

    def _told_order(self) -> int | None:
        if not self.differ:
            return 0
        if self.orders[0] == self.orders[1]:
            return None
        return 0 if self.orders[0] else 1
