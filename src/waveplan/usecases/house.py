"""What rules of the house say of a plan, beside the check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from waveplan.domain.findings import Finding

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.house import HouseRule


def house_rules(files: Sequence[str] = ()) -> tuple[HouseRule, ...]:
    """Rules of installed packages and of files, which are run. Raises UnreadableInputError and UsageError."""
    from importlib.metadata import entry_points

    if not files and not entry_points(group="waveplan.rules"):
        return ()
    from waveplan.house import collect_rules

    return collect_rules(files)


def said_by_house(plan: Plan, inventory: Inventory, rules: Sequence[HouseRule]) -> tuple[Finding, ...]:
    """What each rule says of a plan that the check has accepted; lots that it lists as unplanned may be missing."""
    if not rules:
        return ()
    from waveplan.checking.facts import Facts

    facts = Facts(plan, inventory, allow_unplanned=True)
    return tuple(finding for rule in rules for finding in rule(facts))
