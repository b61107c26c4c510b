"""Why a lot could not stay where a plan had it, as far as its own rules say."""

from __future__ import annotations

from collections.abc import Mapping

from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.standing import Done
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.obstacles import Obstacles


def kept_out(inventory: Inventory, slots: Mapping[str, str], done: Done) -> dict[str, Phrase]:
    """By lot, of those whose slot is given: the first rule about the lot alone that keeps it out of there."""
    facts = PlanningFacts(inventory, done=done)
    finder = Obstacles(facts)
    number = {str(slot.id): index for index, slot in enumerate(facts.slots)}
    found: dict[str, Phrase] = {}
    for lot in facts.lots:
        slot = number.get(slots.get(lot.id, ""))
        for obstacle in finder.of(lot) if slot is not None else ():
            if slot in obstacle.slots:
                said = Phrase(obstacle.template, obstacle.values)
                found[lot.id] = Phrase("{reason} ({code})", {"reason": said, "code": obstacle.code})
                break
    return found
