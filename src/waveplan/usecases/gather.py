"""Files of other tools, read; and what they say, as an inventory."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.domain.findings import Finding, printable
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.imports.harvest import Harvest, Source
    from waveplan.imports.writing import Writing

_CALENDAR = """
# assumed: no export says when cutovers may run
calendar:
  windows:
    - {id: weekend, days: [sat], from: "20:00", hours: 30}
"""


def import_sources() -> dict[str, Source]:
    """The tools whose files can be read, by name."""
    from waveplan.imports.registry import known_sources

    return known_sources()


def gather(source: str, files: Sequence[str], name: str, options: Mapping[str, str]) -> Harvest:
    """Read the files of a tool.

    `name` is the source's own, where several of one format are told apart. Raises UsageError for a format or an option
    that there is not, UnreadableInputError for a file that cannot be read.
    """
    from waveplan.imports.harvest import Reading

    known = import_sources()
    if source not in known:
        near = difflib.get_close_matches(source, known, n=1)
        if near:
            raise UsageError("there is no format {name}; did you mean {near}?", name=printable(source), near=near[0])
        raise UsageError("there is no format {name}; there is {known}", name=printable(source), known=", ".join(known))
    return known[source].read([Path(file) for file in files], Reading(name, dict(options)))


def new_inventory(harvests: Sequence[Harvest], programme: Mapping[str, str], today: dt.date) -> Writing:
    """The files of an inventory that says what the sources say, with all that had to be assumed told."""
    from waveplan.imports.merging import united
    from waveplan.imports.writing import written

    union = united(harvests, today=today)
    writing = written(union, programme, today)
    writing.findings = [*union.findings, *writing.findings, _window(writing)]
    return writing


def _window(writing: Writing) -> Finding:
    """Write the window down that holds where none is given, so that it is seen and changed."""
    from waveplan.imports.writing.new_files import PROGRAMME

    writing.files[PROGRAMME] += _CALENDAR
    return Finding(
        code="WP507",
        template="no export says when cutovers may run: Saturdays from 20:00, for 30 hours",
        severity="warning",
        hint="write the windows that there are into programme.yaml, under calendar",
    )
