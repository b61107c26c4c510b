"""Who is reached by what people are told, taught and asked: users by site and persona."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from waveplan.domain.adoption import Adoption
from waveplan.domain.items import Item, Items
from waveplan.domain.subjects import SiteSubject

WHOLE_SITE = "all"  # persona of users whom their site does not tell apart


@dataclass(frozen=True, order=True, slots=True)
class Reached:
    """People whom something reaches: the users of one persona at a site, or all of them where it tells none apart."""

    site: str
    persona: str
    users: int


@dataclass(frozen=True, eq=False)
class AudienceSubject:
    """People as `audience` selects them: what their site is, who they are, which languages are read there."""

    site: SiteSubject
    personas: frozenset[str]
    languages: frozenset[str]

    def values(self, attribute: str) -> frozenset[str]:
        """Words for `persona` and `language`, and for what their site has, with or without `site.` before it."""
        if attribute == "persona":
            return self.personas
        return self.languages if attribute == "language" else self.site.values(attribute)


class Audiences:
    """Who is reached by what: users of an inventory by site and persona."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self._sites = items.sites

    def languages(self, site: str) -> tuple[str, ...]:
        """Languages that are read at a site, in its order: its own, else the programme's."""
        return tuple(dict.fromkeys(self._sites[site].languages)) or (self._items.inventory.programme.language,)

    def spoken(self, entry: Adoption, site: str) -> tuple[str, ...]:
        """Languages in which an entry is held at a site.

        Those that are read there, as far as the entry or its audience names them; where none of the entry's own is
        read, the programme's if it is one of them, else the first.
        """
        read, own = self.languages(site), entry.languages
        for attribute, wanted in entry.audience.terms if entry.audience else ():
            if attribute == "language":
                read = tuple(word for word in read if word in wanted) or read
        if not own:
            return read
        programme = self._items.inventory.programme.language
        return tuple(word for word in read if word in own) or (programme if programme in own else own[0],)

    def reached(self, entry: Adoption, items: Iterable[Item]) -> tuple[Reached, ...]:
        """Those of the users of some items whom an entry is for, each once; none when it is not about the items."""
        found = {
            people
            for item in items
            if entry.is_about(item)
            for people, subject in self._users(item)
            if entry.audience is None or entry.audience.matches(subject)
        }
        return tuple(sorted(found))

    def everybody(self) -> Iterator[AudienceSubject]:
        """All users of what cuts over, as an audience sees them."""
        for item in self._items.planned:
            for _, subject in self._users(item):
                yield subject

    def _users(self, item: Item) -> Iterator[tuple[Reached, AudienceSubject]]:
        for site in item.counted_user_sites:
            if site in self._sites:
                for people, personas in self._groups(site, frozenset(item.entry.personas)):
                    place = SiteSubject(self._sites[site])
                    yield people, AudienceSubject(place, personas, frozenset(self.languages(site)))

    def _groups(self, site: str, own: frozenset[str]) -> Iterator[tuple[Reached, frozenset[str]]]:
        """Users at a site of an item that is for some personas, or for all, each with the personas they may be."""
        users = self._sites[site].users
        if users.keys() <= {WHOLE_SITE}:  # they may be anybody whom the item is for
            yield Reached(site, WHOLE_SITE, users.get(WHOLE_SITE, 0)), (own or self._known) | {WHOLE_SITE}
            return
        for persona, count in users.items():
            if not own or persona in own:
                yield Reached(site, persona, count), frozenset((persona,))

    @cached_property
    def _known(self) -> frozenset[str]:
        at_sites = {persona for site in self._sites.values() for persona in site.users}
        return frozenset(at_sites.union(*(item.entry.personas for item in self._items)))
