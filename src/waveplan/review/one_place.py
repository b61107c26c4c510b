"""What cannot be in two places: a server with two targets (WP135), a disk that servers share (WP134, WP206)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.domain.servers import Server
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed, plain


def one_place(context: ReviewContext) -> Iterator[Finding]:
    """Servers that two items send to different sites, and disks whose servers do not go the same way."""
    yield from _two_targets(context)
    for disk, servers in sorted(_sharing(context).items()):
        if len(servers) > 1:
            yield from _not_one(context, disk, servers)
            yield from _left_behind(context, disk, servers)


def _two_targets(context: ReviewContext) -> Iterator[Finding]:
    """Steps of one number move a server to one place: first steps cut over together, later ones find it there."""
    for (server, _), by_target in sorted(torn_servers(context).items()):
        yield _between(server, by_target)


def torn_servers(context: ReviewContext) -> Mapping[tuple[str, int], Mapping[str, list[Item]]]:
    """Servers, and numbers of steps, by which items send them to several targets; the items by target."""
    sent: dict[tuple[str, int], dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in context.items.planned:
        for move in item.moves:
            if move.target:
                sent[move.server.id, item.step.number if item.step else 0][move.target].append(item)
    return {key: by_target for key, by_target in sent.items() if len(by_target) > 1}


def _between(server: str, by_target: Mapping[str, list[Item]]) -> Finding:
    (one, first), (other, second), *_ = by_target.items()
    values = {"server": server, "item": first[0].id, "target": one, "second": second[0].id, "other": other}
    template = "{item} moves server {server} to {target}, but {second} moves it to {other}"
    hint = "give both the same target, or separate what {item} and {second} use onto two servers"
    mover = second[0] if second[0].step and "target" in second[0].step.given else first[0]
    subjects = (server, *(item.id for items in by_target.values() for item in items))
    return finding("WP135", template, values, mover.where("target"), subjects, hint)


def _sharing(context: ReviewContext) -> Mapping[str, list[Server]]:
    """Servers by the disks that they share, in order of id."""
    found: dict[str, list[Server]] = defaultdict(list)
    for server in sorted(context.inventory.servers, key=lambda each: each.id):
        for disk in server.shared_disks:
            found[disk.id].append(server)
    return found


def _not_one(context: ReviewContext, disk: str, servers: Sequence[Server]) -> Iterator[Finding]:
    """Two descriptions of one disk: sizes, sites or targets that differ."""
    moving = [server for server in servers if server.id in context.items.moving_servers]
    sizes, sites = {each.id: _size(each, disk) for each in servers}, {each.id: each.site for each in servers}
    kinds = (
        ("shared disk {disk} has {one} GB on {first}, but {other} GB on {second}", sizes),
        ("shared disk {disk} stands at {one} with {first}, but at {other} with {second}", sites),
        ("shared disk {disk} goes to {one} with {first}, but to {other} with {second}", _targets(context, moving)),
    )
    for template, told in kinds:
        if not told:
            continue
        first, *others = told
        second = next((name for name in others if told[name] != told[first]), None)
        if second is not None:
            values = {"disk": disk, "first": first, "second": second, "one": told[first], "other": told[second]}
            hint = "one shared disk has one size and one place: mend one of them, or give the disks ids of their own"
            path = (*context.server_paths[second], "disks")
            yield finding("WP134", template, values, path, (disk, first, second), hint)


def _size(server: Server, disk: str) -> str:
    return plain(next(each.gb for each in server.shared_disks if each.id == disk))


def _targets(context: ReviewContext, servers: Sequence[Server]) -> dict[str, str]:
    """Where servers go first, as their items say."""
    found = {}
    for server in servers:
        moves = (move for item in context.hosted[server.id] for move in item.moves if item.is_first)
        found[server.id] = next((move.target or "?" for move in moves if move.server.id == server.id), "?")
    return found


def _left_behind(context: ReviewContext, disk: str, servers: Sequence[Server]) -> Iterator[Finding]:
    """A disk that leaves with one server while another one stays where it is."""
    moving = [server.id for server in servers if server.id in context.items.moving_servers]
    fixed = [server.id for server in servers if server.id not in moving and _stays(context, server)]
    if moving and fixed:
        values = {"disk": disk, "moving": listed(moving), "fixed": listed(fixed)}
        template = "shared disk {disk} moves with {moving}, but {fixed} stays and needs it"
        hint = "move what {fixed} hosts too, or take {disk} out of its disks"
        path = (*context.server_paths[fixed[0]], "disks")
        yield finding("WP206", template, values, path, (disk, *moving, *fixed), hint)


def _stays(context: ReviewContext, server: Server) -> bool:
    """Whether a server remains on its site: not when it is retired with all that it hosts."""
    items = context.hosted.get(server.id, [])
    return not server.retire and not (items and all(item.strategy == "retire" for item in items))
