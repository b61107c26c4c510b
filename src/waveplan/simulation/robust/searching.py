"""The search for a chance: plans to begin from, then changes, each judged by histories; last, goals are won back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from waveplan.domain.plan import Plan
from waveplan.simulation.robust.changes import Changes
from waveplan.simulation.robust.ground import Homes, RobustGround
from waveplan.simulation.robust.judging import Judge, PlayedPlan
from waveplan.simulation.robust.starting import Start, Starting

_HEAT = 0.02  # of the chance: by how much worse a plan may be that is gone on from, at first
_FINALISTS = 3  # plans to begin from that are worked on
_HOPELESS = 0.1  # of the chance: by how much one of them is behind the best that is not worked on
_SHORT = 0.25  # of the changes: a first look at each finalist
_MISSED = 5  # times in a row that no change with better goals is found: there are hardly any
_TIDY = 1e-9


@dataclass(frozen=True)
class RobustFound:
    """The best plan found: the chance in the runs that judged it, how many were judged."""

    plan: Plan
    before: float
    chance: float
    tried: int


class RobustSearch:
    """Looks for a plan of a ground whose last dates are kept with a chance."""

    def __init__(
        self,
        ground: RobustGround,
        seed: int,
        stop: threading.Event,
        *,
        workers: int | None = None,
        told: Callable[[int, float], None] = lambda tried, chance: None,
    ) -> None:
        """`told` hears how many plans were judged, and the best chance."""
        self._ground, self._seed, self._stop, self._told = ground, seed, stop, told
        self._judge = Judge(ground, seed)
        self._starting = Starting(ground, seed, workers, stop)
        self._random = Random(seed)

    def search(self, target: float, most: int, goals: Sequence[str]) -> RobustFound | None:
        """A plan that reaches a target, with the goals as good as can be; else the best. None: it cannot be played."""
        plain = self._judge.judged(self._ground.start)
        if plain is None:
            return None
        best = plain
        if plain.chance < target and most > 0:
            best = self._reached(plain, target, most)
            best = self._won_back(best, min(target, best.chance), most // 2, goals)
        plan = self._ground.plan if best is plain else self._ground.stated(best.homes)
        return RobustFound(plan, plain.chance, best.chance, self._judge.played)

    # --- reaching the chance ---------------------------------------------------------------------------------------

    def _reached(self, plain: PlayedPlan, target: float, most: int) -> PlayedPlan:
        begun = [(plain, Start(plain.homes))]
        for offered in (self._starting.earlier(), self._starting.bearing()):
            for start in offered:
                judged = self._judge.judged(start.homes)
                if judged is not None:
                    begun.append((judged, start))
                    self._told(self._judge.played, max(each.chance for each, _ in begun))
                    if judged.chance >= target:
                        return judged
        short = max(1, int(most * _SHORT / len(begun)))
        looked = [(self._climbed(each, start, target, short), start) for each, start in begun]
        looked.sort(key=lambda each: -each[0].worth)
        best = looked[0][0]
        finalists = [(each, start) for each, start in looked[:_FINALISTS] if each.chance >= best.chance - _HOPELESS]
        for each, start in finalists:
            if best.chance >= target:
                break
            found = self._climbed(each, start, target, int(most * (1 - _SHORT)) // len(finalists))
            best = max(best, found, key=lambda one: one.worth)
        return best

    def _climbed(self, first: PlayedPlan, start: Start, target: float, most: int) -> PlayedPlan:
        """Changes from one plan, as long as its reserve stays free; those a little worse are gone on from at first."""
        changes = Changes(self._ground, self._random.getrandbits(32), start.reserved)
        current = best = first
        for tried in range(most):
            if best.chance >= target or self._stop.is_set():
                break
            homes = changes.near(current.homes)
            allowance = _HEAT * (1 - tried / most) * self._random.random()
            found = None if homes is None else self._judge.judged(homes, current, allowance)
            if found is not None and found.worth >= current.worth - allowance:
                current = found
                if found.worth > best.worth + _TIDY:
                    best = found
                    self._told(self._judge.played, best.chance)
        return best

    # --- winning goals back ----------------------------------------------------------------------------------------

    def _won_back(self, best: PlayedPlan, target: float, most: int, goals: Sequence[str]) -> PlayedPlan:
        """Plans with better goals, in their order, that still reach the target."""
        changes = Changes(self._ground, self._random.getrandbits(32))
        values = self._ground.values(best.homes, goals)
        missed = 0
        for _ in range(most):
            if self._stop.is_set() or missed >= _MISSED:
                break
            homes = changes.better(best.homes, self._better_than(values, goals))
            missed = missed + 1 if homes is None else 0
            found = None if homes is None else self._judge.judged(homes)
            if homes is not None and found is not None and found.chance >= target:
                best, values = found, self._ground.values(homes, goals)
        return best

    def _better_than(self, values: tuple[Fraction, ...], goals: Sequence[str]) -> Callable[[Homes], bool]:
        return lambda homes: self._ground.values(homes, goals) < values
