"""What an export needs of the reader's language, and texts from files made fit for one line of any format."""

from __future__ import annotations

import unicodedata
from typing import Protocol

from waveplan.domain.made_names import MADE_IDS, MILESTONE_NAMES

_JOINERS = "\u200c\u200d"  # emoji and several scripts are written with them
_UNWRITABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


class Words(Protocol):
    """A language: its code, and sentences in it. Keys, codes and ids never go through it."""

    code: str

    def say(self, message: str, **values: object) -> str:
        """A sentence, its `{placeholders}` filled."""
        ...

    def count(self, singular: str, plural: str, number: int, **values: object) -> str:
        """A sentence that depends on a number, which it may show as `{n}`."""
        ...


def plain(text: object) -> str:
    """A text from a file as one line: line ends become blanks; controls and marks of direction are shown as escapes."""
    words = str(text)
    if words.isprintable():
        return words
    return "".join(_visible(each) for each in " ".join(words.split("\n")))


def _visible(character: str) -> str:
    if character in _JOINERS or character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    if character in "\t\r\x0b\x0c\u2028\u2029":
        return " "
    return character.encode("unicode_escape").decode() if unicodedata.category(character) in _UNWRITABLE else character


def made_name(words: Words, identifier: str) -> str:
    """The id of a milestone or hard date as people read it; one that was given stays as it is."""
    if identifier == "deadline":
        return words.say("deadline")
    head, _, rest = identifier.partition(" ")
    return words.say(MADE_IDS[head], of=plain(rest)) if rest and head in MADE_IDS else plain(identifier)


def kind_name(words: Words, kind: str) -> str:
    """A kind of milestone as people read it."""
    return words.say(MILESTONE_NAMES[kind]) if kind in MILESTONE_NAMES else plain(kind)
