"""Ways out: by how much each clashing fact would have to give for a plan to be possible, alone or with others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from waveplan.change_calendar import iso_week
from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.planning.diagnosis.clashes import FactClash
from waveplan.planning.diagnosis.edits import GONE, Edit, edited
from waveplan.planning.diagnosis.fact import Dial, Fact
from waveplan.planning.diagnosis.grounds import WHOLE, Ground
from waveplan.planning.diagnosis.trials import PlanTrials

_SHARE, _TO_SETTLE = 0.2, 0.5  # of the time that is left: for one trial, and for the one that counts
Written = Callable[[Edit], bool]  # whether an edit can be made in the text


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
    """Searches them; `written` tells whether an edit can be made in the inventory's text."""

    def __init__(self, trials: PlanTrials, inventory: Inventory, written: Written) -> None:
        self._trials = trials
        self._inventory = inventory
        self._written = written
        self.complete = True

    def of(self, clash: FactClash, aside: tuple[Edit, ...] = ()) -> list[Way]:
        """Ways of each fact that suffices when it alone gives: its cheapest, and what stands beside; cheapest first.

        `aside` are edits by which other clashes are out of the way; without any, each way leads to a plan of the whole.
        """
        found = [way for fact in clash.facts for way in self._of(fact, clash.ground, aside)]
        return sorted(found, key=lambda way: way.cost)

    def _of(self, fact: Fact, near: Ground, aside: tuple[Edit, ...]) -> list[Way]:
        found = [(dial, way) for dial in fact.dials if (way := self._by(fact, dial, near, aside)) is not None]
        others = [way for dial, way in found if not dial.beside]
        cheapest = min(others, key=lambda way: way.cost, default=None)
        return [*([] if cheapest is None else [cheapest]), *(way for dial, way in found if dial.beside)]

    def _by(self, fact: Fact, dial: Dial, near: Ground, aside: tuple[Edit, ...]) -> Way | None:
        way = self._on(near, fact, dial, aside)
        if aside or near.is_whole or way is None:
            return way
        return self.verified(way.changes) or self._on(WHOLE, fact, dial, aside)

    def _on(self, ground: Ground, fact: Fact, dial: Dial, aside: tuple[Edit, ...]) -> Way | None:
        if self._trials.over:
            self.complete = False
            return None

        def changed(edits: Iterable[Edit]) -> Inventory:
            return ground.of(edited(self._inventory, (*edits, *aside)))

        change = least_change(self._trials, changed, fact, dial, self._written)
        if change is None:
            self.complete = self.complete and not self._trials.over
            return None
        return self._checked((change,), changed(change.edits))

    def joint(self, found: Sequence[Sequence[Way]]) -> Way | None:
        """The cheapest way out of each clash, all together, if that gives a plan."""
        if not all(found):
            return None
        return self.verified(tuple(change for own in found for change in own[0].changes), _TO_SETTLE)

    def verified(self, changes: tuple[Change, ...], share: float = _SHARE) -> Way | None:
        """A way out of everything, with its plan checked; None when there is none."""
        return self._checked(changes, edited(self._inventory, Way(changes).edits), share)

    def _checked(self, changes: tuple[Change, ...], after: Inventory, share: float = _SHARE) -> Way | None:
        plan = self._trials.checked_plan(after, self._trials.run(after, share=share))
        if plan is None:
            return None
        notes = (weeks_needed(change.fact, self._inventory, after, plan, self._trials) for change in changes)
        return Way(changes, next((note for note in notes if note is not None), None))


def least_change(
    trials: PlanTrials, changed: Callable[[Iterable[Edit]], Inventory], fact: Fact, dial: Dial, written: Written
) -> Change | None:
    """The least by which a fact must give on a dial; None when all of it is not enough, or cannot be written."""

    def enough(degree: int) -> bool:
        if trials.over:  # before the inventory is made: large ones take a while
            return False
        after = changed(dial.edits(degree))
        return not trials.homeless(after) and trials.run(after).verdict == "possible"

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


_RULES = {"crew": "WP326", "person_days": "WP324"}  # by kind of fact: the rule that asks for these people


def weeks_needed(fact: Fact, before: Inventory, after: Inventory, plan: Plan, trials: PlanTrials) -> Phrase | None:
    """A note on the weeks in which the plan needs more than the team's old crew or person-days, as the check says."""
    code = _RULES.get(fact.kind)
    old = next((team for team in before.teams if team.id == fact.subject), None)
    if code is None or old is None:
        return None
    teams = [old if team.id == fact.subject else team for team in after.teams]
    found = trials.broken_by(plan, after.model_copy(update={"teams": teams}))
    over = [each.excess for each in found if each.code == code and fact.subject in each.subjects and each.excess]
    weeks = {day - dt.timedelta(days=day.weekday()) for each in over for day in each.days}
    return Phrase("needed in the plan found in {weeks}", {"weeks": _spans(sorted(weeks))}) if weeks else None


def _spans(mondays: list[dt.date]) -> str:
    """Weeks in a row as one span: "2026-W14 to 2026-W17" is written 2026-W14…2026-W17."""
    spans: list[list[dt.date]] = []
    for monday in mondays:
        if spans and monday - spans[-1][-1] == dt.timedelta(days=7):
            spans[-1].append(monday)
        else:
            spans.append([monday])
    return ", ".join(
        iso_week(span[0]) if len(span) == 1 else f"{iso_week(span[0])}…{iso_week(span[-1])}" for span in spans
    )
