"""Why a lot cannot be where somebody wishes it: facts that no plan with it there keeps all, each of them needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from waveplan.domain.diagnosis import Clash, ClashingFact
from waveplan.domain.inventory import Inventory
from waveplan.engine.running.clock import Clock
from waveplan.planning.diagnosis.clashes import FactClash, Finder
from waveplan.planning.diagnosis.facts import facts_of
from waveplan.planning.diagnosis.families.lead import lead_times
from waveplan.planning.diagnosis.trials import Judges, PlanTrials
from waveplan.planning.options import Progress, SolveOptions, Watching


def clashes_with(
    inventory: Inventory,
    item: str,
    slots: Collection[str],
    judges: Judges,
    *,
    options: SolveOptions,
    watching: Watching,
) -> tuple[Clash, ...]:
    """Sets of facts that keep the lot of an item out of some slots, given by their ids; none when none was found.

    Each set alone leaves no plan with the lot there while all other facts are set aside. `minimal` says that for each
    of its facts a plan was found that keeps the others: leaving any one out makes the wish possible.
    """
    clock = Clock(options)
    watching.tell(Progress("finding the facts that clash", clock.elapsed(), clock.seconds))
    wish = {item: frozenset(slots)}
    trials = PlanTrials(judges, options, clock, watching.stop, wish=wish)
    facts = [*facts_of(inventory), *lead_times(inventory)]
    finder, judge = (Finder(inventory, facts, trials) for _ in range(2))
    # What is plain without a search is shrunk by what is plain. Whether a plan keeps the rest is tried anew, by one
    # that remembers nothing of that.
    clashes = [_of_the_whole(clash, judge) for clash in finder.plain()]
    if not clashes:
        core = finder.hidden(())
        clashes = [] if core is None else [finder.judged(core)]
    return tuple(map(_told, clashes))


def _of_the_whole(clash: FactClash, judge: Finder) -> FactClash:
    """What some lots alone show holds of all; that a plan keeps the rest must be one of all lots."""
    whole = judge.judged(clash.facts)
    return whole if whole.proven else replace(clash, minimal=False)


def _told(clash: FactClash) -> Clash:
    facts = tuple(ClashingFact(fact.kind, fact.said, fact.path) for fact in clash.facts)
    return Clash(facts, clash.proven, clash.minimal)
