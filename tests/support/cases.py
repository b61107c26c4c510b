"""The rules' cases: `tests/rules/*.yaml`, each an inventory, a plan in a few words, and what the check says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from support.plans import plan_of_waves
from waveplan.checking import restate
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan

DATES = {"start": "2026-01-05", "deadline": "2026-12-18"}  # of a programme that gives none
FOLDER = Path(__file__).parent.parent / "rules"


class _WordLoader(yaml.SafeLoader):
    """Scalars stay words, as in an inventory; merge keys (`<<`) still work."""

    yaml_implicit_resolvers = {
        first: [entry for entry in entries if entry[0] == "tag:yaml.org,2002:merge"]
        for first, entries in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True)
class RuleCase:
    """One case. `waves` maps slot ids to items; `expect` are the codes that the check finds, none for a valid plan.

    `says` are words that each must stand in some finding's message; `stated` are figures written over the right ones.
    """

    code: str  # the rule that its file is about
    name: str
    inventory: Inventory
    waves: Mapping[str, Sequence[str | Sequence[str]]]
    expect: tuple[str, ...]
    says: tuple[str, ...]
    stated: Mapping[str, Any]

    def plan(self) -> Plan:
        """The whole plan."""
        whole = plan_of_waves(self.inventory, self.waves)
        if any(name.startswith("retire ") for name in self.stated.get("milestones", {})):
            whole = restate(_overwritten(whole, self.stated), self.inventory)  # loads and exits follow these days
        return _overwritten(whole, self.stated)


def rule_cases() -> Iterator[RuleCase]:
    """Every case of every file, in order."""
    for path in sorted(FOLDER.glob("*.yaml")):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_WordLoader)
        for case in document["cases"]:
            yield _case(document["rule"], case)


def _case(code: str, case: dict[str, Any]) -> RuleCase:
    data = {"waveplan": "1", **case["inventory"]}
    data["programme"] = {
        "name": case["name"],
        "start": "2026-01-05",
        "deadline": "2026-12-18",
        **data.get("programme", {}),
    }
    says = case.get("says", [])
    return RuleCase(
        code=code,
        name=case["name"],
        inventory=Inventory.model_validate(data),
        waves=case["plan"],
        expect=tuple(case["expect"]),
        says=(says,) if isinstance(says, str) else tuple(says),
        stated=case.get("stated", {}),
    )


def _overwritten(plan: Plan, stated: Mapping[str, Any]) -> Plan:
    """The plan with some figures as the case states them: of waves and milestones by id, of metrics by name."""
    data = plan.model_dump(mode="json", by_alias=True)
    for section in ("waves", "milestones"):
        for entry in data[section]:
            entry.update(stated.get(section, {}).get(entry["id"], {}))
    data["metrics"].update(stated.get("metrics", {}))
    return Plan.model_validate(data)
