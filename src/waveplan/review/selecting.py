"""Selectors that match nothing (WP117), wherever the inventory has one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from waveplan.change_calendar.wording import period_words
from waveplan.domain.audiences import Audiences
from waveplan.domain.findings import Finding, Path
from waveplan.domain.inventory import Inventory
from waveplan.domain.matching import Matching
from waveplan.domain.periods import shown_end
from waveplan.domain.policy import Policy
from waveplan.domain.risks import Risks
from waveplan.domain.rules import Rule
from waveplan.domain.selectors import Selector
from waveplan.domain.subjects import ServerSubject, SiteSubject
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed

_SUGGESTIONS = 25  # "did you mean" is worked out for so many selectors: it compares every known word


@dataclass(frozen=True, slots=True)
class _Use:
    """A selector where it stands: what people call that entry, its id if it has one, and the way to it."""

    selector: Selector | None
    entry: str
    subject: str | None
    path: Path


def empty_selectors(context: ReviewContext) -> Iterator[Finding]:
    """Every selector of the inventory that matches nothing in it."""
    kinds: dict[str, Matching[Any]] = {
        "sites": Matching(SiteSubject(site) for site in context.inventory.sites),
        "audience": Matching(Audiences(context.items).everybody()),
        "servers": Matching(ServerSubject(server, context.items.sites) for server in context.inventory.servers),
    }
    found = 0
    for use in _uses(context):
        matching = kinds.get(str(use.path[-1]), context.matching)
        if use.selector is not None and not matching.any(use.selector):
            yield _finding(use, matching, suggesting=found < _SUGGESTIONS)
            found += 1


def _finding(use: _Use, matching: Matching[Any], suggesting: bool) -> Finding:
    values: dict[str, Any] = {"entry": use.entry}
    hint, hint_values = _hint(use.selector or Selector(), matching, suggesting)
    subjects = (use.subject,) if use.subject else ()
    return finding("WP117", "the selector of {entry} matches nothing", values, use.path, subjects, hint, hint_values)


def _hint(selector: Selector, matching: Matching[Any], suggesting: bool) -> tuple[str, dict[str, Any]]:
    missing = matching.missing(selector)
    if missing is None:
        return "each condition alone is met by something, but nothing meets them all; drop or widen one", {}
    attribute, wanted = missing
    if not wanted:
        return "an empty list of {attribute} is met by nothing; name some, or leave it out", {"attribute": attribute}
    known = sorted(matching.words(attribute))
    values = {"attribute": attribute, "wanted": listed(wanted), "known": listed(known)}
    near = difflib.get_close_matches(wanted[0], known, n=1) if suggesting and len(known) <= 1000 else []
    if near:
        return "nothing has {attribute} {wanted}; did you mean {near}?", {**values, "near": near[0]}
    if known:
        return "nothing has {attribute} {wanted}; it is one of: {known}", values
    return "nothing has a value for {attribute}", values


def _uses(context: ReviewContext) -> Iterator[_Use]:
    inventory = context.inventory
    for number, default in enumerate(inventory.defaults):
        path: Path = ("defaults", number, default.section)
        yield _Use(default.selector, f"line {number + 1} of defaults", None, path)
    for number, rule in enumerate(inventory.rules):
        yield from _of_rule(rule, ("rules", number))
    for number, window in enumerate(inventory.calendar.windows):
        yield _Use(window.match, f"window {window.id}", window.id, ("calendar", "windows", number, "match"))
    for number, freeze in enumerate(inventory.calendar.freezes):
        when = f"from {shown_end(freeze.first)}" if freeze.is_days else period_words(freeze)
        name = f"the freeze {when}" + (f" ({freeze.reason})" if freeze.reason else "")
        yield _Use(freeze.match, name, None, ("calendar", "freezes", number, "match"))
        yield _Use(freeze.excepted, name, None, ("calendar", "freezes", number, "except"))
    yield from _of_blackouts(inventory)
    for number, contract in enumerate(inventory.contracts):
        yield _Use(contract.match, f"contract {contract.id}", contract.id, ("contracts", number, "match"))
    yield from _of_transition(inventory)
    yield from _of_risks(inventory.risks)
    yield from _of_policy(inventory.policy, ("policy",), "")
    for number, stream in enumerate(inventory.streams):
        yield _Use(stream.match, f"stream {stream.id}", stream.id, ("streams", number, "match"))
        yield from _of_policy(stream.policy, ("streams", number, "policy"), f" of stream {stream.id}")


def _of_blackouts(inventory: Inventory) -> Iterator[_Use]:
    for section in ("sites", "applications", "services"):
        for number, owner in enumerate(getattr(inventory, section)):
            for place, blackout in enumerate(owner.blackouts):
                path: Path = (section, number, "blackouts", place, "except")
                yield _Use(blackout.excepted, f"the blackout of {owner.id}", owner.id, path)


def _of_transition(inventory: Inventory) -> Iterator[_Use]:
    for number, service in enumerate(inventory.services):
        if isinstance(service.sites, Selector):
            yield _Use(service.sites, f"service {service.id}", service.id, ("services", number, "sites"))
    for number, transfer in enumerate(inventory.knowledge_transfers):
        name = f"knowledge transfer {transfer.id}"
        yield _Use(transfer.match, name, transfer.id, ("knowledge_transfers", number, "match"))
    for number, tranche in enumerate(inventory.tranches):
        yield _Use(tranche.match, f"tranche {tranche.id}", tranche.id, ("tranches", number, "match"))
    for number, entry in enumerate(inventory.adoption):
        name = f"entry of adoption {entry.id}"
        yield _Use(entry.match, name, entry.id, ("adoption", number, "match"))
        yield _Use(entry.audience, f"{name} (audience)", entry.id, ("adoption", number, "audience"))
    for number, pilot in enumerate(inventory.pilots):
        yield _Use(pilot.items, f"pilot {pilot.id}", pilot.id, ("pilots", number, "items"))
        yield _Use(pilot.piloted, f"pilot {pilot.id} (for)", pilot.id, ("pilots", number, "for"))


def _of_risks(risks: Risks) -> Iterator[_Use]:
    for section, entries in (
        ("gates", risks.gates),
        ("cutovers", risks.cutovers),
        ("effort", risks.effort),
        ("work", risks.work),
    ):
        for number, entry in enumerate(entries):
            path: Path = ("risks", section, number, "match")
            yield _Use(entry.match, f"entry {number + 1} of risks.{section}", None, path)
    for number, event in enumerate(risks.events):
        for place, effect in enumerate(event.effects):
            path = ("risks", "register", number, "effects", place, "match")
            yield _Use(effect.match, f"event {event.id}", event.id, path)


def _of_rule(rule: Rule, path: Path) -> Iterator[_Use]:
    name = f"rule {rule.id}"
    yield _Use(rule.match, name, rule.id, (*path, "match"))
    yield _Use(rule.together, name, rule.id, (*path, "together"))
    for key, parts in (("apart", rule.apart), ("before", rule.before)):
        for place, selector in enumerate(parts or ()):
            yield _Use(selector, f"{name} ({key}, number {place + 1})", rule.id, (*path, key, place))


def _of_policy(policy: Policy, path: Path, suffix: str) -> Iterator[_Use]:
    for number, rehearsal in enumerate(policy.rehearsals):
        name = f"rehearsal {rehearsal.id}{suffix}"
        yield _Use(rehearsal.only, name, rehearsal.id, (*path, "rehearsals", number, "only"))
    for number, override in enumerate(policy.hypercare.overrides):
        name = f"hypercare override {number + 1}{suffix}"
        yield _Use(override.match, name, None, (*path, "hypercare", "overrides", number, "match"))
