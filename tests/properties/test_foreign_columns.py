"""Exports whose columns were dropped, renamed, put in another order or filled with anything: no row is ever lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.foreign_exports import HOSTILE, SAMPLES, harvest_of

FILES = {
    "aws-cmf": "server-list.csv",
    "aws-mgn": "inventory.csv",
    "aws-migration-hub": "import.csv",
    "azure-dependencies": "dependencies.csv",
    "azure-migrate": "import.csv",
    "glpi": "ordinateurs.csv",
    "itop": "Server.csv",
    "netbox": "virtual_machines.csv",
    "servicenow": "cmdb_ci.csv",
}
SETTINGS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _rows(source: str) -> list[list[str]]:
    text = (SAMPLES / source / FILES[source]).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if source == "glpi" else ","))


def _written(folder: Path, rows: list[list[str]]) -> Path:
    file = folder / "export.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return file


def _filled(rows: list[list[str]]) -> int:
    return sum(any(cell.strip() for cell in row) for row in rows)


@pytest.mark.parametrize("source", sorted(FILES))
@SETTINGS
@given(data=st.data())
def test_every_row_is_accounted_for_whatever_became_of_the_columns(
    source: str, tmp_path: Path, data: st.DataObject
) -> None:
    head, *rows = _rows(source)
    width = len(head)
    kept = data.draw(st.lists(st.sampled_from(range(width)), min_size=1, max_size=width, unique=True), label="columns")
    renamed = data.draw(st.sets(st.sampled_from(kept), max_size=3), label="renamed")
    chosen = [[f"other {index}" if index in renamed else head[index] for index in kept]]
    chosen += [[row[index] if index < len(row) else "" for index in kept] for row in rows]

    harvest = harvest_of(source, _written(tmp_path, chosen))

    recognised = "WP510" not in {finding.code for finding in harvest.findings}
    assert harvest.accounts.rows() == _filled(chosen[1:] if recognised else chosen)
    assert {record.place.file for record in harvest.records} <= {str(tmp_path / "export.csv")}


@pytest.mark.parametrize("source", sorted(FILES))
@SETTINGS
@given(data=st.data())
def test_hostile_cells_are_values_or_findings(source: str, tmp_path: Path, data: st.DataObject) -> None:
    head, *_ = _rows(source)
    cells = st.sampled_from(HOSTILE)
    rows = [[data.draw(cells) for _ in head] for _ in range(3)]

    harvest = harvest_of(source, _written(tmp_path, [head, *rows]))

    assert harvest.accounts.rows() == 3
    for finding in harvest.findings:
        assert finding.message.isprintable()
        assert len(finding.message) < 1500
    for record in harvest.records:
        assert record.name == " ".join(record.name.split())
        assert all(character.isprintable() for character in record.name), record.name
