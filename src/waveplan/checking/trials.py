"""What if a lot stood in another slot: the rules that would be broken then and are kept now, the decisive one first."""

from __future__ import annotations

from collections.abc import Iterator, Set
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import Slot
from waveplan.checking.facts import Facts
from waveplan.checking.registry import RULES
from waveplan.domain.explanations import Obstacle
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import MAIN_STREAM
from waveplan.domain.plan import Metrics, Plan, PlanSlot, Wave
from waveplan.domain.plan_lots import PlanLot

SAME = (
    *("name", "team", "rule", "reason", "owner", "site", "key", "window", "milestone", "tranche", "awaited", "pilot"),
    *("criticality", "attribute", "contract", "second", "allowed"),
)  # values of a finding that do not change from slot to slot, whatever its rule
# What is decisive when several rules would be broken: what may be in so early a wave at all, what a wave or a team can
# hold, the order of things, then what becomes of the rhythm of waves and of the dates on which all is over.
_DECISIVE = {"room": 1, "order": 2}
_LAST = 3


class Trials:
    """A plan and its inventory, and one lot of the plan that is put elsewhere."""

    def __init__(self, plan: Plan, inventory: Inventory, lot: PlanLot) -> None:
        self._plan = plan
        self._lot = lot
        self._facts = Facts(plan, inventory)
        self._known: dict[tuple[object, ...], Fraction] = {}
        for finding in _broken(self._facts):
            self._known[_identity(finding)] = max(_used(finding), self._known.get(_identity(finding), Fraction(0)))

    def of(self, lot: PlanLot) -> Trials:
        """The same plan with another lot that is put elsewhere; what holds of the plan is not worked out again."""
        other = copy(self)
        other._lot = lot
        return other

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of the calendar, in order."""
        return self._facts.calendar.slots

    @cached_property
    def metrics(self) -> Metrics:
        """Values of the goals in the plan as it stands."""
        return self._facts.goals.as_metrics()

    @property
    def breaks(self) -> int:
        """How many rules the plan breaks as it stands."""
        return len(self._known)

    def wave_id(self, slot: Slot) -> str:
        """What a wave of the lot's stream in that slot is called."""
        named = bool(self._facts.inventory.streams)
        return f"{self._lot.stream or MAIN_STREAM}/{slot.id}" if named else str(slot.id)

    def at(self, slot: Slot) -> Trial:
        """The lot in that slot, all others where they are."""
        wave = self.wave_id(slot)
        facts = self._placed(moved(self._plan, self._lot, wave, slot))
        found = [finding for finding in _broken(facts) if self._is_new(finding)]
        return Trial(tuple(self._ranked(found, slot) if found else ()), facts.goals.as_metrics())

    def _is_new(self, finding: Finding) -> bool:
        """A violation that becomes worse is a new one; one that only gets another number is not."""
        before = self._known.get(_identity(finding))
        return before is None or _used(finding) > before

    def _placed(self, plan: Plan) -> Facts:
        """The plan's facts; what is retired too early then goes on the first day on which it may."""
        facts = Facts(plan, self._facts.inventory, like=self._facts)
        while early := set(facts.retiring.too_early):
            kept = [each for each in facts.plan.milestones if each.subject not in early]
            facts = Facts(facts.plan.model_copy(update={"milestones": kept}), self._facts.inventory, like=self._facts)
        return facts

    def _ranked(self, found: list[Finding], slot: Slot) -> Iterator[Obstacle]:
        """Obstacles in order: what the lot meets alone, then what concerns it, then what it does to others."""
        wave = self.wave_id(slot)
        nothing_else = self._plan.model_copy(update={"waves": []})
        lonely = _broken(self._placed(moved(nothing_else, self._lot, wave, slot)))
        alone = {_cause(each) for each in lonely if not RULES[each.code].by_number}
        own = {self._lot.id, wave, *self._lot.items}
        ranked = sorted(
            found,
            key=lambda each: (_cause(each) not in alone, own.isdisjoint(each.subjects), *_rank(each, alone)),
        )
        for finding in ranked:
            yield Obstacle(finding, _cause(finding) in alone, _reason(finding))


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: obstacles in order, and the goals' values."""

    obstacles: tuple[Obstacle, ...]
    metrics: Metrics


def moved(plan: Plan, lot: PlanLot, wave_id: str, slot: Slot) -> Plan:
    """The plan with one lot in another slot; waves open and close with it. Figures are not restated."""
    left = [wave.model_copy(update={"lots": [name for name in wave.lots if name != lot.id]}) for wave in plan.waves]
    there = next((wave for wave in left if wave.id == wave_id), None) or _opened(wave_id, lot.stream, slot)
    there = there.model_copy(update={"lots": sorted([*there.lots, lot.id])})
    waves = [wave for wave in left if wave.lots and wave.id != wave_id]
    # Other dates follow from the waves: those that the plan states would be those of before.
    retired = [each for each in plan.milestones if each.kind == "retire"]
    return plan.model_copy(update={"waves": [*waves, there], "milestones": retired})


def _opened(wave_id: str, stream: str, slot: Slot) -> Wave:
    """A wave of which nothing is worked out yet."""
    return Wave(
        id=wave_id,
        number=1,
        stream=stream,
        date=slot.date,
        slot=PlanSlot(window=slot.window, start=slot.start, end=slot.end),
        point_of_no_return=slot.end,
        preparation_start=slot.date,
        hypercare_end=slot.end,
        hypercare_last_day=slot.date,
        lots=[],
    )


def _broken(facts: Facts) -> Iterator[Finding]:
    """Rules broken; whether a plan is whole is not the question here."""
    for rule in RULES.values():
        if rule.group != "structure":
            yield from rule(facts)


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.subjects


def _used(finding: Finding) -> Fraction:
    """What is used of a limit, where there is one."""
    return Fraction(finding.excess.used) if finding.excess is not None else Fraction(0)


def _cause(finding: Finding) -> tuple[object, ...]:
    """By what a violation of a lot alone is known again among others."""
    return finding.code, *(finding.values.get(key) for key in ("name", "value", "team", "site", "key"))


def _rank(finding: Finding, alone: Set[tuple[object, ...]]) -> tuple[int, str]:
    """Dates and windows come before amounts where the lot meets both alone."""
    rule = RULES[finding.code]
    if _cause(finding) in alone:
        return (1 if rule.group == "room" else 0), rule.code
    if rule.by_number:
        return 0, rule.code
    return _DECISIVE.get(rule.group, _LAST), rule.code


def _reason(finding: Finding) -> tuple[object, ...]:
    """By what slots that a lot is kept out of for one reason are known."""
    same = (*SAME, *RULES[finding.code].same)
    return finding.code, finding.template, tuple(str(finding.values.get(key)) for key in same)
