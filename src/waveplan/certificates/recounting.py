"""Coexistence of a few lots, counted anew: every set of lots that may have moved, position after position.

No certificate but a second proof, by another method than the first: no look-ahead, no tables, nothing compiled. Kept
are where each lot may be, sums and gaps of waves, lots kept apart and orders; so no plan is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

from waveplan.certificates.loads import StreamLoads, loads_of
from waveplan.certificates.reading import CertificateError
from waveplan.certificates.spreading import tie_weights
from waveplan.certificates.supposing import Supposed, usable

MOST_LOTS = 16
_MOST_STEPS = 1_500_000
_State = tuple[int, tuple[int | None, ...], int]  # moved lots as bits; by stream: day of the last wave; waves so far


class Recount:
    """All sets of moved lots, each with the least that it has cost."""

    def __init__(self, supposed: Supposed) -> None:
        problem = supposed.problem
        self._supposed, self._problem = supposed, problem
        self._order = usable(supposed, range(len(problem.lots)))
        self._streams = [loads_of(supposed, stream) for stream in range(len(problem.streams))]
        self._gaps = [0 if r.done else min(stage.min_gap_days for stage in r.stages) for r in problem.streams]
        self._weights = tie_weights(problem)
        self._cuts: dict[int, int] = {}
        self._steps = 0

    def below(self, bound: Fraction) -> bool:
        """Whether some plan might cost less. Raises CertificateError when that takes too many steps to tell."""
        problem = self._problem
        if len(problem.lots) > MOST_LOTS:
            raise CertificateError(f"there are more than {MOST_LOTS} lots")
        limit, everything = ceil(bound * problem.weight_scale), (1 << len(problem.lots)) - 1
        states: dict[_State, int] = {(0, (None,) * len(problem.streams), 0): 0}
        for number, place in enumerate(self._order):
            states = self._after_wave(states, place, limit)
            if number + 1 == len(self._order):
                break
            gone = problem.positions[self._order[number + 1]].day - problem.positions[place].day
            later = {state: cost + gone * self._cut(state[0]) for state, cost in states.items()} if gone else states
            states = {state: cost for state, cost in later.items() if cost < limit}
        return any(moved == everything for moved, *_ in states)

    def _after_wave(self, states: Mapping[_State, int], place: int, limit: int) -> dict[_State, int]:
        problem = self._problem
        stream, day = problem.positions[place].stream, problem.positions[place].day
        loads = self._streams[stream]
        here = [number for number, lot in enumerate(loads.lots) if place in self._supposed.allowed[lot]]
        last_chance, most = self._last_chance(place), self._supposed.waves
        found: dict[_State, int] = {}
        for (moved, days, count), cost in states.items():
            last = days[stream]
            made = (*days[:stream], day, *days[stream + 1 :])
            free = (most is None or count < most) and (last is None or day - last >= self._gaps[stream])
            waves = self._waves(loads, here, moved) if free else iter((0,))
            for wave in waves:
                self._steps += 1
                if self._steps > _MOST_STEPS:
                    raise CertificateError(f"it takes more than {_MOST_STEPS} steps")
                after = moved | wave
                if last_chance & ~after:
                    continue
                state = (after, made if wave else days, count + (most is not None and wave > 0))
                found[state] = min(found.get(state, limit), cost)
        return found

    def _last_chance(self, place: int) -> int:
        """Lots that have no position after this one."""
        number = self._order.index(place)
        later = set(self._order[number + 1 :])
        return sum(1 << lot for lot, positions in enumerate(self._supposed.allowed) if later.isdisjoint(positions))

    def _waves(self, loads: StreamLoads, here: list[int], moved: int) -> Iterator[int]:
        """Sets of lots that may be the wave, the empty one too."""
        free = [number for number in here if not moved >> loads.lots[number] & 1]
        ready = [n for n in free if all(moved >> loads.lots[o] & 1 or not s for o, s in loads.before[n].items())]
        aparts = {frozenset((pair.first, pair.second)) for pair in self._problem.aparts}
        sums = [(row.amounts, max(row.limits)) for row in loads.sums]

        def grown(index: int, chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            yield chosen
            for following in range(index, len(ready)):
                more = (*chosen, ready[following])
                if all(sum(amounts[n] for n in more) <= limit for amounts, limit in sums) and not any(
                    frozenset((loads.lots[ready[following]], loads.lots[n])) in aparts for n in chosen
                ):
                    yield from grown(following + 1, more)

        for chosen in grown(0, ()):
            wave = sum(1 << loads.lots[number] for number in chosen)
            both = moved | wave
            if all(both >> loads.lots[first] & 1 for number in chosen for first in loads.before[number]):
                yield wave

    def _cut(self, moved: int) -> int:
        if moved not in self._cuts:
            self._cuts[moved] = sum(
                weight for (one, other), weight in self._weights.items() if (moved >> one ^ moved >> other) & 1
            )
        return self._cuts[moved]


def verify_recount(supposed: Supposed, bound: Fraction) -> None:
    """Raise CertificateError unless no plan costs less than the bound, or when that takes too long to tell."""
    if Recount(supposed).below(bound):
        raise CertificateError(f"a plan might cost less than {bound}")
