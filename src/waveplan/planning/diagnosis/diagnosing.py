"""A diagnosis: which facts clash, that it is so, and what would have to give."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from waveplan.domain.diagnosis import ClashingFact, Diagnosis, InventoryEdit, WayOut
from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory
from waveplan.planning.clock import Allotment, Clock
from waveplan.planning.diagnosis.edits import GONE, Edit, edited, plain, value_at
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.facts import facts_of
from waveplan.planning.diagnosis.shrinking import clashing
from waveplan.planning.diagnosis.trials import Judges, Trials
from waveplan.planning.diagnosis.ways_out import Change, Way, WaysOut, cheapest_change
from waveplan.planning.options import OnProgress, Progress, SolveOptions

Stands = Callable[[Path], bool]  # whether something stands in the text at a path
_LONGEST = 20 * 366  # days: without its deadline a programme would have more slots than can be looked at
_POINTS = Decimal("0.1")
_TO_FIND = 0.6  # of the time: to find the facts that clash; the rest is for ways out
_TO_SETTLE = 0.5  # of the time that is left: for what was not found out in less
_MOST_CLASHES = 6  # independent ones that one way out puts right


def diagnose(
    inventory: Inventory,
    judges: Judges,
    *,
    options: SolveOptions,
    stands: Stands,
    on_progress: OnProgress,
    stop: threading.Event,
) -> Diagnosis | None:
    """Why an inventory has no plan; None when that is not a matter of facts that could give."""
    programme = inventory.programme
    if (programme.deadline - programme.start).days > _LONGEST:
        return None
    return _Diagnosing(inventory, judges, options, stands, on_progress, stop).run()


class _Diagnosing:
    def __init__(
        self,
        inventory: Inventory,
        judges: Judges,
        options: SolveOptions,
        stands: Stands,
        on_progress: OnProgress,
        stop: threading.Event,
    ) -> None:
        self._inventory = inventory
        self._stands = stands
        self._tell = on_progress
        self._judges = judges
        self._options = options
        self._stop = stop
        self._clock = Clock(options)
        self._trials = self._for(Allotment(self._clock.seconds, self._clock.deterministic).part(_TO_FIND))
        self._facts = facts_of(inventory)
        self._possible: list[set[int]] = []  # facts that a plan was found to keep together

    def run(self) -> Diagnosis | None:
        self._say("finding the facts that clash")
        core = self._core()
        if core is None:
            return None
        proven = self._trials.confirmed(self._only(core))
        minimal = proven and all(self._needed(core, fact) for fact in core)
        self._say("looking for ways out")
        whole = Allotment(self._clock.seconds, self._clock.deterministic)
        self._trials = self._for(whole.part(1 - _TO_FIND).with_more(self._trials.left))
        ways = WaysOut(self._trials, self._inventory, self._written)
        found = ways.alone(core)
        more = not found and ways.complete
        if not found and (joint := self._together(core, ways)) is not None:
            found = [joint]
        return Diagnosis(
            facts=tuple(ClashingFact(fact.kind, fact.said, fact.path) for fact in core),
            proven=proven,
            minimal=minimal,
            ways_out=tuple(self._told(way) for way in found),
            more=more,
            complete=ways.complete and not self._trials.over,
        )

    def _for(self, time: Allotment) -> Trials:
        """Trials within some of the time."""
        options = replace(self._options, time_limit=time.seconds, deterministic_limit=time.deterministic)
        return Trials(self._judges, options, Clock(options), self._stop)

    def _say(self, phase: str) -> None:
        self._tell(Progress(phase, self._clock.elapsed(), self._clock.seconds))

    # --- facts that clash ------------------------------------------------------------------------------------------

    def _only(self, kept: Sequence[Fact], changes: Iterable[Edit] = ()) -> Inventory:
        """The inventory, changed, in which all facts but some are left out."""
        names = {id(fact) for fact in kept}
        left_out = (edit for fact in self._facts if id(fact) not in names for edit in fact.relaxed)
        return edited(self._inventory, (*changes, *left_out))

    def _core(self, changes: tuple[Edit, ...] = ()) -> list[Fact] | None:
        """Facts that clash; None when there is no plan even without any of them."""
        trials = self._trials

        def plainly(kept: Sequence[Fact]) -> bool:
            return trials.refuted(self._only(kept, changes))

        def provenly(kept: Sequence[Fact]) -> bool:
            verdict = trials.run(self._only(kept, changes)).verdict
            if verdict == "possible":
                self._possible.append({id(fact) for fact in kept})
            return verdict == "impossible"

        if not self._facts or plainly(()):
            return None
        facts: list[Fact] = list(self._facts)
        if trials.refuted(edited(self._inventory, changes)):
            facts = clashing(facts, plainly)
        return clashing(facts, provenly)

    def _needed(self, core: list[Fact], fact: Fact) -> bool:
        """Whether there is a plan without it: there is when a plan that keeps even more was found."""
        rest = [each for each in core if each is not fact]
        if any(known.issuperset(id(each) for each in rest) for known in self._possible):
            return True
        return self._trials.run(self._only(rest), share=_TO_SETTLE).verdict == "possible"

    # --- ways out --------------------------------------------------------------------------------------------------

    def _together(self, first: list[Fact], ways: WaysOut) -> Way | None:
        """When no fact suffices alone: for each of several clashes the change that ends it at the least cost."""
        cores = self._clashes(first)
        changes = []
        for core in cores:
            others = tuple(edit for each in cores if each is not core for edit in _relaxed(each))
            change = self._put_right(core, others)
            if change is None:
                return None
            changes.append(change)
        return ways.verified(tuple(changes)) if changes else None

    def _clashes(self, first: list[Fact]) -> list[list[Fact]]:
        """Clashes that share no fact, until what is left has a plan; none when that cannot be reached."""
        cores = [first]
        while len(cores) <= _MOST_CLASHES:
            relaxed = tuple(edit for core in cores for edit in _relaxed(core))
            if self._trials.run(edited(self._inventory, relaxed)).verdict == "possible":
                return cores
            further = None if self._trials.over else self._core(relaxed)
            if further is None:
                break
            cores.append(further)
        return []

    def _put_right(self, core: list[Fact], others: tuple[Edit, ...]) -> Change | None:
        """The cheapest change that ends a clash, the other clashes left out of account."""
        return cheapest_change(
            self._trials, lambda edits: edited(self._inventory, (*edits, *others)), core, self._written
        )

    def _written(self, edit: Edit) -> bool:
        return edit.value is not GONE or self._stands(edit.path)

    def _told(self, way: Way) -> WayOut:
        after = edited(self._inventory, way.edits)
        edits = tuple(self._lifted(edit, after) for edit in way.edits)
        said = tuple(change.said for change in way.changes)
        return WayOut(said, edits, way.cost.quantize(_POINTS), way.note)

    def _lifted(self, edit: Edit, after: Inventory) -> InventoryEdit:
        """The edit as the text takes it: what a line of `defaults` fills in is written out where it is missing."""
        path = edit.path
        if edit.value is GONE:
            return InventoryEdit(path, removes=True)
        while len(path) > 1 and not self._stands(path[:-1]):
            path = path[:-1]
        value = edit.value if path == edit.path else value_at(after, path)
        return InventoryEdit(path, plain(value))


def _relaxed(facts: Iterable[Fact]) -> Iterable[Edit]:
    return (edit for fact in facts for edit in fact.relaxed)
