"""Templates of runbooks that an inventory brings: WP570 to WP576."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding
from waveplan.review.context import ReviewContext


def runbooks(context: ReviewContext) -> Iterator[Finding]:
    """What is wrong with them, laid over those that ship; nothing is read where there are none."""
    inventory = context.inventory
    if inventory.runbooks:
        from waveplan.runbook_templates import all_templates
        from waveplan.runbook_templates.judging import TemplateLayer, judge_templates

        layer = TemplateLayer(inventory.runbooks, all_templates(inventory.runbooks))
        yield from judge_templates(layer, {team.id for team in inventory.teams})
