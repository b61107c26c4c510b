"""What the columns of a capture hold, by their headers in English or French, however these are put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from waveplan.imports.flows.words import known_headers, word_set
from waveplan.imports.tables.columns import Columns, folded
from waveplan.imports.values.sizes import SizeUnit, header_size_unit, without_unit


@dataclass(slots=True)
class CaptureColumns:
    """Where each thing stands in the rows of a table."""

    at: dict[str, int] = field(default_factory=dict)
    volumes: list[tuple[int, SizeUnit]] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    is_local: bool = False  # rows tell of a host's own sockets, whoever called

    @property
    def has_ends(self) -> bool:
        """Whether both ends can be told."""
        return all(f"{side}_name" in self.at or f"{side}_address" in self.at for side in ("source", "target"))


def capture_columns(columns: Columns) -> CaptureColumns:
    """What the headers of a table mean; the first of several that mean the same counts."""
    found = CaptureColumns()
    one_way: list[tuple[int, SizeUnit]] = []
    for key, index in sorted(columns.positions.items(), key=lambda each: each[1]):
        header = columns.names[index]
        bare = folded(without_unit(header))
        unit = header_size_unit(header) or SizeUnit(0)
        what = known_headers().get(key)
        if what is not None and what not in found.at:
            found.at[what] = index
            found.is_local = found.is_local or key in word_set("local")
        elif {key, bare} & word_set("volumes"):
            found.volumes.append((index, unit))
        elif {key, bare} & word_set("one_way"):
            one_way.append((index, unit))
        elif key not in word_set("unused"):
            found.unused.append(header)
    found.volumes = found.volumes[:1] or one_way
    if "any_port" in found.at:
        found.at.setdefault("target_port", found.at["any_port"])
    for part in ("process", "application"):
        if f"any_{part}" in found.at:
            side = "source" if found.is_local else "target"
            found.at.setdefault(f"{side}_{part}", found.at[f"any_{part}"])
    return found
