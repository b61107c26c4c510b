"""Names of limits and budgets as parts of sentences: what is counted, and of whom or where."""

from __future__ import annotations

from waveplan.domain.findings import Phrase

_OF = {"effort of ": "effort of {of}", "crew of ": "crew of {of}", "on-call of ": "on-call of {of}"}


def spoken(name: str) -> Phrase:
    """A name that can be said in other languages too."""
    for head, template in _OF.items():
        if name.startswith(head):
            return Phrase(template, {"of": name.removeprefix(head)})
    key, of_rule, rule = name.partition(" of rule ")
    if of_rule:
        return Phrase("{key} of rule {rule}", {"key": key, "rule": rule})
    key, at_site, site = name.partition(" at ")
    return Phrase("{key} at {site}", {"key": key, "site": site}) if at_site else Phrase("{name}", {"name": name})
