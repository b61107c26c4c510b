"""A diagnosis: which facts clash, that it is so, and what would have to give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from waveplan.domain.diagnosis import Clash, ClashingFact, Diagnosis, InventoryEdit, WayOut
from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.planning.diagnosis.calendars import SharedCalendars
from waveplan.planning.diagnosis.clashes import MOST_CLASHES, FactClash, Finder
from waveplan.planning.diagnosis.edits import GONE, Edit, edited, plain, value_at
from waveplan.planning.diagnosis.facts import facts_of
from waveplan.planning.diagnosis.grounds import WHOLE
from waveplan.planning.diagnosis.trials import Judges, PlanTrials
from waveplan.planning.diagnosis.ways_out import Way, WaysOut
from waveplan.planning.options import Progress, SolveOptions, Watching

Stands = Callable[[Path], bool]  # whether something stands in the text at a path
_LONGEST = 20 * 366  # days: without its deadline a programme would have more slots than can be looked at
_POINTS = Decimal("0.1")
_TO_FIND = 0.6  # of the time: to find the facts that clash; the rest is for ways out


def diagnose(
    inventory: Inventory,
    judges: Judges,
    *,
    options: SolveOptions,
    stands: Stands,
    watching: Watching,
) -> Diagnosis | None:
    """Why an inventory has no plan; None when that is not a matter of facts that could give."""
    programme = inventory.programme
    if (programme.deadline - programme.start).days > _LONGEST:
        return None
    return _Diagnosing(inventory, judges, options, stands, watching).run()


class _Diagnosing:
    def __init__(
        self, inventory: Inventory, judges: Judges, options: SolveOptions, stands: Stands, watching: Watching
    ) -> None:
        self._inventory = inventory
        self._stands = stands
        self._tell, self._stop = watching.tell, watching.stop
        self._judges = judges
        self._options = options
        self._clock = Clock(options, watching.began)
        self._calendars = SharedCalendars()
        self._whole = self._clock.left()
        self._finder = Finder(inventory, facts_of(inventory), self._for(self._whole.part(_TO_FIND)))
        self._more = False  # whether other facts may clash as well

    def run(self) -> Diagnosis | None:
        self._say("finding the facts that clash")
        clashes = self._finder.plain()
        if not clashes:
            core = self._finder.hidden(())
            if core is None:
                return None
            clashes = [self._finder.judged(core)]
        self._say("looking for ways out")
        trials = self._for(self._whole.part(1 - _TO_FIND).with_more(self._finder.trials.left))
        self._finder.trials = trials
        ways = WaysOut(trials, self._inventory, self._written)
        found, together = self._ways(clashes, ways)
        return Diagnosis(
            clashes=tuple(self._clash(clash, own) for clash, own in zip(clashes, found, strict=True)),
            ways_out=tuple(map(self._told, together)),
            more=self._more,
            complete=ways.complete and not trials.over,
        )

    def _for(self, time: Allotment) -> PlanTrials:
        """Trials within some of the time."""
        options = replace(self._options, time_limit=time.seconds, deterministic_limit=time.deterministic)
        return PlanTrials(self._judges, options, Clock(options), self._stop, self._calendars)

    def _say(self, phase: str) -> None:
        self._tell(Progress(phase, self._clock.elapsed(), self._clock.seconds))

    # --- ways out --------------------------------------------------------------------------------------------------

    def _ways(self, clashes: list[FactClash], ways: WaysOut) -> tuple[list[list[Way]], list[Way]]:
        """Ways out of each clash, and those out of all of them; clashes that show only now are added."""
        if len(clashes) == 1:
            alone = ways.of(clashes[0])
            if alone or not ways.complete:
                return [alone], alone
        found: list[list[Way]] = []
        while True:
            found += [[] for _ in clashes[len(found) :]]
            if len(clashes) > 1:
                found = [own or ways.of(each, _aside(each, clashes)) for each, own in zip(clashes, found, strict=True)]
            joint = ways.joint(found)
            if joint is None and len(clashes) > 1:
                found = _settled(clashes, found, ways)
                joint = ways.joint(found)
            if joint is not None:
                return found, [joint]
            if not self._further(clashes):
                break
        if len(clashes) == 1:
            return found, []
        found = _settled([replace(clash, ground=WHOLE) for clash in clashes], found, ways)
        joint = ways.joint(found)
        return found, [] if joint is None else [joint]

    def _further(self, clashes: list[FactClash]) -> bool:
        """Look again with all that clashes set aside; whether another clash was added."""
        trials = self._finder.trials
        relaxed = [edit for clash in clashes for edit in clash.relaxed]
        verdict = trials.run(edited(self._inventory, relaxed)).verdict
        if verdict == "possible":
            return False
        core = None if trials.over or len(clashes) >= MOST_CLASHES else self._finder.hidden(clashes)
        if core is None or verdict == "unknown":
            self._more = True
            return False
        clashes.append(self._finder.judged(core))
        return True

    # --- as it is told ---------------------------------------------------------------------------------------------

    def _clash(self, clash: FactClash, ways: Iterable[Way]) -> Clash:
        facts = tuple(ClashingFact(fact.kind, fact.said, fact.path) for fact in clash.facts)
        return Clash(facts, clash.proven, clash.minimal, tuple(map(self._told, ways)))

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


def _aside(clash: FactClash, clashes: Sequence[FactClash]) -> tuple[Edit, ...]:
    """Edits that set all other clashes aside."""
    return tuple(edit for each in clashes if each is not clash for edit in each.relaxed)


def _settled(clashes: Sequence[FactClash], found: Sequence[list[Way]], ways: WaysOut) -> list[list[Way]]:
    """Ways out once more, the other clashes not set aside but mended as each is mended at the least cost."""
    settled = list(found)
    for number, clash in enumerate(clashes):
        others = (own[0].edits for place, own in enumerate(settled) if own and place != number)
        mended = ways.of(clash, tuple(edit for edits in others for edit in edits))
        settled[number] = mended or settled[number]
    return settled
