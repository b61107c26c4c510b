"""What becomes of what has slipped, as `replan` decides it: from what is known on that day and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.domain.actuals import Actuals, CutoverRecord, GateRecord, MilestoneRecord
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.rules import Rule
from waveplan.domain.selectors import Selector
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.mending import mend, moving_few
from waveplan.planning.options import Outcome, SolveOptions
from waveplan.simulation.relaxing import HORIZON, relaxed
from waveplan.simulation.repair.notices import at_short_notice
from waveplan.simulation.repair.stages import Places, ReadyPlans
from waveplan.tracking import standing_of, turned_out

LOCKED_DAYS = 14  # as `replan` has it
LIMIT = 1.0  # deterministic time of one replanning
_NEAR = 120  # days after the deadline that are looked at first
_FINISH = Goal(goal="finish")


@dataclass(frozen=True)
class Situation:
    """All that a replanning is told: two histories that are alike so far are alike in it."""

    places: Places
    begun: frozenset[int]  # lots that are done, or in their window
    refused: frozenset[tuple[int, int]]  # lots and places that a no-go has closed to them
    held: tuple[tuple[int, int], ...]  # lots, and the day before which they cannot be
    day: int
    reached: tuple[tuple[str, int], ...]  # milestones that have come, with their days
    lost: bool  # no plan has kept all last dates any more
    pushed: Places | None = None  # where all would stand if what slips took the next place


@dataclass(frozen=True)
class Decision:
    """Where everything stands from now on (none: nowhere), and what it took."""

    places: Places | None
    short: bool = False  # only at shorter notice
    lost: bool = False  # only beyond a last date
    proven: bool = True  # that it takes that


class Decider:
    """Replans, each situation once."""

    def __init__(self, inventory: Inventory, stages: ReadyPlans, facts: PlanningFacts, actuals: Actuals) -> None:
        self._inventory, self._stages, self._facts, self._actuals = inventory, stages, facts, actuals
        self._place = {facts.wave_id(position): position.index for position in facts.positions}
        self._lot_of = {str(item.id): number for number, lot in enumerate(facts.lots) for item in lot.items}
        self.decided: dict[Situation, Decision] = {}

    def decide(self, situation: Situation) -> Decision:
        """What the replanning says, from the narrowest to the widest of what may be asked."""
        found = self.decided.get(situation)
        if found is None:
            found = self.decided[situation] = self._replanned(situation)
        return found

    def _replanned(self, situation: Situation) -> Decision:
        plan = self._stages.plan(situation.places)
        as_of = self._facts.date(situation.day)
        history = History(self._written(situation), plan, as_of)
        standing = standing_of(history, plan, as_of, LOCKED_DAYS)
        proven, start = True, None if situation.pushed is None else self._stages.plan(situation.pushed)
        for inventory, short, lost in self._asked(situation.lost):
            changed = inventory.model_copy(update={"rules": [*inventory.rules, *self._waiting(situation)]})
            goals = [_FINISH] if lost else list(inventory.objective.goals[:1])
            options = SolveOptions(deterministic_limit=LIMIT, reproducible=True, workers=1, goals=moving_few(goals))
            outcome = mend(turned_out(changed, history, plan), plan, standing, options, start=start).outcome
            if outcome.plan is not None:
                return Decision(self._places(outcome, situation), short, lost, proven)
            proven = proven and outcome.status == "infeasible"
        return Decision(None, lost=True, proven=proven)

    def _asked(self, lost: bool) -> Iterator[tuple[Inventory, bool, bool]]:
        """What is asked in turn: as it stands; at shorter notice; beyond last dates, soon and later."""
        short = at_short_notice(self._inventory)
        if not lost:
            yield self._inventory, False, False
            if short != self._inventory:
                yield short, True, False
        yield relaxed(short, _NEAR), False, True
        yield relaxed(short, HORIZON), False, True

    def _places(self, outcome: Outcome, situation: Situation) -> Places:
        """Where a plan has every lot; what has begun stays."""
        assert outcome.plan is not None
        places = list(situation.places)
        items = {lot.id: lot.items for lot in outcome.plan.lots}
        for wave in outcome.plan.waves:
            for lot in wave.lots:
                number = self._lot_of[items[lot][0]]
                if number not in situation.begun:
                    places[number] = self._place[wave.id]
        return tuple(places)

    # --- what is known -----------------------------------------------------------------------------------------

    def _written(self, situation: Situation) -> Actuals:
        """The actuals of a situation: what has begun counts as done until it is known to be not."""
        date, done = self._facts.date, defaultdict[int, list[int]](list)
        for lot in sorted(situation.begun):
            done[situation.places[lot]].append(lot)
        cutovers = [
            CutoverRecord(wave=self._wave(place), date=date(self._day(place)), result="done", items=self._items(lots))
            for place, lots in sorted(done.items())
        ]
        closed = defaultdict[int, list[int]](list)
        for lot, place in sorted(situation.refused):
            closed[place].append(lot)
        gates = [self._no_go(place, lots, date(situation.day)) for place, lots in sorted(closed.items())]
        milestones = [MilestoneRecord(id=name, reached=date(day)) for name, day in situation.reached]
        given = self._actuals
        return given.model_copy(
            update={
                "gates": [*given.gates, *gates],
                "cutovers": [*(each for each in given.cutovers if each.result != "done"), *cutovers],
                "milestones": [*given.milestones, *milestones],
            }
        )

    def _no_go(self, place: int, lots: list[int], day: dt.date) -> GateRecord:
        items, policy = self._items(lots), self._facts.policy(self._facts.lots[lots[0]])
        gate = next((each.id for each in policy.gates if each.decides), "")
        wave = self._wave(place)
        return GateRecord(wave=wave, gate=gate, date=day, decision="no_go", lots=sorted(items), items=items)

    def _waiting(self, situation: Situation) -> Iterator[Rule]:
        """What has slipped comes no sooner than its notice or its preparation allows."""
        until = defaultdict[int, list[str]](list)
        for lot, day in situation.held:
            if lot not in situation.begun:
                until[day] += [str(item.id) for item in self._facts.lots[lot].items]
        for day, names in sorted(until.items()):
            match = Selector.parse({"id": sorted(names)})
            yield Rule(id=f"slipped-{day}", match=match, not_before=self._facts.date(day))

    def _items(self, lots: list[int]) -> dict[str, list[str]]:
        held = (self._facts.lots[lot] for lot in lots)
        return {lot.id: [str(item.id) for item in lot.items] for lot in held}

    def _wave(self, place: int) -> str:
        return self._facts.wave_id(self._facts.positions[place])

    def _day(self, place: int) -> int:
        return self._facts.positions[place].day
