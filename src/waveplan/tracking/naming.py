"""WP401: a record names something that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from waveplan.domain.findings import Finding, Path
from waveplan.tracking.records import Records
from waveplan.tracking.wording import finding, names, nearest

_NO_WAVE = "write its id, or `waveplan record`, which finds it by W03; `waveplan show` lists the waves"
_NO_LOT = "name lots of that wave by their ids, or its items; `waveplan show --wave` lists them"


def check_names(records: Records) -> Iterator[Finding]:
    """Every wave, gate, lot, item, milestone and team that nobody knows."""
    yield from _waves(records)
    yield from _gates(records)
    yield from _lots_of_gates(records)
    yield from _rolled_back(records)
    yield from _others(records)


def _waves(records: Records) -> Iterator[Finding]:
    """Waves of the plan, and those that a plan has given up but of which enough was kept."""
    known = {wave.label(stream): wave.id for wave in records.plan.waves for stream in (False, True)}
    known |= {name: name for name in records.waves}
    for section in ("gates", "cutovers", "incidents", "adoption", "tasks"):
        given_up = records.could_have_been if section in {"adoption", "tasks"} else records.remembered.__contains__
        for number, record in enumerate(getattr(records.actuals, section)):
            if record.wave not in records.waves and not given_up(record.wave):
                yield _missing("wave", record.wave, known, (section, number, "wave"), _NO_WAVE)


def _gates(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.gates):
        wave = records.waves.get(record.wave)
        known = [gate.id for gate in wave.gates] if wave else []
        if wave is not None and known and record.gate not in known:  # without gates, a decision goes by any name
            path = ("gates", number, "gate")
            values = {"wave": wave.id, "gate": record.gate, "names": names(known)}
            hint, template = "its gates are: {names}", "wave {wave} has no gate '{gate}'"
            yield finding("WP401", template, values, path, (wave.id, record.gate), hint)


def _lots_of_gates(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.gates):
        for place, lot in enumerate(record.lots):
            if lot not in records.lots and lot not in record.items:
                yield _missing("lot", lot, _same(records.lots), ("gates", number, "lots", place), _NO_LOT)


def _rolled_back(records: Records) -> Iterator[Finding]:
    for number, record in enumerate(records.actuals.cutovers):
        lots = records.history.lots_of(record)
        known = {*lots, *(item for items in lots.values() for item in items)}
        for place, name in enumerate(record.rolled_back):
            if lots and name not in known:
                path = ("cutovers", number, "rolled_back", place)
                values = {"name": name, "wave": record.wave}
                template = "wave {wave} has no lot and no item '{name}'"
                yield finding(
                    "WP401", template, values, path, (record.wave, name), **_hint(name, _same(known), _NO_LOT)
                )


def _others(records: Records) -> Iterator[Finding]:
    actuals, items, teams = records.actuals, records.items, records.teams
    for number, incident in enumerate(actuals.incidents):
        if incident.item is not None and items is not None and incident.item not in items:
            yield _missing("item", incident.item, _same(items), ("incidents", number, "item"))
    for number, acceptance in enumerate(actuals.acceptances):
        if acceptance.milestone not in records.milestones:
            yield _milestone(records, acceptance.milestone, ("acceptances", number, "milestone"))
    for number, milestone in enumerate(actuals.milestones):
        if milestone.id not in records.milestones:
            yield _milestone(records, milestone.id, ("milestones", number, "id"))
    yield from _adoption(records)
    for number, effort in enumerate(actuals.effort):
        if teams is not None and effort.team not in teams:
            yield _missing("team", effort.team, _same(teams), ("effort", number, "team"))


def _adoption(records: Records) -> Iterator[Finding]:
    """Entries of adoption that the inventory does not have, or that their wave does not hold."""
    known = records.adoption
    for number, record in enumerate(records.actuals.adoption if known is not None else ()):
        assert known is not None
        if record.id not in known:
            yield _missing("entry of adoption", record.id, _same(known), ("adoption", number, "id"))
        elif record.wave in records.waves and record.wave not in known[record.id]:
            holding = sorted(entry for entry, waves in known.items() if record.wave in waves)
            values = {"entry": record.id, "wave": record.wave, "names": names(holding)}
            template = "wave {wave} holds no '{entry}': it reaches nobody there"
            hint = (
                "what it holds: {names}" if holding else "`waveplan report --kind communication` lists what waves hold"
            )
            yield finding("WP401", template, values, ("adoption", number, "id"), (record.wave, record.id), hint, values)


def _milestone(records: Records, name: str, path: Path) -> Finding:
    hint = "`waveplan show --milestones` lists the milestones of the plan"
    return _missing("milestone", name, _same(records.milestones), path, hint)


def _missing(kind: str, name: str, known: Mapping[str, str], path: Path, otherwise: str = "") -> Finding:
    template = "there is no {kind} '{name}', neither in the plan nor in the inventory"
    values = {"kind": kind, "name": name}
    return finding("WP401", template, values, path, (name,), **_hint(name, known, otherwise))


def _hint(name: str, known: Mapping[str, str], otherwise: str) -> dict[str, Any]:
    near = nearest(name, known)
    if near is None:
        return {"hint": otherwise}
    return {"hint": "did you mean '{suggestion}'?", "hint_values": {"suggestion": near}}


def _same(known: Iterable[str]) -> dict[str, str]:
    return {name: name for name in known}
