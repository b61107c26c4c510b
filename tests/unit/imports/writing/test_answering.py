"""Answers are edits by hand: they change what stands, nothing else, and no later import takes them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.importing import TODAY
from support.mapped import MappedFolder

from waveplan import api
from waveplan.errors import UsageError
from waveplan.imports.harvest import Harvest
from waveplan.imports.writing import ImportWishes, Writing

HEAD = "kind,id,field,question,current,answer,owner\n"
STANDING = """\
waveplan: 1
programme: {name: Exit, start: 2027-01-04, deadline: 2027-12-17}
sites: [{id: old, name: Old room, target: new}, {id: new, users: 80}]
servers:
  - id: s1   # the large one
    site: old
    ram_gb: 64
applications:
  - {id: erp, name: Finance ERP, servers: [s1], effort: {dba: 2}}
  - {id: crm, servers: [s1], depends_on: [{app: erp}]}
services:
  - {id: desk, sites: [old]}
"""


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    folder = tmp_path / "inventory"
    folder.mkdir()
    (folder / "all.yaml").write_text(STANDING, encoding="utf-8")
    return folder


def answered(here: Path, inventory: Path, rows: str) -> Writing:
    harvest = MappedFolder(here).read(None, answers=HEAD + rows)
    assert harvest.by_hand
    return api.renew_inventory([harvest], str(inventory), ImportWishes(TODAY))


def test_only_what_was_answered_changes_and_remarks_stay(tmp_path: Path, inventory: Path) -> None:
    writing = answered(tmp_path, inventory, "server,s1,ram_gb,?,64,128,\nserver,s1,os,?,,RHEL 9,\n")
    assert writing.files == {
        "all.yaml": STANDING.replace("    ram_gb: 64\n", "    ram_gb: 128\n    os: RHEL 9\n"),
    }
    assert not writing.findings


def test_things_are_known_by_id_or_name_and_references_are_written_as_ids(tmp_path: Path, inventory: Path) -> None:
    rows = "application,FINANCE ERP,criticality,?,,haute,\nserver,s1,target,?,,Old Room,\n"
    text = answered(tmp_path, inventory, rows + "application,erp,depends_on,?,,desk,\n").files["all.yaml"]
    assert "effort: {dba: 2}, criticality: high, depends_on: [{service: desk}]}" in text
    assert "target: old\n" in text


def test_effort_is_told_by_team_and_part(tmp_path: Path, inventory: Path) -> None:
    rows = "application,erp,effort.dba.per_server,?,,0.5,\napplication,erp,effort.ops,?,,3,\n"
    text = answered(tmp_path, inventory, rows).files["all.yaml"]
    assert "effort: {dba: {each: 2, per_server: 0.5}, ops: 3}" in text


def test_users_by_persona_come_in_place_of_a_number_for_all(tmp_path: Path, inventory: Path) -> None:
    text = answered(tmp_path, inventory, "site,new,users,?,80,office 60; plant 30,\n").files["all.yaml"]
    assert "{id: new, users: {office: 60, plant: 30}}" in text


def test_what_stands_already_changes_no_byte(tmp_path: Path, inventory: Path) -> None:
    rows = "server,s1,ram_gb,?,,64.0,\napplication,crm,depends_on,?,,erp,\n"
    assert answered(tmp_path, inventory, rows).files == {}


def test_answers_about_nothing_that_there_is_are_told(tmp_path: Path, inventory: Path) -> None:
    writing = answered(tmp_path, inventory, "server,s9,ram_gb,?,,1,\napplication,erp,depends_on,?,,nobody,\n")
    assert writing.files == {}
    assert [(each.code, each.message) for each in writing.findings] == [
        ("WP534", "the inventory has no server 's9'"),
        ("WP534", "the inventory has no application 'nobody'"),
    ]


def test_answers_need_an_inventory_and_come_alone(tmp_path: Path, inventory: Path) -> None:
    with pytest.raises(UsageError, match="--into"):
        answered(tmp_path, tmp_path / "nowhere", "server,s1,ram_gb,?,,1,\n")
    both = [Harvest("answers", by_hand=True), Harvest("csv")]
    with pytest.raises(UsageError, match="by themselves"):
        api.renew_inventory(both, str(inventory), ImportWishes(TODAY))
