"""From an inventory's entries to items: steps laid over their entries, services at their sites, formulas worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from waveplan.domain.findings import Path
from waveplan.domain.identifiers import ItemId, SiteId, StreamId
from waveplan.domain.inventory import Inventory, policies_of
from waveplan.domain.item import MAIN_STREAM, Item, Move, Step
from waveplan.domain.selectors import Selector
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.subjects import SiteSubject, target_of
from waveplan.domain.work import MOVING_STRATEGIES, UNPLANNED_STRATEGIES, Application, ApplicationStep, Service

Entry = TypeVar("Entry", Application, Service)
SiteOfServer = dict[str, SiteId]  # server → where it stands

_PLACES = 1_000_000  # an amount has six places at most
_GAPS = ("min_gap_days", "min_gap_working_days", "max_gap_days")
_OF_THE_STEP_ALONE = frozenset({"id", "target", "location", *_GAPS})
_NO_WINDOW_WORK: Mapping[str, Any] = {
    "crew": {},
    "cutover_hours": Decimal(0),
    "test_hours": Decimal(0),
    "rollback_hours": Decimal(0),
}
"""What a later step of a service has of a window's work when it gives none: its delivery matures, nothing cuts over."""


class ItemMaker:
    """Makes the items of one inventory, in its order: applications, then services site by site, step by step."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self.sites: dict[str, Site] = {site.id: site for site in inventory.sites}
        self.servers: dict[str, Server] = {server.id: server for server in inventory.servers}
        self.policies = policies_of(inventory)

    def items(self) -> Iterator[Item]:
        """Every item."""
        for index, application in enumerate(self._inventory.applications):
            yield from self._of_application(application, ("applications", index))
        for index, service in enumerate(self._inventory.services):
            for site in service_sites(service, self.sites):
                yield from self._of_service(service, SiteId(site), ("services", index))

    def _of_application(self, entry: Application, path: Path) -> Iterator[Item]:
        names = sorted(set(entry.servers))
        servers = tuple(self.servers[name] for name in names if name in self.servers)
        if entry.in_batches and servers and entry.strategy not in UNPLANNED_STRATEGIES:
            yield from self._in_batches(entry, path, servers)
            return
        stand: SiteOfServer = {server.id: SiteId(server.site) for server in servers}
        for step, own in _steps(entry.id, entry.steps, path):
            effective = _laid_over(entry, own, step)
            moves = self._moves(effective, servers, stand, own, step)
            name = _item_id(entry.id, step)
            draft = self._draft(effective, path, name, step, servers=servers, moves=moves, stands=stand)
            stand = {**stand, **{move.server.id: move.target for move in draft.moves if move.target}}
            yield self._placed(draft)

    def _draft(
        self,
        entry: Application,
        path: Path,
        name: ItemId,
        step: Step | None,
        *,
        servers: tuple[Server, ...],
        moves: tuple[Move, ...],
        stands: SiteOfServer,
        batch: int = 0,
    ) -> Item:
        """An item of an application, of which stream, tranche, effort and hypercare are still to be worked out."""
        return Item(
            id=name,
            kind="application",
            entry=entry,
            path=path,
            names=frozenset((entry.id, name)),
            step=step,
            stream=MAIN_STREAM,
            tranche=None,
            service_site=None,
            user_sites=tuple(sorted({SiteId(site) for site in entry.user_sites if site in self.sites})),
            effort={},
            hypercare_hours=Decimal(0),
            sites=self.sites,
            servers=servers,
            moves=moves,
            stands=stands,
            batch=batch,
        )

    def _in_batches(self, entry: Application, path: Path, servers: tuple[Server, ...]) -> Iterator[Item]:
        done = 0
        for number, own in enumerate(batches(entry, servers), 1):
            stand: SiteOfServer = {server.id: SiteId(server.site) for server in own}
            name = ItemId(f"{entry.id}/b{number}")
            moves = self._moves(entry, own, stand, None, None)
            draft = self._draft(entry, path, name, None, servers=own, moves=moves, stands=stand, batch=number)
            whole = self._effort(replace(draft, servers=servers))
            shares = (Fraction(done, len(servers)), Fraction(done + len(own), len(servers)))
            done += len(own)
            yield replace(self._placed(draft), effort={team: _share(days, *shares) for team, days in whole.items()})

    def _of_service(self, entry: Service, site: SiteId, path: Path) -> Iterator[Item]:
        base = f"{entry.id}@{site}"
        for step, own in _steps(base, entry.steps, path):
            names = {entry.id, base, _item_id(base, step), _item_id(entry.id, step)}
            yield self._placed(
                Item(
                    id=_item_id(base, step),
                    kind="service",
                    entry=_laid_over(entry, own, step),
                    path=path,
                    names=frozenset(names),
                    step=step,
                    stream=MAIN_STREAM,
                    tranche=None,
                    servers=(),
                    moves=(),
                    stands={},
                    service_site=site,
                    user_sites=(),
                    effort={},
                    hypercare_hours=Decimal(0),
                    sites=self.sites,
                )
            )

    def _moves(
        self,
        entry: Application,
        servers: Sequence[Server],
        stand: SiteOfServer,
        own: ApplicationStep | None,
        step: Step | None,
    ) -> tuple[Move, ...]:
        """A later step whose target is where a server stands already changes it in place: nothing moves."""
        if entry.strategy not in MOVING_STRATEGIES:
            return ()
        chosen = own.target if own is not None else None
        goals = ((server, chosen or target_of(server, self.sites)) for server in servers)
        later = step is not None and step.number > 0
        return tuple(
            Move(server, stand[server.id], SiteId(goal) if goal else None)
            for server, goal in goals
            if not (later and goal == stand[server.id])
        )

    def _placed(self, draft: Item) -> Item:
        """With what depends on selectors: stream, then tranche, then hypercare; and with its effort."""
        streamed = replace(draft, stream=self._stream(draft), effort=self._effort(draft))
        tranche = next((each.id for each in self._inventory.tranches if each.match.matches(streamed)), None)
        placed = replace(streamed, tranche=tranche) if tranche else streamed
        return replace(placed, hypercare_hours=self._hypercare(placed))

    def _effort(self, item: Item) -> dict[str, Decimal]:
        users = sum(self.sites[site].total_users for site in item.counted_user_sites)
        return {
            team: effort.each + effort.per_server * len(item.servers) + effort.per_100_users * users / 100
            for team, effort in sorted(item.entry.effort.items())
        }

    def _stream(self, item: Item) -> StreamId:
        for stream in self._inventory.streams:
            if stream.match.matches(item):
                return StreamId(stream.id)
        return MAIN_STREAM

    def _hypercare(self, item: Item) -> Decimal:
        if item.entry.hypercare_hours is not None:
            return item.entry.hypercare_hours
        hypercare = self.policies[item.stream].hypercare
        for override in hypercare.overrides:
            if override.match.matches(item):
                return override.hours
        return hypercare.hours


def batches(entry: Application, servers: Sequence[Server]) -> list[tuple[Server, ...]]:
    """The servers of each batch, in order of id: so many batches, nearly alike, the larger first; or of such a size."""
    size = entry.batch.servers if entry.batch is not None else 0
    if size:
        return [tuple(servers[first : first + size]) for first in range(0, len(servers), size)]
    count = min(entry.batches or 1, len(servers))
    least, larger = divmod(len(servers), count)
    ends = [number * least + min(number, larger) for number in range(count + 1)]
    return [tuple(servers[first:end]) for first, end in pairwise(ends)]


def _share(amount: Decimal, begin: Fraction, end: Fraction) -> Decimal:
    """What lies between two shares of an amount, to six places; the parts of a whole add up to it exactly."""

    def up_to(share: Fraction) -> Decimal:
        return Decimal(round(Fraction(amount) * share * _PLACES)) / _PLACES

    return up_to(end) - up_to(begin)


def service_sites(service: Service, sites: Mapping[str, Site]) -> list[str]:
    """Sites at which a service is delivered, each once: as listed, or in inventory order as selected."""
    given = service.sites
    if isinstance(given, Selector):
        return [site.id for site in sites.values() if given.matches(SiteSubject(site))]
    return [name for name in dict.fromkeys(given) if name in sites]


def _item_id(base: str, step: Step | None) -> ItemId:
    return ItemId(f"{base}/{step.id}" if step else base)


def _steps(
    base: str, steps: Sequence[ApplicationStep], path: Path
) -> Iterator[tuple[Step | None, ApplicationStep | None]]:
    """Each step in order; one `None` for what moves only once."""
    if not steps:
        yield None, None
    previous: ItemId | None = None
    for number, own in enumerate(steps):
        step = Step(
            id=own.id,
            number=number,
            path=(*path, "steps", number),
            given=frozenset(own.model_fields_set),
            location=getattr(own, "location", None),
            min_gap_days=own.min_gap_days,
            min_gap_working_days=own.min_gap_working_days,
            max_gap_days=own.max_gap_days,
            previous=previous,
        )
        yield step, own
        previous = _item_id(base, step)


def _laid_over(entry: Entry, own: ApplicationStep | None, step: Step | None) -> Entry:
    """An entry as one of its steps sees it: what the step gives replaces; dependencies are the first step's."""
    if own is None or step is None:
        return entry
    update: dict[str, Any] = {}
    if step.number > 0:
        update["depends_on"] = []
        if isinstance(entry, Service):
            update |= _NO_WINDOW_WORK
    fields = type(entry).model_fields
    for name in own.model_fields_set - _OF_THE_STEP_ALONE:
        value = getattr(own, name)
        if value is not None and name in fields:
            update[name] = value
    return entry.model_copy(update=update)
