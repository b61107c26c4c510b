"""Ids that waveplan makes, said in the reader's language: `exit dc-north` is "sortie dc-north" in French."""

from __future__ import annotations

from waveplan.render.language import Language, Shown, marked, safe

_MADE = {
    "accept": marked("accept {of}"),
    "acknowledge": marked("acknowledge {of}"),
    "end": marked("end {of}"),
    "exit": marked("exit {of}"),
    "finish": marked("finish {of}"),
    "notice": marked("notice {of}"),
    "pass": marked("pass {of}"),
    "purge": marked("purge {of}"),
    "retire": marked("retire {of}"),
}


def made_name(language: Language, identifier: str) -> Shown:
    """The id of a milestone or hard date as people read it; one that was given stays as it is."""
    if identifier == "deadline":
        return language.say("deadline")
    head, _, rest = identifier.partition(" ")
    return language.say(_MADE[head], of=rest) if rest and head in _MADE else safe(identifier)
