"""Imports into an inventory that stands: what follows its source, what was made by hand, what is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.harvests import harvest
from support.importing import TODAY, ImportFolder

from waveplan.domain.precedence import SourcePrecedence
from waveplan.imports.harvest import Harvest
from waveplan.imports.writing import ImportWishes, renewed, standing_inventory

WEB: dict[str, Any] = {"site": "Paris", "vcpu": 4, "ram_gb": 16, "external": "vm-1", "fqdn": "web01.example.org"}
DB: dict[str, Any] = {"site": "Paris", "vcpu": 2, "labels__rack": "R1", "external": "vm-2", "fqdn": "db01.example.org"}


def rvtools(**web: Any) -> Harvest:
    return harvest("rvtools", ("server", "web01", WEB | web), ("server", "db01", DB))


def cmdb(**erp: Any) -> Harvest:
    return harvest(
        "cmdb",
        ("application", "ERP", {"servers": ["web01", "db01"], "criticality": "high"} | erp),
        ("application", "SSO", {}),
        ("dependency", "", {"consumer": "ERP", "provider": "SSO", "weight": 5}),
    )


@pytest.fixture
def folder(tmp_path: Path) -> ImportFolder:
    imported = ImportFolder(tmp_path)
    imported.take(rvtools())
    return imported


def codes(writing: Any) -> list[str]:
    return [finding.code for finding in writing.findings]


def test_a_new_folder_validates_and_a_second_import_changes_no_byte(folder: ImportFolder) -> None:
    assert folder.errors() == []
    assert folder.take(rvtools()).files == {}


def test_a_changed_value_changes_its_line_alone(folder: ImportFolder) -> None:
    before = folder.all_texts()

    folder.take(rvtools(vcpu=8))

    after = folder.all_texts()
    assert after["servers.yaml"] == before["servers.yaml"].replace("vcpu: 4", "vcpu: 8")
    assert {name for name in after if after[name] != before[name]} == {"servers.yaml", ".waveplan-import.jsonl"}


def test_another_source_is_merged_with_what_the_first_one_said(
    folder: ImportFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder.take(cmdb())
    at_once = ImportFolder(tmp_path_factory.mktemp("at-once"))
    at_once.take(cmdb(), rvtools())

    assert folder.errors() == []
    assert folder.text("applications.yaml") == at_once.text("applications.yaml")
    assert folder.text("servers.yaml") == at_once.text("servers.yaml")
    assert "servers: [web01, db01]" in folder.text("applications.yaml")


def test_an_application_that_was_assumed_makes_room_unless_somebody_changed_it(folder: ImportFolder) -> None:
    folder.edit("applications.yaml", "servers: [db01]", "servers: [db01], criticality: low")

    folder.take(cmdb())

    assert "id: web01" not in folder.text("applications.yaml")
    assert "criticality: low" in folder.text("applications.yaml")


def test_a_value_made_by_hand_stays_and_is_told_until_it_is_decided(folder: ImportFolder) -> None:
    folder.edit("servers.yaml", "ram_gb: 16", "ram_gb: 32")
    assert folder.take(rvtools()).findings == []  # the source says what it said

    for _ in range(2):
        told = [finding for finding in folder.take(rvtools(ram_gb=24)).findings if finding.code == "WP542"]
        assert [finding.values["field"] for finding in told] == ["servers.web01.ram_gb"]
        assert [told[0].values[key] for key in ("imported", "standing", "said")] == ["16", "32", "24"]
    assert "ram_gb: 32" in folder.text("servers.yaml")

    assert codes(folder.take(rvtools(ram_gb=24), keep=("servers.web01.ram_gb",))) == []
    assert codes(folder.take(rvtools(ram_gb=24))) == []
    folder.take(rvtools(ram_gb=24), accept=("servers.*.ram_gb",))
    assert "ram_gb: 24" in folder.text("servers.yaml")


def test_what_is_gone_is_told_and_removed_on_request_with_what_names_it(folder: ImportFolder) -> None:
    folder.take(cmdb())
    folder.edit("applications.yaml", "name: SSO}", "name: SSO, servers: [db01]}")
    only_web = harvest("rvtools", ("server", "web01", WEB))

    told = folder.take(only_web)
    assert [finding.values["name"] for finding in told.findings if finding.code == "WP543"] == ["db01"]
    assert "id: db01" in folder.text("servers.yaml")
    assert "servers: [web01, db01]" in folder.text("applications.yaml")
    assert folder.errors() == []

    folder.take(only_web, remove_gone=True)
    assert "db01" not in folder.text("servers.yaml") + folder.text("applications.yaml")
    assert folder.errors() == []


def test_what_comes_back_is_what_it_was(folder: ImportFolder) -> None:
    before = folder.all_texts()
    folder.take(harvest("rvtools", ("server", "web01", WEB)))

    folder.take(rvtools())

    assert folder.all_texts() == before


def test_what_was_deleted_by_hand_is_told_and_comes_back_on_request(folder: ImportFolder) -> None:
    line = next(line for line in folder.text("servers.yaml").splitlines(keepends=True) if "db01" in line)
    folder.edit("servers.yaml", line, "")
    folder.edit("applications.yaml", "  - {id: db01, servers: [db01]}\n", "")

    told = folder.take(rvtools())
    assert [(finding.code, finding.values["name"]) for finding in told.findings] == [("WP543", "db01")]
    assert "db01" not in folder.text("servers.yaml")
    assert folder.errors() == []

    folder.take(rvtools(), restore=True)
    assert line in folder.text("servers.yaml")
    assert folder.errors() == []


def test_an_id_changed_by_hand_is_followed(folder: ImportFolder) -> None:
    folder.take(cmdb())
    folder.edit("servers.yaml", "id: web01", "id: shop-front")
    folder.edit("applications.yaml", "servers: [web01, db01]", "servers: [shop-front, db01]")

    folder.take(rvtools(vcpu=8), cmdb())

    assert "{id: shop-front, site: paris, vcpu: 8" in folder.text("servers.yaml")
    assert "web01," not in folder.text("servers.yaml").replace("web01.example.org", "")
    assert "servers: [shop-front, db01]" in folder.text("applications.yaml")


def test_an_entry_that_was_moved_to_another_file_is_changed_there(folder: ImportFolder) -> None:
    line = next(line for line in folder.text("servers.yaml").splitlines(keepends=True) if "web01" in line)
    folder.edit("servers.yaml", line, "")
    (folder.folder / "front.yaml").write_text(f"servers:\n{line}")

    folder.take(rvtools(vcpu=8))

    assert folder.text("front.yaml") == f"servers:\n{line}".replace("vcpu: 4", "vcpu: 8")
    assert "web01" not in folder.text("servers.yaml")


def test_lists_take_in_and_let_go_what_sources_do_and_keep_what_was_added_by_hand(folder: ImportFolder) -> None:
    folder.take(cmdb())
    folder.edit("servers.yaml", "servers:\n", "servers:\n  - {id: own, site: paris}\n")
    folder.edit("applications.yaml", "[web01, db01]", "[web01, db01, own]")

    folder.take(cmdb(servers=["web01"]))

    assert "servers: [web01, own]" in folder.text("applications.yaml")


def test_an_inventory_written_by_hand_takes_in_what_it_lacks_and_keeps_what_it_says(tmp_path: Path) -> None:
    text = (
        "waveplan: 1\nprogramme: {name: Move, start: 2027-01-04, deadline: 2027-12-17}\n"
        "sites: [{id: paris, roles: [source], target: lyon}, {id: lyon, roles: [target]}]\n"
        "applications: [{id: shop, servers: [front]}]\n"
        "servers:\n  - id: front  # the shop's face\n    site: paris\n    hostname: WEB01.example.org\n    vcpu: 6\n"
    )
    (tmp_path / "all.yaml").write_text(text)
    folder = ImportFolder(tmp_path)

    told = folder.take(harvest("rvtools", ("server", "web01", WEB)))

    assert folder.text("all.yaml") == f"{text}    name: web01\n    ram_gb: 16\n"
    assert [finding.values["field"] for finding in told.findings] == ["servers.front.vcpu"]
    assert folder.errors() == []


def test_what_the_format_refuses_is_left_out_and_told_with_its_cell(tmp_path: Path) -> None:
    folder = ImportFolder(tmp_path)

    told = folder.take(
        harvest(
            "sheet",
            ("server", "web01", {"site": "Paris", "vcpu": "four", "kind": "cloud", "memory": 3, "os": "Linux"}),
            ("application", "Shop", {"servers": ["web01"], "criticality": "extreme"}),
            ("application", "SSO", {}),
            ("dependency", "", {"consumer": "Shop", "provider": "SSO", "weight": "much", "reason": "login"}),
        )
    )

    assert folder.errors() == []
    refused = {finding.values["field"]: str(finding.location) for finding in told.findings if finding.code == "WP539"}
    assert refused == {
        "vcpu": "sheet.csv:2:3",
        "kind": "sheet.csv:2:4",
        "memory": "sheet.csv:2:5",
        "criticality": "sheet.csv:3:3",
        "depends_on.weight": "None",
    }
    assert "depends_on: [{app: sso, reason: login}]" in folder.text("applications.yaml")


def test_what_waits_for_a_review_is_left_out_of_a_new_entry_till_it_is_accepted(tmp_path: Path) -> None:
    folder = ImportFolder(tmp_path)
    order = SourcePrecedence.model_validate(
        {"waveplan_precedence": "1", "fields": {"servers.os": {"sources": ["b"], "mode": "review"}}}
    )
    both = [
        harvest(name, ("server", "web01", {"site": "Paris", "os": system})) for name, system in (("a", "1"), ("b", "2"))
    ]

    told = folder.take(*both, precedence=order)

    assert "os:" not in folder.text("servers.yaml")
    assert [each.values["field"] for each in told.findings if each.code == "WP542"] == ["servers.web01.os"]
    assert folder.take(*both, precedence=order).files == {}
    folder.take(*both, precedence=order, accept=("all",))
    assert 'os: "2"' in folder.text("servers.yaml") or "os: 2" in folder.text("servers.yaml")


def test_links_are_known_by_their_ends_and_need_a_speed(tmp_path: Path) -> None:
    folder = ImportFolder(tmp_path)
    told = harvest(
        "sheet",
        ("server", "web01", {"site": "Paris"}),
        ("site", "Lyon", {}),
        ("link", "", {"between": ["Paris", "lyon"], "gbps": 2}),
        ("link", "", {"between": ["Paris", "Lyon"], "efficiency": "0.5"}),
        ("link", "", {"between": ["Paris", "Nantes"], "efficiency": "0.5"}),
    )

    refused = folder.take(told)

    assert folder.errors() == []
    assert ("WP539", "nantes-paris") in [(each.code, each.values.get("name")) for each in refused.findings]
    assert "{id: lyon-paris, between: [paris, lyon], gbps: 2, efficiency: 0.5}" in folder.text("links.yaml")
    assert folder.take(told).files == {}


def test_a_single_file_is_an_inventory_too(tmp_path: Path) -> None:
    file = tmp_path / "all.yaml"
    file.write_text("waveplan: 1\r\nprogramme: {name: Move, start: 2027-01-04, deadline: 2027-12-17}\r\n", newline="")
    standing = standing_inventory(str(file))

    writing = renewed([rvtools()], standing, ImportWishes(TODAY))

    assert sorted(writing.files) == [".all.waveplan-import.jsonl", "all.yaml"]
    assert writing.files["all.yaml"].startswith(file.read_bytes().decode())
    assert "\r\nservers:\r\n" in writing.files["all.yaml"]


def test_a_link_made_by_hand_is_not_made_twice(folder: ImportFolder) -> None:
    folder.edit("servers.yaml", "servers:\n", "links:\n  - {between: [target-to-name, paris], gbps: 1}\nservers:\n")
    links = harvest("sheet", ("link", "", {"between": ["paris", "target-to-name"], "gbps": 2, "efficiency": "0.5"}))

    for _ in range(2):
        told = folder.take(links)
        assert [each.values["standing"] for each in told.findings if each.code == "WP542"] == ["1"]

    assert "{between: [target-to-name, paris], gbps: 1, efficiency: 0.5}" in folder.text("servers.yaml")
    assert not (folder.folder / "links.yaml").exists()
