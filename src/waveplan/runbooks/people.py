"""Who does a task, answers for it, is asked and is told: roles of templates resolved for what a task is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from waveplan.domain.items import Item
from waveplan.domain.nights import NightRaci
from waveplan.domain.runbooks import ROLES, TRANSITION_MANAGER, RunbookTask


def owner_of(choices: Iterable[str], items: Iterable[Item]) -> str | None:
    """The first choice that there is for some items: a team or a person by name, a role that somebody fills."""
    items = tuple(items)
    return next((found for choice in choices for found in _filled_by(choice, items)), None)


def owners_named(template: RunbookTask) -> tuple[str, ...]:
    """Whom a template names to do it: its team, else whoever is responsible."""
    return tuple(template.team or template.raci.responsible)


def raci_of(template: RunbookTask, owner: str, items: Iterable[Item]) -> NightRaci:
    """The four lists, each name once; who does it comes first among those responsible."""
    items, raci = tuple(items), template.raci
    return NightRaci(
        tuple(dict.fromkeys((*((owner,) if owner else ()), *_all(raci.responsible, items)))),
        _all(raci.accountable, items) or (TRANSITION_MANAGER,),
        _all(raci.consulted, items),
        _all(raci.informed, items),
    )


def audience_of(words: Iterable[str], items: Iterable[Item]) -> tuple[str, ...]:
    """Whom a message is for: what its words stand for, for all items."""
    return _all(words, tuple(items))


def _all(words: Iterable[str], items: tuple[Item, ...]) -> tuple[str, ...]:
    """What words stand for; a role that nobody fills stays a role."""
    return tuple(dict.fromkeys(found for word in words for found in (*_filled_by(word, items),) or (word,)))


def _filled_by(word: str, items: tuple[Item, ...]) -> Iterator[str]:
    if word not in ROLES or word == TRANSITION_MANAGER:
        yield word
    elif word == "on_call":
        yield from _largest([item.entry.on_call for item in items])
    elif word in {"crew", "testers"}:
        seated = _largest([item.entry.crew for item in items])
        owners = {item.entry.technical_owner for item in items}
        testers = word == "testers"
        yield from sorted(seated, key=lambda team: (team in owners) == testers)
    else:
        yield from sorted({owner for item in items if (owner := getattr(item.entry, word))})


def _largest(people: Iterable[Mapping[str, int]]) -> list[str]:
    """Teams by the people whom they give, most first."""
    total: dict[str, int] = defaultdict(int)
    for each in people:
        for team, number in each.items():
            total[team] += number
    return sorted((team for team in total if total[team]), key=lambda team: (-total[team], team))
