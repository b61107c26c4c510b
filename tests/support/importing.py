"""Imports into a folder, one after the other, as the command makes them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from waveplan import api
from waveplan.domain.findings import Finding
from waveplan.imports.harvest import Harvest
from waveplan.imports.writing import ImportWishes, Writing, renewed, standing_inventory

TODAY = dt.date(2026, 11, 27)


class ImportFolder:
    """An inventory folder that imports write into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, *harvests: Harvest, **wishes: Any) -> Writing:
        """Import, and write what changes."""
        standing = standing_inventory(str(self.folder))
        assert standing.is_readable, standing.findings
        writing = renewed(harvests, standing, ImportWishes(TODAY, **wishes))
        for name, text in writing.files.items():
            (self.folder / name).write_bytes(text.encode())
        return writing

    def text(self, name: str) -> str:
        """A file as it stands, line ends and all."""
        return (self.folder / name).read_bytes().decode()

    def edit(self, name: str, old: str, new: str) -> None:
        """Type something over the only place where something else stands."""
        text = self.text(name)
        assert text.count(old) == 1, (old, text)
        (self.folder / name).write_bytes(text.replace(old, new).encode())

    def all_texts(self) -> dict[str, str]:
        """Every file."""
        return {path.name: path.read_bytes().decode() for path in sorted(self.folder.iterdir())}

    def errors(self) -> list[Finding]:
        """What validation finds wrong."""
        return [finding for finding in api.validate(str(self.folder)).findings if finding.severity == "error"]
