"""What several formats cannot hold, in words."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.export.programme import ProgrammeView, Words


def left_out(view: ProgrammeView, words: Words) -> Iterator[str]:
    """Lots without a wave, if there are any."""
    if view.left_out:
        yield words.count(
            "{n} lot is in no wave and has no date", "{n} lots are in no wave and have no date", len(view.left_out)
        )


def clocks(view: ProgrammeView, words: Words) -> str:
    """Whose clocks times are by, where a format knows no zones."""
    return words.say("times are by the clocks of {zone}", zone=view.zone)
