"""The inventory without its last dates: what slips goes on until it is done, and how late it is, is what is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from waveplan.domain.inventory import Inventory
from waveplan.domain.rules import Rule
from waveplan.domain.work import Application, ApplicationStep, Service, ServiceStep

HORIZON = 366  # days after the deadline in which what has slipped may still be done
_NO_END = {"not_after": None, "slot": None}
_Dated = TypeVar("_Dated", Application, Service)


def relaxed(inventory: Inventory, horizon: int = HORIZON) -> Inventory:
    """A copy whose deadline, exits, ends of contracts and tranches, latest dates and pins hold nothing back.

    All other rules stay. Windows go on for so many days after the deadline.
    """
    programme = inventory.programme
    last = programme.deadline + dt.timedelta(days=horizon)
    return inventory.model_copy(
        update={
            "programme": programme.model_copy(update={"deadline": last}),
            "sites": [site.model_copy(update={"exit_by": None}) for site in inventory.sites],
            "applications": [_endless(entry) for entry in inventory.applications],
            "services": [_endless(entry) for entry in inventory.services],
            "contracts": [
                contract.model_copy(update={"ends": max(last, contract.ends)}) for contract in inventory.contracts
            ],
            "tranches": [tranche.model_copy(update={"finish_by": None}) for tranche in inventory.tranches],
            "rules": [_endless_rule(rule) for rule in inventory.rules],
        }
    )


def _endless(entry: _Dated) -> _Dated:
    steps: Sequence[ApplicationStep | ServiceStep] = entry.steps
    if entry.not_after is None and entry.slot is None and not steps:
        return entry
    return entry.model_copy(update={**_NO_END, "steps": [step.model_copy(update=_given(step)) for step in steps]})


def _given(step: ApplicationStep | ServiceStep) -> dict[str, None]:
    return {name: None for name in _NO_END if name in step.model_fields_set}


def _endless_rule(rule: Rule) -> Rule:
    return rule.model_copy(update=_NO_END) if rule.not_after or rule.slot else rule
