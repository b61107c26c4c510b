"""Rules for flows: what ships, what people lay over it, what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan import api
from waveplan.imports.flows.rule_files import LoadedRules, reason_of, shipped_rules


def load(folder: Path, text: str) -> LoadedRules:
    path = folder / "rules.yaml"
    path.write_text("waveplan_flow_rules: 1\n" + text, encoding="utf-8")
    return api.flow_rules(str(path))


def test_every_shipped_rule_says_why_in_both_languages() -> None:
    rules = shipped_rules().rules
    assert len({rule.id for rule in rules}) == len(rules) > 20
    for rule in rules:
        assert set(rule.reason) == {"en", "fr"}, rule.id
        assert rule.match is not None
    assert str(reason_of(rules[0].reason)).startswith("the two servers")


def test_scales_of_weights_go_up() -> None:
    for scale in (shipped_rules().weights.megabytes_per_day, shipped_rules().weights.per_day):
        assert [step.start for step in scale] == sorted({step.start for step in scale})
        assert [step.weight for step in scale] == sorted({step.weight for step in scale})


def test_own_rules_come_first_and_take_the_place_of_those_with_their_id(tmp_path: Path) -> None:
    text = """\
accept_from: 90
applications: {smallest: 3}
rules:
  - {id: agents, match: {ports: 18443}}
  - {id: dns, action: keep}
  - {id: ntp, off: true}
"""
    loaded = load(tmp_path, text)
    assert not loaded.findings
    assert loaded.rules is not None
    shipped = shipped_rules()
    assert [rule.id for rule in loaded.rules.rules] == ["agents", *(rule.id for rule in shipped.rules)]
    by_id = {rule.id: rule for rule in loaded.rules.rules}
    assert (by_id["dns"].action, by_id["ntp"].off) == ("keep", True)
    assert by_id["dns"].match == next(rule.match for rule in shipped.rules if rule.id == "dns")
    assert (loaded.rules.accept_from, loaded.rules.applications.smallest) == (90, 3)
    assert loaded.rules.applications.tiers == shipped.applications.tiers
    assert loaded.rules.weights == shipped.weights
    assert loaded.own == {"agents", "dns"}


def test_what_ships_can_be_left_out(tmp_path: Path) -> None:
    loaded = load(tmp_path, "shipped: false\nrules: [{id: agents, match: {ports: 18443}}]\n")
    assert loaded.rules is not None
    assert [rule.id for rule in loaded.rules.rules] == ["agents"]


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        ("rules:\n  - {id: mine}\n", "WP549", "3:5", "rule 'mine' has no 'match' and would speak of every flow"),
        ("shipped: false\nrules:\n  - {id: dns}\n", "WP549", "4:5", "rule 'dns' has no 'match'"),
        ("rules:\n  - {id: mine, match: {}}\n", "WP104", "3:23", "a rule without a condition would match every flow"),
        ("rules:\n  - {id: mine, match: {ports: [70000]}}\n", "WP104", "3:31", "must be a port like 443"),
        ("rules:\n  - {id: mine, match: {port: 1}}\n", "WP103", "3:24", "unknown key 'port'"),
        ("rules:\n  - {id: mine, action: dorp, match: {ports: 1}}\n", "WP104", "3:24", "'action' cannot be 'dorp'"),
        (
            "rules:\n  - {id: a, match: {ports: 1}}\n  - {id: a, match: {ports: 2}}\n",
            "WP106",
            "4:10",
            "there already is a rule 'a' at",
        ),
        ("acept_from: 3\n", "WP103", "2:1", "unknown key 'acept_from'"),
    ],
)
def test_what_is_wrong_has_its_place(text: str, code: str, place: str, message: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, text)
    assert loaded.rules is None
    (finding,) = loaded.findings
    assert finding.code == code
    assert message in finding.message
    assert str(finding.location).endswith(f"rules.yaml:{place}")


def test_another_kind_of_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("waveplan_plan: 1\n", encoding="utf-8")
    assert [each.code for each in api.flow_rules(str(path)).findings] == ["WP125"]
