"""Whatever is wrong with inventory, plan or actuals: commands end with findings or words, not by a fault of their own.

A few seeds run here, of the smallest example; WAVEPLAN_SEEDS asks for more, of all examples.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.mutations import inventories, mutations, plans
from support.seeds import count

from waveplan.cli import exit_codes
from waveplan.cli.app import run

SEEDS = count(4)
NAMES = ["support-outsourcing", "datacentre-exit", "shared-services", "outsourcing-transition"]
FEW = NAMES[:1] if SEEDS < 50 else NAMES  # the smallest example while few seeds run
AS_OF = "2027-12-01"
fuzzed = settings(max_examples=SEEDS, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])


@cache
def actuals_for(name: str) -> Any:
    """What might have been noted of the first waves of an example's plan."""
    waves = plans()[name]["waves"][:4]
    return {
        "waveplan_actuals": 1,
        "gates": [
            {"wave": each["id"], "gate": gate["id"], "date": gate["date"], "decision": "go"}
            for each in waves
            for gate in each["gates"]
        ],
        "cutovers": [
            {"wave": each["id"], "date": each["date"], "result": result, "reason": "late", "items": {}}
            for each, result in zip(waves, ("done", "rolled_back", "partial", "done"), strict=False)
        ],
        "incidents": [
            {"id": "i1", "wave": waves[0]["id"], "date": waves[0]["date"], "severity": "minor", "summary": "slow"}
        ],
        "acceptances": [{"milestone": "accept kt", "date": "2027-02-10", "result": "signed"}],
        "milestones": [{"id": "live", "reached": "2027-03-01"}, {"id": "live", "expected": "2027-04-01"}],
        "effort": [{"team": "ops", "week": "2027-W08", "person_days": 4.5}],
    }


class Files:
    """The three files of an example, one of them mutated, and commands that read them."""

    def __init__(self, folder: Path, name: str) -> None:
        self.inventory = self._written(folder / "inventory.yaml", inventories()[name])
        self.plan = self._written(folder / "plan.yaml", plans()[name])
        self.actuals = self._written(folder / "actuals.yaml", actuals_for(name))

    @staticmethod
    def _written(path: Path, document: Any) -> str:
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return str(path)

    def put(self, path: str, document: Any) -> None:
        self._written(Path(path), document)

    def all_end_well(self, kind: str) -> None:
        """Exit codes of commands: findings and refusals are right, a fault of waveplan's own (70) is not."""
        past = ["--actuals", self.actuals, "--as-of", AS_OF]
        commands = {
            "inventory": [["validate", self.inventory], ["check", self.plan, self.inventory]],
            "plan": [["check", self.plan, self.inventory], ["show", self.plan, "--lots", "--lang", "fr"]],
            "actuals": [["check", self.plan, self.inventory, *past], ["status", self.plan, self.inventory, *past]],
        }
        for command in commands[kind]:
            assert run(command) != exit_codes.INTERNAL_ERROR, command


def _fuzzed(tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str], kind: str, data: Any) -> None:
    name = data.draw(st.sampled_from(FEW))
    files = Files(tmp_path_factory.mktemp("fuzz"), name)
    whole = {"inventory": inventories(), "plan": plans(), "actuals": {name: actuals_for(name)}}[kind][name]
    files.put(getattr(files, kind), data.draw(mutations([whole])))
    files.all_end_well(kind)
    capfd.readouterr()


@fuzzed
@given(data=st.data())
def test_inventories(tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str], data: Any) -> None:
    _fuzzed(tmp_path_factory, capfd, "inventory", data)


@fuzzed
@given(data=st.data())
def test_plans(tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str], data: Any) -> None:
    _fuzzed(tmp_path_factory, capfd, "plan", data)


@fuzzed
@given(data=st.data())
def test_actuals(tmp_path_factory: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str], data: Any) -> None:
    _fuzzed(tmp_path_factory, capfd, "actuals", data)
