"""Ties in words: what binds items into one lot, and the chain that leads from one to another."""

from __future__ import annotations

from collections.abc import Iterable

from waveplan.domain.plan_lots import Tie
from waveplan.render.language import Language, Shown, marked, safe

_SENTENCES = {
    "shared server": marked("{items} share the server {cause}"),
    "cluster": marked("{items} have servers in the cluster {cause}"),
    "shared disk": marked("{items} are tied by the shared disk {cause}"),
    "hard dependency": marked("{first} has a hard dependency on {second}"),
    "order circle": marked("{items} must each come before the next, round in a circle"),
    "together rule": marked("{items} are joined by the rule {cause}"),
}


def tie_words(language: Language, tie: Tie) -> Shown:
    """One tie as a sentence without its full stop."""
    items = [safe(item) for item in tie.of]
    if tie.tie == "hard dependency" and len(items) == 2:
        return language.say(_SENTENCES[tie.tie], first=items[0], second=items[1])
    if tie.tie == "hard dependency":
        return language.say("{items} are tied by hard dependencies", items=language.series(items))
    return language.say(_SENTENCES[tie.tie], items=language.series(items), cause=cause_of(tie))


def cause_of(tie: Tie) -> Shown:
    """The server, cluster, disk or rule behind a tie."""
    return safe(tie.server or tie.cluster or tie.disk or tie.rule or "?")


def tie_counts(language: Language, ties: Iterable[Tie]) -> Shown:
    """How many ties there are of each kind, a line each."""
    kinds = [tie.tie for tie in ties]
    parts = []
    if number := kinds.count("shared server"):
        parts.append(language.count("{n} shared server", "{n} shared servers", number))
    if number := kinds.count("cluster"):
        parts.append(language.count("{n} cluster", "{n} clusters", number))
    if number := kinds.count("shared disk"):
        parts.append(language.count("{n} shared disk", "{n} shared disks", number))
    if number := kinds.count("hard dependency"):
        parts.append(language.count("{n} hard dependency", "{n} hard dependencies", number))
    if number := kinds.count("order circle"):
        parts.append(language.count("{n} circle of orders", "{n} circles of orders", number))
    if number := kinds.count("together rule"):
        parts.append(language.count("{n} rule", "{n} rules", number))
    return Shown("\n".join(parts))


def chain_words(language: Language, chain: Iterable[tuple[str, Tie, str]]) -> list[Shown]:
    """The steps of a chain of ties, each from an item to the next by its tie."""
    return [_step(language, before, tie, after) for before, tie, after in chain]


def _step(language: Language, before: str, tie: Tie, after: str) -> Shown:
    values = {"one": safe(before), "other": safe(after), "cause": cause_of(tie)}
    if tie.tie == "shared server":
        return language.say("{one} shares the server {cause} with {other}", **values)
    if tie.tie == "cluster":
        return language.say("{one} has servers in the cluster {cause}, as has {other}", **values)
    if tie.tie == "shared disk":
        return language.say("{one} is tied to {other} by the shared disk {cause}", **values)
    if tie.tie == "order circle":
        return language.say("{one} is in one circle of orders with {other}", **values)
    if tie.tie == "together rule":
        return language.say("{one} is joined to {other} by the rule {cause}", **values)
    if tie.of[:1] == [before]:
        return language.say("{one} has a hard dependency on {other}", **values)
    return language.say("{one} is what {other} has a hard dependency on", **values)
