"""Amounts by team in one cell, as people write them: `dba 2; network 1.5`, `dba: 2, network: 1`, `2 dba`."""

from __future__ import annotations

import re

from waveplan.imports.values import UnreadableCellError
from waveplan.imports.values.refusals import quoted

BY_TEAM = frozenset({"effort", "crew", "on_call", "users"})
_LONGEST = 200
_DAYS = r"(?:\s*(?:j|d|jh|pd|md|days?|jours?|person-days|jours-hommes))?"
_TEAM_FIRST = re.compile(rf"(?P<team>[^\W\d_][^:=]*?)\s*[:=\s]\s*(?P<number>[0-9][0-9.,]*){_DAYS}\Z", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*[:=x×]?\s+(?P<team>[^\W\d_].*)\Z")
_PARTS = re.compile(r"[;|\n]")
_COMMAS = re.compile(r",(?!\d)")  # a comma between digits is a decimal one


def amounts_by_team(text: str) -> list[tuple[str, str]]:
    """Each team with its amount, as it is written. Raises UnreadableCellError where a part is not of that form."""
    parts = [part.strip() for part in (_PARTS if _PARTS.search(text) else _COMMAS).split(text)]
    found = []
    for part in filter(None, parts):
        match = (_TEAM_FIRST.match(part) or _NUMBER_FIRST.match(part)) if len(part) <= _LONGEST else None
        if match is None:
            raise UnreadableCellError(
                "{shown} is not a team and a number: write {example}", shown=quoted(part), example="dba 2; network 1.5"
            )
        found.append((match["team"].strip().rstrip(":="), match["number"].rstrip(",.")))
    return found


def is_by_team(text: str) -> bool:
    """Whether a cell names teams, or personas, beside its numbers."""
    return any(character.isalpha() for character in text)
