"""Dependencies as `depends_on` of applications and services; a server stands for what runs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from waveplan.domain.work import Dependency
from waveplan.imports.merging import Ref, Settled, United
from waveplan.imports.records import Kind
from waveplan.imports.writing.drafts import SECTIONS, Draft, Tree, in_order, in_words

_PROVIDERS: Mapping[Kind, str] = {"application": "app", "service": "service"}
_End = tuple[Kind, str]


def tie(drafts: list[Draft], union: United, ids: Mapping[Ref, str], hosted: Mapping[str, tuple[str, ...]]) -> None:
    """Write what depends on what into the drafts; what runs on servers by hand gets a draft of its own."""
    running = _running(drafts, hosted)
    wanted: dict[_End, dict[_End, Tree]] = defaultdict(dict)
    for kind, things in union.entries.items():
        for number, thing in enumerate(things):
            for provider, fields in thing.ties.items():
                for consumer in _ends(Ref(kind, number), ids, running):
                    for end in _ends(provider, ids, running):
                        if end != consumer:
                            wanted[consumer].setdefault(end, {}).update(_tree(end, fields, ids))
    known = {(draft.kind, draft.id): draft for draft in drafts}
    for end, providers in sorted(wanted.items()):
        draft = known.get(end)
        if draft is None:
            draft = Draft(end[0], end[1], {"id": end[1]})
            drafts.append(draft)
        draft.tree["depends_on"] = [tree for _, tree in sorted(providers.items())]
        draft.tree = in_order(draft.tree, SECTIONS[draft.kind][1])


def _running(drafts: list[Draft], hosted: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Server → applications on it."""
    running = defaultdict(list, {server: list(names) for server, names in hosted.items()})
    for draft in drafts:
        if draft.kind == "application":
            for server in draft.tree.get("servers", ()):
                if draft.id not in running[server]:
                    running[server].append(draft.id)
    return running


def _ends(ref: Ref, ids: Mapping[Ref, str], running: Mapping[str, list[str]]) -> list[_End]:
    if ref.kind == "server":
        return [("application", name) for name in running.get(ids[ref], ())]
    return [(ref.kind, ids[ref])]


def _tree(end: _End, fields: Mapping[str, Settled], ids: Mapping[Ref, str]) -> Tree:
    given = {path: in_words(settled.value, ids) for path, settled in fields.items()}
    return in_order({_PROVIDERS[end[0]]: end[1], **given}, Dependency)
