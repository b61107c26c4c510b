"""Values that change nothing where they stand (WP131): somebody expects something of them that will not happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.domain.servers import Server
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed

_DATED = ("slot", "not_before", "not_after", "after", "windows", "earliest_wave")
_DATES_OF_RETIREMENT = frozenset({"not_before", "not_after", "after"})


def without_effect(context: ReviewContext) -> Iterator[Finding]:
    """One finding for each kind of such value, or for each entry where the entries differ."""
    yield from _transport(context)
    yield from _transfer(context)
    yield from _seeds(context)
    yield from _days_of_servers(context)
    for item in context.items:
        if not item.planned:
            yield from _dates_of_what_stays(item)
    yield from _dry_runs(context)
    yield from _rest_days(context)
    yield from _gate_rule(context)


def _servers(context: ReviewContext, servers: list[Server], field: str, template: str, hint: str) -> Iterator[Finding]:
    if servers:
        names = [server.id for server in servers]
        values = {"count": len(names), "servers": listed(names)}
        path: Path = (*context.server_paths[names[0]], field)
        yield finding("WP131", template, values, path, names, hint)


def _transport(context: ReviewContext) -> Iterator[Finding]:
    found = [each for each in context.inventory.servers if each.transport_hours and each.method != "ship"]
    template = "transport_hours has no effect on servers that are not shipped ({count}): {servers}"
    yield from _servers(context, found, "transport_hours", template, "give them `method: ship`, or drop the hours")


def _seeds(context: ReviewContext) -> Iterator[Finding]:
    for field in ("seed_gb", "seed_days", "change_gb_per_day"):
        found = [each for each in context.inventory.servers if getattr(each, field) and each.method != "replicate"]
        template = "{field} has no effect on servers that are not replicated ({count}): {servers}"
        hint = "give them `method: replicate`, or drop it"
        for problem in _servers(context, found, field, template, hint):
            yield replace(problem, values={**problem.values, "field": field})


def _transfer(context: ReviewContext) -> Iterator[Finding]:
    moving = context.items.moving_servers
    staying = [s for s in context.inventory.servers if s.transfer_gb and s.id in context.hosted and s.id not in moving]
    template = "transfer_gb has no effect on servers that do not move ({count}): {servers}"
    yield from _servers(context, staying, "transfer_gb", template, "drop it, or give their applications a strategy")


def _days_of_servers(context: ReviewContext) -> Iterator[Finding]:
    found = [each for each in context.inventory.servers if each.not_before and not each.retire]
    template = "not_before has no effect on servers that are not said to be retired ({count}): {servers}"
    hint = "say `retire: true`, or give the date to the application that they host"
    yield from _servers(context, found, "not_before", template, hint)


def _dates_of_what_stays(item: Item) -> Iterator[Finding]:
    acts = _DATES_OF_RETIREMENT if item.strategy == "retire" else frozenset[str]()
    given = [field for field in _DATED if getattr(item.entry, field) and field not in acts]
    if given:
        values = {"item": item.id, "fields": ", ".join(given), "strategy": item.strategy}
        template = "{fields} of {item} has no effect: it never cuts over (strategy {strategy})"
        hint = "drop it, or give {item} a strategy that moves it"
        yield finding("WP131", template, values, (*item.path, given[0]), (item.id,), hint)


def _dry_runs(context: ReviewContext) -> Iterator[Finding]:
    unheard: list[Item] = []
    for policy, _, items in context.policies:
        asked = [rehearsal.only for rehearsal in policy.rehearsals]
        asking = (item for item in items if item.entry.dry_run)
        unheard += [item for item in asking if not any(only is None or only.matches(item) for only in asked)]
    if unheard:
        values = {"count": len(unheard), "items": listed([item.id for item in unheard])}
        template = "dry_run has no effect on applications that no rehearsal asks for ({count}): {items}"
        hint = "add a rehearsal with `only: {{dry_run: true}}` to the policy"
        path = (*unheard[0].path, "dry_run")
        yield finding("WP131", template, values, path, [item.id for item in unheard], hint)


def _rest_days(context: ReviewContext) -> Iterator[Finding]:
    for number, team in enumerate(context.inventory.teams):
        if team.rest_days and team.crew is None:
            template = "rest_days of team {team} has no effect: without `crew` its people are not limited"
            hint = "give {team} the number of people it can seat in windows (crew)"
            values = {"team": team.id}
            yield finding("WP131", template, values, ("teams", number, "rest_days"), (team.id,), hint)


def _gate_rule(context: ReviewContext) -> Iterator[Finding]:
    for policy, path, items in context.policies:
        if policy.hypercare.before_next_gate and not any(gate.decides for gate in policy.gates):
            values = {"stream": items[0].stream}
            template = "before_next_gate has no effect in stream {stream}: none of its gates decides"
            place = (*path, "hypercare", "before_next_gate")
            yield finding("WP131", template, values, place, (items[0].stream,), "give one gate `decides: true`")
