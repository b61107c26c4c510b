"""WP412: the plan was made from the files that it is checked against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import InventoryFile

CODE = "WP412"


def check_origin(plan: Plan, files: Sequence[InventoryFile]) -> Iterator[Finding]:
    """A warning when text was changed since: it may be a comment, or what the plan rests on.

    Names count only within a folder: a single file may be called otherwise, or come from standard input.
    """
    if not plan.inventory or not files:
        return
    by_name = len(plan.inventory) > 1 or len(files) > 1
    said, read = ({_key(each, by_name): each.file for each in part} for part in (plan.inventory, files))
    changed = [*(said[key] for key in said.keys() - read.keys()), *(read[key] for key in read.keys() - said.keys())]
    if changed:
        yield finding(
            CODE,
            "the plan was made from another text of the inventory: {files}",
            {"files": names(sorted(changed))},
            path=("inventory",),
            hint="'waveplan refresh' with the plan and its inventory states what follows from it as it is now",
        )


def _key(file: InventoryFile, by_name: bool) -> tuple[str, str]:
    return (file.file if by_name else "", file.sha256)
