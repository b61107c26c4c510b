"""From a union of sources to the files of an inventory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding
from waveplan.imports.merging import United
from waveplan.imports.writing.assuming import Known, assume
from waveplan.imports.writing.drafts import Tree, drafts_of
from waveplan.imports.writing.ids import made_ids
from waveplan.imports.writing.new_files import PROGRAMME, programme_text, section_texts
from waveplan.imports.writing.ties import tie


@dataclass(slots=True)
class Writing:
    """Files to be written, by their names in the inventory's folder, and what there is to say of them."""

    files: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def written(union: United, programme: Mapping[str, str], today: dt.date) -> Writing:
    """A new inventory; `programme` holds what is known of it: name, start, deadline."""
    ids = made_ids(union.entries, {})
    drafts = drafts_of(union, ids)
    writing = Writing(findings=assume(drafts, Known()))
    tie(drafts, union, ids, {})
    tree, remarks = _programme(programme, today, writing.findings)
    writing.files = {PROGRAMME: programme_text(tree, remarks), **section_texts(drafts)}
    return writing


def _programme(given: Mapping[str, str], today: dt.date, findings: list[Finding]) -> tuple[Tree, list[str]]:
    """The programme, with dates where none were given: from next Monday on, for a year."""
    start = dt.date.fromisoformat(given["start"]) if "start" in given else today + dt.timedelta(7 - today.weekday())
    deadline = given.get("deadline") or (start + dt.timedelta(days=364)).isoformat()
    remarks = []
    if "start" not in given or "deadline" not in given:
        remarks.append("the dates; give --start and --deadline, or write them here")
        findings.append(
            Finding(
                "WP544",
                "the programme was given the dates {start} to {deadline}",
                {"start": start.isoformat(), "deadline": deadline},
                "warning",
                hint="give --start and --deadline, or change them in programme.yaml",
            )
        )
    tree = {"name": given.get("name", "Imported programme"), "start": start.isoformat(), "deadline": deadline}
    return {**tree, **{key: value for key, value in given.items() if key not in tree}}, remarks
