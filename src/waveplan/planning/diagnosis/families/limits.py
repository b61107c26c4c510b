"""Limits: of waves, lots and rules, the cadence, and other rules of policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pydantic import BaseModel

from waveplan.domain.calendar_rules import Window
from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.parts import Limits
from waveplan.domain.policy import Policy
from waveplan.domain.work import Application, Service
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Fact, dropped, limit, lowered, once, raised

_HALF, _TENTH = Decimal("0.5"), Decimal("0.1")


def limits(inventory: Inventory) -> Iterator[Fact]:
    """Limits of the programme's policy, of those of streams, and of rules."""
    for path, policy in policies(inventory):
        for key, most in _given(policy.lot_limits):
            name = Phrase("{kind} in one lot, at most", {"kind": key})
            yield limit((*path, "lot_limits", key), most, "lot_limit", name, costs.LIMIT_UNIT)
        yield from _wave_limits((*path, "wave_limits"), policy.wave_limits)
        for number, stage in enumerate(policy.cadence):
            yield from _wave_limits((*path, "cadence", number, "limits"), stage.limits)
    for number, rule in enumerate(inventory.rules):
        for key, most in _given(rule.max_per_wave):
            name = Phrase("{kind} in one wave by rule {rule}, at most", {"kind": key, "rule": rule.id})
            yield limit(("rules", number, "max_per_wave", key), most, "max_per_wave", name, costs.LIMIT_UNIT)
        for key, most in _given(rule.max_per_week):
            name = Phrase("{kind} in one week by rule {rule}, at most", {"kind": key, "rule": rule.id})
            yield limit(("rules", number, "max_per_week", key), most, "max_per_week", name, costs.LIMIT_UNIT)
    for number, window in enumerate(inventory.calendar.windows):
        yield from _window_limits(("calendar", "windows", number, "limits"), window)


def _window_limits(path: Path, window: Window) -> Iterator[Fact]:
    """What one occurrence of a window takes."""
    for key, most in _given(window.limits):
        name = Phrase("{kind} in one window {of}, at most", {"kind": key, "of": window.id})
        step = _TENTH if key == "data_tb" else Decimal(1)
        yield limit((*path, key), most, "window_limit", name, costs.LIMIT_UNIT * step, step)
    for team, days in window.limits.effort.items():
        field: Path = (*path, "effort", team)
        name = Phrase("person-days of {of} in one window {window}, at most", {"of": team, "window": window.id})
        said = Phrase("{what} {now}", {"what": name, "now": days})
        dial = raised(field, days, name, costs.LIMIT_UNIT * _HALF, _HALF)
        yield Fact("window_limit", field, said, (Edit(field, GONE),), (dial,), team)


def policies(inventory: Inventory) -> Iterator[tuple[Path, Policy]]:
    """The programme's policy, and what streams give of theirs."""
    yield ("policy",), inventory.policy
    for number, stream in enumerate(inventory.streams):
        yield ("streams", number, "policy"), stream.policy


def _wave_limits(path: Path, given: Limits) -> Iterator[Fact]:
    for key, most in _given(given):
        name = Phrase("{kind} in one wave, at most", {"kind": key})
        step = _TENTH if key == "data_tb" else Decimal(1)
        yield limit((*path, key), most, "wave_limit", name, costs.LIMIT_UNIT * step, step)
    for team, days in given.effort.items():
        field: Path = (*path, "effort", team)
        name = Phrase("person-days of {of} in one wave, at most", {"of": team})
        said = Phrase("{what} {now}", {"what": name, "now": days})
        dial = raised(field, days, name, costs.LIMIT_UNIT * _HALF, _HALF)
        yield Fact("wave_limit", field, said, (Edit(field, GONE),), (dial,), team)


def _given(model: BaseModel | None) -> Iterator[tuple[str, int | Decimal]]:
    for key in type(model).model_fields if model is not None else ():
        value = getattr(model, key)
        if value is not None and not isinstance(value, dict):
            yield key, value


def cadence(inventory: Inventory) -> Iterator[Fact]:
    """How close waves may follow each other, and what hypercare asks of the next wave."""
    for start, policy in policies(inventory):
        for number, stage in enumerate(policy.cadence):
            path: Path = (*start, "cadence", number)
            values = {"number": number + 1}
            if stage.min_gap_days:
                name = Phrase("days between waves in stage {number} of the cadence", values)
                yield _down("cadence", (*path, "min_gap_days"), stage.min_gap_days, name)
            if stage.max_waves_per_week is not None:
                name = Phrase("waves a week in stage {number} of the cadence, at most", values)
                field = (*path, "max_waves_per_week")
                yield limit(field, stage.max_waves_per_week, "cadence", name, costs.LIMIT_UNIT)
        most = policy.hypercare.max_waves_at_once
        if most is not None:
            name, field = Phrase("waves in hypercare at once, at most"), (*start, "hypercare", "max_waves_at_once")
            yield limit(field, most, "hypercare", name, costs.LIMIT_UNIT)
        if policy.hypercare.before_next_gate:
            field = (*start, "hypercare", "before_next_gate")
            said = Phrase("hypercare over before the next gate")
            edit = (Edit(field, False),)
            yield Fact("hypercare", field, said, edit, (once(edit, Phrase("not: {what}", {"what": said}), costs.RULE),))


def _down(kind: str, path: Path, now: int, name: Phrase) -> Fact:
    said = Phrase("{what} {now}", {"what": name, "now": now})
    return Fact(kind, path, said, (Edit(path, 0),), (lowered(path, now, name, costs.GAP_DAY),))


def separations(inventory: Inventory) -> Iterator[Fact]:
    """What policies keep apart or in order, and from which wave on the critical may move."""
    for path, policy in policies(inventory):
        for key in ("environment_order", "keep_apart"):
            given: list[str] = list(getattr(policy, key))
            if given:
                field: Path = (*path, key)
                said = Phrase("{key}: {given}", {"key": key, "given": ", ".join(given)})
                dial = once((Edit(field, []),), Phrase("without {what}", {"what": said}), costs.RULE)
                yield Fact(key, field, said, (Edit(field, []),), (dial,))
        for level, first in sorted(policy.earliest_wave_by_criticality.items()):
            if first > 1:
                field = (*path, "earliest_wave_by_criticality", level)
                name = Phrase("the first wave for criticality {kind}", {"kind": level})
                said = Phrase("{what} {now}", {"what": name, "now": first})
                dial = lowered(field, first, name, costs.LIMIT_UNIT, least=1)
                yield Fact("earliest_wave", field, said, (Edit(field, 1),), (dial,))
    yield from _earliest_waves(inventory)


def _earliest_waves(inventory: Inventory) -> Iterator[Fact]:
    """The first waves that rules and entries give."""
    entries: list[tuple[Path, str, int | None]] = [
        (("rules", number), rule.id, rule.earliest_wave) for number, rule in enumerate(inventory.rules)
    ]
    sections: tuple[tuple[str, Sequence[Application | Service]], ...] = (
        ("applications", inventory.applications),
        ("services", inventory.services),
    )
    for section, works in sections:
        for number, work in enumerate(works):
            entries.append(((section, number), work.id, work.earliest_wave))
            for place, step in enumerate(work.steps):
                entries.append(((section, number, "steps", place), f"{work.id}/{step.id}", step.earliest_wave))
    for path, of, first in entries:
        if first is not None and first > 1:
            field = (*path, "earliest_wave")
            name = Phrase("the first wave for {of}", {"of": of})
            said = Phrase("{what} {now}", {"what": name, "now": first})
            dial = lowered(field, first, name, costs.LIMIT_UNIT, least=1)
            yield Fact("earliest_wave", field, said, (Edit(field, 1),), (dial,), of)


def pilots(inventory: Inventory) -> Iterator[Fact]:
    """Pilots: how long they soak, or that they go first at all."""
    for number, pilot in enumerate(inventory.pilots):
        path: Path = ("pilots", number)
        name = Phrase("the pilot {of}", {"of": pilot.id})
        dials = [dropped(path, name, costs.RULE)]
        if pilot.soak_days:
            soak = Phrase("the soak days of pilot {of}", {"of": pilot.id})
            dials.insert(0, lowered((*path, "soak_days"), pilot.soak_days, soak, costs.PILOT_DAY))
        yield Fact("pilot", path, name, (Edit(path, GONE),), tuple(dials), pilot.id)
