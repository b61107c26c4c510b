"""Compliance as JSON, for other programs: keys and words never change with the language."""

from __future__ import annotations

from typing import Any

from waveplan.domain.compliance import Compliance, DataPlace, Obsolescence, PersonalData, WaveRef
from waveplan.export.json_text import json_text


def dump_compliance_json(found: Compliance) -> str:
    """The register, the purge orders and the systems out of support; what is not known is null."""
    data = {
        "waveplan_compliance": 1,
        "personal_data": [_personal(each) for each in found.personal_data],
        "purge_orders": [
            {"id": o.id, "date": o.date, "server": o.server, "site": o.site, "personal_data_of": list(o.personal)}
            for o in found.purge_orders
        ],
        "obsolescence": [_system(each) for each in found.obsolescence],
    }
    return json_text(data)


def _personal(each: PersonalData) -> dict[str, Any]:
    return {
        "item": each.item,
        "name": each.name,
        "business_owner": each.about.business_owner,
        "rto_hours": each.about.rto_hours,
        "rpo_hours": each.about.rpo_hours,
        "service_hours": each.about.service_hours,
        "strategy": each.strategy,
        "data_classes": list(each.classes),
        "allowed_countries": None if each.allowed is None else list(each.allowed),
        "before": [_place(place) for place in each.before],
        "after": [_place(place) for place in each.after],
        "residency": each.residency,
        "leaves_on": each.moves_on,
        "wave": _wave(each.wave),
        "purge_orders": list(each.purge_orders),
        "acknowledgement_by": each.acknowledged_by,
    }


def _system(each: Obsolescence) -> dict[str, Any]:
    return {
        "server": each.server,
        "system": each.system,
        "site": each.site,
        "items": list(each.items),
        "business_owners": list(each.owners),
        "end_of_support": each.end_of_support,
        "before_programme": each.already,
        "ends_on": each.ended_on,
        "wave": _wave(each.wave),
        "retired": each.retired,
        "open_because": each.open_because,
        "days_without_support": each.exposed_days,
    }


def _place(place: DataPlace) -> dict[str, Any]:
    return {"site": place.site, "country": place.country}


def _wave(wave: WaveRef | None) -> dict[str, Any] | None:
    return None if wave is None else {"id": wave.id, "label": wave.label, "date": wave.date}
