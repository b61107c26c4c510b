"""Retirements that cannot be: no day is left for one (WP145), or what is to be retired is still in use (WP146)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.domain.servers import Server
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed

Dated = tuple[dt.date, str, str]  # a day, whose it is, and the field that gives it


def retirements(context: ReviewContext) -> Iterator[Finding]:
    """Everything about what is retired that can be said before any plan."""
    for item in context.items:
        if item.strategy == "retire":
            yield from _left_no_day(context, item.id, item.source_sites, item.path, _firsts(context, item), item)
    for name, server in context.items.retired_servers.items():
        path, firsts = context.server_paths[server.id], _of_server(server)
        yield from _left_no_day(context, name, (server.site,), path, firsts, None)
    for server in context.inventory.servers:
        if server.retire and server.id in context.hosted:
            values = {"server": server.id, "items": listed([item.id for item in context.hosted[server.id]])}
            template = "server {server} is said to be retired, but {items} runs on it"
            hint = "drop `retire`: a server goes with what it hosts (`strategy: retire` on that, if it does not move)"
            path = (*context.server_paths[server.id], "retire")
            yield finding("WP146", template, values, path, (server.id,), hint)


def _of_server(server: Server) -> list[Dated]:
    return [(server.not_before, server.id, "not_before")] if server.not_before else []


def _firsts(context: ReviewContext, item: Item) -> list[Dated]:
    """Days before which it may not go: its own, of rules, and of milestones that it waits for."""
    promised = {each.id: each.date for each in context.inventory.external_milestones}
    found = [(day, name, "date") for name in item.entry.after if (day := promised.get(name)) is not None]
    return [*found, *_dates(context, item, "not_before")]


def _dates(context: ReviewContext, item: Item, field: str) -> Iterator[Dated]:
    entries = [item.entry, *(rule for _, rule in context.rules_of.get(item.id, ()))]
    for entry in entries:
        day = getattr(entry, field)
        if day is not None:
            yield day, entry.id, field


def _lasts(context: ReviewContext, sites: Iterable[str], item: Item | None) -> Iterator[Dated]:
    """Days after which it may not go."""
    for name in sites:
        site = context.items.sites.get(name)
        if site is not None and site.exit_by and site.exit_by.year < dt.MAXYEAR:
            yield context.calendar.last_use_for_exit(site, site.exit_by), name, "exit_by"
    if item is not None:
        yield from _dates(context, item, "not_after")
        for contract in context.inventory.contracts:
            if contract.match.matches(item):
                yield contract.ends, contract.id, "ends"


def _left_no_day(
    context: ReviewContext, name: str, sites: Iterable[str], path: Path, firsts: list[Dated], item: Item | None
) -> Iterator[Finding]:
    start = context.inventory.programme.start
    places = [site for site in sites if site in context.items.sites]
    first, of, field = max([*firsts, (start + dt.timedelta(days=1), "programme", "start")])
    last, by, limit = min(_lasts(context, places, item), default=(None, "", ""))
    if last is None or context.calendar.working_day_on_or_after(places, first) <= last:
        return
    values = {"item": name, "first": f"{first:%Y-%m-%d}", "of": of, "field": field}
    values |= {"last": f"{last:%Y-%m-%d}", "by": by, "limit": limit}
    template = (
        "no day is left on which {item} may be retired: on or after {first} ({of}, {field}), "
        "on or before {last} ({by}, {limit})"
    )
    hint = "correct one of the two dates"
    yield finding("WP145", template, values, path, (name, of, by), hint)
