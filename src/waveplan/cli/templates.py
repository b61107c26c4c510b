"""The inventories that `waveplan init` writes: the project's own examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from waveplan.domain.languages import languages

_PACKAGE = Path(__file__).parent.parent
_INSTALLED = _PACKAGE / "templates"
_CHECKOUT = _PACKAGE.parent.parent / "examples"
DEFAULT_TEMPLATE = "first-steps"


def names() -> list[str]:
    """Templates there are, in order of name."""
    home = _home()
    folders = (
        (each.name for each in home.iterdir() if each.is_dir() and not each.name.startswith("_"))
        if home.is_dir()
        else ()
    )
    return sorted(name for name in folders if name not in languages())


def files(name: str, language: str = "en") -> Iterator[tuple[str, str]]:
    """Each file of an inventory: its path inside the template, with `/`, and its text; in English if not in a language.

    They are the YAML files, and the texts that these name.
    """
    translated = _home() / language / name
    folder = translated if translated.is_dir() else _home() / name
    for file in sorted([*folder.rglob("*.y*ml"), *folder.rglob("*.txt")]):
        yield file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")


def _home() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
