"""What a format is asked, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from waveplan.export.programme import ProgrammeView, Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked beside the plan. Formats take what they know; the command refuses what they don't."""

    table: str | None = None
    semicolon: bool = False
    since: tuple[ProgrammeView, ...] = ()  # plans that were exported before, oldest first
    settings: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # a tracker's own ids and states, by key or tag


@dataclass(frozen=True, slots=True)
class Exported:
    """Files by name, in order, for a folder; `joined` is all in one file, where the format can.

    `notes` say, in the reader's language, what the format cannot hold.
    """

    files: Mapping[str, bytes]
    joined: bytes | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def single(cls, name: str, content: str | bytes, notes: tuple[str, ...] = ()) -> Exported:
        """One file."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        return cls({name: data}, data, notes)


Writer = Callable[[ProgrammeView, Words, Asked], Exported]
