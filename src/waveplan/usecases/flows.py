"""From captured flows to a review, and from a review to the inventory."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.domain.flow_review import Captured

if TYPE_CHECKING:
    from waveplan.domain.findings import Finding
    from waveplan.imports.flows.applying import AppliedEntry
    from waveplan.imports.flows.deciding import Review
    from waveplan.imports.flows.proposals import Proposals
    from waveplan.imports.flows.review_files import LoadedReview
    from waveplan.imports.flows.rule_files import LoadedRules
    from waveplan.imports.flows.sorting import SortedFlows
    from waveplan.imports.harvest import Flow, Harvest
    from waveplan.loading import LoadedInventory
    from waveplan.render.language import Language


@dataclass(frozen=True, slots=True)
class FlowProposals:
    """What captures propose for an inventory: every flow with its fate, proposals with their decisions, findings."""

    sorted: SortedFlows
    proposals: Proposals
    review: Review
    findings: list[Finding]


@dataclass(slots=True)
class AppliedReview:
    """What became of each entry of a review, and the texts of files that change."""

    done: list[AppliedEntry] = field(default_factory=list)
    texts: list[tuple[Path, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def flow_rules(source: str | None) -> LoadedRules:
    """The rules that ship, or those with a file's own over them. Raises UnreadableInputError without such a file."""
    from waveplan.imports.flows.rule_files import LoadedRules, load_rules, shipped_rules

    return load_rules(source) if source else LoadedRules(shipped_rules())


def flow_review(source: str, *, must_exist: bool = True) -> LoadedReview | None:
    """A review as people left it; None where there is none and none is needed.

    Raises UnreadableInputError where there is none and it is needed.
    """
    from waveplan.imports.flows.review_files import earlier_review, load_review

    return load_review(source) if must_exist else earlier_review(source)


def propose_flows(
    loaded: LoadedInventory, harvests: Iterable[Harvest], rules: LoadedRules, earlier: LoadedReview | None = None
) -> FlowProposals:
    """What captures propose for an inventory that has no errors; decisions of an earlier review stay."""
    from waveplan.imports.flows.applications import made_of_one_server
    from waveplan.imports.flows.deciding import accepted_services_in, decided, rejected_in
    from waveplan.imports.flows.directory import Directory
    from waveplan.imports.flows.proposing import ProposalGround, proposals_of
    from waveplan.imports.flows.sorting import sorted_flows
    from waveplan.imports.flows.telling import told_of

    assert loaded.inventory is not None and rules.rules is not None
    harvests = list(harvests)
    directory = Directory(loaded.inventory)
    found = sorted_flows((flow for harvest in harvests for flow in harvest.flows), directory, rules.rules)
    previous = earlier.review if earlier is not None else None
    alone = made_of_one_server(loaded.sources.root)
    ground = ProposalGround(directory, rules.rules, alone, rejected_in(previous), accepted_services_in(previous))
    proposals = proposals_of(found, ground)
    captured = _captured(harvests, found)
    review = decided(proposals, previous, captured, directory, rules.rules.accept_from)
    findings = [*(each for harvest in harvests for each in harvest.findings)]
    return FlowProposals(found, proposals, review, [*findings, *told_of(found, directory, review, rules.own)])


def flow_review_text(proposed: FlowProposals, language: Language) -> str:
    """The review as people edit it."""
    from waveplan.imports.flows.review_text import review_text

    return review_text(proposed.review, language)


def applied_review(loaded: LoadedReview, inventory: str, root: object) -> AppliedReview:
    """The texts of an inventory's files with what a review accepts; `root` is what the inventory says as a tree.

    Raises UsageError where a file is written in a way that takes no entry.
    """
    from waveplan.domain.wording import finding
    from waveplan.imports.flows.applications import made_of_one_server
    from waveplan.imports.flows.applying import Applying
    from waveplan.imports.flows.inventory_texts import InventoryTexts
    from waveplan.imports.flows.telling import shown_entry

    assert loaded.review is not None
    applying = Applying(InventoryTexts(inventory), made_of_one_server(root))
    applying.apply(loaded.review)
    texts = [(file.path, file.start + new) for file, new in applying.texts.changed()]
    findings = [
        finding("WP552", "{entry} cannot be written: {why}", {"entry": shown_entry(each.entry), "why": each.why})
        for each in applying.done
        if each.outcome == "refused"
    ]
    return AppliedReview(applying.done, texts, findings)


def _captured(harvests: Sequence[Harvest], found: SortedFlows) -> Captured:
    fans = found.fans
    return Captured(
        files=sorted({Path(file).name for harvest in harvests for (file, _), _ in harvest.accounts.by_table()}),
        fingerprint=_fingerprint(each.flow for each in found.flows),
        rows=sum(harvest.accounts.rows() for harvest in harvests),
        first=None if fans.first is None else fans.first.date(),
        last=None if fans.last is None else fans.last.date(),
    )


def _fingerprint(flows: Iterable[Flow]) -> str:
    """Twelve signs that differ where the flows do, in whatever order they came."""
    from waveplan.imports.flows.adding_up import flow_order

    lines = sorted(
        repr((*flow_order(flow), flow.sightings, flow.connections, flow.transferred, str(flow.first), str(flow.last)))
        for flow in flows
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def fates_of(found: SortedFlows) -> Counter[tuple[str, str]]:
    """How many flows met which fate, by (fate, rule): the sum is all flows."""
    return Counter((each.fate, each.rule.id if each.fate == "noise" and each.rule else "") for each in found.flows)
