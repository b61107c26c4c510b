"""Hostile files: a clear message or a finding, no traceback, nothing written outside of the folder that was named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command_line import Waveplan
from support.hostile_files import READ, REFUSED


def _files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*")}


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(
    waveplan: Waveplan, tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    path = make(given)
    before = _files(tmp_path)

    done = waveplan("import", "rvtools", path, "-o", tmp_path / "inventory")

    assert done.code == 2, done.err
    assert words in done.err
    assert re.match(r"waveplan: cannot read ", done.err)
    assert len(done.err.splitlines()) == 1
    assert done.out == ""
    assert _files(tmp_path) == before


@pytest.mark.parametrize("make", READ.values(), ids=READ)
def test_what_is_only_odd_is_read(waveplan: Waveplan, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    given = tmp_path / "given"
    given.mkdir()
    path = make(given)
    before = _files(tmp_path)

    done = waveplan("import", "rvtools", path, "-o", tmp_path / "inventory")

    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", done.err + done.out), "nothing of the file drives a terminal"
    assert "erp-db" in (tmp_path / "inventory" / "servers.yaml").read_text(encoding="utf-8")
    assert {name for name in _files(tmp_path) - before if not name.startswith("inventory")} == set()
    assert not Path("/tmp/absolute").exists()
    assert waveplan("validate", tmp_path / "inventory").code == 0
