"""Findings on a capture and its proposals: who is not known, what crosses environments, what has gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.flow_review import Proposed, ProposedDependency, ProposedService
from waveplan.domain.wording import finding, names
from waveplan.imports.flows.deciding import Review
from waveplan.imports.flows.directory import Directory, Strangeness
from waveplan.imports.flows.matching import seen
from waveplan.imports.flows.sorting import SortedFlows

_STRANGERS: dict[Strangeness, str] = {
    "public": "addresses of the internet",
    "private": "private or reserved addresses that no server bears",
    "name": "names that no server bears",
    "ambiguous": "names and addresses that several servers bear",
}


def told_of(found: SortedFlows, directory: Directory, review: Review, own_rules: Collection[str]) -> list[Finding]:
    """All that is to be said of what was captured."""
    return [
        *_clashes(found, directory),
        *_strangers(found),
        *_crossings(found, directory),
        *_gone(review.gone),
        *_idle(found, own_rules),
    ]


def strangers_of(found: SortedFlows) -> dict[Strangeness, Counter[str]]:
    """Ends that are no server's, by why, with how often each was seen in flows that are not noise."""
    by_kind: dict[Strangeness, Counter[str]] = {kind: Counter() for kind in _STRANGERS}
    for each in found.of("unresolved"):
        for end in (each.source, each.target):
            if end.strange in by_kind:
                by_kind[end.strange][end.shown] += seen(each.flow)
    return {kind: ends for kind, ends in by_kind.items() if ends}


def _strangers(found: SortedFlows) -> Iterator[Finding]:
    for kind, ends in strangers_of(found).items():
        busiest = sorted(ends, key=lambda end: (-ends[end], end))
        values = {"number": len(ends), "what": Phrase(_STRANGERS[kind]), "names": names(busiest)}
        yield finding(
            "WP551",
            "ends of flows that are {what} ({number}): {names}",
            values,
            hint="" if kind == "public" else "give the servers their addresses and host names, or add what is missing",
        )


def _clashes(found: SortedFlows, directory: Directory) -> Iterator[Finding]:
    met = {end.shown.strip().lower() for each in found.flows for end in (each.source, each.target) if end.strange}
    for name, servers in directory.clashes():
        if name in met:
            yield finding(
                "WP548",
                "'{name}' is borne by several servers, so flows of it are of none: {servers}",
                {"name": name, "servers": names(servers)},
                subjects=servers,
                hint="mend the addresses or host names of one of them",
            )


def _crossings(found: SortedFlows, directory: Directory) -> Iterator[Finding]:
    crossing: dict[tuple[str, str], list[str]] = {}
    for each in found.of("kept"):
        one, other = (directory.servers.get(end.server) for end in (each.source, each.target))
        if one is not None and other is not None and one.environment != other.environment:
            pair = (one.environment, other.environment)
            crossing.setdefault(pair, []).append(f"{one.id} → {other.id}:{each.flow.port or '?'}")
    for (one_side, other_side), flows in sorted(crossing.items()):
        yield finding(
            "WP550",
            "flows from {consumer} to {provider} ({number}): {flows}",
            {"number": len(flows), "consumer": one_side, "provider": other_side, "flows": names(flows)},
            hint="these servers may stand in the wrong environment, or an environment is not closed as it should be",
        )


def _gone(gone: Iterable[Proposed]) -> Iterator[Finding]:
    shown = [shown_entry(entry) for entry in gone]
    if shown:
        yield finding(
            "WP553",
            "decided before, and not seen in this capture ({number}): {names}",
            {"number": len(shown), "names": names(shown)},
            hint="they stay in the review, marked `capture: gone`; a longer capture may show them again",
        )


def _idle(found: SortedFlows, own_rules: Collection[str]) -> Iterator[Finding]:
    for matcher in found.matchers:
        if matcher.rule.id in own_rules and not matcher.met:
            template = "rule '{name}' has met no flow"
            hint = "look at its `match`, and at rules before it: the first one that matches decides"
            yield finding("WP554", template, {"name": matcher.rule.id}, subjects=(matcher.rule.id,), hint=hint)


def shown_entry(entry: Proposed) -> str:
    """A proposal in a few words that need no language."""
    if isinstance(entry, ProposedDependency):
        return f"{entry.consumer} → {entry.provider}"
    if isinstance(entry, ProposedService):
        return entry.provider
    return str(getattr(entry, "id", None) or getattr(entry, "app", None) or getattr(entry, "cluster", ""))
