"""Simulated annealing in cycles: from several starts, hot enough to forget them or warm, each longer than before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from waveplan.engine.running.halting import flag_of
from waveplan.engine.running.looking import StoppedError
from waveplan.engine.search.ground import SearchGround, best_plan, best_value
from waveplan.engine.search.limits import Meter
from waveplan.engine.search.tables import Ints

_PIECE = 100_000  # trials between two looks at the clock
_CYCLE = 100_000  # trials a lot in the first cycles
_FEW = 8  # cycles: where there is time for fewer, one long one from hot is worth more than several
_GLANCE, _GLANCED = 0.04, 0.01  # of a first cycle, and of all the time at most: to see what a start is worth
_PILOT, _PILOTED = 0.1, 0.04  # the same for a short cooling that shows how hot a cycle has to begin
_HEATS = (10.0, 40.0)  # temperatures from which cycles may begin, in the goal's units
_WARM, _COLD = 3.0, 0.3


@dataclass(frozen=True)
class Found:
    """A plan and its value in the goal's own scale."""

    value: int
    plan: dict[int, int]


class Annealing:
    """One search. `found` is its best plan so far; it may be read at any time."""

    def __init__(self, ground: SearchGround, seed: int, meter: Meter, enough: Callable[[int], bool]) -> None:
        self._ground = ground
        self._seed = seed
        self._meter = meter
        self._halt = flag_of(meter.stop)
        self._enough = enough
        self.found: Found | None = None
        self.failure: BaseException | None = None

    def run(self, starts: Iterator[dict[int, int]]) -> None:
        """Search in a thread of its own; a failure is kept for the thread that waits."""
        try:
            self.search(starts)
        except StoppedError:  # among the starts: what there is by then has been kept
            return
        except BaseException as error:  # noqa: BLE001 - carried over
            self.failure = error

    def search(self, starts: Iterator[dict[int, int]]) -> None:
        """Take a look at every start, then at how hot to begin, then cycle until time is over or a value will do."""
        trials = _CYCLE * len(self._ground.problem.lots)
        glances = [found for start in starts if (found := self._glance(start, trials))]
        if not glances:
            return
        origin = min(glances, key=lambda each: each.value)
        hot = min(_HEATS, key=lambda heat: self._cycle(origin.plan, heat, self._brief(trials, _PILOT, _PILOTED)))
        results = {hot: float("inf"), _WARM: float("inf")}
        for number, heat in enumerate(self._heats(results, hot)):
            if self._over:
                return
            start = origin.plan if heat == hot or self.found is None else self.found.plan
            results[heat] = self._cycle(start, heat, self._length(number, trials))

    def _brief(self, trials: int, part: float, most: float) -> float:
        """How long a part of a cycle takes, and no longer than a part of all the time."""
        return min(self._meter.cost_of(int(part * trials)), most * self._meter.total)

    def _length(self, number: int, trials: int) -> float:
        """How long the n-th cycle takes: two of a length, two twice as long, …; the last one takes what is left."""
        usual, left = self._meter.cost_of(trials), self._meter.total - self._meter.spent
        length = usual * 2.0 ** (number // 2)
        return left if left < max(_FEW * usual if number < 2 else 0.0, 1.6 * length) else length

    def _heats(self, results: dict[float, float], hot: float) -> Iterator[float]:
        """Hot twice, warm, then the one that did better two times of three."""
        yield from (hot, hot, _WARM)
        number = 0
        while True:
            better = min(results, key=lambda heat: (results[heat], heat))
            number += 1
            yield better if number % 3 else hot + _WARM - better

    @property
    def _over(self) -> bool:
        return self._meter.over or (self.found is not None and self._enough(self.found.value))

    def _glance(self, start: dict[int, int], trials: int) -> Found | None:
        """What a start is worth after a short, warm cycle."""
        state = None if self._over else self._ground.begun(start, self._next_seed())
        if state is None or best_value(state) is None:
            return None
        self._keep(state)
        self._warmed(state, max(1, int(_GLANCE * trials)))
        value = best_value(state)
        assert value is not None
        return Found(value, best_plan(state))

    def _warmed(self, state: Ints, trials: int) -> None:
        """Cool a little from warm: so many trials, or fewer where they take too long."""
        hot, ratio, began, most = _WARM * self._ground.unit, _COLD / _WARM, self._meter.spent, self._meter.total
        done = 0.0
        while done < 1.0 and not self._over:
            piece = min(_PIECE, trials)
            then = min(1.0, done + piece / trials)
            self._ground.anneal(state, piece, hot * ratio**done, hot * ratio**then, self._halt)
            self._meter.trials += piece
            self._keep(state)
            used = (self._meter.spent - began) / (_GLANCED * most)
            done = max(done + piece / trials, used)

    def _cycle(self, start: dict[int, int], heat: float, length: float) -> float:
        """Anneal for a length of time; returns the best value of the cycle."""
        state = self._ground.begun(start, self._next_seed())
        assert state is not None  # a start has been taken up before
        hot, ratio, began, done = heat * self._ground.unit, _COLD / heat, self._meter.spent, 0.0
        while done < 1.0 and not self._over:
            now = hot * ratio**done
            piece = max(1, min(_PIECE, int(self._meter.total))) if length == float("inf") else _PIECE
            self._ground.anneal(state, piece, now, now * ratio**0.01, self._halt)
            self._meter.trials += piece
            self._keep(state)
            done = (self._meter.spent - began) / max(length, 1e-9)
        value = best_value(state)
        return float("inf") if value is None else value

    def _keep(self, state: Ints) -> None:
        value = best_value(state)
        if value is not None and (self.found is None or value < self.found.value):
            self.found = Found(value, best_plan(state))

    def _next_seed(self) -> int:
        self._seed += 1
        return self._seed
