"""From an inventory to a plan with proofs; the only importer of OR-Tools."""

from waveplan.planning.engine import solve
from waveplan.planning.options import Outcome, Progress, SolveOptions

__all__ = ["Outcome", "Progress", "SolveOptions", "solve"]
