"""What a hard rule is: its code, what it is about, and how its violations are found. All of it stands on the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from waveplan.checking.facts import Facts
from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding

Group = Literal["structure", "room", "order", "dates"]
Search = Callable[[Facts], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class HardRule:
    """One hard rule.

    `group` is what it is about: the plan's `structure` (while it fails, figures differ for that reason alone); `room`
    in a wave, a team, a site or on a link; the `order` of things; or `dates`, windows and rhythm among them.
    `by_number` tells that it looks at the number of a wave, which other waves make. `same` names values of its
    findings that stay as they are from slot to slot, beside those that always do (`trials.SAME`): findings that differ
    in them have other reasons. What is used of a limit, and by whom, its findings carry themselves (`excess`).
    """

    code: str
    group: Group
    search: Search
    by_number: bool = False
    same: tuple[str, ...] = ()

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Its violations, under its code."""
        severity = CATALOGUE[self.code].severity
        return (replace(found, code=self.code, severity=severity) for found in self.search(facts))


def hard_rule(
    code: str, group: Group, *, by_number: bool = False, same: tuple[str, ...] = ()
) -> Callable[[Search], HardRule]:
    """Makes a rule of a function that finds its violations; `registry` finds it wherever it stands in `rules`."""
    return lambda search: HardRule(code, group, search, by_number, same)
