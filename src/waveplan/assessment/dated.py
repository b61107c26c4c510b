"""What a plan dates: the wave of each item, the day on which a retired one goes, purges and acknowledgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from waveplan.domain.compliance import WaveRef
from waveplan.domain.items import Item
from waveplan.domain.plan import Milestone, Plan


class Dated:
    """A plan by its items. What it does not place has no date."""

    def __init__(self, plan: Plan) -> None:
        lots = plan.lots_by_id()
        several = len({wave.stream for wave in plan.waves}) > 1
        self.wave_of: Mapping[str, WaveRef] = {
            item: WaveRef(wave.id, wave.label(with_stream=several), wave.date)
            for wave in plan.waves
            for lot in wave.lots
            if lot in lots
            for item in lots[lot].items
        }
        self.purges = {(each.subject, each.site): each for each in plan.milestones if each.kind == "purge_order"}
        self.retired: Mapping[str, dt.date] = _dates(plan, "retire")
        self.acknowledged: Mapping[str, dt.date] = _dates(plan, "acknowledgement")

    def wave(self, item: Item) -> WaveRef | None:
        """The wave in which an item cuts over."""
        return self.wave_of.get(item.id) if item.planned else None

    def gone(self, item: Item) -> dt.date | None:
        """The day on which a retired item goes."""
        return self.retired.get(item.id) if item.strategy == "retire" else None

    def left(self, item: Item) -> dt.date | None:
        """When an item leaves where it stood: its cutover, or its retirement."""
        wave = self.wave(item)
        return wave.date if wave is not None else self.gone(item)

    def orders_for(self, servers: Mapping[str, str]) -> list[Milestone]:
        """Purge orders of servers at the sites given for them, by date."""
        found = [self.purges[departure] for departure in servers.items() if departure in self.purges]
        return sorted(found, key=lambda each: (each.date, each.id))


def _dates(plan: Plan, kind: str) -> dict[str, dt.date]:
    return {each.subject: each.date for each in plan.milestones if each.kind == kind}
