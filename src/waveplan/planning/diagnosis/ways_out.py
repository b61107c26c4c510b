"""Ways out: by how much each clashing fact would have to give for a plan to be possible, alone or with others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.planning.diagnosis.edits import GONE, Edit, edited
from waveplan.planning.diagnosis.fact import Dial, Fact
from waveplan.planning.diagnosis.people_needed import weeks_needed
from waveplan.planning.diagnosis.trials import Trials

Written = Callable[[Edit], bool]  # whether an edit can be made in the text
Changed = Callable[[Iterable[Edit]], Inventory]  # the inventory that is looked at, with further edits


@dataclass(frozen=True)
class Change:
    """One fact that gives: its edits, in words, and what it costs."""

    fact: Fact
    edits: tuple[Edit, ...]
    said: Phrase
    cost: Decimal


@dataclass(frozen=True)
class Way:
    """Changes after which a checked plan was found."""

    changes: tuple[Change, ...]
    note: Phrase | None = None

    @property
    def cost(self) -> Decimal:
        """Of all its changes together."""
        return sum((change.cost for change in self.changes), Decimal(0))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Of all its changes together."""
        return tuple(edit for change in self.changes for edit in change.edits)


class WaysOut:
    """Searches them on a whole inventory; `written` tells whether an edit can be made in its text."""

    def __init__(self, trials: Trials, inventory: Inventory, written: Written) -> None:
        self._trials = trials
        self._inventory = inventory
        self._written = written
        self.complete = True

    def alone(self, facts: Sequence[Fact]) -> list[Way]:
        """One way for each fact that suffices when it alone gives, cheapest first."""
        found = [way for fact in facts if (way := self._cheapest(fact)) is not None]
        return sorted(found, key=lambda way: way.cost)

    def _cheapest(self, fact: Fact) -> Way | None:
        ways = [way for dial in fact.dials if (way := self._by(fact, dial)) is not None]
        return min(ways, key=lambda way: way.cost, default=None)

    def _by(self, fact: Fact, dial: Dial) -> Way | None:
        if self._trials.over:
            self.complete = False
            return None
        change = least_change(self._trials, self._changed, fact, dial, self._written)
        return None if change is None else self.verified((change,))

    def _changed(self, edits: Iterable[Edit]) -> Inventory:
        return edited(self._inventory, edits)

    def verified(self, changes: tuple[Change, ...]) -> Way | None:
        """A way with its plan checked; None when there is none."""
        way = Way(changes)
        inventory = edited(self._inventory, way.edits)
        trial = self._trials.run(inventory)
        plan = self._trials.checked_plan(inventory, trial)
        if plan is None:
            return None
        notes = (weeks_needed(change.fact, self._inventory, inventory, plan) for change in changes)
        return Way(changes, next((note for note in notes if note is not None), None))


def least_change(trials: Trials, changed: Changed, fact: Fact, dial: Dial, written: Written) -> Change | None:
    """The least by which a fact must give on a dial; None when all of it is not enough, or cannot be written."""

    def enough(degree: int) -> bool:
        return trials.run(changed(dial.edits(degree))).verdict == "possible"

    if dial.most < 1 or not all(written(edit) for edit in dial.edits(1) if edit.value is GONE):
        return None
    degree = _least(dial, enough) if dial.rising else next((n for n in range(1, dial.most + 1) if enough(n)), None)
    return None if degree is None else Change(fact, dial.edits(degree), dial.said(degree), dial.cost(degree))


def _least(dial: Dial, enough: Callable[[int], bool]) -> int | None:
    """Ever larger steps to what is enough, then halving between what is and what is not."""
    if not enough(dial.most):
        return None
    missed, reached = 0, dial.most
    for degree in _growing(dial.most):
        if enough(degree):
            reached = degree
            break
        missed = degree
    while reached - missed > 1:
        middle = (reached + missed) // 2
        if enough(middle):
            reached = middle
        else:
            missed = middle
    return reached


def _growing(most: int) -> Iterator[int]:
    degree = 1
    while degree < most:
        yield degree
        degree *= 2


def cheapest_change(trials: Trials, changed: Changed, facts: Sequence[Fact], written: Written) -> Change | None:
    """The cheapest change of one fact after which an inventory has a plan."""
    changes = [
        change
        for fact in facts
        for dial in fact.dials
        if (change := least_change(trials, changed, fact, dial, written)) is not None
    ]
    return min(changes, key=lambda change: change.cost, default=None)
