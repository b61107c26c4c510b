"""Workbooks with bytes that are wrong: read, or refused with a reason; never anything else."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from support.rvtools import read
from support.seeds import count, few_at_once

from waveplan.errors import UnreadableInputError

SAMPLE = Path(__file__).parent / "samples" / "rvtools" / "example1.xlsx"


def _mutated(data: bytes, drawn: random.Random) -> bytes:
    """Some bytes changed, taken out or put in."""
    changed = bytearray(data)
    for _ in range(drawn.choice((1, 3, 30))):
        at = drawn.randrange(len(changed) or 1)
        kind = drawn.randrange(3)
        if kind == 0 and changed:
            changed[at] = drawn.randrange(256)
        elif kind == 1:
            del changed[at : at + drawn.randrange(1, 200)]
        else:
            changed[at:at] = drawn.randbytes(drawn.randrange(1, 20))
    return bytes(changed)


def _inside(data: bytes, drawn: random.Random, path: Path) -> None:
    """A workbook with a part of it mutated, packed so that only its reader can see it."""
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "drawing" not in name}
    name = drawn.choice([each for each in parts if each.endswith((".xml", ".rels"))])
    parts[name] = _mutated(parts[name], drawn)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


@pytest.mark.parametrize("seed", few_at_once(range(count(200)), 50, slow_in=3))
def test_a_mutated_workbook_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    drawn, path = random.Random(seed), tmp_path / "mutated.xlsx"
    data = SAMPLE.read_bytes()
    if seed % 2:
        _inside(data, drawn, path)
    else:
        path.write_bytes(_mutated(data, drawn))

    try:
        harvest = read(path)
    except UnreadableInputError as error:
        assert str(error).startswith(f"cannot read {path}: ")
    else:
        assert harvest.accounts.rows() > 0
