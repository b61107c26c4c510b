"""Every format by its name. A new one is one entry here; its module is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from waveplan.export.formats.protocol import Writer


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, how its files end, whether they are binary, and what it is asked with.

    `extra` and `needs` are the package's extra and the module that a missing one is told by; `settings` are the keys of
    `--set` with what each is for.
    """

    name: str
    extension: str
    load: Callable[[], Writer]
    binary: bool = False
    several: bool = False  # whether it may be many files
    extra: str | None = None
    needs: str | None = None
    options: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def _csv() -> Writer:
    from waveplan.export.formats.csv_tables import write

    return write


FORMATS: dict[str, Format] = {
    each.name: each for each in (Format("csv", "csv", _csv, several=True, options=frozenset({"table", "semicolon"})),)
}
