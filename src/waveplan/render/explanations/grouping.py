"""Slots with one reason told together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waveplan.domain.explanations import SlotVerdict
from waveplan.render.language import Language, Shown, safe

_FREE = 3  # slots that nothing forbids and that are told one by one
_NEAR = 5  # slots that are told one by one where the rule has figures, which differ from slot to slot


@dataclass(frozen=True, slots=True)
class Group:
    """Slots in one direction, the nearest first; `places` are theirs among all that were looked at there."""

    slots: tuple[SlotVerdict, ...]
    places: tuple[int, ...]

    @property
    def nearest(self) -> SlotVerdict:
        """The slot that speaks for all."""
        return self.slots[0]

    @property
    def figures_differ(self) -> bool:
        """Whether the slots have one reason with other figures each."""
        return len({str(slot.obstacles[0].finding.values.get("used")) for slot in self.slots if slot.obstacles}) > 1

    @property
    def unbroken(self) -> bool:
        """Whether no other slot lies between them."""
        return self.places[-1] - self.places[0] == len(self.places) - 1


def grouped(verdicts: Sequence[SlotVerdict]) -> list[Group]:
    """In order of each reason's nearest slot."""
    found: dict[object, list[int]] = {}
    free = 0
    for place, verdict in enumerate(verdicts):
        free += verdict.free
        near = place if place < _NEAR and _has_figures(verdict) else None
        found.setdefault((near, _reason(verdict, min(free, _FREE + 1))), []).append(place)
    return [Group(tuple(verdicts[place] for place in places), tuple(places)) for places in found.values()]


def _has_figures(verdict: SlotVerdict) -> bool:
    return not verdict.free and verdict.obstacles[0].finding.excess is not None


def _reason(verdict: SlotVerdict, free: int) -> object:
    return free if verdict.free else verdict.obstacles[0].reason


def slots_words(group: Group, all_slots: int, language: Language, *, later: bool) -> Shown:
    """Which slots: one day, a period, from one on, or the nearest and how many others."""
    near, far, number = group.slots[0].date, group.slots[-1].date, len(group.slots)
    day = language.day(near)
    if number == 1:
        wave = group.nearest.wave
        return language.say("{day}, {wave}", day=day, wave=safe(wave.label)) if wave else day
    if group.unbroken and group.places[-1] == all_slots - 1:
        return language.say(
            "{day} and after ({n} slots)" if later else "{day} and before ({n} slots)", day=day, n=number
        )
    if group.unbroken:
        first, last = (near, far) if later else (far, near)
        return language.say("{period} ({n} slots)", period=language.days(first, last), n=number)
    return language.count(
        "{day} and {n} other slot, the last on {far}",
        "{day} and {n} other slots, the last on {far}",
        number - 1,
        day=day,
        far=language.day(far),
    )
