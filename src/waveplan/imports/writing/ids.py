"""Ids from names: the same name gives the same id, namesakes are told apart by what each is known by."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from unicodedata import normalize

from waveplan.domain.scalars import is_id
from waveplan.imports.merging import Ref, Thing
from waveplan.imports.records import Kind

_LONGEST = 100  # a suffix, and a step behind a slash, fit behind it


@lru_cache(maxsize=1 << 16)
def id_form(name: str, otherwise: str) -> str:
    """A name as an id: small letters, what ids do not hold as hyphens; `otherwise` where nothing is left."""
    text = normalize("NFC", normalize("NFKC", name).casefold()).strip()
    if len(text) <= _LONGEST and is_id(text) and text[-1] not in "-.:+":
        return text
    made = "".join(letter if is_id(f"a{letter}") else "-" for letter in text)
    while "--" in made:
        made = made.replace("--", "-")
    made = made.strip("-.:+")[:_LONGEST].rstrip("-.:+")
    return made if is_id(made) else otherwise


def made_ids(
    entries: Mapping[Kind, Sequence[Thing]], known: Mapping[Ref, str], held: Iterable[tuple[Kind, str]] = ()
) -> dict[Ref, str]:
    """An id for every entry: the one it is known by, else one made of its name that nothing of its kind has.

    `held` are ids of what stands already, or is remembered.
    """
    ids = dict(known)
    by_kind: dict[Kind, set[str]] = defaultdict(set)
    for each, name in (*((ref.kind, name) for ref, name in known.items()), *held):
        by_kind[each].add(name)
    for kind, of_kind in entries.items():
        taken = by_kind[kind]
        forms = {Ref(kind, number): id_form(entry.name, kind) for number, entry in enumerate(of_kind)}
        wanted = Counter(form for ref, form in forms.items() if ref not in known)
        for ref, form in forms.items():
            if ref in known:
                continue
            if wanted[form] > 1 or form in taken:
                form = _told_apart(form, of_kind[ref.number].key, taken)
            ids[ref] = form
            taken.add(form)
    return ids


def _told_apart(form: str, key: str, taken: set[str]) -> str:
    """The id with a suffix made from the key by which the entry is known."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    for length in range(4, len(digest)):
        made = f"{form}-{digest[:length]}"
        if made not in taken:
            return made
    number = 2  # nothing tells the two apart but that they are two
    while f"{form}-{digest[:4]}-{number}" in taken:
        number += 1
    return f"{form}-{digest[:4]}-{number}"
