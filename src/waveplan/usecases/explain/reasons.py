"""Why a lot stands in its slot: every other slot is tried, and what keeps the lot out of it is noted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from waveplan.change_calendar import Slot
from waveplan.domain.differences import GoalChange
from waveplan.domain.explanations import Chain, Explanation, SlotVerdict
from waveplan.lots.chains import chains_from
from waveplan.usecases.explain.subjects import ExplainedItem

_MOST_WORK = 24_000  # items × slots: what is looked at within a few seconds
_FEWEST = 24  # slots that are looked at in any case


def explained(subject: ExplainedItem, *, elsewhere: bool = True) -> Explanation:
    """An item's lot, its ties and, unless told not to, what keeps it out of all other slots, the nearest first."""
    before, after, unseen = _nearest(subject) if elsewhere else ((), (), 0)
    wave = subject.wave
    return Explanation(
        item=subject.named,
        member=subject.item,
        lot=subject.placed.id,
        items=tuple(subject.placed.items),
        stream=subject.lot.stream,
        chains=ties_of(subject),
        wave=subject.ref(wave) if wave else None,
        window=wave.slot.window if wave else None,
        left_out=next((each.reason for each in subject.plan.unplanned if each.lot == subject.placed.id), None),
        goals=subject.goals,
        earlier=tuple(verdict(subject, slot) for slot in before),
        later=tuple(verdict(subject, slot) for slot in after),
        unseen=unseen,
        breaks=subject.trials.breaks,
    )


def ties_of(subject: ExplainedItem) -> tuple[Chain, ...]:
    """The shortest chains of ties that lead from the item to the others of its lot."""
    members = [item.id for item in subject.lot.items if item.id != subject.item]
    return tuple(tuple(chain) for chain in chains_from(subject.lot.ties, subject.item, members).shown)


def _nearest(subject: ExplainedItem) -> tuple[Sequence[Slot], Sequence[Slot], int]:
    """Slots before and after the lot's own, the nearest first, and how many were too far away to be looked at."""
    wave, slots = subject.wave, subject.trials.slots
    own = None if wave is None else next((slot for slot in slots if subject.trials.wave_id(slot) == wave.id), None)
    place = slots.index(own) if own in slots else 0
    before = [] if own is None else list(reversed(slots[:place]))
    after = list(slots if own is None else slots[place + 1 :])
    most = max(_FEWEST, _MOST_WORK // max(1, sum(len(lot.items) for lot in subject.plan.lots)))
    earlier = min(len(before), max(most - len(after), most // 2))
    later = min(len(after), most - earlier)
    return before[:earlier], after[:later], len(before) + len(after) - earlier - later


def verdict(subject: ExplainedItem, slot: Slot) -> SlotVerdict:
    """What keeps the lot out of a slot, or what each goal would be with it there."""
    trials = subject.trials
    trial, name = trials.at(slot), trials.wave_id(slot)
    there = next((wave for wave in subject.plan.waves if wave.id == name), None)
    goals = (
        []
        if trial.obstacles
        else [(goal, getattr(trials.metrics, goal), getattr(trial.metrics, goal)) for goal in subject.goals]
    )
    return SlotVerdict(
        wave_id=name,
        date=slot.date,
        window=slot.window,
        wave=subject.ref(there) if there else None,
        obstacles=trial.obstacles,
        goals=tuple(GoalChange(goal, Decimal(before), Decimal(after)) for goal, before, after in goals),
    )


def best_of(verdicts: Sequence[SlotVerdict]) -> SlotVerdict:
    """Of slots on one day: one that nothing forbids, else one that the lot alone may use, else the first."""
    return min(verdicts, key=lambda each: (not each.free, each.alone, each.wave_id))
