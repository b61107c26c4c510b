"""What no source says and a plan needs: sites, their parts, where servers go, what runs on them. Told, never silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.work import MOVING_STRATEGIES, Application
from waveplan.imports.records import Kind
from waveplan.imports.writing.drafts import Draft, in_order

NO_SITE = "site-to-name"
NO_TARGET = "target-to-name"
_OF_APPLICATIONS = frozenset({"id", "name", "environment", "servers"})


@dataclass(frozen=True, slots=True)
class Known:
    """What an inventory says already, so that nothing need be assumed, or is assumed as it was before."""

    hosted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # server → what runs on it
    applications: Mapping[str, str] = field(default_factory=dict)  # server → the application that was assumed on it
    sites: Mapping[str, str] = field(default_factory=dict)  # server → the site on which it was put
    assumed_site: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)  # site → where its servers were said to go
    target_sites: tuple[str, ...] = ()
    assumed_sites: frozenset[str] = frozenset()
    has_targets: bool = False  # `defaults` say where servers go
    taken: frozenset[tuple[Kind, str]] = frozenset()  # ids of what stands


def assume(drafts: list[Draft], known: Known) -> list[Finding]:
    """Add to the drafts what they need to be an inventory; a finding for each kind of thing that is assumed."""
    findings = [*_sites_of_servers(drafts, known), *_applications(drafts, known)]
    _roles(drafts)
    findings += _targets(drafts, known)
    return findings


def _of(drafts: Iterable[Draft], kind: Kind) -> list[Draft]:
    return [draft for draft in drafts if draft.kind == kind]


def _set(draft: Draft, path: str, value: object, model: type) -> None:
    draft.tree = in_order({**draft.tree, path: value}, model)
    draft.assumed |= {path}


def _sites_of_servers(drafts: list[Draft], known: Known) -> Iterator[Finding]:
    lost = [draft for draft in _of(drafts, "server") if "site" not in draft.tree]
    new = []
    name = known.assumed_site or _free(NO_SITE, _ids(drafts, "site", known))
    for draft in lost:
        before = known.sites.get(draft.id)
        if before is None and ("server", draft.id) not in known.taken:
            new.append(draft)
        if before is not None or ("server", draft.id) not in known.taken:
            _set(draft, "site", before or name, Server)
    named = {draft.tree.get("site") for draft in lost}
    if name in named and name not in {draft.id for draft in _of(drafts, "site")}:
        drafts.append(Draft("site", name, {"id": name}, remarks=["no source says where these servers stand"]))
    if new:
        yield Finding(
            "WP544",
            "no source says where some servers stand ({number}): they were put on the site '{site}'",
            {"number": len(new), "site": name},
            "warning",
            (name,),
            hint="name their sites, or import a source that does",
        )


def _roles(drafts: list[Draft]) -> None:
    """A site that is left is a source, one that is gone to is a target, any other one has users."""
    sources = {draft.tree.get("site") for draft in _of(drafts, "server")}
    targets = {draft.tree.get("target") for draft in drafts if draft.kind in ("server", "site")}
    for draft in _of(drafts, "site"):
        if "roles" not in draft.tree:
            roles = [role for role, names in (("source", sources), ("target", targets)) if draft.id in names]
            _set(draft, "roles", roles or ["user"], Site)


def _targets(drafts: list[Draft], known: Known) -> Iterator[Finding]:
    sites = _of(drafts, "site")
    for site in sites:
        if "target" not in site.tree and site.id in known.targets:
            _set(site, "target", known.targets[site.id], Site)
    going = {draft.tree.get("site") for draft in _of(drafts, "server") if "target" not in draft.tree}
    lost = [each for each in sites if each.id in going and "target" not in (*each.tree, *each.tree["roles"])]
    lost = [each for each in lost if ("site", each.id) not in known.taken]
    moves = any(draft.tree.get("strategy", "rehost") in MOVING_STRATEGIES for draft in _of(drafts, "application"))
    if known.has_targets or not moves:
        return
    named = {*(site.id for site in sites if "target" in site.tree["roles"]), *known.target_sites}
    name = min(named) if len(named) == 1 else NO_TARGET if NO_TARGET in named else ""
    if not name:
        name = _free(NO_TARGET, _ids(drafts, "site", known))
    for site in lost:
        _set(site, "target", name, Site)
        site.remarks.append("target: no source says it")
    wanted = {draft.tree.get("target") for draft in drafts}
    stands = set(known.target_sites) - known.assumed_sites | {site.id for site in sites}
    if name in wanted - stands:
        remark = "no source says where servers go"
        drafts.append(Draft("site", name, {"id": name, "roles": ["target"]}, remarks=[remark]))
    if lost:
        yield Finding(
            "WP544",
            "no source says where the servers of {sites} go: '{target}' stands for it",
            {"sites": ", ".join(site.id for site in lost), "target": name},
            "warning",
            tuple(site.id for site in lost),
            hint="name the site to which they go, as `target` of each site or of its servers",
        )


def _applications(drafts: list[Draft], known: Known) -> Iterator[Finding]:
    """An application for each server on which nothing is said to run."""
    applications = _of(drafts, "application")
    hosted = {name for draft in applications for name in draft.tree.get("servers", ())} | known.hosted.keys()
    taken = {draft.id for draft in applications}
    made = 0
    for server in _of(drafts, "server"):
        if server.id in hosted or server.tree.get("retire") == "true":
            continue
        made += server.id not in known.applications
        name = known.applications.get(server.id) or (server.id if server.id not in taken else f"on-{server.id}")
        tree = {"id": name, "servers": [server.id]}
        tree |= {key: server.tree[key] for key in ("name", "environment") if key in server.tree}
        drafts.append(Draft("application", name, in_order(tree, Application), assumed=_OF_APPLICATIONS))
    if made:
        yield Finding(
            "WP544",
            "no source says what runs on some servers ({number}): each was given an application of its own",
            {"number": made},
            "warning",
            hint="import applications or traffic; what is assumed makes room for it",
        )


def _ids(drafts: list[Draft], kind: Kind, known: Known) -> Collection[str]:
    return {draft.id for draft in _of(drafts, kind)} | {name for each, name in known.taken if each == kind}


def _free(name: str, taken: Collection[str]) -> str:
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
