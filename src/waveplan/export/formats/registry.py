"""Every format by its name. A new one is one entry here; its module is loaded only when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from waveplan.export.formats.protocol import Writer


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how its files end, whether they are binary, and what it is asked with.

    `module` stands beside this one and has a `write`. `extra` and `needs` are the package's extra and the library that
    a missing one is told by; `settings` are the keys of `--set`, each with its default.
    """

    name: str
    extension: str
    module: str
    binary: bool = False
    several: bool = False  # whether it may be many files
    extra: str | None = None
    needs: str | None = None
    options: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)

    def load(self) -> Writer:
        """What writes it."""
        return cast(Writer, importlib.import_module(f"waveplan.export.formats.{self.module}").write)


_ALL = (
    Format("ics", "ics", "ics", options=frozenset({"since"})),
    Format("ms-project", "xml", "ms_project"),
    Format("xlsx", "xlsx", "xlsx", binary=True, extra="xlsx", needs="xlsxwriter"),
    Format("csv", "csv", "csv_tables", several=True, options=frozenset({"table", "semicolon"})),
    Format("mermaid", "md", "mermaid", several=True),
    Format("plantuml", "puml", "plantuml"),
)
FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}
