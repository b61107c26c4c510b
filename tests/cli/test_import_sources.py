"""Every tool's sample through the command: it is imported, validates, and a second import changes no byte."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from support.command_line import Waveplan
from support.foreign_exports import HOSTILE, SAMPLES

from waveplan import api

SETS = {
    "archimate": ("exchange-3.xml",),
    "archimate 2.1": ("exchange-2.1.xml",),
    "aws-cmf": ("server-list.csv",),
    "aws-mgn": ("inventory.csv",),
    "aws-migration-hub": ("import.csv",),
    "azure-migrate": ("import.csv", "assessed_machines.csv", "discovered.csv"),
    "backstage": ("catalog.yaml",),
    "glpi": ("ordinateurs.csv", "appliances.csv"),
    "itop": ("Server.csv", "VirtualMachine.csv", "ApplicationSolution.csv", "DBServer.csv"),
    "konveyor hub": ("tackle2-hub_template_application_import.csv",),
    "konveyor ui": ("tackle2-ui_template_application_import.csv",),
    "netbox": ("virtual_machines.csv", "devices_import.csv", "virtual_machines_4_1.csv"),
    "servicenow": ("cmdb_ci.csv", "relations.csv"),
    "servicenow relations": ("cmdb_rel_ci.csv",),
}


@pytest.mark.parametrize("name", SETS)
def test_a_sample_is_imported_validates_and_is_imported_again_without_a_change(
    name: str, waveplan: Waveplan, tmp_path: Path
) -> None:
    source = name.partition(" ")[0]
    files = [str(SAMPLES / source / file) for file in SETS[name]]

    first = waveplan("import", source, *files, "-o", "made", "--start", "2026-01-05", "--deadline", "2026-12-18")
    assert first.code == 0, first.err
    made = {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()}
    assert not [finding for finding in api.validate(str(tmp_path / "made")).findings if finding.severity == "error"]

    again = waveplan("import", source, *files, "--into", "made")
    assert (again.code, "Nothing changes" in again.err) == (0, True), again.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "made").iterdir()} == made


@pytest.mark.parametrize(("source", "first"), [("netbox", ""), ("konveyor", "1")])
def test_hostile_texts_reach_the_inventory_as_texts(
    source: str, first: str, waveplan: Waveplan, tmp_path: Path
) -> None:
    heads = {"netbox": "Name,Status,Site,Cluster,Role,Platform", "konveyor": "Record Type 1,Name,Description"}
    head = heads[source].split(",")
    with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(head)
        for number in range(len(HOSTILE)):
            row = [HOSTILE[(number + column) % len(HOSTILE)] for column in range(len(head))]
            writer.writerow([first, *row[1:]] if first else row)

    done = waveplan("import", source, "export.csv", "-o", "made", "--start", "2026-01-05", "--deadline", "2026-12-18")

    assert done.code == 0, done.err
    assert all(character.isprintable() or character in "\n\t" for character in done.err)
    assert not [finding for finding in api.validate(str(tmp_path / "made")).findings if finding.severity == "error"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "home", "made"]


def test_a_file_of_something_else_is_refused_with_what_it_holds(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("colour,taste\nred,sweet\n")

    done = waveplan("import", "netbox", "other.csv", "-o", "made", "--lang", "fr")

    assert done.code != 0
    assert "WP510" in done.out
    assert "'colour', 'taste'" in done.out
    assert not (tmp_path / "made").exists()
