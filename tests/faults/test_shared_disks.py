"""Servers as exports describe them: disks that they share, several clusters and labels, names, one id for two kinds."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from support.command_line import run_waveplan

from waveplan import api
from waveplan.domain.servers import Server
from waveplan.loading import load_inventory
from waveplan.review import review

HERE = Path(__file__).parent
CHAIN = HERE / "shared-disk" / "inventory.yaml"
HEAD = """\
waveplan: 1
programme: {name: A move, start: 2027-01-04, deadline: 2027-06-30}
sites: [{id: old, target: new}, {id: new}, {id: other}]
applications: [{id: a, servers: [s1]}, {id: b, servers: [s2]}]
"""


def reviewed(text: str) -> list[tuple[str, str]]:
    loaded = load_inventory("-", stdin=io.BytesIO((HEAD + text).encode()))
    assert loaded.inventory is not None, loaded.findings
    found = review(loaded.inventory)
    return [(each.code, each.message) for each in found if each.code in {"WP134", "WP135", "WP206"}]


def test_a_chain_of_shared_disks_is_one_lot_that_holds_each_disk_once() -> None:
    loaded = load_inventory(str(CHAIN))
    assert loaded.inventory is not None
    (lot,) = api.lots(loaded.inventory)
    assert len(lot.servers) == 4
    assert lot.transfer_gb == 4 * 50 + 3 * 500
    done = run_waveplan("lots", CHAIN, "--why", "a1", "--why", "a3")
    assert "shared disk d12" in done.out
    assert "shared disk d23" in done.out


def test_the_plan_of_it_passes_at_exactly_what_it_takes(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    assert run_waveplan("solve", CHAIN, "--reproducible", "--output", plan).code == 0
    assert run_waveplan("check", plan, CHAIN).code == 0
    less = tmp_path / "less.yaml"
    less.write_text(CHAIN.read_text(encoding="utf-8").replace("disk_tb: 1.7", "disk_tb: 1.699"), encoding="utf-8")
    assert "1.7 of 1.699 disk_tb" in run_waveplan("check", plan, less).out
    assert "takes 1.7 disk_tb" in run_waveplan("validate", less).out


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ({"disks": [{"id": "c", "gb": 50}, {"id": "d", "gb": 500, "shared": True}]}, 550),
        ({"disks": [{"id": "c", "gb": 50}], "disk_gb": 80}, 80),
        ({"disks": [{"id": "d", "gb": 500, "shared": True}], "disk_gb": 550}, 550),
        ({"disks": [{"id": "d", "gb": 500, "shared": True}], "disk_gb": 50}, 550),  # beside what is shared
        ({"disks": []}, None),
    ],
)
def test_the_size_of_all_disks(given: dict[str, object], whole: int | None) -> None:
    server = Server.model_validate({"id": "s", "site": "old", **given})
    assert server.disk_gb == (None if whole is None else Decimal(whole))


SHARED = "disks: [{id: d, gb: 5, shared: true}]"


@pytest.mark.parametrize(
    ("servers", "found"),
    [
        (f"{{id: s1, site: old, {SHARED}}}, {{id: s2, site: old, {SHARED}}}", []),
        (
            f"{{id: s1, site: old, {SHARED}}}, {{id: s2, site: old, disks: [{{id: d, gb: 6, shared: true}}]}}",
            [("WP134", "shared disk d has 5 GB on s1, but 6 GB on s2")],
        ),
        (
            f"{{id: s1, site: old, {SHARED}}}, {{id: s2, site: other, target: new, {SHARED}}}",
            [("WP134", "shared disk d stands at old with s1, but at other with s2")],
        ),
        (
            f"{{id: s1, site: old, {SHARED}}}, {{id: s2, site: old, target: other, {SHARED}}}",
            [("WP134", "shared disk d goes to new with s1, but to other with s2")],
        ),
        (
            f"{{id: s1, site: old, {SHARED}}}, {{id: s2, site: old}}, {{id: s3, site: old, {SHARED}}}",
            [("WP206", "shared disk d moves with s1, but s3 stays and needs it")],
        ),
        (f"{{id: s1, site: old, {SHARED}}}, {{id: s2, site: old}}, {{id: s3, site: old, retire: true, {SHARED}}}", []),
    ],
)
def test_a_shared_disk_is_one_disk(servers: str, found: list[tuple[str, str]]) -> None:
    assert reviewed(f"servers: [{servers}]\n") == found


def test_a_server_sent_to_two_targets_is_told_once() -> None:
    done = run_waveplan("validate", HERE / "conflicting-targets" / "inventory.yaml")
    assert done.code == 1
    assert "error WP135: a moves server v to t1, but b/one moves it to t0" in done.out
    assert "1 error in" in done.out


def test_two_steps_may_move_one_server_on() -> None:
    steps = "steps: [{id: one}, {id: two, target: other}]"
    text = HEAD.replace("{id: b, servers: [s2]}", f"{{id: b, servers: [s1], {steps}}}")
    loaded = load_inventory("-", stdin=io.BytesIO((text + "servers: [{id: s1, site: old}]\n").encode()))
    assert loaded.inventory is not None
    assert "WP135" not in {each.code for each in review(loaded.inventory)}


NAMESAKES = """\
waveplan: 1
programme: {name: A move, start: 2027-01-04, deadline: 2027-06-30}
sites: [{id: old, target: new}, {id: new}]
servers: [{id: crm, site: old, disk_gb: 0}, {id: s2, site: old, disk_gb: 0}]
applications:
  - {id: crm, servers: [crm]}
  - {id: erp, servers: [s2], depends_on: [{app: desk, coupling: hard}]}
  - {id: desk, servers: [s2]}
services: [{id: desk, sites: [old]}]
"""


@pytest.fixture
def namesakes(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.yaml"
    path.write_text(NAMESAKES, encoding="utf-8")
    return path


def test_a_dependency_on_an_application_is_none_on_the_service_of_its_name(namesakes: Path) -> None:
    loaded = load_inventory(str(namesakes))
    assert loaded.findings == ()
    assert loaded.inventory is not None
    assert sorted(tuple(item.id for item in lot.items) for lot in api.lots(loaded.inventory)) == [
        ("crm",),
        ("desk", "erp"),
        ("desk@old",),
    ]


@pytest.mark.parametrize("command", [["impact", "FILE", "crm"], ["lots", "FILE", "--why", "crm"]])
def test_an_id_of_two_kinds_asks_for_the_kind(namesakes: Path, command: list[str]) -> None:
    asked = run_waveplan(*(str(namesakes) if word == "FILE" else word for word in command))
    assert asked.code == 2
    assert "app:crm | server:crm" in asked.err
    said = run_waveplan(*(str(namesakes) if word == "FILE" else word.replace("crm", "app:crm") for word in command))
    assert said.code == 0, said.err


def test_what_is_known_of_a_server_is_shown() -> None:
    shown = run_waveplan("impact", CHAIN, "server:vm2").out
    for words in ("10.0.0.2, 10.0.1.2", "powered on", "d12: 500 GB, shared with vm1"):
        assert words in shown
    assert "Web 1 (front)" in run_waveplan("impact", CHAIN, "vm1").out
