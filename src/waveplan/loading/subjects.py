"""Whole applications and services as the selectors of `defaults` see them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from waveplan.domain.identifiers import ItemId, SiteId
from waveplan.domain.item_making import service_sites
from waveplan.domain.items import MAIN_STREAM, Item, Move
from waveplan.domain.selectors import Subject
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.subjects import NO_WORDS, entry_words, target_of
from waveplan.domain.work import Application, Service


class ApplicationSubject:
    """An application with its servers; as an item sees itself, before there are any streams."""

    def __init__(self, application: Application, servers: Mapping[str, Server], sites: Mapping[str, Site]) -> None:
        self._application = application
        self._servers = servers
        self._sites = sites

    def values(self, attribute: str) -> frozenset[str]:
        """Words of an attribute."""
        return self._item().values(attribute)

    def _item(self) -> Item:
        application = self._application
        own = tuple(self._servers[name] for name in sorted(set(application.servers)) if name in self._servers)
        goals = ((server, target_of(server, self._sites)) for server in own)
        return Item(
            id=ItemId(application.id),
            kind="application",
            entry=application,
            path=(),
            names=frozenset((application.id,)),
            step=None,
            stream=MAIN_STREAM,
            tranche=None,
            servers=own,
            moves=tuple(Move(server, SiteId(server.site), SiteId(goal)) for server, goal in goals if goal),
            stands={server.id: SiteId(server.site) for server in own},
            service_site=None,
            user_sites=tuple(sorted({SiteId(site) for site in application.user_sites})),
            effort={},
            hypercare_hours=Decimal(0),
            sites=self._sites,
        )


class ServiceSubject:
    """A service at all of its sites."""

    def __init__(self, service: Service, sites: Mapping[str, Site]) -> None:
        self._service = service
        self._sites = sites

    def values(self, attribute: str) -> frozenset[str]:
        """Words of the service's own field; `site.*` looks into each of its sites."""
        head, _, rest = attribute.partition(".")
        if head in {"service", "id"} and not rest:
            return frozenset((self._service.id,))
        if head == "site":
            own = self._own_sites()
            return NO_WORDS.union(*(entry_words(site, rest) if rest else {site.id} for site in own))
        return entry_words(self._service, attribute)

    def _own_sites(self) -> list[Site]:
        return [self._sites[name] for name in service_sites(self._service, self._sites)]


class RememberedWords:
    """A subject that looks each attribute up once."""

    __slots__ = ("_known", "_subject")

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._known: dict[str, frozenset[str]] = {}

    def values(self, attribute: str) -> frozenset[str]:
        """Words of an attribute."""
        words = self._known.get(attribute)
        if words is None:
            words = self._known[attribute] = self._subject.values(attribute)
        return words

    def forget(self) -> None:
        """Its entry has changed."""
        self._known.clear()
