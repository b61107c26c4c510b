"""What no source says and a plan needs: sites, their parts, where servers go, what runs on them. Told, never silent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.work import MOVING_STRATEGIES, Application
from waveplan.imports.records import Kind
from waveplan.imports.writing.drafts import Draft, in_order

NO_SITE = "site-to-name"
NO_TARGET = "target-to-name"


@dataclass(frozen=True, slots=True)
class Known:
    """What an inventory says already, so that nothing need be assumed."""

    hosted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # server → what runs on it
    sited: frozenset[str] = frozenset()  # servers with a site
    targets: bool = False  # whether servers are told where to go


def assume(drafts: list[Draft], known: Known) -> list[Finding]:
    """Add to the drafts what they need to be an inventory; a finding for each kind of thing that is assumed."""
    findings = [*_sites_of_servers(drafts, known), *_applications(drafts, known)]
    findings += _parts_of_sites(drafts)
    if not known.targets:
        findings += _targets(drafts)
    return findings


def _of(drafts: Iterable[Draft], kind: Kind) -> list[Draft]:
    return [draft for draft in drafts if draft.kind == kind]


def _sites_of_servers(drafts: list[Draft], known: Known) -> Iterable[Finding]:
    lost = [draft for draft in _of(drafts, "server") if "site" not in draft.tree and draft.id not in known.sited]
    if not lost:
        return
    name = _free(NO_SITE, _of(drafts, "site"))
    drafts.append(Draft("site", name, {"id": name}, remarks=["no source says where these servers stand"]))
    for draft in lost:
        draft.tree = in_order({**draft.tree, "site": name}, Server)
    yield Finding(
        "WP544",
        "no source says where some servers stand ({number}): they were put on the site '{site}'",
        {"number": len(lost), "site": name},
        "warning",
        (name,),
        hint="name their sites, or import a source that does",
    )


def _parts_of_sites(drafts: list[Draft]) -> Iterable[Finding]:
    """A site that is left is a source, one that is gone to is a target, any other one has users."""
    sources = {draft.tree.get("site") for draft in _of(drafts, "server")}
    targets = {draft.tree.get("target") for draft in drafts if draft.kind in ("server", "site")}
    for draft in _of(drafts, "site"):
        if "roles" not in draft.tree:
            roles = [role for role, names in (("source", sources), ("target", targets)) if draft.id in names]
            draft.tree = in_order({**draft.tree, "roles": roles or ["user"]}, Site)
    return ()


def _targets(drafts: list[Draft]) -> Iterable[Finding]:
    sites = _of(drafts, "site")
    going = {draft.tree.get("site") for draft in _of(drafts, "server") if "target" not in draft.tree}
    lost = [each for each in sites if each.id in going and "target" not in (*each.tree, *each.tree["roles"])]
    moves = any(draft.tree.get("strategy", "rehost") in MOVING_STRATEGIES for draft in _of(drafts, "application"))
    if not lost or not moves:
        return
    named = [site.id for site in sites if "target" in site.tree["roles"]]
    if len(named) == 1:
        name = named[0]
    else:
        name = _free(NO_TARGET, sites)
        remark = "no source says where servers go"
        drafts.append(Draft("site", name, {"id": name, "roles": ["target"]}, remarks=[remark]))
    for site in lost:
        site.tree = in_order({**site.tree, "target": name}, Site)
        site.remarks.append("target: no source says it")
    yield Finding(
        "WP544",
        "no source says where the servers of {sites} go: '{target}' stands for it",
        {"sites": ", ".join(site.id for site in lost), "target": name},
        "warning",
        tuple(site.id for site in lost),
        hint="name the site to which they go, as `target` of each site or of its servers",
    )


def _applications(drafts: list[Draft], known: Known) -> Iterable[Finding]:
    """An application for each server on which nothing is said to run."""
    applications = _of(drafts, "application")
    hosted = {name for draft in applications for name in draft.tree.get("servers", ())} | known.hosted.keys()
    taken = {draft.id for draft in applications}
    made = 0
    for server in _of(drafts, "server"):
        if server.id in hosted or server.tree.get("retire") == "true":
            continue
        name = server.id if server.id not in taken else f"on-{server.id}"
        tree = {"id": name, "servers": [server.id]}
        tree |= {key: server.tree[key] for key in ("name", "environment") if key in server.tree}
        drafts.append(Draft("application", name, in_order(tree, Application)))
        made += 1
    if made:
        yield Finding(
            "WP544",
            "no source says what runs on some servers ({number}): each was given an application of its own",
            {"number": made},
            "warning",
            hint="import applications or traffic; what is assumed makes room for it",
        )


def _free(name: str, drafts: Sequence[Draft]) -> str:
    taken: Collection[str] = {draft.id for draft in drafts}
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
