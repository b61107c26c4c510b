"""Plans from which a search for a chance begins: the solver's own, with slots in reserve or with earlier dates."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from waveplan import planning
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.planning.options import SolveOptions, Watching
from waveplan.simulation.robust.ground import Homes, RobustGround

_UNITS = 4.0  # of deterministic time for a plan to begin from
_RESERVES = 8  # slots, from the last usable one back, that are tried as a reserve
_EARLIER = 6  # by how many usable slots, at most, last dates are pulled forward
_SPREAD = (Goal(goal="criticality_risk"),)  # what matters more comes later: early slips are not of what matters


@dataclass(frozen=True)
class Start:
    """A plan to begin from, and the places that stay free in all that comes of it."""

    homes: Homes
    reserved: frozenset[int] = field(default_factory=frozenset)


class Starting:
    """Asks the solver for plans of one ground, within a deterministic limit: the same plans on any machine."""

    def __init__(self, ground: RobustGround, seed: int, workers: int | None, stop: threading.Event) -> None:
        self._ground, self._stop = ground, stop
        self._seed, self._workers = seed, workers
        problem = ground.built.problem
        used = {place for allowed in problem.allowed for place in allowed}
        self._usable = [place for place in problem.positions if place.index in used]

    def earlier(self) -> Iterator[Start]:
        """Every last date that counts pulled forward, by one usable slot more each time, while there are plans."""
        days = sorted({place.day for place in self._usable})
        for slots in range(1, min(_EARLIER, len(days) - 1) + 1):
            by = dt.timedelta(days=days[-1] - days[-1 - slots])
            found = self._solved(tightened(self._ground.inventory, by, self._ground.date), {}, None)
            if found is None:
                return
            yield Start(found)

    def reserving(self) -> Iterator[Start]:
        """One slot kept free, from the last usable one back."""
        days = sorted({place.day for place in self._usable})
        for day in reversed(days[-_RESERVES:]):
            reserved = frozenset(place.index for place in self._usable if place.day == day)
            found = self._solved(self._ground.inventory, self._pins(reserved), _SPREAD)
            if found is not None:
                yield Start(found, reserved)

    def _pins(self, reserved: frozenset[int]) -> Mapping[str, frozenset[str]]:
        facts, problem = self._ground.built.facts, self._ground.built.problem

        def name(place: int) -> str:
            return facts.wave_id(facts.positions[place])

        return {
            lot: frozenset(name(place) for place in allowed if place not in reserved)
            for lot, allowed in zip(problem.lots, problem.allowed, strict=True)
        }

    def _solved(
        self, inventory: Inventory, pins: Mapping[str, frozenset[str]], goals: tuple[Goal, ...] | None
    ) -> Homes | None:
        if self._stop.is_set():
            return None
        options = SolveOptions(
            time_limit=None,
            deterministic_limit=_UNITS,
            seed=self._seed,
            workers=self._workers,
            reproducible=True,
            goals=goals,
            pins=pins,
        )
        plan = planning.solve(inventory, options=options, watching=Watching(stop=self._stop)).plan
        homes = None if plan is None else self._ground.homes_of(plan)
        whole = homes is not None and len(homes) == len(self._ground.built.problem.lots)
        return homes if homes is not None and whole and self._ground.keeps_every_rule(homes) else None


def tightened(inventory: Inventory, by: dt.timedelta, date: str | None) -> Inventory:
    """The same with every last date so many days earlier, or only the one of that name."""

    def counts(kind: str, subject: str) -> bool:
        return date is None or date in (f"{kind} {subject}" if subject else kind, subject or kind)

    programme = inventory.programme
    deadline = programme.deadline - by if counts("finish", "") else programme.deadline
    return inventory.model_copy(
        update={
            "programme": programme.model_copy(update={"deadline": deadline}),
            "sites": [
                site.model_copy(update={"exit_by": site.exit_by - by})
                if site.exit_by and counts("site_exit", site.id)
                else site
                for site in inventory.sites
            ],
            "contracts": [
                each.model_copy(update={"ends": each.ends - by}) if counts("contract", each.id) else each
                for each in inventory.contracts
            ],
            "tranches": [
                each.model_copy(update={"finish_by": each.finish_by - by})
                if each.finish_by and counts("tranche", each.id)
                else each
                for each in inventory.tranches
            ],
        }
    )
