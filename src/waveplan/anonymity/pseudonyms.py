"""Words for words: the same key gives the same word, and without the key none leads back."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv4Address

from waveplan.domain.personal_data import is_personal

_DIGITS = 8
_JOINTS = re.compile(r"([@/])")
_MADE = re.compile(r"b\d+\Z")  # the batches of an application, which waveplan names itself
_PREFIXES = ("server:", "app:", "service:")
_BOUNDARY = r"(?<![\w-]){}(?![\w-])"


class Pseudonyms:
    """A mapping of words that grows as words are met; two words never become one."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._given: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._taken: set[str] = set()
        self._composed: re.Pattern[str] | None = None

    @property
    def given(self) -> dict[str, str]:
        """What has been replaced so far, and by what."""
        return dict(sorted(self._given.items()))

    def digest(self, text: str) -> str:
        """Letters and digits of a text under the key."""
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    @property
    def kinds(self) -> Counter[str]:
        """How many words of each kind have been replaced."""
        return Counter(self._kinds.values())

    def state(self, word: str, pseudonym: str, kind: str) -> None:
        """Say what a word becomes that follows from others, such as the id of a lot."""
        self._given.setdefault(word, pseudonym)
        self._kinds.setdefault(word, kind)
        self._taken.add(pseudonym)
        self._composed = None

    def whole(self, word: str, kind: str) -> str:
        """The word for a word of a kind; a word that was met keeps the one it has."""
        if word not in self._given:
            self.state(word, self._made(word, kind), kind)
        return self._given[word]

    def reference(self, word: str, kind: str) -> str:
        """The word for the id of something, piece by piece where it has several: `desk@lyon/onsite`."""
        if word in self._given:
            return self._given[word]
        for prefix in _PREFIXES:
            if word.startswith(prefix):
                return prefix + self.reference(word.removeprefix(prefix), kind)
        pieces = _JOINTS.split(word)
        if len(pieces) == 1:
            return self.whole(word, kind)
        return "".join(each if each in "@/" or _MADE.match(each) else self.whole(each, kind) for each in pieces)

    def composed(self, text: str, other: Callable[[str], str] = str) -> str:
        """A text that waveplan made of names, such as `accept transfer shadowing`, with each of them replaced.

        What stands between names becomes what `other` makes of it.
        """
        if text in self._given:
            return self._given[text]
        if self._composed is None:
            either = "|".join(map(re.escape, sorted(self._given, key=lambda each: (-len(each), each))))
            self._composed = re.compile(_BOUNDARY.format(f"({either})") if either else r"((?!))")
        pieces = self._composed.split(text)
        return "".join(self._given[each] if number % 2 else other(each) for number, each in enumerate(pieces))

    def _made(self, word: str, kind: str) -> str:
        digest = self.digest(word)
        if kind == "address":
            return str(IPv4Address(0x0A000000 | int(digest[:6], 16)))
        if kind == "data-class" and is_personal(word):
            kind = "personal"
        length = _DIGITS
        while f"{kind}-{digest[:length]}" in self._taken:
            length += 1
        return f"{kind}-{digest[:length]}"
