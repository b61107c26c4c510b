"""Files of runbook templates, laid over those of the inventory and those that ship."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.inventory import Inventory
from waveplan.domain.runbooks import RunbookFile, RunbookTask
from waveplan.loading.single_documents import load_document
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
    loaded = load_document(source, "file of runbooks", RunbookFile)
    read = loaded.value
    if read is None:
        return LoadedTemplates((), loaded.findings)
    tasks = all_templates(inventory.runbooks, read.tasks, shipped=read.shipped)
    judged = judge_templates(TemplateLayer(read.tasks, tasks, ("tasks",)), {team.id for team in inventory.teams})
    found = [*loaded.findings, *(each.at(loaded.sources.locate(each.path)) for each in judged)]
    return LoadedTemplates(tasks if not has_errors(found) else (), tuple(found))
