"""Reads the files that say what is imported and whose word counts: every finding at once, each with its place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from waveplan.domain.findings import Finding
from waveplan.domain.import_sources import ImportedSource, SourcesFile
from waveplan.domain.precedence import SourcePrecedence
from waveplan.imports.mapping.fields import field_type
from waveplan.imports.merging.choosing import SECTIONS
from waveplan.loading.files import DEFAULT_MAX_BYTES, path_named
from waveplan.loading.report import ReadingReport, suggestion
from waveplan.loading.single_documents import read_single
from waveplan.loading.tree import MappingNode, mappings

_KINDS = {section: kind for kind, section in SECTIONS.items()}


@dataclass(frozen=True, slots=True)
class LoadedPrecedence:
    """What came of reading a file of precedence. `precedence` is None when a finding is an error."""

    precedence: SourcePrecedence | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LoadedSources:
    """What came of reading a file of sources, its files by paths that lead there; None when a finding is an error."""

    sources: tuple[ImportedSource, ...] | None
    precedence: str | None
    findings: tuple[Finding, ...]


def load_precedence(source: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> LoadedPrecedence:
    """Read whose word counts, from a YAML or JSON file.

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    read = read_single(source, "file of precedence", SourcePrecedence, report, max_bytes=max_bytes)
    if read.root is not None:
        _check_fields(read.root, report)
    return LoadedPrecedence(None if report.has_errors else read.model, report.findings())


def _check_fields(root: MappingNode, report: ReadingReport) -> None:
    fields = root.get("fields")
    if not isinstance(fields, MappingNode):
        return
    for name in fields:
        section, dot, path = name.partition(".")
        kinds = [_KINDS[section]] if dot and section in _KINDS else list(SECTIONS)
        wanted = path if dot and section in _KINDS else name
        if wanted != "name" and not any(field_type(kind, wanted) for kind in kinds):
            known = sorted({*(f"{each}." for each in _KINDS)})
            report.add(
                "WP103",
                fields.key_mark(name),
                "no field is called '{name}'",
                {"name": name},
                path=("fields", name),
                **suggestion(name, known, "write it as servers.os, or os for every kind"),
            )


def load_sources(source: str, formats: Collection[str], *, max_bytes: int = DEFAULT_MAX_BYTES) -> LoadedSources:
    """Read what an inventory is imported from.

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    read = read_single(source, "file of sources", SourcesFile, report, max_bytes=max_bytes)
    if read.root is not None:
        _check_formats(read.root, formats, report)
    listed = read.model
    if listed is None or report.has_errors:
        return LoadedSources(None, None, report.findings())
    folder = Path(source).parent
    found = tuple(_from_folder(each, folder) for each in listed.sources)
    precedence = str(path_named(folder, listed.precedence)) if listed.precedence else None
    return LoadedSources(found, precedence, report.findings())


def _check_formats(root: MappingNode, formats: Collection[str], report: ReadingReport) -> None:
    for number, entry in mappings(root.get("sources")):
        name = entry.get("format")
        if isinstance(name, str) and name not in formats:
            report.add(
                "WP107",
                entry.value_mark("format"),
                "there is no format '{name}'",
                {"name": name},
                path=("sources", number, "format"),
                **suggestion(name, formats, "`waveplan import help` lists them"),
            )


def _from_folder(source: ImportedSource, folder: Path) -> ImportedSource:
    files = [str(path_named(folder, name)) for name in source.files]
    options = dict(source.options)
    if "mapping" in options:  # a file, too
        options["mapping"] = str(path_named(folder, options["mapping"]))
    return source.model_copy(update={"files": files, "options": options})
