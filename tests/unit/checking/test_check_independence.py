"""The check shares nothing with the planner, not even by an import of an import."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from support.cases import rule_cases
from waveplan.checking import check
for case in list(rule_cases())[:20]:
    check(case.plan(), case.inventory)
print(*sorted(name for name in sys.modules if name.split(".")[0] in {"ortools", "networkx", "waveplan"}), sep="\\n")
"""


def test_a_check_loads_neither_the_planner_nor_its_libraries() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, cwd="tests")
    loaded = run.stdout.split()
    assert "waveplan.checking" in loaded
    ours = {name.split(".")[1] for name in loaded if name.startswith("waveplan.")}
    assert ours == {"change_calendar", "checking", "domain", "version"}
    assert not [name for name in loaded if name.startswith(("ortools", "networkx"))]
