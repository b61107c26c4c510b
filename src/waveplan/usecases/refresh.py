"""A plan that was edited by hand, stated anew: waves and lots stay where they are, all that follows is worked out."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from waveplan.change_calendar import instant
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import InventoryFile
from waveplan.domain.standing import NOTHING_DONE, Done, done_of
from waveplan.errors import InternalError, UsageError

if TYPE_CHECKING:
    from waveplan.domain.history import History
    from waveplan.domain.inventory import Inventory
    from waveplan.loading import LoadedPlan

_STATED = frozenset({"WP390", "WP391", "WP392", "WP412"})  # what a refresh puts right


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new text of a plan file; what was wrong in it, and what only an edit of waves and lots can mend.

    `text` is None when nothing can be worked out: a lot in no wave, a wave in no slot. `follows_id` are waves whose
    date or slot was not that of their id.
    """

    before: str
    text: str | None
    mended: tuple[Finding, ...] = ()
    left: tuple[Finding, ...] = ()
    follows_id: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the file would change."""
        return self.text is not None and self.text != self.before

    def lines(self, name: str) -> str:
        """What would change, as a unified diff."""
        after = self.before if self.text is None else self.text
        texts = (self.before.splitlines(keepends=True), after.splitlines(keepends=True))
        return "".join(difflib.unified_diff(*texts, fromfile=name, tofile=f"{name} (refreshed)"))


def refreshed(
    loaded: LoadedPlan,
    text: str,
    inventory: Inventory,
    files: Sequence[InventoryFile],
    history: History | None = None,
) -> Refreshed:
    """State anew what a plan says, in the text of its file, from which it was read with `unfinished` waves.

    With a history, what is done stands in the slots that it had, and milestones are where they have turned out to be.
    Raises UsageError when the text is written in a way that cannot be kept, and InternalError when the new text would
    not say what it should.
    """
    from waveplan.checking import STRUCTURE, check, stated_anew

    assert loaded.plan is not None
    plan, in_part = loaded.plan, bool(loaded.plan.unplanned)
    done, inventory = _past(plan, inventory, history)
    found = check(plan, inventory, allow_unplanned=in_part, files=files, done=done).findings
    new = stated_anew(plan, inventory, files, done)
    result = check(new, inventory, allow_unplanned=in_part, files=files, done=done)
    left = tuple(
        each.at(loaded.sources.locate(each.path)) if each.document == "plan" else each
        for each in (*result.findings, *result.past)
    )
    if any(each.code in STRUCTURE for each in result.findings):
        return Refreshed(text, None, left=left)
    wrong = [each.message for each in left if each.code in _STATED]
    if wrong:
        raise InternalError(f"the refreshed plan still states what is not so: {'; '.join(wrong)}")
    mended = tuple(each for each in found if each.code in _STATED)
    return Refreshed(text, _written(text, new), mended, left, _away_from_their_slot(plan, new))


def _past(plan: Plan, inventory: Inventory, history: History | None) -> tuple[Done, Inventory]:
    """What is done, in the slots that the plan gives it, and the inventory with what has turned out otherwise."""
    from waveplan.loading.plan_loader import UNSAID
    from waveplan.tracking import turned_out

    if history is None:
        return NOTHING_DONE, inventory
    said = plan.model_copy(update={"waves": [wave for wave in plan.waves if wave.date != UNSAID]})
    return done_of(history, said), turned_out(inventory, history, said)


def _away_from_their_slot(plan: Plan, new: Plan) -> tuple[str, ...]:
    from waveplan.loading.plan_loader import UNSAID

    right = {wave.id: wave for wave in new.waves}
    return tuple(
        wave.id
        for wave in plan.waves
        if wave.id in right
        and wave.date != UNSAID
        and (wave.date, instant(wave.slot.start)) != (right[wave.id].date, instant(right[wave.id].slot.start))
    )


def _written(text: str, new: Plan) -> str:
    """The plan in the words of its file; reading that must give the plan."""
    from waveplan.export.plan_facts import facts_of
    from waveplan.export.plan_json import dump_plan_json
    from waveplan.export.plan_yaml import PlanStyle
    from waveplan.loading import plan_of
    from waveplan.loading.rewriting import rewritten

    if text.lstrip().startswith("{"):
        return dump_plan_json(new)
    try:
        longer = rewritten(text, facts_of(new), PlanStyle())
    except ValueError as error:
        raise UsageError(
            "the plan cannot be refreshed as it is written ({reason}): write it plainly", reason=str(error)
        ) from None
    read = plan_of(longer).plan
    if read is None or _unordered(facts_of(read)) != _unordered(facts_of(new)):
        raise InternalError("the text of the refreshed plan would not say what it should; nothing was written")
    return longer


def _unordered(value: Any) -> Any:
    """The same, whatever the order of lists; moments as they are, in whatever zone."""
    if isinstance(value, dict):
        return {key: _unordered(each) for key, each in value.items()}
    return sorted((_unordered(each) for each in value), key=repr) if isinstance(value, list) else value
