"""What the states of a tracker mean: known words in English and French, and those that somebody adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waveplan.errors import UsageError
from waveplan.imports.values import choices, folded, word_meant


class States:
    """Words of trackers → what they mean."""

    def __init__(self, added: Sequence[str] = ()) -> None:
        """`added` are texts `WORD=MEANING`; raises UsageError for one that is neither."""
        self._added: Mapping[str, str] = dict(_pair(each) for each in added)

    def meaning(self, word: str) -> str | None:
        """What a word means; None for one that is not known."""
        return self._added.get(folded(word)) or word_meant(word, "tracker_state")


def _pair(text: str) -> tuple[str, str]:
    word, sign, meaning = text.rpartition("=")
    known = choices("tracker_state")
    wanted = meaning.strip().casefold().replace("-", "_")
    if not sign or not word.strip() or wanted not in known:
        raise UsageError("--state takes WORD=MEANING, with one of {known} as the meaning", known=", ".join(known))
    return folded(word), wanted
