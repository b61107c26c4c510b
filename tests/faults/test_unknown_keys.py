"""Every unknown key is told, whatever its value; half a sentence is not lost at a comma."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from waveplan.loading import load_actuals, load_inventory, load_plan, load_scenarios

HERE = Path(__file__).parent
PLAN = HERE.parent / "golden" / "sample_plan.yaml"
BASE = """\
waveplan: 1
programme: {name: A move, start: 2027-01-04, deadline: 2027-06-30}
applications:
"""


def told(text: str) -> list[tuple[int, int, str, str]]:
    findings = load_inventory("-", stdin=io.BytesIO(text.encode())).findings
    ours = ((each.location, each) for each in findings if each.code == "WP103")
    return [(place.line, place.column, each.message, each.advice) for place, each in ours if place]


def test_eleven_unknown_keys_without_a_value() -> None:
    loaded = load_inventory(str(HERE / "unknown-keys" / "inventory.yaml"))
    assert loaded.inventory is None
    found = {}
    for each in loaded.findings:
        assert each.code == "WP103"
        found[re.findall(r"'(.*?)'", each.message)[0]] = each.advice
    quotes = "a text that holds ',' needs quotes: reason: \"login, nightly orders, stock\""
    near = {
        "dead line": "deadline",
        "exit_bye": "exit_by",
        "vcpus": "vcpu",
        "methode": "method",
        "criticallity": "criticality",
        "max_downtime": "max_downtime_hours",
        "wave_limit": "wave_limits",
        "override": "overrides",
        "aplications": "applications",
    }
    hints = {key: f"did you mean '{suggested}'?" for key, suggested in near.items()}
    assert found == hints | {"nightly orders": quotes, "stock": quotes}


@pytest.mark.parametrize("empty", ["", "~", "null", "NULL"])
@pytest.mark.parametrize(
    "line",
    [
        "  - {id: crm, steps: [{id: one, stratgy: EMPTY}]}\n",
        "  - {id: crm, effort: {ops: {eech: EMPTY}}}\n",
        "  - {id: crm}\nstreams: [{id: s, match: {}, policy: {gates: [{id: g, days_before: 1, comittee: EMPTY}]}}]\n",
        "  - {id: crm}\ndefaults: [{sites: {}, set: {contry: EMPTY}}]\n",
        "  - {id: crm}\nobjective: {goals: [{goal: waves, tolerence: EMPTY}]}\n",
    ],
)
def test_however_deep_it_stands(line: str, empty: str) -> None:
    found = told(BASE + line.replace("EMPTY", empty))
    assert [message.startswith("unknown key") for _, _, message, _ in found] == [True]


def test_a_piece_of_a_sentence_that_is_a_known_key() -> None:
    found = told(BASE + "  - {id: crm, name: orders, slot, labels}\n")
    assert [(line, column) for line, column, *_ in found] == [(4, 29), (4, 35)]
    assert all(advice.endswith('name: "orders, slot, labels"') for *_, advice in found)


@pytest.mark.parametrize(
    "line",
    [
        "  - {id: crm, slot: , name: }\n",
        "  - {id: crm, slot: ~,\n     name: # none yet: ask\n    }\n",
        '  - {id: crm, "slot": , ? name : }\n',
        "  - id: crm\n    slot:\n    name:\n",
    ],
)
def test_known_keys_with_their_colon_may_be_empty(line: str) -> None:
    assert told(BASE + line) == []


def test_in_plans() -> None:
    text = PLAN.read_text(encoding="utf-8").replace("programme:\n", "programme:\n  naame:\n", 1)
    (finding,) = load_plan("-", stdin=io.BytesIO(text.encode())).findings
    assert (finding.code, finding.advice) == ("WP103", "did you mean 'name'?")


def test_in_actuals() -> None:
    record = "{wave: w, date: 2027-01-04, result: done, bye: , reason: a, b}"
    text = f"waveplan_actuals: 1\ngatez:\ncutovers: [{record}]\n"
    findings = load_actuals("-", stdin=io.BytesIO(text.encode())).findings
    assert [each.advice for each in findings] == [
        "did you mean 'gates'?",
        "did you mean 'by'?",
        "a text that holds ',' needs quotes: reason: \"a, b\"",
    ]


def test_in_scenarios(tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text(BASE + "  - {id: crm}\n", encoding="utf-8")
    path = tmp_path / "scenarios.yaml"
    text = (
        "waveplan_scenarios: 1\ninventory: inventory.yaml\n"
        "scenarios: [{id: a, nam: , overlay: {programme: {curency: }, remove: {server: }}}]\n"
    )
    path.write_text(text, encoding="utf-8")
    loaded = load_scenarios(str(path))
    assert [each.code for each in loaded.findings] == ["WP103"]
    assert [each.code for each in loaded.scenarios[0].loaded.findings] == ["WP103", "WP103"]
