"""WP336: what a contract covers is out, hypercare over, by its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.commitments import Contract
from waveplan.domain.findings import Finding


@hard_rule("WP336", "dates")
def check_contract_end(facts: Facts) -> Iterator[Finding]:
    """One finding for each contract with lots whose hypercare is not over by its end, one for what is retired later."""
    for contract, days in facts.dates.contract_days():
        late = [name for name, day in days.items() if day > contract.ends]
        moved = [facts.items[name] for name in late if name in facts.lot_of]
        for part in facts.in_parts(moved):
            yield _in_hypercare(facts, contract, [str(item.id) for item in part])
        for name in late:
            if name not in facts.lot_of:
                yield _retired(facts, contract, name, days[name])


def _in_hypercare(facts: Facts, contract: Contract, late: list[str]) -> Finding:
    last = max(late, key=lambda item: (facts.lot_of[item].hypercare_days.last, item))
    lots = dict.fromkeys(facts.lot_of[item].id for item in late)
    wave = facts.wave_of[last]
    return violation(
        "contract {contract} ends on {ends}, but hypercare of {wave} lasts until {day}: {lots}",
        {
            "contract": contract.id,
            "ends": contract.ends.isoformat(),
            "wave": wave.name,
            "day": facts.lot_of[last].hypercare_days.last.isoformat(),
            "lots": names(lots),
        },
        subjects=(contract.id, wave.id, *lots),
        path=wave.path,
        hint="move these lots to earlier waves",
    )


def _retired(facts: Facts, contract: Contract, name: str, day: dt.date) -> Finding:
    return violation(
        "contract {contract} ends on {ends}, but {item} is retired on {day}",
        {"contract": contract.id, "ends": contract.ends.isoformat(), "item": name, "day": day.isoformat()},
        subjects=(contract.id, name, *facts.wave_awaited_by(name)),
        path=facts.retiring.path(name),
        hint="retire it earlier, or move what depends on it to earlier waves",
    )
