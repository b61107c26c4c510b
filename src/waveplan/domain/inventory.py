"""The inventory, format version 1: everything a programme knows about what it moves."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from waveplan.domain.adoption import Adoption
from waveplan.domain.base import Model
from waveplan.domain.calendar_rules import CalendarRules, Committee
from waveplan.domain.commitments import Contract, ExternalMilestone, Pilot, Tranche
from waveplan.domain.objective import Objective
from waveplan.domain.people import KnowledgeTransfer, Team
from waveplan.domain.policy import Policy, Stream
from waveplan.domain.programme import Default, Programme
from waveplan.domain.rules import Dependencies, Ignore, Rule
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
    ignore: list[Ignore] = []

    def last_day(self) -> dt.date:
        """The deadline: last day on which anything may still be in hypercare."""
        return self.programme.deadline
