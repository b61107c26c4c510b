"""Reading inventories from text, and holding what is found against what is expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from marked_inventories import unmarked, with_base

from waveplan.loading import LoadedInventory, load_inventory

Read = Callable[..., LoadedInventory]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text as a file `inventory.yaml`."""

    def reading(text: str | bytes, name: str = "inventory.yaml") -> LoadedInventory:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_inventory(str(path))

    return reading


@pytest.fixture
def expect_one(read: Read) -> Callable[..., None]:
    """Reads a marked text and holds the only finding against its code, place and words."""

    def expecting(text: str, code: str, *words: str, whole: bool = False) -> None:
        clean, place = unmarked(text if whole else with_base(text))
        loaded = read(clean)
        assert [finding.code for finding in loaded.findings] == [code], [
            f"{each.location} {each.code} {each.message}" for each in loaded.findings
        ]
        finding = loaded.findings[0]
        assert finding.location is not None
        assert (finding.location.line, finding.location.column) == place
        said = f"{finding.message} | {finding.advice}"
        for word in words:
            assert word in said, said
        assert (loaded.inventory is None) == (finding.severity == "error")

    return expecting
