"""Ids that waveplan makes, said in the reader's language: `exit dc-north` is "sortie dc-north" in French."""

from __future__ import annotations

from waveplan.domain.made_names import MADE_IDS
from waveplan.render.language import Language, Shown, safe


def made_name(language: Language, identifier: str) -> Shown:
    """The id of a milestone or hard date as people read it; one that was given stays as it is."""
    if identifier == "deadline":
        return language.say("deadline")
    head, _, rest = identifier.partition(" ")
    return language.say(MADE_IDS[head], of=rest) if rest and head in MADE_IDS else safe(identifier)
