"""WP336: what a contract covers is out, hypercare over, by its end."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Contract
from waveplan.domain.items import Item

CODE = "WP336"


def check_contract_end(facts: Facts) -> Iterator[Finding]:
    """One finding for each contract with lots whose hypercare is not over by its end."""
    for contract, items in facts.dates.contract_items():
        late = [item for item in items if facts.lot_of[item.id].hypercare_days.last > contract.ends]
        yield from (_late(facts, contract, part) for part in facts.in_parts(late))


def _late(facts: Facts, contract: Contract, items: list[Item]) -> Finding:
    last = max(items, key=lambda item: (facts.lot_of[item.id].hypercare_days.last, item.id))
    lots = dict.fromkeys(facts.lot_of[item.id].id for item in items)
    wave = facts.wave_of[last.id]
    return finding(
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
