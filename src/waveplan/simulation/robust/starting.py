"""Plans from which a search for a chance begins: with earlier dates, and with a reserve that bears slips."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from waveplan import planning
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.engine.model.bearing import Bearing, bear_slips, bearing_size
from waveplan.engine.model.cp_sat import RunLimits
from waveplan.engine.running.machine import usable_workers
from waveplan.planning.options import SolveOptions, Watching
from waveplan.simulation.robust.ground import Homes, RobustGround
from waveplan.simulation.robust.slipping import Slipping

_UNITS = 4.0  # of deterministic time for a plan to begin from
_RESERVES = 5  # days, from the last usable one back, that are tried as a reserve
_BEARING_UNITS = 6.0  # of deterministic time for each of them
_LONGER = 12.0  # for the best of them once more
_LARGEST = 200_000  # literals of a model that spreads risk
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
        self._days = sorted({place.day for place in self._usable})

    def earlier(self) -> Iterator[Start]:
        """Every last date that counts pulled forward, by one usable slot more each time, while there are plans."""
        days = self._days
        for slots in range(1, min(_EARLIER, len(days) - 1) + 1):
            by = dt.timedelta(days=days[-1] - days[-1 - slots])
            found = self._solved(tightened(self._ground.inventory, by, self._ground.date), {}, None)
            if found is None:
                return
            yield Start(found)

    def bearing(self) -> Iterator[Start]:
        """A day kept free, of the last usable ones, so that as many slips as can be are borne; the best first.

        The best of them is looked for longer. Where the model is too large, it is the solver's plans with the day free.
        """
        days = [day for day in reversed(self._days[1:]) if self._spared(day)][:_RESERVES]
        if bearing_size(self._ground.built.problem) > _LARGEST:
            yield from self._sparing(days)
            return
        with ThreadPoolExecutor(self._workers or usable_workers()) as threads:
            found = zip(days, threads.map(self._borne, days), strict=True)
            plans = sorted(((day, each) for day, each in found if each), key=lambda each: (each[1].weight, -each[0]))
        for number, (day, each) in enumerate(plans):
            longer = self._borne(day, each.plan) if number == 0 else None
            best = longer if longer is not None and longer.weight < each.weight else each
            if self._ground.keeps_every_rule(best.plan):
                yield Start(best.plan, self._spared(day))

    def _borne(self, day: int, hint: Homes | None = None) -> Bearing | None:
        spared = self._spared(day)
        limits = RunLimits(None, _BEARING_UNITS if hint is None else _LONGER, 1, self._seed, interleave=True)
        kinds = Slipping(self._ground).kinds(spared)
        return bear_slips(self._ground.built.problem, spared, kinds, limits, self._stop, hint=hint)

    def _spared(self, day: int) -> frozenset[int]:
        return frozenset(place.index for place in self._usable if place.day == day)

    def _sparing(self, days: Sequence[int]) -> Iterator[Start]:
        for day in days:
            found = self._solved(self._ground.inventory, self._pins(self._spared(day)), _SPREAD)
            if found is not None:
                yield Start(found, self._spared(day))

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
            workers=1,  # so that the same comes of it, however many there are
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
