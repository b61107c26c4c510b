"""WP336: what a contract covers is out, hypercare over, by its end."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP336"


def check_contract_end(facts: Facts) -> Iterator[Finding]:
    """One finding for each contract with lots whose hypercare is not over by its end."""
    for contract, items in facts.dates.contract_items():
        late = [item for item in items if facts.lot_of[item.id].hypercare_days.last > contract.ends]
        if not late:
            continue
        last = max(late, key=lambda item: (facts.lot_of[item.id].hypercare_days.last, item.id))
        lots = dict.fromkeys(facts.lot_of[item.id].id for item in late)
        wave = facts.wave_of[last.id]
        yield finding(
            CODE,
            "contract {contract} ends on {ends}, but hypercare of {wave} lasts until {day}: {lots}",
            {
                "contract": contract.id,
                "ends": contract.ends.isoformat(),
                "wave": wave.name,
                "day": facts.lot_of[last.id].hypercare_days.last.isoformat(),
                "lots": names(lots),
            },
            subjects=(contract.id, wave.id, *lots),
            path=wave.path,
            hint="move these lots to earlier waves",
        )
