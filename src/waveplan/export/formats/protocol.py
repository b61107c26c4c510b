"""What a format is asked, what it hands back, and what several cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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


def left_out(view: ProgrammeView, words: Words) -> Iterator[str]:
    """Lots without a wave, if there are any."""
    if view.left_out:
        yield words.count(
            "{n} lot is in no wave and has no date", "{n} lots are in no wave and have no date", len(view.left_out)
        )


def untold(view: ProgrammeView, words: Words) -> Iterator[str]:
    """What people are told, taught and asked, which plans of work do not hold."""
    if view.communication:
        yield words.say("communication is not in it; --to ics, csv and xlsx have it")


def clocks(view: ProgrammeView, words: Words) -> str:
    """Whose clocks times are by, where a format knows no zones."""
    return words.say("times are by the clocks of {zone}", zone=view.zone)
