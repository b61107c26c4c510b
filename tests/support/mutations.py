"""Documents of every kind as plain trees, and slips that people make in them."""

from __future__ import annotations

import copy
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

ACTUALS = """\
waveplan_actuals: 1
gates:
  - {wave: w1, gate: go-no-go, date: 2026-02-01, decision: conditional, conditions: [one], by: board, lots: a}
cutovers:
  - {wave: w1, date: 2026-02-07, result: partial, rolled_back: [erp], reason: slow, items: {erp: [erp, crm]}}
incidents:
  - {id: i1, wave: w1, date: 2026-02-08, severity: minor, item: crm, summary: late, resolved: 2026-02-09}
acceptances:
  - {milestone: kt, date: 2026-02-10, result: signed, by: somebody}
milestones:
  - {id: live, reached: 2026-03-01}
  - {id: later, expected: 2026-04-01, reason: parts}
effort:
  - {team: ops, week: 2026-W08, person_days: 4.5}
"""
SCENARIOS = """\
waveplan_scenarios: 1
inventory: inventory.yaml
scenarios:
  - {id: today}
  - id: other
    name: Another
    overlay:
      programme: {currency: EUR}
      sites: [{id: old, exit_by: null, capacity: {vcpu: 3}}]
      servers: [{id: s1, vcpu: 2, method: copy}]
      applications: [{id: a1, depends_on: [{app: a2, order: any}], labels: {x: 1}}]
      policy: {cadence: [{min_gap_days: 3}], gates: []}
      remove: {servers: [s2], links: wire, calendar: {windows: [w]}}
"""


def plain(value: Any) -> Any:
    """A tree as JSON holds it: keys and dates are texts."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def few(value: Any, most: int = 4) -> Any:
    """The same tree with only the first entries of each list: what the twentieth may hold, they may hold."""
    if isinstance(value, dict):
        return {key: few(each, most) for key, each in list(value.items())[: 5 * most]}
    return [few(each, most) for each in value[:most]] if isinstance(value, list) else value


def read(path: Path) -> Any:
    """One file as a tree."""
    return plain(yaml.safe_load(path.read_text(encoding="utf-8")))


def merged(trees: list[Any]) -> Any:
    """Several trees as one: lists end to end, mappings into each other."""
    whole: dict[str, Any] = {}
    for tree in trees:
        for key, value in tree.items():
            here = whole.get(key)
            if isinstance(here, list):
                whole[key] = here + value
            else:
                whole[key] = merged([here, value]) if isinstance(here, dict) else value
    return whole


@cache
def inventories() -> dict[str, Any]:
    """The examples, each as one tree."""
    found = {}
    for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        trees = [read(path) for path in sorted(folder.rglob("*.yaml"))]
        found[folder.name] = merged([tree for tree in trees if "waveplan_scenarios" not in tree])
    return found


@cache
def plans() -> dict[str, Any]:
    """The plans of the examples."""
    return {path.name.partition(".")[0]: read(path) for path in sorted(EXAMPLES.glob("*.plan.yaml"))}


NUMBERS = [0, 1, -1, 2.5, -0.5, 1e10, 10**9, 36_525, 36_526, 876_600, 876_601, "5", "5%", "-5", "x%"]
WORDS = ["", "x", "a b", "-x", "é", "é", "日本", "x" * 128, "x" * 129, "a/b", "a@b", "x:y", "true", "True", "yes", "FR"]
TIMES = ["2026-02-28", "2026-2-3", "2026/02/28", "22:30", "7:05", "24:00", "22:3", "2026-W08", "2026-W00", "2026-W54"]
DAYS = ["sat", "Sat", "SAT", "sa", "first tue", "2026-03-14T20:00:00+01:00", "2026-03-14T20:00:00", "17680000001"]
TREES = [[], {}, [None], ["x"], [[]], [{}], {"x": 1}, {"x": None}, {"id": "x"}, [1, "y"], {"any": [{"app": "x"}]}]
VALUES = st.sampled_from([None, True, False, *NUMBERS, *WORDS, *TIMES, *DAYS, *TREES])


@st.composite
def mutations(draw: st.DrawFn, documents: list[Any], most: int = 3) -> Any:
    """One of the documents with a few slips in it."""
    document = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, most))):
        _slip(draw, document)
    return document


def _slip(draw: st.DrawFn, document: Any) -> None:
    """One slip, somewhere in a document."""
    holders = [node for node in _nodes(document) if node]
    if not holders:
        return
    node = draw(st.sampled_from(holders))
    step = draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
    slip = draw(st.sampled_from(["value", "value", "drop", "null", "rename", "add", "repeat"]))
    if slip == "value":
        node[step] = copy.deepcopy(draw(VALUES))
    elif slip == "null":
        node[step] = None
    elif slip == "drop":
        del node[step]
    elif isinstance(node, list):
        node.append(copy.deepcopy(node[step]))
    elif slip == "rename":
        node[step + draw(st.sampled_from(["s", " ", "_"]))] = node.pop(step)
    else:
        node[draw(st.sampled_from(["unknown", step.upper(), "id", "match", "name"]))] = copy.deepcopy(draw(VALUES))


def _nodes(node: Any) -> list[Any]:
    """Every mapping and list of a tree; those that hold the most do not come more often than others."""
    if not isinstance(node, dict | list):
        return []
    inner = node.values() if isinstance(node, dict) else node
    return [node, *(found for each in inner for found in _nodes(each))]
