"""WP338: nothing is retired before those that use it are done with it."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.figures import too_early
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding

CODE = "WP338"


def check_retirement(facts: Facts) -> Iterator[Finding]:
    """Stated retirements before the first working day after the consumers' last hypercare."""
    for index, (milestone, due) in sorted(too_early(facts).items()):
        yield finding(
            CODE,
            "{item} is retired on {day}, but not before {due} is it free to go",
            {"item": milestone.subject, "day": milestone.date.isoformat(), "due": due.isoformat()},
            subjects=(milestone.subject, milestone.id),
            path=("milestones", index),
            hint="retire it on {due}, or move what depends on it to earlier waves",
            hint_values={"due": due.isoformat()},
        )
