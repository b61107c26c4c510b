"""What servers' names have in common: `web-portal-01` and `db-portal-02` are of `portal`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from unicodedata import combining, normalize

_PARTS = re.compile(r"[a-z]+|[0-9]+")
_GLUED = 3  # letters that must be left when a tier is cut off a word


class Stems:
    """Stems of many names; what stands in the names of more than half of them says nothing."""

    def __init__(self, names: Mapping[str, str], tiers: Iterable[str]) -> None:
        self._tiers = frozenset(word.casefold() for word in tiers)
        parts = {key: _parts(name) for key, name in names.items()}
        common = Counter(word for words in parts.values() for word in set(words))
        everywhere = {word for word, number in common.items() if number * 2 > len(parts) and len(parts) > 3}
        plain = {
            key: self._without_tiers([word for word in words if word not in everywhere]) for key, words in parts.items()
        }
        known = Counter("-".join(words) for words in plain.values())
        self._stems = {key: self._unglued("-".join(words), known) for key, words in plain.items()}

    def of(self, key: str) -> str:
        """The stem of a name; empty where nothing but a tier and a number is in it."""
        return self._stems.get(key, "")

    def _without_tiers(self, words: list[str]) -> list[str]:
        kept = [word for word in words if not word.isdigit() and word not in self._tiers]
        return kept if any(len(word) > 1 for word in kept) else []

    def _unglued(self, stem: str, known: Counter[str]) -> str:
        """A tier is cut off the end or the start of a word when other names have what is left."""
        for tier in sorted(self._tiers, key=lambda tier: (-len(tier), tier)):
            for rest in (stem.removesuffix(tier), stem.removeprefix(tier)):
                if rest != stem and len(rest) >= _GLUED and known[rest]:
                    return rest
        return stem


def _parts(name: str) -> list[str]:
    """The words and numbers of a host's name, without its domain and accents."""
    host = name.casefold()
    first, _, domain = host.partition(".")
    plain = normalize("NFD", first if any(map(str.isalpha, domain)) else host)
    return _PARTS.findall("".join(letter for letter in plain if not combining(letter)))
