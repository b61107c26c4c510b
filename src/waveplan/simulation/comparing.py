"""One risk away, one measure taken: the same random numbers, so that what differs is what was changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.risks import Matched
from waveplan.domain.selectors import scope_in_words
from waveplan.domain.simulated import RiskShare
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.playing import Scene
from waveplan.engine.simulation.problem import RiskProblem, RiskUnit
from waveplan.simulation.batches import BatchResult, Ints
from waveplan.simulation.dates import WatchedDate, by_unit
from waveplan.simulation.estimates import Curve
from waveplan.simulation.players import Player
from waveplan.simulation.simulating import SampleSize, tasks_of, with_risks
from waveplan.simulation.staging import Staging

COMPARED = 2000  # runs with which each risk and each measure is compared
_CARRIERS = 3
_P80 = 0.8


@dataclass(frozen=True)
class Without:
    """A risk, and the problem without it."""

    what: str
    subject: str
    problem: RiskProblem
    number: int = 0  # of its entry


def risks_of(staging: Staging) -> Iterator[Without]:
    """Every risk that acts, each with the problem that lacks it alone."""
    problem, risks = staging.problem, staging.risks
    for number, gate in enumerate(risks.gates):
        units = [_if(e.gate == number, u, no_chance=0) for u, e in zip(problem.units, staging.entries, strict=True)]
        yield Without("gates", _scope(gate), replace(problem, units=tuple(units)), number)
    for number, cutover in enumerate(risks.cutovers):
        pairs = zip(problem.units, staging.entries, strict=True)
        units = [_if(e.cutover == number, u, back_chance=0, back_next=0) for u, e in pairs]
        yield Without("cutovers", _scope(cutover), replace(problem, units=tuple(units)), number)
    for number, effort in enumerate(risks.effort):
        name = _scope(effort) + (f" ({', '.join(effort.teams)})" if effort.teams else "")
        yield Without("effort", name, _without_effort(staging, number), number)
    for number, work in enumerate(risks.work):
        pairs = zip(problem.units, staging.entries, strict=True)
        units = [_if(e.work == number, u, work_spread=by.NOTHING) for u, e in pairs]
        yield Without("work", _scope(work), replace(problem, units=tuple(units)), number)
    for event in risks.events:
        pairs_of = zip(problem.events, staging.event_ids, strict=True)
        events = tuple(replace(each, chance=0) if name == event.id else each for each, name in pairs_of)
        yield Without("event", event.id, replace(problem, events=events))
    for number, name in enumerate(staging.milestone_ids):
        kept = [
            replace(each, kept=by.SURE, late_from=each.promised) if n == number else each
            for n, each in enumerate(problem.milestones)
        ]
        yield Without("milestone", name, replace(problem, milestones=tuple(kept)))


def _without_effort(staging: Staging, number: int) -> RiskProblem:
    problem, tables = staging.problem, staging.effort_dimensions
    mine = {dimension for dimension, entry in tables.items() if entry == number}
    units = []
    for unit in problem.units:
        efforts = {
            team: [(d, by.NOTHING if d in mine else spread, share) for d, spread, share in parts]
            for team, parts in unit.efforts.items()
        }
        units.append(replace(unit, efforts=efforts))
    return replace(problem, units=tuple(units))


def _if(asked: bool, unit: RiskUnit, **changes: int) -> RiskUnit:
    return replace(unit, **changes) if asked else unit  # type: ignore[arg-type]


def _scope(entry: Matched) -> str:
    if entry.match is None:
        return "*"
    return scope_in_words(entry.match)


def compared_repeats(size: SampleSize) -> int:
    """With how many repeats of a sample risks and measures are compared."""
    total = 0
    for number, runs in enumerate(size.sizes):
        total += runs
        if total >= COMPARED:
            return number + 1
    return len(size.sizes)


class RiskComparison:
    """The plan as it is on the first repeats of a sample, and what other scenes make of the same."""

    def __init__(
        self,
        staging: Staging,
        scene: Scene,
        size: SampleSize,
        dates: Sequence[WatchedDate],
        stop: threading.Event,
        player: Player,
        results: Sequence[BatchResult] = (),
    ) -> None:
        """`results` are those of the plan's whole repeats, as far as somebody has played them."""
        self.staging, self.scene, self._size, self.dates = staging, scene, size, dates
        self._player, self._stop = player, stop
        self._repeats = compared_repeats(size)
        self.runs = sum(size.sizes[: self._repeats])
        self.base = list(results[: self._repeats]) if len(results) >= self._repeats else self.play(scene)
        facts = staging.facts
        self._last = facts.day(facts.inventory.programme.deadline) + 1

    def play(self, scene: Scene) -> list[BatchResult]:
        """The same sample on another scene."""
        return list(self._player.play(scene, tasks_of(self._size, self._repeats), self._stop))

    def share(self, without: Without) -> RiskShare:
        """What one risk costs."""
        results = self.play(with_risks(self.scene, without.problem))
        p80, mean = self.won(results)
        return RiskShare(without.subject, without.what, p80, mean, self._carriers(results), without.number)

    def won(self, results: Sequence[BatchResult], dates: Sequence[WatchedDate] | None = None) -> tuple[int, float]:
        """Days won at the P80 of the finish, and on average; what never ends counts as ending when nobody looks on."""
        before = [self._ended(self.dates, each) for each in self.base[: len(results)]]
        after = [self._ended(dates or self.dates, each) for each in results]
        if not after:
            return 0, 0.0
        days = Curve(before).quantile(_P80)[0] - Curve(after).quantile(_P80)[0]
        return days, float(np.mean(np.concatenate(before)) - np.mean(np.concatenate(after)))

    def _ended(self, dates: Sequence[WatchedDate], result: BatchResult) -> Ints:
        return np.minimum(dates[0].days(result.places), self._last)

    def _carriers(self, results: Sequence[BatchResult]) -> tuple[str, ...]:
        """Waves that come earliest for it, those that win most first."""
        won = []
        for wave, day in by_unit(self.staging).items():
            before = np.minimum(np.concatenate([day(each.places) for each in self.base[: len(results)]]), self._last)
            after = np.minimum(np.concatenate([day(each.places) for each in results]), self._last)
            won.append((float(np.mean(before) - np.mean(after)), wave))
        won.sort(key=lambda each: (-each[0], each[1]))
        return tuple(wave for days, wave in won[:_CARRIERS] if days > 0.005)

    def kept(
        self, results: Sequence[BatchResult], staging: Staging, dates: Sequence[WatchedDate]
    ) -> Mapping[str, NDArray[np.bool_]]:
        """By hard date whether it is kept in each run; under no name whether all are."""
        found = {}
        for watched in dates:
            if watched.limit is not None:
                limit = staging.facts.day(watched.limit)
                found[watched.id] = np.concatenate([watched.days(each.places) <= limit for each in results])
        runs = sum(each.runs for each in results)
        return {"": np.logical_and.reduce([np.ones(runs, bool), *found.values()]), **found}

    @cached_property
    def base_kept(self) -> Mapping[str, NDArray[np.bool_]]:
        """The same of the plan as it is."""
        return self.kept(self.base, self.staging, self.dates)
