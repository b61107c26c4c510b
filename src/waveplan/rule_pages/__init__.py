"""The pages behind `waveplan rule CODE`: what a finding means, an example, how to mend it. One Markdown file a code.

The examples are pieces of an inventory, laid over the small one in `base.yaml`: a section that an example gives
replaces that of the base.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from waveplan.domain.catalogue import CATALOGUE

_FAMILIES = {
    "WP1": "Reading, and what an inventory means",
    "WP2": "Dependencies, lots, and what no search can mend",
    "WP3": "Hard rules of a plan",
    "WP4": "Beside the plan: what happened, and where it came from",
    "WP5": "Imports and what comes back: files, sheets, cells, sources that disagree",
    "WP6": "Risks, and what is simulated from them",
}


def page(code: str, language: str = "en") -> str:
    """The Markdown page of a code, in English where there is none in the language. Raises KeyError for no such code."""
    entry = CATALOGUE[code]
    for name in (f"{code}.{language}.md", f"{code}.md"):
        file = _folder() / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return f"# {entry.code}: {entry.title}\n"


def title(code: str, language: str = "en") -> str:
    """What a code is called: the head of its page."""
    return page(code, language).splitlines()[0].partition(":")[2].strip()


def base_inventory() -> str:
    """The inventory over which the examples of all pages are laid, as YAML."""
    return (_folder() / "base.yaml").read_text(encoding="utf-8")


def index(pages: str = "../src/waveplan/rule_pages") -> str:
    """All codes by family with links to their pages, as Markdown; `pages` is their folder as seen from the index."""
    parts = [
        "# Findings\n",
        "`waveplan rule CODE` shows a page on the terminal. Codes are stable: none is ever given another meaning.\n",
    ]
    for family, title in _FAMILIES.items():
        rows = [
            f"| [{code}]({pages}/{code}.md) | {entry.severity} | {entry.title} |"
            for code, entry in CATALOGUE.items()
            if code.startswith(family)
        ]
        parts.append("\n".join([f"## {title}\n", "| code | severity | meaning |", "| --- | --- | --- |", *rows, ""]))
    parts.append(f"## The inventory behind the examples\n\n{_BASE_NOTE}\n\n```yaml\n{base_inventory()}```\n")
    return "\n".join(parts)


_BASE_NOTE = "Each page shows only what its example needs. Sections that it leaves out are those of this inventory:"


def _folder() -> Traversable:
    return files(__name__)
