"""Scenarios: overlays laid over one inventory, and everything that can be wrong with them, at its true place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from waveplan.domain.inventory import Inventory
from waveplan.loading import LoadedScenarios, load_scenarios

INVENTORY = """\
waveplan: 1
programme: {name: Pooling, start: 2026-01-05, deadline: 2026-12-18}
sites:
  - {id: old, target: new, exit_by: 2026-11-30, labels: {room: a, floor: "1"}}
  - {id: new, capacity: {vcpu: 10, ram_gb: 20}}
teams: [{id: ops, person_days_per_week: 5, crew: 2}]
links: [{id: wire, between: [old, new], gbps: 1}, {between: [old, new], gbps: 2}]
defaults: [{servers: {site: old}, set: {vcpu: 2}}]
servers: [{id: s1, site: old}, {id: s2, site: old, vcpu: 4}]
applications:
  - {id: a1, servers: [s1], effort: {ops: {each: 1, per_server: 2}}, depends_on: [{app: a2}]}
  - {id: a2, servers: [s2]}
calendar:
  windows: [{id: weekend, days: [sat], from: "20:00", hours: 30}, {id: night, days: [tue], from: "21:00", hours: 8}]
policy: {cadence: [{waves: 2, min_gap_days: 14}, {min_gap_days: 3}], gates: [{id: go, days_before: 3}]}
"""
Load = Callable[..., LoadedScenarios]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Reads a file of scenarios beside `inventory.yaml`; keywords are more files, `__` standing for the dot."""

    def loading(text: str, **files: str) -> LoadedScenarios:
        (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
        for name, content in files.items():
            (tmp_path / name.replace("__", ".")).write_text(content, encoding="utf-8")
        file = tmp_path / "scenarios.yaml"
        file.write_text(text, encoding="utf-8")
        return load_scenarios(str(file))

    return loading


def scenarios(*overlays: str) -> str:
    """A file with one scenario for each overlay: s1, s2, …"""
    listed = "".join(f"  - id: s{number}\n    overlay: {overlay}\n" for number, overlay in enumerate(overlays, 1))
    return "waveplan_scenarios: 1\ninventory: inventory.yaml\nscenarios:\n" + listed


def overlaid(load: Load, overlay: str, **files: str) -> Inventory:
    """The inventory of the only scenario."""
    loaded = load(scenarios(overlay), **files)
    assert loaded.findings == ()
    (only,) = loaded.scenarios
    assert only.loaded.findings == ()
    assert only.loaded.inventory is not None
    return only.loaded.inventory


def said(loaded: LoadedScenarios) -> list[str]:
    """Findings of the file, then of each scenario, as file:line:column, code and message."""
    parts = [loaded.findings, *(each.loaded.findings for each in loaded.scenarios)]
    return [
        f"{Path(finding.location.file).name}:{finding.location.line}:{finding.location.column} "
        f"{finding.code} {finding.message}"
        for part in parts
        for finding in part
        if finding.location is not None
    ]


# --- laying on -----------------------------------------------------------------------------------------------------


def test_a_scenario_without_overlay_is_the_inventory_itself(load: Load) -> None:
    loaded = load("waveplan_scenarios: 1\ninventory: inventory.yaml\nscenarios: [{id: today, name: As it stands}]\n")
    assert [(each.id, each.name) for each in loaded.scenarios] == [("today", "As it stands")]
    assert loaded.scenarios[0].loaded.inventory is not None
    assert [file.file for file in loaded.scenarios[0].loaded.files] == ["inventory.yaml", "scenarios.yaml"]


def test_mappings_merge_at_any_depth(load: Load) -> None:
    found = overlaid(
        load,
        "{programme: {currency: EUR}, sites: [{id: old, labels: {floor: '2'}}],"
        " applications: [{id: a1, effort: {ops: {each: 3}}}]}",
    )
    assert (found.programme.name, found.programme.currency) == ("Pooling", "EUR")
    assert found.sites[0].labels == {"room": "a", "floor": "2"}
    effort = found.applications[0].effort["ops"]
    assert (effort.each, effort.per_server) == (3, 2)


def test_entries_find_theirs_by_id_and_others_are_added(load: Load) -> None:
    found = overlaid(
        load,
        "{sites: [{id: third}, {id: new, capacity: [{vcpu: 99}]}], links: [{between: [old, third], gbps: 5}],"
        " calendar: {windows: [{id: night, hours: 4}]}}",
    )
    assert [site.id for site in found.sites] == ["old", "new", "third"]
    assert [(each.vcpu, each.ram_gb) for each in found.sites[1].capacity] == [(99, None)]  # a list replaces a mapping
    assert [link.gbps for link in found.links] == [1, 2, 5]
    assert [(window.id, window.hours) for window in found.calendar.windows] == [("weekend", 30), ("night", 4)]


def test_other_lists_and_empty_ones_replace(load: Load) -> None:
    found = overlaid(
        load,
        "{policy: {cadence: [{min_gap_days: 7}], gates: []}, applications: [{id: a1, depends_on: []}], links: []}",
    )
    assert [stage.min_gap_days for stage in found.policy.cadence] == [7]
    assert found.policy.gates == []
    assert found.applications[0].depends_on == []
    assert found.links == []


def test_nothing_takes_a_value_away(load: Load) -> None:
    assert overlaid(load, "{sites: [{id: old, exit_by: }]}").sites[0].exit_by is None


def test_defaults_are_added_and_the_later_line_wins(load: Load) -> None:
    found = overlaid(load, "{defaults: [{servers: {site: old}, set: {vcpu: 8}}]}")
    assert {server.id: server.vcpu for server in found.servers} == {"s1": 8, "s2": 4}  # its own value wins over both


def test_remove_comes_first(load: Load) -> None:
    found = overlaid(
        load,
        "{remove: {links: wire, servers: [s2], applications: [a2],"
        " calendar: {windows: [night]}, policy: {gates: [go]}},"
        " applications: [{id: a1, depends_on: []}, {id: a2, servers: [s1]}]}",
    )
    assert [link.id for link in found.links] == [None]
    assert [server.id for server in found.servers] == ["s1"]
    assert [(each.id, each.servers) for each in found.applications] == [("a1", ["s1"]), ("a2", ["s1"])]
    assert [window.id for window in found.calendar.windows] == ["weekend"]
    assert found.policy.gates == []


def test_several_overlays_are_laid_on_in_order(load: Load) -> None:
    found = overlaid(
        load,
        "[more.yaml, {teams: [{id: ops, crew: 7}]}]",
        more__yaml="teams: [{id: ops, crew: 3, on_call: 1}]\nremove: {servers: [s2], applications: [a2]}\n"
        "applications: [{id: a1, depends_on: []}]\n",
    )
    assert (found.teams[0].crew, found.teams[0].on_call, found.teams[0].person_days_per_week) == (7, 1, 5)
    assert [server.id for server in found.servers] == ["s1"]


def test_scenarios_do_not_touch_each_other(load: Load) -> None:
    loaded = load(
        scenarios("{sites: [{id: new, target: old}], teams: [{id: ops, crew: 9}]}", "{remove: {links: [wire]}}")
    )
    first, second = (each.loaded.inventory for each in loaded.scenarios)
    assert first is not None
    assert second is not None
    assert (first.teams[0].crew, second.teams[0].crew) == (9, 2)
    assert (len(first.links), len(second.links)) == (2, 1)


# --- findings ------------------------------------------------------------------------------------------------------


def test_wrong_values_are_found_where_they_stand(load: Load) -> None:
    loaded = load(
        scenarios("{sites: [{id: old, exit_by: soon}]}", "extra.yaml", "{remove: {servers: [s1]}}"),
        extra__yaml="teams:\n  - {id: ops, crow: 3}\n  - {id: new-team, crew: few}\n",
    )
    assert said(loaded) == [
        "scenarios.yaml:5:42 WP104 'exit_by' must be a date like 2026-03-14, not 'soon'",
        "extra.yaml:2:15 WP103 unknown key 'crow'",
        "extra.yaml:3:26 WP104 'crew' must be a number, not 'few'",
        "inventory.yaml:11:24 WP107 there is no server 's1'",
    ]


def test_what_cannot_be_removed_is_found(load: Load) -> None:
    loaded = load(
        scenarios("{remove: {servers: [s1x], objective: [x], calendar: [weekend], teams: {ops: 1}, link: []}}")
    )
    assert said(loaded) == [
        "scenarios.yaml:5:34 WP107 there is no server 's1x' to remove",
        "scenarios.yaml:5:40 WP103 nothing can be removed from 'objective'",
        "scenarios.yaml:5:66 WP104 'calendar' must be a mapping of sections to ids, not a list",
        "scenarios.yaml:5:84 WP104 'teams' must be a list of ids, not a mapping",
        "scenarios.yaml:5:94 WP103 nothing can be removed from 'link'",
    ]
    assert load(scenarios("{remove: [s1]}")).scenarios[0].loaded.inventory is None


def test_an_entry_twice_in_one_overlay_is_found(load: Load) -> None:
    found = said(load(scenarios("{teams: [{id: ops, crew: 3}, {id: ops, crew: 4}]}")))
    assert [each[:24] for each in found] == ["scenarios.yaml:5:48 WP106"[:24]]
    assert "scenarios.yaml:5:28" in found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "waveplan_scenarios: 1\ninventory: inventory.yaml\nscenarios: []\n",
            "3:12 WP104 'scenarios' needs at least 1",
        ),
        ("waveplan_scenarios: 1\nscenarios: [{id: a}]\n", "1:1 WP105 'inventory' is missing"),
        ("waveplan_scenarios: 2\ninventory: inventory.yaml\nscenarios: [{id: a}]\n", "1:21 WP104 'waveplan_scenarios'"),
        ("waveplan_scenarios: 1\ninventory: none\nscenarios: [{id: a}]\n", "2:12 WP107 there is no inventory to read"),
        ("waveplan_scenarios: 1\ninventory: '-'\nscenarios: [{id: a}]\n", "2:12 WP107 there is no inventory to read"),
        (
            "waveplan_scenarios: 1\ninventory: inventory.yaml\nscenarios: [{id: a b}]\n",
            "3:18 WP104 'a b' cannot be an id",
        ),
        (scenarios("{}").replace("overlay", "overlays"), "5:5 WP103 unknown key 'overlays'"),
        (scenarios("{}").replace("overlay: {}", "overlay: [[x]]"), "5:14 WP104 an overlay is a mapping"),
        (scenarios("{}", "{}").replace("s2", "s1"), "6:9 WP106 there already is a scenario 's1' at "),
        ("waveplan: 1\n", "1:1 WP125 this file is of another kind (inventory); expected is the file of scenarios"),
        ("", "1:1 WP105 there is nothing in this file of scenarios"),
    ],
)
def test_what_is_wrong_with_the_file_itself(load: Load, text: str, expected: str) -> None:
    loaded = load(text)
    assert loaded.has_errors
    assert any(each.startswith(f"scenarios.yaml:{expected}") for each in said(loaded)), said(loaded)


def test_an_overlay_that_is_not_there_spoils_its_scenario_only(load: Load) -> None:
    loaded = load(scenarios("nowhere.yaml", "{}"))
    assert not loaded.has_errors
    assert said(loaded) == ["scenarios.yaml:5:14 WP107 there is no overlay to read at 'nowhere.yaml'"]
    assert [each.loaded.inventory is None for each in loaded.scenarios] == [True, False]


def test_mistakes_of_the_common_inventory_and_of_scenarios_are_told_together(load: Load, tmp_path: Path) -> None:
    loaded = load(
        "waveplan_scenarios: 1\ninventory: folder\nscenarios: [{id: a, overlay: {teams: [{id: t, crow: 1}]}}]\n"
    )
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.yaml").write_text(INVENTORY, encoding="utf-8")
    (tmp_path / "folder" / "two.yaml").write_text("programme: {name: Other}\n", encoding="utf-8")
    loaded = load_scenarios(str(tmp_path / "scenarios.yaml"))
    assert loaded.has_errors
    assert [each.split()[1] for each in said(loaded)] == ["WP111", "WP103"]
