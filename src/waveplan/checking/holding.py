"""Who holds the capacity that a violated rule is about: lots by wave, and how much each wave takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from waveplan.change_calendar import instant
from waveplan.change_calendar.spans import week_monday
from waveplan.checking.bundles import Bundle, held
from waveplan.checking.facts import Facts
from waveplan.checking.parts import part_of
from waveplan.checking.people import Crowd, crew_crowds, on_call_crowds
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.sizes import size_of
from waveplan.checking.wording import rounded
from waveplan.domain.explanations import Holder
from waveplan.domain.findings import Finding
from waveplan.domain.selectors import Selector

_PLACES = 2


def holders(facts: Facts, finding: Finding) -> Iterator[Holder]:
    """Those that share what is exceeded, the largest first; nobody for rules that limit no amount."""
    found = _HOLDERS.get(finding.code)
    if found is not None:
        every = (holder for holder in found(facts, finding) if holder.amount)
        yield from sorted(every, key=lambda each: (-each.amount, each.name, each.lots))


def _in_wave(facts: Facts, finding: Finding) -> Iterator[Holder]:
    """Each lot of the wave with what it counts for itself; what lots share counts once in the wave."""
    for wave in _waves_of(facts, finding):
        for lot in wave.lots:
            yield Holder(wave.id, (lot.id,), _count(lot, str(finding.values["name"])))


def _waves_of(facts: Facts, finding: Finding) -> list[PlacedWave]:
    return [wave for wave in facts.waves if wave.id in finding.subjects]


def _count(part: Bundle, name: str) -> Decimal:
    if name.startswith("effort."):
        return part.effort.get(name.removeprefix("effort."), Decimal(0))
    return Decimal(held(part, 1).get(name, 0))


def _under_rule(facts: Facts, finding: Finding) -> Iterator[Holder]:
    rule = next(rule for rule in facts.inventory.rules if rule.id == finding.values["rule"])
    yield from _parts(facts, finding, rule.match)


def _parts(facts: Facts, finding: Finding, selector: Selector | None = None) -> Iterator[Holder]:
    """What counts of each lot, in the waves that the finding is about."""
    by, value = finding.values.get("by"), str(finding.values.get("value", ""))
    for wave in _waves_of(facts, finding):
        for lot in wave.lots:
            part = part_of(lot, selector, None if by is None else str(by), value)
            if part is not None:
                yield Holder(wave.id, (lot.id,), _count(part, str(finding.values["name"])))


def _in_week(facts: Facts, finding: Finding) -> Iterator[Holder]:
    team, week = str(finding.values["team"]), str(finding.values["week"])
    names = {wave.id: wave for wave in facts.waves}
    for cause, days in facts.workload.weeks[team, week_monday(week)].by_cause.items():
        wave = names.get(cause)
        lots = [lot.id for lot in wave.lots if _works_for(facts, team, lot)] if wave else []
        yield Holder(cause, tuple(lots), rounded(days, _PLACES))


def _works_for(facts: Facts, team: str, lot: PlacedLot) -> bool:
    rehearsed = (each.effort for each in lot.rehearsals(facts.items.policies[lot.stream]))
    return team in lot.effort or any(team in effort for effort in rehearsed)


def _in_crews(facts: Facts, finding: Finding) -> Iterator[Holder]:
    return _people(facts, finding, crew_crowds(facts), lambda lot, team: lot.crew.get(team, 0))


def _on_call(facts: Facts, finding: Finding) -> Iterator[Holder]:
    return _people(facts, finding, on_call_crowds(facts), lambda lot, team: lot.on_call.get(team, 0))


def _people(
    facts: Facts, finding: Finding, crowds: Iterator[Crowd], of: Callable[[PlacedLot, str], int]
) -> Iterator[Holder]:
    team, day = str(finding.values["team"]), dt.date.fromisoformat(str(finding.values["day"]))
    for crowd in crowds:
        if (crowd.team, crowd.day) == (team, day) and crowd.needed == finding.values["used"]:
            for lot in crowd.lots:
                wave = facts.wave_of[lot.items[0].id]
                yield Holder(wave.id, (lot.id,), Decimal(of(lot, team)))
            return


def _on_links(facts: Facts, finding: Finding) -> Iterator[Holder]:
    """GB of each lot of the waves that send at the same time."""
    wave = _waves_of(facts, finding)[0]
    start, end = instant(wave.slot.start), instant(wave.slot.end)
    for other in facts.waves:
        if instant(other.slot.start) < end and instant(other.slot.end) > start:
            for lot in other.lots:
                yield Holder(other.id, (lot.id,), lot.transfer_gb)


def _at_target(facts: Facts, finding: Finding) -> Iterator[Holder]:
    """What each lot that has come to the site by that day brought there."""
    values = finding.values
    for wave in facts.waves:
        if wave.date <= dt.date.fromisoformat(str(values["day"])):
            for lot in wave.lots:
                moves = (move for item in lot.items for move in item.moves if move.target == values["site"])
                servers = {move.server.id: move.server for move in moves}
                yield Holder(wave.id, (lot.id,), size_of([*servers.values()], str(values["key"])))


def _replicating(facts: Facts, finding: Finding) -> Iterator[Holder]:
    """GB of each lot that is replicated between two sites in a week."""
    pair = (str(finding.values["one"]), str(finding.values["other"]))
    for (wave, lot), gigabytes in facts.replication.week(pair, str(finding.values["week"])).items():
        yield Holder(wave, (lot,), rounded(gigabytes, _PLACES))


_HOLDERS: Mapping[str, Callable[[Facts, Finding], Iterator[Holder]]] = MappingProxyType(
    {
        "WP318": _in_wave,
        "WP319": _in_wave,
        "WP321": _under_rule,
        "WP324": _in_week,
        "WP326": _in_crews,
        "WP327": _on_call,
        "WP328": _on_links,
        "WP329": _on_links,
        "WP330": _at_target,
        "WP349": _replicating,
        "WP352": _parts,
    }
)
