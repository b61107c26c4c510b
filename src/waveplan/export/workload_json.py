"""Loads as JSON, for other programs: the common workload plan, crews in windows, people on call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from waveplan.export.json_text import document
from waveplan.rosters import Duty, Need, Roster, RosterRow
from waveplan.workload import Load, LoadRow, Workload

SHARE_PLACES = 4


def dump_workload_json(loads: Workload) -> str:
    """Every organisation with its teams; `share` is null where nothing is offered, `organisation` where none is named.

    `adoption` is what of it entries of adoption take, by team and entry.
    `used` holds `unlimited`, the work that meets no limit; share = (used − unlimited) ÷ offered, to four places.
    """
    facts = {"per": loads.per, "periods": loads.periods, "organisations": _organisations(loads.organisations, _row)}
    adoption = [
        {
            "organisation": each.organisation,
            "team": each.team,
            "entry": each.entry,
            "used": each.total,
            "by": each.periods,
        }
        for each in loads.adoption
    ]
    return document("workload", {**facts, "together": _row(loads.whole), "adoption": adoption})


def _organisations(organisations: Iterable[Any], facts: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """Facts of each organisation, and of its teams."""
    return [
        {
            "organisation": each.whole.name,
            **facts(each.whole),
            "teams": [{"team": team.name, **facts(team)} for team in each.teams],
        }
        for each in organisations
    ]


def _row(row: LoadRow) -> dict[str, Any]:
    return {"total": load_facts(row.total), "loads": {period: load_facts(load) for period, load in row.periods.items()}}


def load_facts(load: Load) -> dict[str, Any]:
    """A load by its figures and its share."""
    share = load.share if load.share is not None and load.share.is_finite() else None
    rounded = None if share is None else round(share, SHARE_PLACES)
    return {"used": load.used, "offered": load.offered, "unlimited": load.unlimited, "share": rounded}


def dump_roster_json(rosters: Mapping[Duty, Roster]) -> str:
    """Every organisation with its teams, for each duty.

    `share` is null where there is no limit, `period` where all days are told; else `from` and `to` are the fullest
    days of the week or month. `needed` holds `unlimited`, the people of teams without a limit.
    """
    return document("rosters", {duty: _roster(found) for duty, found in rosters.items()})


def _roster(found: Roster) -> dict[str, Any]:
    return {"per": found.per, "organisations": _organisations(found.organisations, _needs)}


def _needs(row: RosterRow) -> dict[str, Any]:
    return {"needs": [_need(need) for need in row.needs]}


def _need(need: Need) -> dict[str, Any]:
    facts = load_facts(need.load)
    days = {"period": need.period, "from": need.days.first, "to": need.days.last}
    return {**days, "needed": facts.pop("used"), **facts, "for": need.causes}
