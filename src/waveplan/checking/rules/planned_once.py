"""WP301: every item that moves or changes hands stands in exactly one wave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding, Path, Written
from waveplan.domain.items import Item

_UNKNOWN = "{wave} names lot '{lot}', which the plan does not define"
_UNKNOWN_AND_MISSING = "{wave} names lot '{lot}', which the plan does not define; in no wave: {items}"
_IN_NO_WAVE = "lot {lot} is in no wave: {items}"
_LEFT_OUT = "lot {lot} is in no wave: {items}; it is left unplanned, because: {reason}"


@hard_rule("WP301", "structure")
def check_planned_once(facts: Facts) -> Iterator[Finding]:
    """Lots that waves name but the plan lacks, items in no wave, items in several."""
    if facts.reading.unknown_lots:
        yield from _unknown_lots(facts)
    else:
        yield from _missing(facts)
    yield from _lots_in_several_waves(facts)
    yield from _items_in_several_lots(facts)
    yield from _waiting_for_what_is_left_out(facts)


def _waiting_for_what_is_left_out(facts: Facts) -> Iterator[Finding]:
    for wait in facts.unplanned.waits:
        if wait.second in facts.wave_of:
            yield violation(
                "{second} must not cut over before {first}, which is left unplanned ({reason})",
                {"second": wait.second, "first": wait.first, "reason": wait.reason},
                subjects=(wait.second, wait.first),
                path=facts.lot_of[wait.second].path,
                hint="leave it unplanned too, or plan both",
            )


def _unknown_lots(facts: Facts) -> Iterator[Finding]:
    """What is missing then is most likely what the unknown lots held: one finding tells both."""
    missing = [item.id for item in facts.reading.missing]
    for unknown in facts.reading.unknown_lots:
        wave = facts.plan.waves[unknown.wave]
        yield violation(
            _UNKNOWN_AND_MISSING if missing else _UNKNOWN,
            {"wave": wave.id, "lot": unknown.lot, "items": names(missing)},
            subjects=(wave.id, unknown.lot, *missing),
            path=("waves", unknown.wave, "lots", unknown.position),
            hint="define the lot with its items under 'lots', or take its name out of the wave",
        )


def _missing(facts: Facts) -> Iterator[Finding]:
    """One finding for each lot in no wave, or for each set of tied items in no lot."""
    by_lot: dict[int, list[Item]] = defaultdict(list)
    by_group: dict[str, list[Item]] = defaultdict(list)
    for item in facts.reading.missing:
        homes = facts.reading.homes.get(item.id)
        if homes:
            by_lot[homes[0]].append(item)
        else:
            by_group[facts.groups.of(item.id)].append(item)
    for index, items in sorted(by_lot.items()):
        lot = facts.plan.lots[index].id
        reason = next((each.reason for each in facts.plan.unplanned if each.lot == lot), "")
        yield violation(
            _LEFT_OUT if reason else _IN_NO_WAVE,
            {"lot": lot, "items": names(item.id for item in items), "reason": Written(reason)},
            subjects=(lot, *(item.id for item in items)),
            path=("lots", index),
            hint="name the lot in a wave",
        )
    for group, absent in by_group.items():
        yield violation(
            "in no lot and no wave: {items}",
            {"items": names(item.id for item in absent)},
            subjects=[item.id for item in absent],
            path=_where_it_belongs(facts, group),
            hint="put the item into its lot and the lot into a wave, or give the application the strategy retain",
        )


def _where_it_belongs(facts: Facts, group: str) -> Path:
    """The lot that holds what items in no lot are tied to; all lots when none does."""
    tied = (item.id for item in facts.groups.members[group])
    homes = next((facts.reading.homes[name] for name in tied if name in facts.reading.homes), None)
    return ("lots", homes[0], "items") if homes else ("lots",)


def _lots_in_several_waves(facts: Facts) -> Iterator[Finding]:
    for index, visits in sorted(facts.reading.visits.items()):
        if len(visits) > 1:
            lot = facts.plan.lots[index].id
            waves = [facts.plan.waves[wave].id for wave in visits]
            yield violation(
                "lot {lot} is planned {times} times: in {waves}",
                {"lot": lot, "times": len(visits), "waves": ", ".join(waves)},
                subjects=(lot, *waves),
                path=("waves", visits[-1], "lots", _last_mention(facts.plan.waves[visits[-1]].lots, lot)),
                hint="keep the lot in one wave only",
            )


def _last_mention(lots: Sequence[str], lot: str) -> int:
    """A wave may name one lot several times."""
    return len(lots) - 1 - list(reversed(lots)).index(lot)


def _items_in_several_lots(facts: Facts) -> Iterator[Finding]:
    for item, homes in sorted(facts.reading.homes.items()):
        if len(homes) > 1:
            lots = [facts.plan.lots[home].id for home in homes]
            yield violation(
                "{item} is listed {times} times: in lot {lots}",
                {"item": item, "times": len(homes), "lots": ", ".join(lots)},
                subjects=(item, *lots),
                path=("lots", homes[-1], "items"),
                hint="keep the item in the lot to which its ties bind it",
            )
