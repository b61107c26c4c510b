"""The weeks in which a way out needs more people are those in which the check misses them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from support.inventories import inventory_from

from waveplan.checking import check
from waveplan.domain.findings import Phrase
from waveplan.planning import SolveOptions, solve
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.ways_out import weeks_needed

OPTIONS = SolveOptions(deterministic_limit=5.0, workers=1)
TEXT = """
    policy: {preparation_days: 7, gates: []}
    teams: [{id: movers, crew: %s, rest_days: 10}]
    applications:
      - {id: erp, crew: {movers: 1}, slot: 2026-02-07}
      - {id: crm, crew: {movers: 1}, slot: 2026-02-14}
    calendar: {windows: [{id: weekend, days: [sat], from: "20:00", hours: 4}]}
"""


def test_days_of_rest_without_a_window_need_nobody() -> None:
    """The rest of both crews goes on into the week after, in which no window runs."""
    before, after = inventory_from(TEXT % 1), inventory_from(TEXT % 2)
    plan = solve(after, options=OPTIONS).plan
    assert plan is not None
    trials: Any = SimpleNamespace(broken_by=lambda plan, inventory: check(plan, inventory).findings)
    fact = Fact("crew", ("teams", 0, "crew"), Phrase("the crew of movers"), (), (), "movers")

    note = weeks_needed(fact, before, after, plan, trials)

    assert str(note) == "needed in the plan found in 2026-W07"
    assert weeks_needed(fact, after, after, plan, trials) is None
