"""Days before a cutover: preparation and gates, which keep the first slots of a programme free.

No diagnosis of an inventory names them: they take no slot from the end of a programme. A wish for an early slot may.
"""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.planning.diagnosis.edits import Edit
from waveplan.planning.diagnosis.fact import Fact
from waveplan.planning.diagnosis.families.limits import policies


def lead_times(inventory: Inventory) -> Iterator[Fact]:
    """Days of preparation, and gates before each cutover, of the programme's policy and of those of streams."""
    for start, policy in policies(inventory):
        if policy.preparation_days:
            path: Path = (*start, "preparation_days")
            said = Phrase("preparation days {now}", {"now": policy.preparation_days})
            yield Fact("preparation", path, said, (Edit(path, 0),))
        for number, gate in enumerate(policy.gates):
            path = (*start, "gates", number)
            days = gate.days_before if gate.days_before is not None else gate.working_days_before
            template = "gate {of} {n} days before each cutover"
            if gate.days_before is None:
                template = "gate {of} {n} working days before each cutover"
            near = (Edit((*path, "days_before"), 0), Edit((*path, "working_days_before"), None))
            moved = (Edit((*path, "working_day"), False), Edit((*path, "at_session"), False))
            yield Fact("gate", path, Phrase(template, {"of": gate.id, "n": days}), (*near, *moved), (), gate.id)
