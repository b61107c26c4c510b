"""WP304: a lot uses only windows that all its items may use."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.domain.policy import Window

CODE = "WP304"


def check_window_allowed(facts: Facts) -> Iterator[Finding]:
    """Items whose window's `match`, own `windows` or rules' `windows` leave their wave's window out."""
    windows = {window.id: window for window in facts.inventory.calendar.windows}
    for wave in facts.waves:
        window = windows[wave.slot.window]
        for lot in wave.lots:
            refused = {item.id: why for item in lot.items if (why := _refusal(facts, item, window))}
            if refused:
                yield finding(
                    CODE,
                    "{wave}: lot {lot} may not use window '{window}' ({why})",
                    {
                        "wave": wave.name,
                        "lot": lot.id,
                        "window": window.id,
                        "why": names(f"{item}: {why}" for item, why in refused.items()),
                    },
                    subjects=(wave.id, lot.id, *refused),
                    path=lot.path,
                    hint="move the lot to a slot of a window that all its items may use",
                )


def _refusal(facts: Facts, item: Item, window: Window) -> str:
    if window.match is not None and not window.match.matches(item):
        return "the window is not for it"
    if item.entry.windows is not None and window.id not in item.entry.windows:
        return "only " + names(item.entry.windows)
    for rule in facts.items.rules_for(item):
        if rule.windows is not None and window.id not in rule.windows:
            return f"rule {rule.id}: only {names(rule.windows)}"
    return ""
