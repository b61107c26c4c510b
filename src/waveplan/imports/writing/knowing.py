"""What a standing inventory says already of the things about which an import would assume something."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from waveplan.imports.writing.assuming import NO_SITE, Known
from waveplan.imports.writing.recognising import Recognition
from waveplan.imports.writing.renaming import renamed
from waveplan.imports.writing.standing import StandingInventory


def known_of(standing: StandingInventory, recognition: Recognition) -> Known:
    """Who hosts what, what was assumed before and under which name it stands now."""
    assumed = {named for named, entry in recognition.remembered.items() if entry.assumed}
    hosted: dict[str, tuple[str, ...]] = defaultdict(tuple)
    applications: dict[str, str] = {}
    sites: dict[str, str] = {}
    targets: dict[str, str] = {}
    for (kind, name), entry in recognition.remembered.items():
        wrote = renamed(kind, entry.wrote, recognition.renamed)
        if kind == "application" and entry.assumed:
            applications.update(dict.fromkeys(wrote.get("servers", ())[:1], name))
        elif kind == "server" and "site" in wrote:
            sites[name] = wrote["site"]
        elif kind == "site" and "target" in wrote:
            targets[name] = wrote["target"]
    for name, each in standing.of_kind("application"):
        if ("application", name) not in assumed:
            for server in _words(each.tree.get("servers")):
                hosted[server] += (name,)
    roles = {name: _words(each.tree.get("roles")) for name, each in standing.of_kind("site")}
    return Known(
        dict(hosted),
        applications,
        sites,
        next((name for kind, name in sorted(assumed) if kind == "site" and name.startswith(NO_SITE)), ""),
        targets,
        tuple(sorted(name for name, words in roles.items() if "target" in words)),
        frozenset(name for kind, name in assumed if kind == "site"),
        _defaults_tell_targets(standing),
        frozenset(standing.entries),
    )


def _words(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [each for each in value or () if isinstance(each, str)]


def _defaults_tell_targets(standing: StandingInventory) -> bool:
    lines = [line for root in standing.trees.values() for line in root.get("defaults") or ()]
    sets = [line.get("set") for line in lines if isinstance(line, dict)]
    return any(isinstance(each, dict) and "target" in each for each in sets)
