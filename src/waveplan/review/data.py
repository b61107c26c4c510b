"""Personal data that nobody has said where it may stand (WP115)."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.personal_data import personal_classes
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def personal_data(context: ReviewContext) -> Iterator[Finding]:
    """Applications with personal data that cut over without `allowed_countries`."""
    told: set[Path] = set()
    for item in context.items.planned:
        if item.path in told:
            continue  # the same service at another site, or another step: it is one fact
        told.add(item.path)
        classes = personal_classes(item.entry.data_classes)
        if classes and item.entry.allowed_countries is None:
            values = {"item": item.entry.id, "classes": listed(classes)}
            template = "{item} holds personal data ({classes}) and does not say in which countries it may stand"
            hint = "add allowed_countries to {item}, or to a line of defaults for all such applications"
            yield finding("WP115", template, values, (*item.path, "data_classes"), (item.entry.id,), hint)
