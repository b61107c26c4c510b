"""Countries by their code, or by their name in English or French."""

from __future__ import annotations

from functools import cache

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.refusals import UnreadableCellError, quoted
from waveplan.imports.values.texts import folded, word_of

_OTHERWISE = {"uk": "GB", "great britain": "GB", "england": "GB", "usa": "US", "etats unis": "US", "holland": "NL"}


def read_country(cell: CellValue) -> str | None:
    """The ISO 3166-1 code of a country. Raises UnreadableCellError for what is none."""
    text = word_of(cell)
    if text is None:
        return None
    code = text.upper()
    if len(code) == 2 and code in _codes().values():
        return code
    found = _OTHERWISE.get(folded(text)) or _codes().get(folded(text))
    if found is None:
        raise UnreadableCellError("{shown} is not a country", shown=quoted(text))
    return found


@cache
def _codes() -> dict[str, str]:
    """Folded name, and code of three letters → code of two."""
    from babel import Locale
    from babel.core import get_global

    found: dict[str, str] = {}
    for language in ("fr", "en"):
        territories = Locale(language).territories
        found |= {folded(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    aliases = get_global("territory_aliases")
    known = set(found.values())
    three = {each.lower(): codes[0] for each, codes in aliases.items() if len(each) == 3 and codes[0] in known}
    return {**three, **found}
