"""Gates that are counted in working days, for lots whose places have other holidays."""

from __future__ import annotations

from support.inventories import inventory_from

from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts

TEXT = """
programme: {start: 2026-04-03}
policy: {preparation_days: 0, gates: [{id: go, working_days_before: 5}]}
sites:
  - {id: paris, country: FR, target: paris}
  - {id: metz, country: FR, subdivision: "57", target: metz}
servers: [{id: s, site: paris}, {id: t, site: metz}]
applications: [{id: erp, servers: [s]}, {id: mes, servers: [t]}]
"""


def test_each_lot_counts_working_days_of_its_own_places():
    facts = PlanningFacts(inventory_from(TEXT))
    allowed = build_problem(facts).problem.allowed
    first = {
        lot.items[0].id: facts.slots[facts.positions[own[0]].slot].id
        for lot, own in zip(facts.lots, allowed, strict=True)
    }
    # Good Friday, the programme's first day, is off in Moselle alone: there the fifth working day before is Thursday
    assert first == {"erp": "2026-04-11-weekend", "mes": "2026-04-18-weekend"}
