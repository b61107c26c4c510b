"""waveplan plans IT transitions: from a plain-text inventory to checked, dated waves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan.version import __version__

if TYPE_CHECKING:
    from waveplan.api import check, load, solve, validate
    from waveplan.domain.findings import Finding
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.errors import WaveplanError
    from waveplan.planning.options import SolveOptions

__all__ = [
    "Finding",
    "Inventory",
    "Plan",
    "SolveOptions",
    "WaveplanError",
    "__version__",
    "check",
    "load",
    "solve",
    "validate",
]

_HOMES = {
    "Finding": "waveplan.domain.findings",
    "Inventory": "waveplan.domain.inventory",
    "Plan": "waveplan.domain.plan",
    "SolveOptions": "waveplan.planning.options",
    "WaveplanError": "waveplan.errors",
    "check": "waveplan.api",
    "load": "waveplan.api",
    "solve": "waveplan.api",
    "validate": "waveplan.api",
}


def __getattr__(name: str) -> object:
    """Import a name only when it is asked for: `waveplan --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'waveplan' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
