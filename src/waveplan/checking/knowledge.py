"""Knowledge transfers of a plan: what each covers, when its stages are held, what they ask of the teams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from waveplan.change_calendar import Days
from waveplan.checking.bundles import Bundle
from waveplan.checking.placed import PlacedWave
from waveplan.checking.placement import Placement
from waveplan.domain.findings import Path
from waveplan.domain.items import Item
from waveplan.domain.people import KnowledgeStage, KnowledgeTransfer


@dataclass(frozen=True, slots=True)
class HeldStage:
    """One stage as it is held: `name` is its transfer's, its scope and its own; `effort` is by team, more than 0."""

    name: str
    stage: KnowledgeStage
    days: Days
    effort: Mapping[str, Decimal]


class HeldTransfer:
    """A knowledge transfer before the first cutover of all that it matches, or of one site or item of that."""

    def __init__(
        self, transfer: KnowledgeTransfer, scope: str, covered: Bundle, path: Path, placement: Placement
    ) -> None:
        self.transfer = transfer
        self.name = f"{transfer.id}@{scope}" if scope else str(transfer.id)
        self.path = path
        self._covered = covered
        self._calendar = placement.calendar
        waves = (placement.wave_of[item.id] for item in covered.items if item.id in placement.wave_of)
        self.wave: PlacedWave | None = min(waves, key=lambda wave: (wave.date, wave.id), default=None)

    @cached_property
    def stages(self) -> tuple[HeldStage, ...]:
        """Its stages in order; none when nothing that it covers is placed."""
        if self.wave is None:
            return ()
        days = self._calendar.knowledge_days(self.transfer, self.wave.date)
        return tuple(
            HeldStage(f"{self.name} {stage.name}", stage, own, self._effort(stage))
            for stage, own in zip(self.transfer.stages, days, strict=True)
        )

    def _effort(self, stage: KnowledgeStage) -> dict[str, Decimal]:
        """Formulas count the servers and users of what is covered, each once; every time that it is held anew."""
        found = {team: self._covered.worked_out(formula) * stage.times for team, formula in stage.effort.items()}
        return {team: days for team, days in sorted(found.items()) if days}


def held_transfers(placement: Placement) -> Iterator[HeldTransfer]:
    """Every knowledge transfer that comes before some wave, in inventory order, then by scope."""
    for index, transfer in enumerate(placement.inventory.knowledge_transfers):
        for scope, items in sorted(_scopes(placement, transfer).items()):
            held = HeldTransfer(transfer, scope, Bundle(items), ("knowledge_transfers", index), placement)
            if held.wave is not None:
                yield held


def _scopes(placement: Placement, transfer: KnowledgeTransfer) -> dict[str, list[Item]]:
    """Items that cut over by what the transfer is held for; an item without a site has none for its site."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in placement.items.select(transfer.match):
        if item.planned:
            for scope in {"match": [""], "item": [str(item.id)], "site": item.values("site")}[transfer.per]:
                found[scope].append(item)
    return found
