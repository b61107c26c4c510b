"""What is asked of an import into an inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from waveplan.domain.precedence import SourcePrecedence

ALL = "all"


@dataclass(frozen=True, slots=True)
class ImportWishes:
    """`accept` and `keep` name fields, as `servers.web01.ram_gb`, with `*` for any part, or `all`."""

    today: dt.date
    programme: Mapping[str, str] = field(default_factory=dict)
    precedence: SourcePrecedence | None = None
    accept: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    reviewed: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # field → decision, and of which value
    provenance: bool = False  # whether somebody asks where each value comes from
    say: Callable[[str], str] = str  # remarks in the language of whoever edits the files
    restore: bool = False  # write what was deleted by hand again
    remove_gone: bool = False  # take out what no source tells of any more

    def decided(self, name: str, said: str) -> str:
        """What is decided for a field, by its name and what its source says: `accept`, `keep`, or nothing."""
        reviewed = self.reviewed.get(name)
        if reviewed is not None and reviewed[1] == said:
            return reviewed[0]
        if _names(self.keep, name):
            return "keep"
        return "accept" if _names(self.accept, name) else ""


def _names(patterns: tuple[str, ...], name: str) -> bool:
    return any(pattern == ALL or fnmatchcase(name, pattern) for pattern in patterns)
