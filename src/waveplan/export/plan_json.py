"""The plan as JSON: the same facts as its YAML, for other programs."""

from __future__ import annotations

from waveplan.domain.plan import Plan
from waveplan.export.json_text import json_text
from waveplan.export.plan_facts import facts_of


def dump_plan_json(plan: Plan) -> str:
    """The plan as indented JSON text; amounts are exact numbers, dates and moments are ISO texts."""
    return json_text(facts_of(plan))
