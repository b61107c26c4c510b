"""What is proposed, each with why: entries of the review before anybody has decided."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_review import (
    Proposed,
    ProposedApplication,
    ProposedDependency,
    ProposedMembers,
    ProposedService,
    ProposedTie,
)
from waveplan.imports.writing.ids import id_form

Entry = TypeVar("Entry", bound=Proposed, covariant=True)


@dataclass(frozen=True, slots=True)
class Backed(Generic[Entry]):
    """A proposal, and what speaks for it and against it."""

    entry: Entry
    because: tuple[Phrase, ...] = ()


@dataclass(slots=True)
class Proposals:
    """All that a capture proposes, most certain first."""

    applications: list[Backed[ProposedApplication]] = field(default_factory=list)
    members: list[Backed[ProposedMembers]] = field(default_factory=list)
    ties: list[Backed[ProposedTie]] = field(default_factory=list)
    common_services: list[Backed[ProposedService]] = field(default_factory=list)
    dependencies: list[Backed[ProposedDependency]] = field(default_factory=list)
    confirmed: list[tuple[str, str]] = field(default_factory=list)  # stated already, and seen
    unseen: list[tuple[str, str]] = field(default_factory=list)  # stated already, and not seen
    lonely: list[str] = field(default_factory=list)  # servers without an application for which none is proposed

    def everything(self) -> Iterator[Backed[Proposed]]:
        """All of them, section by section."""
        yield from self.applications
        yield from self.members
        yield from self.ties
        yield from self.common_services
        yield from self.dependencies


SECTIONS = ("applications", "members", "ties", "common_services", "dependencies")


def key_of(entry: Proposed) -> tuple[object, ...]:
    """What a proposal is about: by that it is known again in the next capture."""
    if isinstance(entry, ProposedDependency):
        return ("dependency", entry.consumer, entry.provider)
    if isinstance(entry, ProposedService):
        return ("service", entry.provider)
    if isinstance(entry, ProposedTie):
        return ("tie", tuple(sorted(entry.servers)))
    if isinstance(entry, ProposedMembers):
        return ("members", entry.app, tuple(sorted(entry.servers)))
    assert isinstance(entry, ProposedApplication)
    return ("application", tuple(sorted(entry.servers)))


def made_id(name: str, taken: Container[str]) -> str:
    """An id of a name, with a number behind it where it is taken."""
    plain, number = id_form(name, "application"), 2
    found = plain
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found
