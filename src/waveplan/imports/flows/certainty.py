"""How certain a proposal is, in percent: points for what speaks for it, less points for what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass, field

from waveplan.domain.findings import Phrase
from waveplan.imports.flows.evidence import Evidence

LEAST, MOST = 5, 95
HARD_AT_MOST = 40
_OFTEN = 100


@dataclass(slots=True)
class Certainty:
    """Points, and what they were given for where that is not plain to see."""

    points: int
    doubts: list[Phrase] = field(default_factory=list)

    def less(self, points: int, doubt: Phrase) -> None:
        """Something speaks against it."""
        self.points -= points
        self.doubts.append(doubt)

    @property
    def percent(self) -> int:
        """From 5 to 95: nothing that is guessed is sure, or ruled out."""
        return min(max(self.points, LEAST), MOST)


def of_dependency(evidence: Evidence, environments: tuple[str, str], ends: int) -> Certainty:
    """60; +10 each for several pairs of servers, for having been seen often, for known processes or volume.

    −30 where the direction was turned, −20 each for servers of several applications and for crossing environments;
    never more certain than its ends are.
    """
    found = Certainty(60)
    found.points += 10 * (len(evidence.pairs) > 1)
    found.points += 10 * (evidence.seen >= _OFTEN)
    found.points += 10 * bool(evidence.processes or evidence.transferred)
    if evidence.turned == evidence.flows:
        found.less(30, Phrase("only replies were seen: the direction was turned"))
    if evidence.unclear == evidence.flows:
        found.less(20, Phrase("a server of several applications does not tell which one talks"))
    if environments[0] != environments[1]:
        values = {"consumer": environments[0], "provider": environments[1]}
        found.less(20, Phrase("crosses environments: {consumer} → {provider}", values))
    if ends < found.points:
        found.points = ends
        found.doubts.append(Phrase("an end is an application that is only proposed"))
    return found
