"""Files of runbook templates, laid over those of the inventory and those that ship."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.runbooks import RunbookFile, RunbookTask
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.wording import DocumentEntry
from waveplan.runbook_templates import all_templates
from waveplan.runbook_templates.judging import TemplateLayer, judge_templates


@dataclass(frozen=True, slots=True)
class LoadedTemplates:
    """Templates as a runbook takes them, and what is wrong with those of a file, each finding with its place."""

    tasks: tuple[RunbookTask, ...]
    findings: tuple[Finding, ...] = ()


def own_templates(inventory: Inventory) -> LoadedTemplates:
    """Those of an inventory over those that ship; what is wrong with them `validate` says."""
    tasks = all_templates(inventory.runbooks)
    layer = TemplateLayer(inventory.runbooks, tasks)
    return LoadedTemplates(tasks, tuple(judge_templates(layer, {team.id for team in inventory.teams})))


def load_templates(source: str, inventory: Inventory) -> LoadedTemplates:
    """Those of a file over all others; without those that ship where it says so.

    Raises UnreadableInputError when there is no such file; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    documents = read_documents(source, "file of runbooks", DEFAULT_MAX_BYTES, None, report)
    root = documents.roots[0] if documents.roots else None
    read = None if root is None else read_entry(DocumentEntry(RunbookFile, root), root, report)
    if root is None or not isinstance(read, RunbookFile) or report.has_errors:
        return LoadedTemplates((), report.findings())
    tasks = all_templates(inventory.runbooks, read.tasks, shipped=read.shipped)
    sources = SourceMap(root, report.texts, documents.name)
    judged = judge_templates(TemplateLayer(read.tasks, tasks, ("tasks",)), {team.id for team in inventory.teams})
    found = [*report.findings(), *(each.at(sources.locate(each.path)) for each in judged)]
    return LoadedTemplates(tasks if not has_errors(found) else (), tuple(found))
