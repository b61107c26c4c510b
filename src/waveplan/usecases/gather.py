"""Files of other tools, read; and what they say, as an inventory."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.domain.findings import Finding, printable
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.imports.harvest import Harvest, Source
    from waveplan.imports.merging.loading import LoadedPrecedence, LoadedSources
    from waveplan.imports.writing import ImportWishes, Writing
    from waveplan.imports.writing.review_files import LoadedImportReview

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


def suggest_mapping(source: str, files: Sequence[str], say: Callable[..., str]) -> str:
    """A first mapping of spreadsheets as YAML, with remarks in the reader's language.

    Raises UnreadableInputError for a file that cannot be read, UsageError where a package is missing.
    """
    from waveplan.imports.mapping.suggesting import suggested_mapping

    return suggested_mapping(source, [Path(file) for file in files], say)


def renew_inventory(harvests: Sequence[Harvest], target: str, wishes: ImportWishes) -> Writing:
    """The files of an inventory that change so that it says what the sources say; nothing there is a new one.

    What was made by hand stays, and what had to be assumed is told. An inventory that cannot be read changes nowhere:
    its findings say why. Answers of people are written like edits by hand; raises UsageError where they come together
    with other sources, or where nothing stands.
    """
    from waveplan.imports.writing import Writing, answered, renewed, standing_inventory
    from waveplan.imports.writing.new_files import PROGRAMME

    standing = standing_inventory(target)
    if not standing.is_readable:
        return Writing(findings=standing.findings)
    if any(harvest.by_hand for harvest in harvests):
        if not all(harvest.by_hand for harvest in harvests):
            raise UsageError("answers are imported by themselves: leave the other sources to another import")
        if not standing.texts:
            raise UsageError("answers are written into an inventory that is there: name it with --into")
        return answered(harvests, standing)
    writing = renewed(harvests, standing, wishes)
    if PROGRAMME in writing.files and PROGRAMME not in writing.before:
        writing.findings.append(_window(writing))
    return writing


def import_precedence(file: str) -> LoadedPrecedence:
    """Whose word counts. Raises UnreadableInputError without such a file."""
    from waveplan.imports.merging.loading import load_precedence

    return load_precedence(file)


def import_review(file: str) -> LoadedImportReview:
    """What was decided in a review; nothing where there is no such file yet."""
    from waveplan.imports.writing.review_files import load_import_review

    return load_import_review(file)


def listed_sources(file: str) -> LoadedSources:
    """What a file of sources names. Raises UnreadableInputError without such a file."""
    from waveplan.imports.merging.loading import load_sources

    return load_sources(file, import_sources())


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
