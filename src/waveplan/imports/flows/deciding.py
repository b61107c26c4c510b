"""What people decided before, laid over what a new capture proposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_review import (
    Captured,
    FlowReview,
    Proposed,
    ProposedApplication,
    ProposedDependency,
    ProposedMembers,
    ProposedService,
    ProposedTie,
)
from waveplan.imports.flows.directory import Directory
from waveplan.imports.flows.proposals import SECTIONS, Backed, Proposals, key_of


@dataclass(slots=True)
class Review:
    """Proposals with their decisions, section by section, ready to be written."""

    captured: Captured
    sections: dict[str, list[Backed[Any]]] = field(default_factory=dict)
    new: int = 0
    gone: list[Proposed] = field(default_factory=list)  # decided before, and not seen now
    forgotten: int = 0  # undecided before, and not seen now

    def entries(self) -> Iterator[Proposed]:
        """All entries."""
        for section in SECTIONS:
            yield from (backed.entry for backed in self.sections[section])


def rejected_in(previous: FlowReview | None) -> frozenset[tuple[object, ...]]:
    """What people do not want."""
    found = () if previous is None else everything_in(previous)
    return frozenset(key_of(entry) for entry in found if entry.decision == "reject")


def accepted_services_in(previous: FlowReview | None) -> dict[str, frozenset[str]]:
    """Common services that people want, with the consumers that they saw: others are asked about one by one."""
    found = () if previous is None else previous.common_services
    return {each.provider: frozenset(each.consumers) for each in found if each.decision in {"accept", "change"}}


def everything_in(review: FlowReview) -> Iterator[Proposed]:
    """All entries of a review, section by section."""
    for section in SECTIONS:
        yield from getattr(review, section)


def decided(
    proposals: Proposals, previous: FlowReview | None, captured: Captured, directory: Directory, accept_from: int
) -> Review:
    """Each proposal with its decision: that of before, else `accept` for what is certain enough."""
    before = {key_of(entry): entry for entry in everything_in(previous)} if previous is not None else {}
    same = previous is not None and previous.captured.fingerprint == captured.fingerprint
    review = Review(captured)
    unseen = set(proposals.unseen)
    for section in SECTIONS:
        fresh: list[Backed[Any]] = getattr(proposals, section)
        found = [_decided(each, before.get(key_of(each.entry)), accept_from, same=same) for each in fresh]
        if previous is not None:
            review.new += sum(key_of(each.entry) not in before for each in fresh)
            for backed in found:
                if key_of(backed.entry) not in before:
                    backed.entry.capture = "new"
            known = {key_of(each.entry) for each in fresh}
            found += _kept(getattr(previous, section), known, directory, unseen, review)
        review.sections[section] = sorted(found, key=_surest_first)
    return review


def _surest_first(backed: Backed[Proposed]) -> tuple[object, ...]:
    return (-backed.entry.certainty, *map(str, key_of(backed.entry)))


def _decided(fresh: Backed[Any], before: Proposed | None, accept_from: int, *, same: bool) -> Backed[Any]:
    entry = fresh.entry.model_copy()
    if before is None:
        hard = isinstance(entry, ProposedDependency) and entry.coupling == "hard"
        entry.decision = "accept" if entry.certainty >= accept_from and not hard else "undecided"
        return Backed(entry, fresh.because)
    if before.decision != "undecided":  # what was decided is kept as it was read by whoever decided
        differs = _differences(before, entry)
        entry = before.model_copy(update={"certainty": entry.certainty})
        because = (*fresh.because, *differs)
    else:
        entry.note, because = before.note, fresh.because
    entry.capture = before.capture if same and before.capture == "new" else None
    return Backed(entry, because)


def _differences(before: Proposed, now: Proposed) -> Iterable[Phrase]:
    """What the capture would propose now, where that differs from what was decided."""
    if isinstance(before, ProposedDependency) and isinstance(now, ProposedDependency):
        if (before.coupling, before.weight) != (now.coupling, now.weight):
            values = {"coupling": now.coupling, "weight": now.weight if now.weight is not None else "-"}
            yield Phrase("this capture says coupling {coupling}, weight {weight}", values)
    elif isinstance(before, ProposedService) and isinstance(now, ProposedService):
        more = [each for each in now.consumers if each not in before.consumers]
        if more:
            yield Phrase("not decided: {names} consume it too", {"names": ", ".join(more)})


def _kept(
    previous: Iterable[Any],
    known: set[tuple[object, ...]],
    directory: Directory,
    unseen: set[tuple[str, str]],
    review: Review,
) -> Iterator[Backed[Any]]:
    """Entries of before that are not proposed now: what was decided stays, what was not goes."""
    for entry in previous:
        if key_of(entry) in known:
            continue
        if entry.decision == "undecided":
            review.forgotten += 1
        elif is_stated(entry, directory) and not _is_unseen(entry, unseen):
            yield Backed(entry.model_copy(update={"capture": None}), (Phrase("it stands in the inventory"),))
        else:
            kept = entry.model_copy(update={"capture": "gone"})
            review.gone.append(kept)
            yield Backed(kept, (Phrase("it is not seen in this capture"),))


def _is_unseen(entry: Proposed, unseen: set[tuple[str, str]]) -> bool:
    return isinstance(entry, ProposedDependency) and (entry.consumer, entry.provider) in unseen


def is_stated(entry: Proposed, directory: Directory) -> bool:
    """Whether the inventory says already what a proposal would make it say."""
    if isinstance(entry, ProposedDependency):
        return entry.provider in _providers(entry.consumer, directory)
    if isinstance(entry, ProposedService):
        return all(entry.provider in _providers(each, directory) for each in entry.consumers)
    if isinstance(entry, ProposedTie):
        clusters = [directory.servers[each].cluster if each in directory.servers else [] for each in entry.servers]
        return bool(clusters) and bool(set.intersection(*map(set, clusters)))
    assert isinstance(entry, ProposedApplication | ProposedMembers)
    app = directory.applications.get(entry.app if isinstance(entry, ProposedMembers) else entry.id)
    return app is not None and set(entry.servers) <= set(app.servers)


def _providers(consumer: str, directory: Directory) -> set[str | None]:
    found = directory.applications.get(consumer)
    return {each.app for each in found.depends_on} if found is not None else set()
