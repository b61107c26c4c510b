"""Crews in windows and people on call as JSON, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waveplan.export.json_text import document
from waveplan.export.workload_json import load_facts
from waveplan.rosters import Duty, Need, Roster, RosterRow


def dump_roster_json(rosters: Mapping[Duty, Roster]) -> str:
    """Every organisation with its teams, for each duty.

    `share` is null where there is no limit, `period` where all days are told; else `from` and `to` are the fullest
    days of the week or month. `needed` holds `unlimited`, the people of teams without a limit.
    """
    return document("rosters", {duty: _roster(found) for duty, found in rosters.items()})


def _roster(found: Roster) -> dict[str, Any]:
    organisations = [
        {
            "organisation": each.whole.name,
            **_row(each.whole),
            "teams": [{"team": team.name, **_row(team)} for team in each.teams],
        }
        for each in found.organisations
    ]
    return {"per": found.per, "organisations": organisations}


def _row(row: RosterRow) -> dict[str, Any]:
    return {"needs": [_need(need) for need in row.needs]}


def _need(need: Need) -> dict[str, Any]:
    facts = load_facts(need.load)
    return {
        "period": need.period,
        "from": need.days.first,
        "to": need.days.last,
        "needed": facts["used"],
        "offered": facts["offered"],
        "unlimited": facts["unlimited"],
        "share": facts["share"],
        "for": need.causes,
    }
