"""`check` refuses a plan for an inventory that `validate` refuses, and says where the inventory is wrong."""

from __future__ import annotations

from pathlib import Path

from waveplan import api
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning import SolveOptions

INVENTORY = """\
waveplan: 1
programme: {name: check, start: 2026-01-05, deadline: 2026-03-31}
policy: {preparation_days: 0, gates: []}
applications:
  - {id: moves, depends_on: [{app: stays, coupling: COUPLING}]}
  - {id: stays, strategy: retain}
"""


def test_an_error_of_the_inventory_is_told(tmp_path: Path) -> None:
    inventory, plan = tmp_path / "inventory.yaml", tmp_path / "plan.yaml"
    inventory.write_text(INVENTORY.replace("COUPLING", "shared"), encoding="utf-8")
    solved = api.solve(api.validate(str(inventory)), options=SolveOptions(deterministic_limit=5, workers=1))
    assert solved.plan is not None
    plan.write_text(dump_plan(solved.plan), encoding="utf-8")
    assert not api.check(str(plan), str(inventory)).findings
    inventory.write_text(INVENTORY.replace("COUPLING", "hard"), encoding="utf-8")
    findings = api.check(str(plan), str(inventory)).findings
    assert [finding.code for finding in findings] == ["WP205", "WP412"]
    assert findings[0].location is not None
    assert findings[0].location.line == 5
