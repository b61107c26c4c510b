"""A diagnosis as data: sentences in English, paths and values as the inventory has them."""

from __future__ import annotations

from typing import Any

from waveplan.domain.diagnosis import Clash, ClashingFact, Diagnosis, InventoryEdit, WayOut
from waveplan.domain.findings import Location
from waveplan.export.json_text import document


def dump_diagnosis(found: Diagnosis) -> str:
    """JSON of a diagnosis."""
    first = found.clashes[0]
    facts = {
        "status": "infeasible",
        "clash": {**clash_entry(first), "more_may_follow": found.more or len(found.clashes) > 1},
        "clashes": [{**clash_entry(each), "ways_out": [_way(way) for way in each.ways_out]} for each in found.clashes],
        "more_may_follow": found.more,
        "ways_out": [_way(way) for way in found.ways_out],
        "complete": found.complete,
    }
    return document("diagnosis", facts)


def clash_entry(clash: Clash) -> dict[str, Any]:
    """Facts that clash, and what is proven of them."""
    return {"proven": clash.proven, "minimal": clash.minimal, "facts": [_fact(fact) for fact in clash.facts]}


def _fact(fact: ClashingFact) -> dict[str, Any]:
    return {"kind": fact.kind, "message": str(fact.said), "path": fact.path, **_place(fact.location)}


def _way(way: WayOut) -> dict[str, Any]:
    return {
        "message": "; ".join(map(str, way.said)),
        "cost": float(way.cost),
        **({"note": str(way.note)} if way.note is not None else {}),
        "edits": [_edit(edit) for edit in way.edits],
    }


def _edit(edit: InventoryEdit) -> dict[str, Any]:
    change = {"remove": True} if edit.removes else {"value": edit.value}
    return {"path": edit.path, **change, **_place(edit.location)}


def _place(location: Location | None) -> dict[str, Any]:
    return {} if location is None else dict(location.entry)
