"""Who is called what: the ids of an inventory, each only once among things of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from waveplan.domain.calendar_rules import DEFAULT_WINDOWS
from waveplan.domain.findings import Path
from waveplan.domain.items import MAIN_STREAM
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, SequenceNode, mappings, node_at

# What has an id, in the words of messages. Gates, rehearsals and steps have ids of their own only where they stand.
KINDS: dict[Path, str] = {
    ("sites",): "site",
    ("links",): "link",
    ("teams",): "team",
    ("servers",): "server",
    ("applications",): "application",
    ("services",): "service",
    ("knowledge_transfers",): "knowledge transfer",
    ("contracts",): "contract",
    ("external_milestones",): "external milestone",
    ("pilots",): "pilot",
    ("tranches",): "tranche",
    ("adoption",): "entry of adoption",
    ("streams",): "stream",
    ("calendar", "windows"): "window",
    ("committees",): "committee",
    ("rules",): "rule",
    ("risks", "register"): "event",
}


# What `after` and the plan's dated milestones tell apart by their ids alone.
_DATED = frozenset({"knowledge transfer", "contract", "external milestone", "pilot", "tranche"})


@dataclass(frozen=True, slots=True)
class _Bearer:
    """An entry that bears an id."""

    entry: MappingNode
    kind: str
    path: Path

    @property
    def mark(self) -> int:
        """Where its id stands."""
        return self.entry.value_mark("id")


class Names:
    """The ids of an inventory by kind, whether or not their entries are valid otherwise."""

    def __init__(self) -> None:
        self.by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS.values()}
        self.by_kind["stream"][MAIN_STREAM] = {}

    def kinds_of(self, name: str) -> list[str]:
        """The kinds of thing that bear a name."""
        return [kind for kind, names in self.by_kind.items() if name in names]

    def has_item(self, kind: str, name: str) -> bool:
        """Whether a name is that of an application or service, of one of its steps or batches, or of one at a site."""
        head, slash, step = name.partition("/")
        entry, _, site = head.partition("@")
        if entry not in self.by_kind[kind] or (site and site not in self.by_kind["site"]):
            return False
        return not slash or step in _parts(self.by_kind[kind][entry])


def _parts(entry: MappingNode) -> set[object]:
    """Names of its steps, or of its batches."""
    steps = {step.get("id") for _, step in mappings(entry.get("steps"))}
    return steps | {f"b{number}" for number in range(1, _batches(entry) + 1)}


def _batches(entry: MappingNode) -> int:
    """How many batches it moves in, as far as that can be read; none when it does not."""
    servers, batch = entry.get("servers"), entry.get("batch")
    held = len({each for each in servers if isinstance(each, str)}) if isinstance(servers, SequenceNode) else 0
    if isinstance(batch, MappingNode):
        size = _whole(batch.get("servers"))
        return -(-held // size) if size else 0
    return min(_whole(entry.get("batches")), held)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else 0


def read_names(root: MappingNode, report: ReadingReport) -> Names:
    """The ids of an inventory, with a finding for each that is given again."""
    names = Names()
    firsts: dict[str, dict[str, _Bearer]] = {}
    for path, kind in KINDS.items():
        first = firsts.setdefault("dated" if kind in _DATED else kind, {})
        for number, entry in mappings(node_at(root, path)):
            name = entry.get("id")
            if isinstance(name, str):
                names.by_kind[kind].setdefault(name, entry)
                _check_first(first, name, _Bearer(entry, kind, (*path, number, "id")), report)
    if not names.by_kind["window"]:
        names.by_kind["window"] = {window.id: {} for window in DEFAULT_WINDOWS}
    _check_local_names(root, report)
    return names


def _check_first(first: dict[str, _Bearer], name: str, bearer: _Bearer, report: ReadingReport) -> None:
    if bearer.kind == "stream" and name == MAIN_STREAM:
        report.add(
            "WP106",
            bearer.mark,
            "'{name}' is the stream of everything that no other stream matches",
            {"name": name},
            path=bearer.path,
            hint="choose another id",
        )
    earlier = first.setdefault(name, bearer)
    if earlier is bearer:
        return
    later = max(earlier, bearer, key=lambda each: each.mark)  # sections may stand in any order
    first[name] = earlier = min(earlier, bearer, key=lambda each: each.mark)
    report.add(
        "WP106",
        later.mark,
        "the id '{name}' is already that of the {other} at {there}",
        {"name": name, "other": earlier.kind, "there": report.say_where(earlier.mark)},
        path=later.path,
        subjects=(name,),
        hint="an id stands for one thing of its kind only: rename one of them",
    )


def _check_local_names(root: MappingNode, report: ReadingReport) -> None:
    """Gates, rehearsals and steps: once within their list."""
    lists: list[Path] = [("policy", key) for key in ("gates", "rehearsals")]
    lists += [
        ("streams", number, "policy", key)
        for number, _ in mappings(root.get("streams"))
        for key in ("gates", "rehearsals")
    ]
    for section in ("applications", "services"):
        lists += [(section, number, "steps") for number, entry in mappings(root.get(section)) if "steps" in entry]
    for path in lists:
        first: dict[str, _Bearer] = {}
        for number, entry in mappings(node_at(root, path)):
            name = entry.get("id")
            if isinstance(name, str):
                _check_first(first, name, _Bearer(entry, str(path[-1])[:-1], (*path, number, "id")), report)
