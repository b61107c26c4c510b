"""Compliance as JSON, for other programs: keys and words never change with the language."""

from __future__ import annotations

from typing import Any

from waveplan.domain.compliance import Compliance, Obsolescence, PersonalData
from waveplan.export.json_text import document


def dump_compliance_json(found: Compliance) -> str:
    """The register, the purge orders and the systems out of support; what is not known is null."""
    facts = {
        "personal_data": [_personal(each) for each in found.personal_data],
        "purge_orders": [
            {"id": o.id, "date": o.date, "server": o.server, "site": o.site, "personal_data_of": o.personal}
            for o in found.purge_orders
        ],
        "obsolescence": [_system(each) for each in found.obsolescence],
    }
    return document("compliance", facts)


def _personal(each: PersonalData) -> dict[str, Any]:
    return {
        "item": each.item,
        "name": each.name,
        "business_owner": each.about.business_owner,
        "rto_hours": each.about.rto_hours,
        "rpo_hours": each.about.rpo_hours,
        "service_hours": each.about.service_hours,
        "strategy": each.strategy,
        "data_classes": each.classes,
        "allowed_countries": each.allowed,
        "before": each.before,
        "after": each.after,
        "residency": each.residency,
        "leaves_on": each.moves_on,
        "wave": each.wave,
        "purge_orders": each.purge_orders,
        "acknowledgement_by": each.acknowledged_by,
    }


def _system(each: Obsolescence) -> dict[str, Any]:
    return {
        "server": each.server,
        "system": each.system,
        "site": each.site,
        "items": each.items,
        "business_owners": each.owners,
        "end_of_support": each.end_of_support,
        "before_programme": each.already,
        "ends_on": each.ended_on,
        "wave": each.wave,
        "retired": each.retired,
        "open_because": each.open_because,
        "days_without_support": each.exposed_days,
    }
