"""What servers' names have in common: `web-portal-01` and `db-portal-02` are of `portal`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import combining, normalize

_PARTS = re.compile(r"[a-z]+|[0-9]+")
_MANY = 10  # names, of which four in five having a word in common means that it is no application's
_GLUED = 3  # letters that must be left when a tier is cut off a word


class Stems:
    """Stems of many names; what stands in nearly all of many names says nothing."""

    def __init__(self, names: Mapping[str, str], tiers: Iterable[str]) -> None:
        self._tiers = frozenset(word.casefold() for word in tiers)
        parts = {key: _parts(name) for key, name in names.items()}
        common = Counter(word for words in parts.values() for word in set(words))
        everywhere = {word for word, number in common.items() if number * 5 > len(parts) * 4 and len(parts) >= _MANY}
        plain = {
            key: self._without_tiers([word for word in words if word not in everywhere]) for key, words in parts.items()
        }
        stems = {key: "-".join(words) for key, words in plain.items()}
        rests = {stem: set(self._rests(stem)) for stem in set(stems.values())}
        shared = Counter(rest for found in rests.values() for rest in found)
        known = {rest for rest, number in shared.items() if number > 1} | set(rests)
        self._stems = {key: min(rests[stem] & known, key=_shortest_first, default=stem) for key, stem in stems.items()}

    def of(self, key: str) -> str:
        """The stem of a name; empty where nothing but a tier and a number is in it."""
        return self._stems.get(key, "")

    def _without_tiers(self, words: list[str]) -> list[str]:
        """Words that name an application: no tiers, and of numbers only those that stand at a word before the last one.

        `ledger5-web-02` is of ledger5: the last number counts servers.
        """
        numbers = [place for place, word in enumerate(words) if word.isdigit()]
        kept: list[str] = []
        for place, word in enumerate(words):
            if not word.isdigit():
                kept += [] if word in self._tiers else [word]
            elif place < numbers[-1] and kept and kept[-1] == words[place - 1]:
                kept[-1] += word
        return kept if any(len(word) > 1 for word in kept) else []

    def _rests(self, stem: str) -> Iterator[str]:
        """What is left when a tier is cut off the end or the start of a word: `erpdb` and `erpweb` are of `erp`."""
        for tier in self._tiers:
            for rest in (stem.removesuffix(tier), stem.removeprefix(tier)):
                if rest != stem and len(rest) >= _GLUED and rest[0] != "-" and rest[-1] != "-":
                    yield rest


def _shortest_first(stem: str) -> tuple[int, str]:
    return len(stem), stem


def _parts(name: str) -> list[str]:
    """The words and numbers of a host's name, without its domain and accents."""
    host = name.casefold()
    first, _, domain = host.partition(".")
    plain = normalize("NFD", first if any(map(str.isalpha, domain)) else host)
    return [part for part in _PARTS.findall("".join(each for each in plain if not combining(each))) if part]
