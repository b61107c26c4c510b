"""Sites and servers as selectors see them, and the words of an entry's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waveplan.domain.selectors import words_of
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site

NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class SiteSubject:
    """A site, as `defaults` and services select it."""

    site: Site

    def values(self, attribute: str) -> frozenset[str]:
        """Words of the site's own field, or of `labels.x`, with or without `site.` before it; `site` is its id."""
        own = attribute.removeprefix("site.")
        if own in {"site", "id"}:
            return frozenset((self.site.id,))
        return entry_words(self.site, own)


@dataclass(frozen=True, eq=False)
class ServerSubject:
    """A server, as `defaults` and counts of servers select it."""

    server: Server
    sites: Mapping[str, Site]

    def values(self, attribute: str) -> frozenset[str]:
        """Words of the server's own field; `site.*` and `target.*` look into its sites."""
        head, _, rest = attribute.partition(".")
        if head == "server":
            return frozenset((self.server.id,)) if not rest else entry_words(self.server, rest)
        if head == "id":
            return frozenset((self.server.id,))
        if head == "target":
            target = target_of(self.server, self.sites)
            return site_words(self.sites, (target,) if target else (), rest)
        if head == "site":
            return site_words(self.sites, (self.server.site,), rest)
        return entry_words(self.server, attribute)


def entry_words(entry: object, attribute: str) -> frozenset[str]:
    """Words of an entry's own field, or of one label under `labels.x`."""
    head, _, rest = attribute.partition(".")
    if head == "labels" and rest:
        return words_of(getattr(entry, "labels", {}).get(rest))
    value = getattr(entry, attribute, None)
    return NO_WORDS if isinstance(value, dict) or callable(value) else words_of(value)


def site_words(sites: Mapping[str, Site], ids: Iterable[str], attribute: str) -> frozenset[str]:
    """Words of a field of some sites; their ids without one."""
    if not attribute:
        return frozenset(ids)
    return NO_WORDS.union(*(entry_words(sites[site], attribute) for site in ids if site in sites))


def target_of(server: Server, sites: Mapping[str, Site]) -> str | None:
    """Where a server goes when it moves and no step says otherwise: its own target, else its site's."""
    if server.target:
        return server.target
    site = sites.get(server.site)
    return site.target if site else None
