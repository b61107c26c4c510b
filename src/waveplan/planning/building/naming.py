"""Names of limits and budgets as parts of sentences: what is counted, and of whom or where."""

from __future__ import annotations

from waveplan.domain.findings import Phrase

_OF = {"effort of ": "effort of {of}", "crew of ": "crew of {of}", "on-call of ": "on-call of {of}"}


def spoken(name: str) -> Phrase:
    """A name that can be said in other languages too."""
    key, of_rule, rule = name.partition(" of rule ")
    if of_rule:
        rule, _, value = rule.partition(" for ")
        values = {"key": key, "rule": rule, "value": value}
        return Phrase("{key} of rule {rule} for {value}" if value else "{key} of rule {rule}", values)
    head, between, pair = name.partition("replication between ")
    if between and not head:
        one, _, other = pair.partition(" and ")
        return Phrase("replication between {one} and {far}", {"one": one, "far": other})
    key, in_window, window = name.partition(" in window ")
    if in_window:
        where, _, value = window.partition(" for ")
        template = "{key} in window {window} for {value}" if value else "{key} in window {window}"
        return Phrase(template, {"key": spoken(key), "window": where, "value": value})
    for head, template in _OF.items():
        if name.startswith(head):
            return Phrase(template, {"of": name.removeprefix(head)})
    pair = name.removeprefix("replication between ")
    if pair != name:
        one, _, other = pair.partition(" and ")
        return Phrase("replication between {one} and {other}", {"one": one, "other": other})
    key, at_site, site = name.partition(" at ")
    return Phrase("{key} at {site}", {"key": key, "site": site}) if at_site else Phrase("{name}", {"name": name})
