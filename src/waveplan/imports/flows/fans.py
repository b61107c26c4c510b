"""Who reaches how many, and who is reached by how many: what is known only once all flows have been seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from waveplan.imports.flows.adding_up import seconds
from waveplan.imports.flows.directory import FoundEnd
from waveplan.imports.harvest import Flow

_DAY = 86_400


class Fans:
    """Numbers of a whole capture."""

    def __init__(self, flows: Iterable[tuple[Flow, FoundEnd, FoundEnd]], ephemeral_from: int) -> None:
        self.reached: dict[str, set[str]] = defaultdict(set)  # source → servers
        self.reaching: dict[tuple[str, int | None], set[str]] = defaultdict(set)  # target and port → servers
        self.ports: dict[str, set[int | None]] = defaultdict(set)  # source → ports of others
        self.called: set[tuple[str, str]] = set()  # (source, target) on a port of the target's own
        self.most_seen = 0
        found: set[str] = set()
        moments: list[datetime] = []
        for flow, source, target in flows:
            if source.key == target.key:
                continue
            found.update(each.server for each in (source, target) if each.server)
            if target.server:
                self.reached[source.key].add(target.server)
            if source.server:
                self.reaching[target.key, flow.port].add(source.server)
            if flow.port is not None and flow.port < ephemeral_from:
                self.ports[source.key].add(flow.port)
                self.called.add((source.key, target.key))
            self.most_seen = max(self.most_seen, flow.connections, flow.sightings)
            moments += (moment for moment in (flow.first, flow.last) if moment is not None)
        self.servers = len(found)
        self.first = min(moments, key=seconds, default=None)
        self.last = max(moments, key=seconds, default=None)

    @property
    def days(self) -> int:
        """Days that the capture spans, begun ones whole; 1 where it tells no times."""
        if self.first is None or self.last is None:
            return 1
        return max(1, -(-int(seconds(self.last) - seconds(self.first)) // _DAY))
