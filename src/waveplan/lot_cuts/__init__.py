"""Where to cut lots that are too large: which ties to relax so that every part fits its limits, at the least cost."""

from waveplan.lot_cuts.cutting import Cut, LotCuts, suggest_cuts
from waveplan.lot_cuts.limits import OverLimit

__all__ = ["Cut", "LotCuts", "OverLimit", "suggest_cuts"]
