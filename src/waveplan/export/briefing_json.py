"""Reports for meetings, and packages, as JSON: keys and words never change with the language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waveplan.domain.briefing import Briefing
from waveplan.domain.packages import LotPackage, WavePackage
from waveplan.domain.plan import Plan
from waveplan.export.communication_json import communication_facts
from waveplan.export.difference_json import difference_entry
from waveplan.export.json_text import document, fields_of
from waveplan.export.plan_facts import record_of


def dump_flash_json(found: Briefing) -> str:
    """How it stands, loads ahead, risks, and actions by owner; issues are what the status has as late."""
    return document("flash", _common(found))


def dump_steering_json(found: Briefing, plan: Plan) -> str:
    """The same by tranche and stream, with the decisions asked for, what moved, money and proofs."""
    decisions = [gate for gate in found.status.gates if gate.decides and gate.date <= found.horizon]
    facts = {
        **_common(found),
        "strands": found.strands,
        "decisions": decisions,
        "difference": None if found.difference is None else difference_entry(found.difference),
        "currency": found.currency,
        "costs": found.costs,
        "person_days": found.person_days,
        "goals": [record_of(goal) for goal in plan.solve.goals],
    }
    return document("steering", facts)


def _common(found: Briefing) -> dict[str, Any]:
    owners = sorted({action.owner for action in found.actions}, key=lambda owner: owner or "")
    return {
        **fields_of(found.status),
        "communication": communication_facts(found.status.communication),
        "until": found.horizon,
        "actions": [
            {"owner": owner, "actions": [each for each in found.actions if each.owner == owner]} for owner in owners
        ],
        "risks": found.risks,
        "loads": [
            {"team": team.team, "weeks": [{"from": day, "share": share} for day, share in _weeks(found, team.shares)]}
            for team in found.teams
        ],
    }


def _weeks(found: Briefing, shares: Sequence[Any]) -> list[tuple[Any, Any]]:
    return list(zip(found.weeks, shares, strict=True))


def dump_lot_packages_json(found: Sequence[LotPackage]) -> str:
    """Lots, each as the plan has it, with its wave, its items and what moves elsewhere."""
    lots = [
        {
            **record_of(each.lot),
            "wave": {"label": each.label, **record_of(each.wave)},
            "items": each.items,
            "teams": each.teams,
            "on_call": each.on_call,
            "others": [{"item": item, "wave": wave} for item, wave in each.others],
            "communication": communication_facts(each.communication),
        }
        for each in found
    ]
    return document("lot_packages", {"lots": lots})


def dump_wave_packages_json(found: Sequence[WavePackage]) -> str:
    """Waves, each as the plan has it, with its lots, items, servers and people."""
    waves = [
        {
            **record_of(each.wave),
            "label": each.label,
            "lots": [record_of(lot) for lot in each.lots],
            "items": each.items,
            "servers": each.servers,
            "organisations": each.organisations,
            "crew": each.crew,
            "on_call": each.on_call,
            "communication": communication_facts(each.communication),
        }
        for each in found
    ]
    return document("wave_packages", {"waves": waves})
