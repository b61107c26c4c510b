"""Reads an inventory: every finding at once, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from waveplan.domain.collector import collector_at_rest
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.solve_record import InventoryFile
from waveplan.loading.copies import report_copies
from waveplan.loading.defaults import apply_defaults
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import Sections, read_sections
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.merging import merged
from waveplan.loading.names import read_names
from waveplan.loading.references import check_references
from waveplan.loading.report import ReadingReport
from waveplan.loading.site_places import check_subdivisions
from waveplan.loading.source_map import SourceMap
from waveplan.loading.text_files import bring_in_texts
from waveplan.loading.tree import MappingNode


@dataclass(frozen=True, slots=True)
class LoadedInventory:
    """What came of reading an inventory. `inventory` is None when a finding is an error."""

    inventory: Inventory | None
    findings: tuple[Finding, ...]
    sources: SourceMap
    files: tuple[InventoryFile, ...]


def load_inventory(
    source: str,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    stdin: BinaryIO | None = None,
    also: Sequence[str] = (),
) -> LoadedInventory:
    """Read an inventory from a file, a folder, or standard input (`-`), with `defaults` filled in.

    What stands in `also`, files of the same kind, is laid beside it; plans do not record that they saw it.
    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    with collector_at_rest():
        documents = read_documents(source, "inventory", max_bytes, stdin, report)
        beside = [read_documents(each, "inventory", max_bytes, stdin, report) for each in also]
        roots = [*documents.roots, *(root for each in beside for root in each.roots)]
        complete = documents.complete and all(each.complete for each in beside)
        copies = len(documents.roots) > 1 and report_copies(documents, report)
        root = merged(roots, report) if documents.roots and not copies else None
        if root is not None:
            bring_in_texts(root, source, report)
        inventory = read_inventory(root, complete, report) if root is not None else None
    sources = SourceMap(root, report.texts, documents.name)
    return LoadedInventory(inventory, report.findings(), sources, documents.files)


def read_inventory(root: MappingNode, complete: bool, report: ReadingReport) -> Inventory | None:
    """The inventory that a whole tree holds, or None with findings."""
    found = read_sections(root, complete, report)
    names = read_names(root, report)
    apply_defaults(root, found, report)
    check_subdivisions(root, found, report)
    if complete:  # else what is named may stand in what could not be read
        check_references(root, names, report)
        _check_something_to_plan(root, report)
    return None if report.has_errors else _assembled(found)


def _check_something_to_plan(root: MappingNode, report: ReadingReport) -> None:
    if not root.get("applications") and not root.get("services"):
        report.add(
            "WP126",
            root.mark,
            "there is nothing to plan: no application and no service",
            hint="add 'applications:' with at least one entry; `waveplan init` writes an example",
        )


def _assembled(found: Sections) -> Inventory:
    """The inventory of entries that were validated one by one."""
    return Inventory.model_construct(waveplan="1", **found.values())
