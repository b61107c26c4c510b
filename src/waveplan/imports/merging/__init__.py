"""Records of several sources → one set of entries: who is who, whose value counts, what contradicts what."""

from waveplan.imports.merging.things import Claim, Conflict, Ref, Settled, Thing, United
from waveplan.imports.merging.uniting import united

__all__ = ["Claim", "Conflict", "Ref", "Settled", "Thing", "United", "united"]
