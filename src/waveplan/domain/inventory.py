"""The inventory, format version 1: everything a programme knows about what it moves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, WithJsonSchema

from waveplan.domain.adoption import Adoption
from waveplan.domain.base import Model
from waveplan.domain.calendar_rules import CalendarRules, Committee
from waveplan.domain.commitments import Contract, ExternalMilestone, Pilot, Tranche
from waveplan.domain.objective import Objective
from waveplan.domain.people import KnowledgeTransfer, Team
from waveplan.domain.policy import Policy, Stream
from waveplan.domain.programme import Default, Programme
from waveplan.domain.risks import Risks
from waveplan.domain.rules import Dependencies, Ignore, Rule
from waveplan.domain.runbooks import RunbookTask
from waveplan.domain.servers import Server
from waveplan.domain.sites import Link, Site
from waveplan.domain.work import Application, Service


class Inventory(Model):
    """A whole inventory, merged from its files; `defaults` already applied by the loader."""

    waveplan: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    programme: Programme
    defaults: list[Default] = []
    sites: list[Site] = []
    links: list[Link] = []
    teams: list[Team] = []
    servers: list[Server] = []
    applications: list[Application] = []
    services: list[Service] = []
    knowledge_transfers: list[KnowledgeTransfer] = []
    contracts: list[Contract] = []
    external_milestones: list[ExternalMilestone] = []
    pilots: list[Pilot] = []
    tranches: list[Tranche] = []
    adoption: list[Adoption] = []
    streams: list[Stream] = []
    calendar: CalendarRules = CalendarRules()
    committees: list[Committee] = []
    policy: Policy = Policy()
    rules: list[Rule] = []
    dependencies: Dependencies = Dependencies()
    objective: Objective = Objective()
    runbooks: list[RunbookTask] = []
    risks: Risks = Risks()
    ignore: list[Ignore] = []

    def last_day(self) -> dt.date:
        """The deadline: last day on which anything may still be in hypercare."""
        return self.programme.deadline


MAIN = "main"


def policies_of(inventory: Inventory) -> dict[str, Policy]:
    """The policy of each stream, laid over the programme's; `main` is the programme's own."""
    policies = {MAIN: inventory.policy}
    for stream in inventory.streams:
        policies[stream.id] = _merged(inventory.policy, stream.policy)
    return policies


def _laid_over(base: BaseModel, own: BaseModel) -> BaseModel:
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        mine, theirs = getattr(own, name), getattr(base, name)
        update[name] = {**theirs, **mine} if isinstance(mine, dict) else mine
    return base.model_copy(update=update)


def _merged(base: Policy, own: Policy) -> Policy:
    """Mappings merge, everything else replaces."""
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        mine, theirs = getattr(own, name), getattr(base, name)
        if name in {"hypercare", "wave_limits", "lot_limits"}:
            mine = _laid_over(theirs, mine)
        elif name == "earliest_wave_by_criticality":
            mine = {**theirs, **mine}
        update[name] = mine
    return base.model_copy(update=update)
