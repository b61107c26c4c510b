"""What became of flows, what they propose, and what was written of it: for people and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from waveplan import api
from waveplan.domain.findings import Finding
from waveplan.imports.flows.proposals import SECTIONS
from waveplan.imports.flows.rule_files import reason_of
from waveplan.imports.flows.telling import shown_entry, strangers_of
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.usecases.flows import fates_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.cli.session import Session
    from waveplan.domain.flow_review import Proposed
    from waveplan.imports.flows.proposals import Backed
    from waveplan.imports.flows.sorting import SortedFlows
    from waveplan.imports.harvest import Harvest

_MOST_SHOWN = 10
_MOST_WRITTEN = 30
_FATES = {
    "kept": marked("between applications"),
    "tie": marked("within a cluster that is not stated"),
    "one application": marked("within one application"),
    "one server": marked("within one server"),
    "noise": marked("noise"),
    "ignored": marked("addresses of no server: loopback, multicast, broadcast"),
    "unresolved": marked("an end is not known"),
    "unclear": marked("a server of too many applications"),
}
_KINDS = {
    "applications": marked("application"),
    "members": marked("members"),
    "ties": marked("cluster"),
    "common_services": marked("common service"),
    "dependencies": marked("dependency"),
}
_OUTCOMES = {
    "written": marked("written"),
    "changed": marked("changed"),
    "there": marked("there already"),
    "undecided": marked("undecided"),
    "rejected": marked("rejected"),
    "refused": marked("cannot be written"),
}


def overview(proposed: api.FlowProposals, session: Session) -> Iterator[RenderableType]:
    """Flows by what became of them, the most certain proposals, and what else is to be known."""
    from rich.text import Text

    language = session.translator()
    if proposed.sorted.flows:
        yield Text("")
        yield _fates_table(proposed.sorted, session)
    top = sorted(_proposals(proposed), key=lambda each: -each[1].entry.certainty)
    if top:
        yield Text("")
        yield _proposals_table(top[:_MOST_SHOWN], session)
        if len(top) > _MOST_SHOWN:
            yield Text(language.say("… and {n} more in the review", n=len(top) - _MOST_SHOWN))
    yield Text("")
    yield from (Text(line) for line in _notes(proposed, language))


def _fates_table(found: SortedFlows, session: Session) -> RenderableType:
    from waveplan.render.columns import Column, table, words
    from waveplan.render.console import signs_for

    language, screen = session.translator(), session.notes()
    order = list(_FATES)
    fates = sorted(fates_of(found).items(), key=lambda each: (order.index(each[0][0]), -each[1], each[0]))
    columns = [
        Column(language.say("Flows"), words(language.number(number) for _, number in fates), right=True),
        Column(language.say("What they are"), words(_fate(*key, found, language) for key, _ in fates), fold=20),
    ]
    return table(columns, screen.width, language, signs_for(screen))


def _fate(fate: str, rule: str, found: SortedFlows, language: Language) -> Shown:
    if not rule:
        return language.say(_FATES[fate])
    reason = next(matcher.rule.reason for matcher in found.matchers if matcher.rule.id == rule)
    named = reason_of(reason)
    why = named.by_language.get(language.code, named.name)
    return (
        language.say("noise by rule {rule}: {why}", rule=rule, why=why)
        if why
        else language.say("noise by rule {rule}", rule=rule)
    )


def _proposals(proposed: api.FlowProposals) -> list[tuple[str, Backed[Proposed]]]:
    return [(section, each) for section in SECTIONS for each in proposed.review.sections[section]]


def _proposals_table(top: Sequence[tuple[str, Backed[Proposed]]], session: Session) -> RenderableType:
    from waveplan.render.columns import Column, table, words
    from waveplan.render.console import signs_for

    language, screen = session.translator(), session.notes()
    entries = [each.entry for _, each in top]
    why = (language.phrase(each.because[0]) if each.because else Shown("") for _, each in top)
    columns = [
        Column(Shown("%"), words(language.number(entry.certainty) for entry in entries), right=True),
        Column(language.say("Decision"), words(safe(entry.decision) for entry in entries), rank=1),
        Column(language.say("Kind"), words(language.say(_KINDS[section]) for section, _ in top), fold=10),
        Column(language.say("Proposal"), words(safe(shown_entry(entry)) for entry in entries), fold=16),
        Column(language.say("Why"), words(why), fold=20),
    ]
    return table(columns, screen.width, language, signs_for(screen))


def _notes(proposed: api.FlowProposals, language: Language) -> Iterator[str]:
    count = language.count
    decisions = Counter(entry.decision for entry in proposed.review.entries())
    total = decisions.total()
    yield (
        count("{n} proposal", "{n} proposals", total)
        + language.colon
        + ", ".join(f"{language.number(number)} {decision}" for decision, number in sorted(decisions.items()))
        if total
        else language.say("Nothing is proposed.")
    )
    if proposed.review.new:
        yield count("{n} of them is new", "{n} of them are new", proposed.review.new)
    if proposed.review.forgotten:
        number = proposed.review.forgotten
        yield count("{n} undecided one is not seen any more", "{n} undecided ones are not seen any more", number)
    stated = proposed.proposals
    if stated.confirmed or stated.unseen:
        yield language.say(
            "Dependencies of the inventory: {seen} seen, {unseen} not seen",
            seen=len(stated.confirmed),
            unseen=len(stated.unseen),
        )
    if stated.lonely:
        from waveplan.domain.wording import names

        shown = language.say("Servers of no application: {names}", names=names(stated.lonely))
        yield f"{shown} ({language.number(len(stated.lonely))})"


def proposals_json(harvest: Harvest, proposed: api.FlowProposals, findings: Sequence[Finding]) -> str:
    """All of it for programs."""
    from waveplan.export.findings_json import finding_entry
    from waveplan.export.json_text import document

    fates = sorted(fates_of(proposed.sorted).items())
    facts: dict[str, Any] = {
        "captured": proposed.review.captured.model_dump(exclude_none=True),
        "rows": [{"file": file, "sheet": sheet, **rows} for (file, sheet), rows in harvest.accounts.by_table()],
        "flows": [{"fate": fate, "rule": rule or None, "flows": number} for (fate, rule), number in fates],
        "unknown": {kind: dict(sorted(ends.items())) for kind, ends in strangers_of(proposed.sorted).items()},
        "proposals": {
            section: [
                {**each.entry.model_dump(exclude_none=True), "because": [str(phrase) for phrase in each.because]}
                for each in proposed.review.sections[section]
            ]
            for section in SECTIONS
        },
        "confirmed": [list(pair) for pair in proposed.proposals.confirmed],
        "not_seen": [list(pair) for pair in proposed.proposals.unseen],
        "without_application": proposed.proposals.lonely,
        "findings": [finding_entry(each) for each in sorted(findings, key=lambda finding: finding.sort_key)],
    }
    return document("flows", facts)


def applied_table(applied: api.AppliedReview, session: Session) -> Iterator[RenderableType]:
    """What became of each decision: numbers, and all that was written or needs a word."""
    from rich.text import Text

    language = session.translator()
    numbers = Counter(each.outcome for each in applied.done)
    for outcome, name in _OUTCOMES.items():
        if numbers[outcome]:  # type: ignore[index]
            yield Text(f"{language.number(numbers[outcome])} {language.say(name)}")  # type: ignore[index]
    lines = list(_told_entries(applied, language))
    yield from (Text(f"  {line}") for line in lines[:_MOST_WRITTEN])
    if len(lines) > _MOST_WRITTEN:
        yield Text("  " + language.say("… and {n} more; --diff shows all", n=len(lines) - _MOST_WRITTEN))


def _told_entries(applied: api.AppliedReview, language: Language) -> Iterator[str]:
    for each in applied.done:
        if each.outcome in {"written", "changed"}:
            yield f"{language.say(_OUTCOMES[each.outcome])}{language.colon}{safe(shown_entry(each.entry))}"
        elif each.outcome == "there" and each.why is not None:
            yield f"{safe(shown_entry(each.entry))}{language.colon}{language.phrase(each.why)}"


def applied_json(applied: api.AppliedReview, files: Sequence[str]) -> str:
    """The same for programs."""
    from waveplan.export.findings_json import finding_entry
    from waveplan.export.json_text import document

    entries = [
        {
            "outcome": each.outcome,
            "why": str(each.why) if each.why is not None else None,
            **each.entry.model_dump(exclude_none=True),
        }
        for each in applied.done
    ]
    findings = [finding_entry(each) for each in applied.findings]
    return document("applied", {"entries": entries, "files": list(files), "findings": findings})
