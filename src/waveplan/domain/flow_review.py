"""What captured flows propose, for people to accept, to reject or to change before anything is written."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from waveplan.domain.base import Model
from waveplan.domain.scalars import ONE_OR_MORE_WORDS, Amount, Count, Day, Id, Word, as_list

Decision = Literal["accept", "reject", "change", "undecided"]
Standing = Literal["new", "gone"]
_WordList = Annotated[list[Word], BeforeValidator(as_list), WithJsonSchema(ONE_OR_MORE_WORDS)]


class Proposed(Model):
    """What every proposal has."""

    decision: Decision = "undecided"
    certainty: Count = 0
    capture: Literal["new", "gone"] | None = None
    note: Word | None = None


class ProposedApplication(Proposed):
    """An application for servers that have none, or that stand alone in one made from their name."""

    id: Id
    name: Word | None = None
    environment: Word | None = None
    servers: _WordList
    replaces: _WordList = []


class ProposedMembers(Proposed):
    """Servers that seem to belong to an application that is there."""

    app: Word
    servers: _WordList
    replaces: _WordList = []


class ProposedTie(Proposed):
    """Servers that replicate to each other: one cluster."""

    cluster: Word
    servers: _WordList


class ProposedService(Proposed):
    """An application that so many consume that it is a common service."""

    provider: Word
    consumers: _WordList


class ProposedDependency(Proposed):
    """One application consumes another one."""

    consumer: Word
    provider: Word
    coupling: Literal["hard", "soft", "shared"] = "soft"
    weight: Amount | None = None
    reason: Word | None = None


class Captured(Model):
    """What the proposals were made from."""

    files: _WordList = []
    fingerprint: Word | None = None
    rows: Count = 0
    first: Day | None = None
    last: Day | None = None


class FlowReview(Model):
    """A file of proposals."""

    waveplan_flow_review: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})] = "1"
    captured: Captured = Captured()
    applications: list[ProposedApplication] = []
    members: list[ProposedMembers] = []
    ties: list[ProposedTie] = []
    common_services: list[ProposedService] = []
    dependencies: list[ProposedDependency] = []
