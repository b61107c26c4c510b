"""What keeps each lot of a plan out of the nearest earlier slot: the short answer, for all lots at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waveplan.checking.trials import Trials
from waveplan.domain.explanations import SlotVerdict
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.lots import form_lots
from waveplan.usecases.explain.reasons import verdict
from waveplan.usecases.explain.subjects import ExplainedItem

_NEVER = "WP304"  # a slot of a window that the lot may not use says nothing about its date


def nearest_earlier(inventory: Inventory, plan: Plan) -> Mapping[str, SlotVerdict | None]:
    """For each lot in a wave the nearest earlier slot that its windows allow, and what keeps it out; None without one.

    Each takes a trial of the whole plan or a few: about a second for ten lots of a plan of a hundred.
    """
    return dict(_verdicts(inventory, plan))


def _verdicts(inventory: Inventory, plan: Plan) -> Iterator[tuple[str, SlotVerdict | None]]:
    lots, trials = form_lots(Items(inventory)), None
    wave_of = {lot: wave.id for wave in plan.waves for lot in wave.lots}
    for placed in plan.lots:
        lot = next((each for item in placed.items if (each := lots.of(item)) is not None), None)
        if lot is None or placed.id not in wave_of:
            continue
        trials = Trials(plan, inventory, placed) if trials is None else trials.of(placed)
        subject = ExplainedItem(inventory, plan, placed.id, placed.items[0], lot, placed, trials)
        yield placed.id, _nearest(subject, wave_of[placed.id])


def _nearest(subject: ExplainedItem, wave: str) -> SlotVerdict | None:
    slots = subject.trials.slots
    own = next((place for place, slot in enumerate(slots) if subject.trials.wave_id(slot) == wave), 0)
    day = slots[own].date if slots else None
    for slot in reversed(slots[:own]):
        if slot.date == day:
            continue
        found = verdict(subject, slot)
        if not any(each.alone and each.finding.code == _NEVER for each in found.obstacles):
            return found
    return None
