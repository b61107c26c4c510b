"""From an inventory to a plan with proofs, through the engine.

The solver is loaded when it is first asked for: what is told before any search (`foresight`) does without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waveplan.planning.options import Outcome, Progress, SolveOptions, Watching
    from waveplan.planning.solving import solve

__all__ = ["Outcome", "Progress", "SolveOptions", "Watching", "solve"]


def __getattr__(name: str) -> Any:
    if name == "solve":
        from waveplan.planning import solving

        return solving.solve
    if name in __all__:
        from waveplan.planning import options

        return getattr(options, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
