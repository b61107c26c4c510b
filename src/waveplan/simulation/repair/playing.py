"""One history after the other: played until something slips, replanned, and played on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from waveplan.domain.actuals import Actuals
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.stepping import Slip, SteppedHistory
from waveplan.simulation.repair.deciding import Decider, Situation
from waveplan.simulation.repair.numbers import RunNumbers, laid_out
from waveplan.simulation.repair.stages import Places, ReadyPlan, ReadyPlans
from waveplan.simulation.sampling import Ints
from waveplan.simulation.staging import KnownSoFar, Stager, StagingBase

MOST_SLIPS = 60  # of one history: what slips more often counts as never

Entry = tuple[tuple[int, ...], int, int, int, int]  # lots, place, kind, day, cause


@dataclass
class LotHistory:
    """What has become of each lot so far."""

    places: Places
    phase: list[int]
    gates: list[int]  # held
    tries: list[int]  # cutovers that have ended
    backs: list[int]
    since: list[int]  # the day from which it has been prepared in vain; NEVER
    absorbed: Ints  # effect × lot: whether a longer preparation has been taken in
    refused: set[tuple[int, int]] = field(default_factory=set)
    held: dict[int, int] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    pushers: dict[int, int] = field(default_factory=dict)  # by wave of the first plan


@dataclass(frozen=True)
class RepairedHistory:
    """Where every lot ended (-1: nowhere), what happened on the way, and what the replanning had to give up."""

    places: Places
    log: tuple[Entry, ...]
    pushers: tuple[int, ...]  # by wave of the first plan: which one's slip moved it last (-1: none, or its own)
    slips: int
    short: bool  # notices were given at shorter notice
    lost: bool  # no plan kept all last dates any more
    proven: bool  # and that was proven
    over: Ints
    lacking: Ints


class RepairPlayer:
    """Plays histories of one plan; situations and plans that come again are known."""

    def __init__(self, inventory: Inventory, plan: Plan, known: KnownSoFar, actuals: Actuals) -> None:
        self._base = StagingBase.of(inventory, known)
        self.first = Stager(plan, inventory, known, base=self._base).staging()
        self._stages = ReadyPlans(inventory, known, self._base)
        self._home = tuple(self.first.problem.home[lot] for lot in range(len(self._base.facts.lots)))
        self._stages.begin_with(plan, self._home)
        self.decider = Decider(inventory, self._stages, self._base.facts, actuals)
        self._unit_of = {lot: unit for unit, lots in enumerate(self.first.lots) for lot in lots}
        self._positions = self._base.facts.positions

    def play(self, row: Ints, key: int) -> RepairedHistory:
        """One history."""
        numbers = RunNumbers(self.first, row, key)
        now, today = self._begun(), self.first.problem.today
        short = lost = False
        proven, slips = True, 0
        under_way = self._resumed(now, numbers, today)
        waiting = self._held_at_first(now)
        while True:
            slip = None if waiting else under_way.next_slip()
            pushed = None if slip is None else self._pushed(now, under_way, slip)
            self._noted(now, under_way, slip)
            if slip is None and not waiting:
                break
            today, waiting, slips = (today if slip is None else slip.day), False, slips + 1
            situation = replace(self._situation(now, under_way, today, lost), pushed=pushed)
            found = self.decider.decide(situation) if slips <= MOST_SLIPS else None
            proven = proven and (found is None or found.proven)
            if found is None or found.places is None:
                lost, places = True, [p if f == by.DONE else -1 for p, f in zip(now.places, now.phase, strict=True)]
                now.places = tuple(places)
                break
            short, lost = short or found.short, lost or found.lost
            self._move(now, found.places, slip)
            under_way = self._resumed(now, numbers, today)
        over, lacking = under_way.overloads()
        pushers = tuple(now.pushers.get(unit, -1) for unit in range(len(self.first.waves)))
        return RepairedHistory(now.places, tuple(now.log), pushers, slips, short, lost, proven, over, lacking)

    # --- taking up ---------------------------------------------------------------------------------------------

    def _begun(self) -> LotHistory:
        lots = len(self._home)
        phase = [by.GATE] * lots
        backs = [0] * lots
        for unit, held in zip(self.first.problem.units, self.first.lots, strict=True):
            for lot in held:
                phase[lot], backs[lot] = unit.begins_as, unit.attempts
        effects = sum(len(event.effects) for event in self.first.problem.events)
        return LotHistory(
            self._home, phase, [0] * lots, [0] * lots, backs, [by.NEVER] * lots, np.zeros((effects, lots), np.int64)
        )

    def _held_at_first(self, now: LotHistory) -> bool:
        """Whether decisions of before today move waves at once."""
        for unit, held in zip(self.first.problem.units, self.first.lots, strict=True):
            if unit.held_until != by.LONG_AGO:
                now.held |= dict.fromkeys(held, unit.held_until)
                now.refused |= {(lot, now.places[lot]) for lot in held}
        return bool(now.held)

    def _resumed(self, now: LotHistory, numbers: RunNumbers, today: int) -> SteppedHistory:
        stage = self._stages.stage(now.places)
        lots = stage.staging.lots
        phases = {unit: now.phase[held[0]] for unit, held in enumerate(lots) if now.phase[held[0]] != by.GATE}
        origins = self._origins(stage)
        tries = [
            (origin, held[0], max(now.gates[lot] for lot in held), max(now.tries[lot] for lot in held))
            for origin, held in zip(origins, lots, strict=True)
        ]
        row = laid_out(numbers, stage.staging, stage.efforts, tries)
        backs = {unit: max(now.backs[lot] for lot in held) for unit, held in enumerate(lots)}
        since = {unit: max(now.since[lot] for lot in held) for unit, held in enumerate(lots)}
        history = SteppedHistory(stage.footing, row, numbers.key, today, phases, backs, since)
        if now.absorbed.any():
            absorbed = history.table(by.ABSORBED, now.absorbed.shape[0] * len(lots)).reshape(-1, len(lots))
            for unit, held in enumerate(lots):
                absorbed[:, unit] = now.absorbed[:, list(held)].min(axis=1)
        return history

    def _origins(self, stage: ReadyPlan) -> list[int]:
        """By wave the first plan's wave that most of its lots come from; -1 where another wave has more of that."""
        claims = []
        for unit, held in enumerate(stage.staging.lots):
            origin = self.unit_of(held)
            claims.append((origin, -sum(self._unit_of[lot] == origin for lot in held), unit))
        found, taken = [-1] * len(claims), set[int]()
        for origin, _, unit in sorted(claims):
            if origin not in taken:
                taken.add(origin)
                found[unit] = origin
        return found

    # --- what has happened -------------------------------------------------------------------------------------

    def _noted(self, now: LotHistory, history: SteppedHistory, slip: Slip | None) -> None:
        """Bring what each lot has been through up to date."""
        lots = self._stages.stage(now.places).staging.lots
        phases = history.table(by.PHASE, len(lots))
        held = history.table(by.GATES_HELD, len(lots))
        ended = history.table(by.CUTOVERS_HELD, len(lots))
        since = history.table(by.SINCE, len(lots))
        absorbed = history.table(by.ABSORBED, now.absorbed.shape[0] * len(lots)).reshape(-1, len(lots))
        for unit, members in enumerate(lots):
            for lot in members:
                now.since[lot] = int(since[unit])
                now.phase[lot] = int(phases[unit])
                now.gates[lot] += int(held[unit])
                now.tries[lot] += int(ended[unit])
                now.absorbed[:, lot] |= absorbed[:, unit]
        now.log += [(lots[unit], place, kind, day, cause) for unit, place, kind, day, cause in history.log]
        if slip is None:
            return
        for lot in lots[slip.unit]:
            now.phase[lot] = by.GATE
            now.held[lot] = slip.least
            now.refused.add((lot, now.places[lot]))
            now.backs[lot] += slip.kind == by.ROLLED_BACK

    def _situation(self, now: LotHistory, history: SteppedHistory, today: int, lost: bool) -> Situation:
        arrives = history.table(by.ARRIVES, len(self.first.milestone_ids)).tolist()
        reached = zip(self.first.milestone_ids, arrives, strict=True)
        ahead = {each for each in now.refused if self._positions[each[1]].day > today}
        return Situation(
            places=now.places,
            begun=frozenset(lot for lot, phase in enumerate(now.phase) if phase >= by.RESULT),
            refused=frozenset(ahead),
            held=tuple(sorted((lot, day) for lot, day in now.held.items() if now.phase[lot] < by.RESULT)),
            day=today,
            reached=tuple(sorted((name, day) for name, day in reached if day <= today)),
            lost=lost,
        )

    def _pushed(self, now: LotHistory, history: SteppedHistory, slip: Slip) -> Places | None:
        """Where all lots would stand if what slips took the next place."""
        found = history.pushed(slip)
        if found is None:
            return None
        places = list(now.places)
        for place, lots in zip(found, self._stages.stage(now.places).staging.lots, strict=True):
            for lot in lots:
                places[lot] = place
        return tuple(places)

    def unit_of(self, lots: Sequence[int]) -> int:
        """The first plan's wave that most of some lots come from."""
        counts = Counter(self._unit_of[lot] for lot in lots)
        return min(counts, key=lambda unit: (-counts[unit], unit))

    def _move(self, now: LotHistory, places: Places, slip: Slip | None) -> None:
        """Stand where it was decided: what stays whole in its place has kept its go, the rest waits for its gate."""
        slipped = () if slip is None else self._stages.stage(now.places).staging.lots[slip.unit]
        for lot, (here, there) in enumerate(zip(now.places, places, strict=True)):
            if here != there:
                now.pushers[self._unit_of[lot]] = -1 if lot in slipped or not slipped else self.unit_of(slipped)
        before, after = _waves(now.places), _waves(places)
        for place, lots in after.items():
            kept = before.get(place) == lots
            for lot in lots:
                if now.phase[lot] == by.START and not kept:
                    now.phase[lot] = by.GATE
        now.places = places


def _waves(places: Places) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for lot, place in enumerate(places):
        found.setdefault(place, set()).add(lot)
    return {place: frozenset(lots) for place, lots in found.items()}
