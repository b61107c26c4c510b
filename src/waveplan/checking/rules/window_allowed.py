"""WP304: a lot uses only windows that all its items may use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.calendar_rules import Window
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item

_NOT_FOR_IT = "{wave}: lot {lot} may not use window '{window}', which is not for {items}"
_NOT_LISTED = "{wave}: lot {lot} may not use window '{window}'; {items} may use only {allowed}"
_NOT_BY_RULE = "{wave}: lot {lot} may not use window '{window}'; rule {rule} lets {items} use only {allowed}"


@dataclass(frozen=True, slots=True)
class _Refusal:
    template: str
    allowed: tuple[str, ...] = ()
    rule: str = ""


@hard_rule("WP304", "dates")
def check_window_allowed(facts: Facts) -> Iterator[Finding]:
    """Items whose window's `match`, own `windows` or rules' `windows` leave their wave's window out: one a lot."""
    windows = {window.id: window for window in facts.inventory.calendar.windows}
    for wave in facts.waves:
        window = windows.get(wave.slot.window)
        if window is None:
            continue  # it has cut over in a window that is gone by now
        for lot in wave.lots:
            refused = {item.id: why for item in lot.items if (why := _refusal(facts, item, window))}
            if refused:
                why = next(iter(refused.values()))
                yield violation(
                    why.template,
                    {
                        "wave": wave.name,
                        "lot": lot.id,
                        "window": window.id,
                        "items": names(item for item, its in refused.items() if its == why),
                        "allowed": names(why.allowed) or "-",
                        "rule": why.rule,
                    },
                    subjects=(wave.id, lot.id, *refused),
                    path=lot.path,
                    hint="move the lot to a slot of a window that all its items may use",
                )


def _refusal(facts: Facts, item: Item, window: Window) -> _Refusal | None:
    if window.match is not None and not window.match.matches(item):
        return _Refusal(_NOT_FOR_IT)
    if item.entry.windows is not None and window.id not in item.entry.windows:
        return _Refusal(_NOT_LISTED, tuple(item.entry.windows))
    for rule in facts.items.rules_for(item):
        if rule.windows is not None and window.id not in rule.windows:
            return _Refusal(_NOT_BY_RULE, tuple(rule.windows), rule.id)
    return None
