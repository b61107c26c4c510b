"""All documents that a source names, as raw trees of the kind that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Literal

from waveplan.domain.findings import Location
from waveplan.domain.solve_record import InventoryFile
from waveplan.loading.files import TextFile, files_of, read_texts
from waveplan.loading.format_shape import keys_of
from waveplan.loading.report import ReadingReport
from waveplan.loading.suggestions import closest
from waveplan.loading.tree import MappingNode, Node, SequenceNode
from waveplan.loading.wording import show
from waveplan.loading.yaml_reader import read_yaml

Kind = Literal[
    "inventory",
    "plan",
    "file of scenarios",
    "overlay",
    "file of actuals",
    "import mapping",
    "file of precedence",
    "file of sources",
    "review of an import",
    "file of flow rules",
    "review of flows",
    "file of runbooks",
    "roster",
]
REMOVE = "remove"  # the one key of overlays that inventories do not have
_MARKERS: dict[Kind, str] = {
    "inventory": "waveplan",
    "plan": "waveplan_plan",
    "file of scenarios": "waveplan_scenarios",
    "overlay": "waveplan",
    "file of actuals": "waveplan_actuals",
    "file of flow rules": "waveplan_flow_rules",
    "review of flows": "waveplan_flow_review",
    "file of runbooks": "waveplan_runbooks",
    "roster": "waveplan_roster",
    "import mapping": "waveplan_mapping",
    "file of precedence": "waveplan_precedence",
    "file of sources": "waveplan_sources",
    "review of an import": "waveplan_import_review",
}
_KINDS: dict[str, Kind] = {marker: kind for kind, marker in _MARKERS.items() if kind != "overlay"}
_MODELS: dict[Kind, tuple[str, str]] = {  # module and class; each is imported when a file has no marker
    "inventory": ("inventory", "Inventory"),
    "plan": ("plan", "Plan"),
    "file of scenarios": ("scenarios", "ScenarioFile"),
    "overlay": ("inventory", "Inventory"),
    "file of actuals": ("actuals", "Actuals"),
    "file of flow rules": ("flow_rules", "FlowRules"),
    "review of flows": ("flow_review", "FlowReview"),
    "file of runbooks": ("runbooks", "RunbookFile"),
    "roster": ("roster", "DutyRoster"),
    "import mapping": ("import_mapping", "ImportMapping"),
    "file of precedence": ("precedence", "SourcePrecedence"),
    "file of sources": ("import_sources", "SourcesFile"),
    "review of an import": ("import_review", "ImportReview"),
}
_FOLDERS = frozenset({"inventory", "overlay"})


@dataclass(frozen=True, slots=True)
class Documents:
    """The mappings that were read, and whether they are all there is."""

    name: str
    roots: list[MappingNode]
    complete: bool
    files: tuple[InventoryFile, ...]


def read_documents(source: str, kind: Kind, max_bytes: int, stdin: BinaryIO | None, report: ReadingReport) -> Documents:
    """Read every document of a source. In a folder, empty files and waveplan's files of other kinds are passed over."""
    named = files_of(source, folders=kind in _FOLDERS)
    roots: list[MappingNode] = []
    used: list[InventoryFile] = []
    complete = True
    for text in read_texts(named.files, max_bytes, stdin, report):
        root, read = _tree(text, report)
        if root is not None and not isinstance(root, MappingNode):
            _report_shape(root, text.file.name, kind, report)
            read = False
        complete = complete and read
        if isinstance(root, MappingNode) and _is_of_kind(root, kind, named.is_folder, report):
            roots.append(root)
            used.append(InventoryFile(file=text.file.label, sha256=text.sha256))
    name = named.files[0].name
    if not roots and not report.has_errors:
        _report_empty(name, kind, report)
    return Documents(name, roots, complete, tuple(used))


def _tree(text: TextFile, report: ReadingReport) -> tuple[Node, bool]:
    if text.text is None:
        return None, False
    return read_yaml(report.texts.add(text.file.name, text.text), report)


def _report_shape(root: str | SequenceNode, name: str, kind: Kind, report: ReadingReport) -> None:
    report.add(
        "WP104",
        Location(name) if isinstance(root, str) else root.mark,
        "the document must be a mapping of keys to values, not {shown}",
        {"shown": show(root)},
        hint="begin it with 'waveplan: 1'" if kind == "inventory" else "",
    )


def _is_of_kind(root: MappingNode, kind: Kind, in_folder: bool, report: ReadingReport) -> bool:
    """Whether a mapping is of the kind that was asked for; says why not, if that is not plain to see."""
    marker = _MARKERS[kind]
    if marker in root:
        return True
    other = next((key for key in root if key == "waveplan" or key.startswith("waveplan_")), None)
    if other is not None and other != marker:
        if not in_folder:
            _report_other_kind(root, other, kind, report)
        return False
    known = _known_keys(kind)
    if any(closest(key, known, likeness=0.8) for key in root):  # one key, perhaps with a slip
        return True
    report.add(
        "WP125",
        root.mark,
        "this file is no {kind}: it has none of its keys",
        {"kind": kind},
        hint="move it out of the folder, or put a '.' before its name" if in_folder else "name another file",
    )
    return False


def _known_keys(kind: Kind) -> frozenset[str]:
    module, name = _MODELS[kind]
    keys = keys_of(getattr(import_module(f"waveplan.domain.{module}"), name))
    return frozenset((*keys, REMOVE) if kind == "overlay" else keys)


def _report_other_kind(root: MappingNode, key: str, kind: Kind, report: ReadingReport) -> None:
    other = _KINDS.get(key, key.removeprefix("waveplan_"))
    report.add(
        "WP125",
        root.key_mark(key),
        "this file is of another kind ({other}); expected is the {kind}",
        {"other": other, "kind": kind},
        path=(key,),
        hint="check the order of the files in the command"
        if {kind, other} == {"inventory", "plan"}
        else "name the {kind} instead",
        hint_values={"kind": kind},
    )


_TO_START_FROM = {
    "inventory": "`waveplan init` writes one to start from",
    "plan": "`waveplan solve` writes one",
    "file of actuals": "`waveplan record` writes one",
    "review of flows": "`waveplan import flows` writes one",
    "import mapping": "`waveplan import csv FILE --suggest-mapping` writes one",
}


def _report_empty(name: str, kind: Kind, report: ReadingReport) -> None:
    hint = _TO_START_FROM.get(kind, "")
    report.add("WP105", Location(name), "there is nothing in this {kind}", {"kind": kind}, hint=hint)
