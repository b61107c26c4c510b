"""CSV exports, read by the standard library: same waves, lots, gates, same dates to the minute."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from support.exports import PLANS, expected, exported, hostile, planned

from waveplan.errors import UsageError
from waveplan.export.tables import TABLES


def rows(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """A CSV file as the standard library reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("name", PLANS)
def test_tables_hold_what_the_plan_holds(name: str) -> None:
    case = planned(name)
    files = exported(case, "csv").files
    wanted = expected(case[0])
    waves = {
        row["wave_id"]: tuple(
            dt.datetime.fromisoformat(row[key]).astimezone(dt.UTC) for key in ("start", "end", "hypercare_end")
        )
        for row in rows(files["waves.csv"])
    }
    assert waves == wanted.waves
    assert {row["lot"]: row["wave_id"] for row in rows(files["lots.csv"])} == wanted.lots
    gates = {(row["wave_id"], row["gate"], dt.date.fromisoformat(row["date"])) for row in rows(files["gates.csv"])}
    assert gates == wanted.gates
    assert {name.removesuffix(".csv") for name in files} <= set(TABLES)


def test_one_table_is_one_file_and_others_need_a_folder() -> None:
    case = planned("datacentre-exit")
    one = exported(case, "csv", table="gates")
    assert list(one.files) == ["gates.csv"]
    assert one.joined == one.files["gates.csv"] == exported(case, "csv").files["gates.csv"]
    assert exported(case, "csv").joined is None
    with pytest.raises(UsageError, match="there is no table nothing: name one of waves"):
        exported(case, "csv", table="nothing")


def test_semicolons_come_with_decimal_commas_and_a_byte_order_mark() -> None:
    done = exported(planned("datacentre-exit"), "csv", "fr", table="waves", semicolon=True)
    assert done.joined is not None
    assert done.joined.startswith(b"\xef\xbb\xbfwave;wave_id;")
    first = rows(done.joined, ";")[0]
    assert (first["effort"], first["start"]) == ("8,75", "2027-04-10 20:00")
    assert done.notes == ("les heures sont celles des horloges de Europe/Paris",)


def test_texts_like_formulas_stay_texts_and_it_is_said() -> None:
    done = exported(hostile(), "csv")
    cells = [cell for content in done.files.values() for row in rows(content) for cell in row.values()]
    assert "'=cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and len(cell) > 1]
    assert any("begin like formulas" in note for note in done.notes)
