"""Languages that people may read: English, and each that has a catalogue of translations."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

ENGLISH = "en"  # of the sentences in the source
DOMAIN = "waveplan"
FOLDER = Path(__file__).parents[1] / "locale"
VARIABLE = "WAVEPLAN_LOCALE"
"""Names further folders of catalogues, as PATH names folders of programs; they come before those that are shipped."""

_CODE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})*")
_PLACEHOLDER = re.compile(r"\{\w*\}")


@cache
def languages() -> tuple[str, ...]:
    """Codes of all languages there are, English first."""
    return (ENGLISH, *sorted(code for code in _catalogues() if code != ENGLISH))


@cache
def shipped() -> tuple[str, ...]:
    """Codes of those that come with waveplan."""
    return (ENGLISH, *sorted(code for code, _ in _found_in(FOLDER)))


def language_meant(given: str) -> str | None:
    """The language that somebody means: `FR` and `pt-br` are `fr` and `pt_BR`; none for one that is not there."""
    wanted = given.casefold().replace("-", "_")
    return next((code for code in languages() if code.casefold() == wanted), None)


def compiled(code: str) -> bytes | None:
    """The catalogue of a language as a .mo file has it; none for English, and for a language that is not there."""
    file = _catalogues().get(code)
    if file is None:
        return None
    return file.read_bytes() if file.suffix == ".mo" else _compiled(file.read_text(encoding="utf-8"), code)


def locale_of(code: str) -> Any:
    """Babel's data of a language; those of English for one that it does not know."""
    from babel.core import Locale, UnknownLocaleError  # no part of `--help`

    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(ENGLISH)


@cache
def _catalogues() -> Mapping[str, Path]:
    folders = [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]
    found: dict[str, Path] = {}
    for folder in [*folders, FOLDER]:
        for code, file in _found_in(folder):
            found.setdefault(code, file)
    return found


def _found_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for home in sorted(folder.iterdir()) if folder.is_dir() else ():
        files = [home / "LC_MESSAGES" / f"{DOMAIN}{ending}" for ending in (".mo", ".po")]
        file = next((each for each in files if each.is_file()), None)
        if file is not None and _CODE.fullmatch(home.name):
            yield home.name, file


def _compiled(text: str, code: str) -> bytes:
    """A .po file as a .mo file: without what is fuzzy, and without what could not be filled as English is."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    catalogue, file = read_po(io.StringIO(text), locale=locale_of(code)), io.BytesIO()
    for message in list(catalogue):
        forms, texts = _several(message.string), _several(message.id)
        known = {name for each in texts for name in _PLACEHOLDER.findall(each)}
        if message.id and any(not set(_PLACEHOLDER.findall(form)) <= known for form in forms):
            catalogue.delete(message.id)
    write_mo(file, catalogue)
    return file.getvalue()


def _several(texts: object) -> list[str]:
    return [str(each) for each in texts] if isinstance(texts, list | tuple) else [str(texts)]


if TYPE_CHECKING:
    SpokenLanguage = str
else:
    SpokenLanguage = Literal[languages()]
