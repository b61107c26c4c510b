"""Why an item is where it is in a plan, and what it would take to have it elsewhere."""

from waveplan.usecases.explain.mending import MOST_SECONDS, mend
from waveplan.usecases.explain.reasons import explain, ties_of
from waveplan.usecases.explain.subjects import ExplainedItem

__all__ = ["MOST_SECONDS", "ExplainedItem", "explain", "mend", "ties_of"]
