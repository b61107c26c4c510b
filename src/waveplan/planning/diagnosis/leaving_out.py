"""As much as possible when not everything can be planned: the most critical lots first, each step tried."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waveplan.dependency_graph import DependencyGraph, orders_of
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.parts import CRITICALITIES
from waveplan.domain.plan import Plan, Unplanned
from waveplan.engine.running.clock import Clock
from waveplan.lots import Lots, form_lots
from waveplan.lots.lot import Lot
from waveplan.planning.diagnosis.trials import Judges, PlanTrial, PlanTrials
from waveplan.planning.options import Progress, SolveOptions, Watching
from waveplan.planning.stating.plan_builder import stated_lot

_NOTHING = "WP126"  # nothing to plan: so it is when everything is left out
_WAITS = "it has to wait for {first}, which is left out"
_BESIDE = "there is no place for it beside the lots that are planned, which are as critical or more, or come before it"
_NO_ROOM = "no plan holds more lots, the most critical first: it is proven that there is no place for it beside them"
_MORE = "no plan with it was found in the time there was; of the lots that are left out at most {n} could be planned"
_NO_TIME = "no plan with it was found in the time there was"


@dataclass(frozen=True)
class Parting:
    """Lots that are left out, each with the reason."""

    lots: Lots
    reasons: Mapping[str, str]

    @property
    def items(self) -> frozenset[str]:
        """Items of the lots that are left out."""
        return frozenset(str(item.id) for lot in self.lots if lot.id in self.reasons for item in lot.items)

    def listed(self, plan: Plan) -> Plan:
        """A plan of the others, with the lots that it leaves out."""
        unplanned = [Unplanned(lot=lot.id, reason=self.reasons[lot.id]) for lot in self.lots if lot.id in self.reasons]
        return plan.model_copy(update={"lots": [stated_lot(lot) for lot in self.lots], "unplanned": unplanned})


def most_planned(inventory: Inventory, judges: Judges, *, options: SolveOptions, watching: Watching) -> Parting | None:
    """Which lots to leave out so that the others have a plan; None when nothing could be planned whatever is left out.

    What has to wait for a lot that is left out is left out too.
    """
    clock = Clock(options, watching.began)
    if watching.began is not None:
        clock.keep(_FOR_THE_PLAN)
    watching.tell(Progress("looking for what can be planned", clock.elapsed(), clock.seconds))
    return _Picking(inventory, judges, PlanTrials(judges, options, clock, watching.stop)).run()


_FOR_THE_PLAN = 0.5  # of the time that is left: planning what was picked comes after it


class _Picking:
    def __init__(self, inventory: Inventory, judges: Judges, trials: PlanTrials) -> None:
        self._inventory = inventory
        self._judges = judges
        self._trials = trials
        items = Items(inventory)
        self._lots = form_lots(items)
        self._firsts = _waits(self._lots, items)
        self._picked: list[Lot] = []
        self._reasons: dict[str, str] = {}

    def run(self) -> Parting | None:
        if any(error.code != _NOTHING for error in self._judges.errors(self._inventory, self._others(()))):
            return None
        wrong = self._with_errors()
        if wrong is None or not self._choose(wrong):
            self._add_one_by_one()
        return Parting(self._lots, self._reasons) if self._picked else None

    def _others(self, more: Iterable[Lot]) -> frozenset[str]:
        """Items of all lots but those that are picked, and some more."""
        kept = {lot.id for lot in (*self._picked, *more)}
        return frozenset(str(item.id) for lot in self._lots if lot.id not in kept for item in lot.items)

    # --- all at once -----------------------------------------------------------------------------------------------

    def _with_errors(self) -> dict[str, str] | None:
        """Lots that errors name, each with the first that does; None when errors remain that name no lot."""
        wrong: dict[str, str] = {}
        while True:
            left = [lot for lot in self._lots if lot.id not in wrong]
            errors = self._judges.errors(self._inventory, self._others(left))
            if not errors or not left:
                return wrong
            named = {str(lot.id): said for lot in left if (said := _said_of(lot, errors)) is not None}
            if not named:
                return None
            wrong |= named

    def _choose(self, wrong: Mapping[str, str]) -> bool:
        """Pick the most lots that have a plan together; whether that was found, and holds as a plan of these alone."""
        there = [lot for lot in self._lots if lot.id not in wrong]
        chosen = self._trials.chosen(self._inventory, self._others(there))
        if chosen is None:
            return False
        kept = [lot for lot in there if str(lot.id) in chosen.lots]
        if not kept or self._trials.run(self._inventory, self._others(kept), share=0.5).verdict != "possible":
            return False
        self._picked = kept
        names = {str(lot.id) for lot in kept}
        for lot in self._lots:
            if lot.id not in names:
                missing = sorted(self._firsts[str(lot.id)] - names)
                said = wrong.get(str(lot.id)) or _said_of(lot, chosen.findings)
                waits = _WAITS.format(first=missing[0]) if missing else None
                self._reasons[str(lot.id)] = said or waits or (_NO_ROOM if chosen.best else _MORE.format(n=chosen.more))
        return True

    # --- one after the other ---------------------------------------------------------------------------------------

    def _add_one_by_one(self) -> None:
        """The most critical first; those that found no place again, as others may have made room for them."""
        left: Sequence[Lot] = _in_order(self._lots, self._firsts)
        while left:
            before = len(self._picked)
            self._add(left)
            picked = {lot.id for lot in self._picked}
            left = [lot for lot in left if lot.id not in picked]
            if len(self._picked) == before or self._trials.over:
                return
            for lot in left:
                self._reasons.pop(str(lot.id), None)

    def _add(self, lots: Sequence[Lot]) -> None:
        """Add lots, all at once if that has a plan, else in halves."""
        lots = self._that_need_not_wait(lots)
        if not lots:
            return
        trial = self._trials.run(self._inventory, self._others(lots))
        if trial.verdict == "possible":
            self._picked += lots
        elif len(lots) == 1:
            self._reasons[lots[0].id] = _reason(lots[0], trial)
        else:
            self._add(lots[: len(lots) // 2])
            self._add(lots[len(lots) // 2 :])

    def _that_need_not_wait(self, lots: Sequence[Lot]) -> list[Lot]:
        """Lots less those that wait for what is in no plan."""
        kept, there = [], {lot.id for lot in self._picked}
        for lot in lots:
            missing = sorted(self._firsts[lot.id] - there)
            if missing:
                self._reasons[lot.id] = _WAITS.format(first=missing[0])
            else:
                kept.append(lot)
                there.add(lot.id)
        return kept


def _reason(lot: Lot, trial: PlanTrial) -> str:
    return _said_of(lot, trial.findings) or (_BESIDE if trial.verdict == "impossible" else _NO_TIME)


def _said_of(lot: Lot, findings: Iterable[Finding]) -> str | None:
    """The first of some findings that is about a lot."""
    names = {str(lot.id), *(str(item.id) for item in lot.items)}
    return next((finding.message for finding in findings if not names.isdisjoint(finding.subjects)), None)


def _waits(lots: Lots, items: Items) -> Mapping[str, set[str]]:
    """By lot: the lots that have to come before it."""
    found: dict[str, set[str]] = defaultdict(set)
    lot_of = {item.id: str(lot.id) for lot in lots for item in lot.items}
    for order in orders_of(DependencyGraph(items)):
        firsts = {lot_of[items[name].id] for name in order.firsts}
        for second in {lot_of[items[name].id] for name in order.seconds}:
            found[second] |= firsts - {second}
    return found


def _in_order(lots: Lots, firsts: Mapping[str, set[str]]) -> list[Lot]:
    """The most critical first, each after all that it waits for; what the critical wait for is as urgent as these.

    Lots in a circle of orders come last.
    """
    rank = {str(lot.id): CRITICALITIES.index(lot.criticality) for lot in lots}
    followers: dict[str, list[str]] = defaultdict(list)
    for second, before in firsts.items():
        for first in before:
            followers[first].append(second)
    for start in sorted(rank, key=lambda name: rank[name]):
        _pull(start, rank, firsts)
    left = {name: len(firsts.get(name, ())) for name in rank}
    ready = [(rank[name], name) for name in rank if not left[name]]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, name = heapq.heappop(ready)
        ordered.append(name)
        for follower in followers[name]:
            left[follower] -= 1
            if not left[follower]:
                heapq.heappush(ready, (rank[follower], follower))
    done = set(ordered)
    by_id = {str(lot.id): lot for lot in lots}
    return [by_id[name] for name in (*ordered, *(name for name in sorted(rank) if name not in done))]


def _pull(start: str, rank: dict[str, int], firsts: Mapping[str, set[str]]) -> None:
    """What has to come before a lot is at least as urgent."""
    waiting = [start]
    while waiting:
        name = waiting.pop()
        for first in firsts.get(name, ()):
            if rank[first] > rank[start]:
                rank[first] = rank[start]
                waiting.append(first)
