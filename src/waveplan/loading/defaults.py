"""`defaults`: values that entries take when they leave them out.

Lines apply in their order, each seeing what the lines before it filled in; a later line wins over an earlier one,
an entry's own value over all of them. Sites come first, then servers, applications and services, because selectors
look from the later ones at the earlier ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from waveplan.domain.findings import Path
from waveplan.domain.programme import DEFAULTED_SECTIONS, Default
from waveplan.domain.selectors import Selector, Subject
from waveplan.domain.subjects import ServerSubject, SiteSubject
from waveplan.loading.entries import FILLED_LATER, Sections, read_entry
from waveplan.loading.format_shape import DEFAULTED_MODELS, keys_of
from waveplan.loading.report import ReadingReport
from waveplan.loading.subjects import ApplicationSubject, RememberedWords, ServiceSubject
from waveplan.loading.tree import MappingNode
from waveplan.loading.wording import DocumentEntry

_STAND_INS = {"id": "x", "site": "x"}  # required keys that a line of `defaults` need not give


@dataclass(frozen=True, slots=True)
class Line:
    """One valid line of `defaults`: what it matches and what it gives, by field."""

    selector: Selector
    values: dict[str, Any]


def apply_defaults(root: MappingNode, found: Sections, report: ReadingReport) -> None:
    """Fill the entries of a document, in place; wrong lines are reported and left out."""
    lines = _read_lines(root, found, report)
    for section in DEFAULTED_SECTIONS:
        if lines[section]:
            _fill(found.entries(section), lines[section], _subjects(section, found))
    _check_sites(root, found, report)


def _read_lines(root: MappingNode, found: Sections, report: ReadingReport) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {section: [] for section in DEFAULTED_SECTIONS}
    for number, default in found.lists.get("defaults", ()):
        values = _values(default, root, ("defaults", number, "set"), report)
        if values is not None:
            lines[default.section].append(Line(default.selector, values))
    return lines


def _values(default: Default, root: MappingNode, path: Path, report: ReadingReport) -> dict[str, Any] | None:
    """A line's values, read as an entry of its section would read them."""
    model, given = DEFAULTED_MODELS[default.section], default.values
    if "id" in given:
        mark = DocumentEntry(model, root, path).mark(("id",), key=True)
        report.add("WP103", mark, "'id' cannot be filled in", path=(*path, "id"), hint="give each entry its own id")
    stand_ins = {key: word for key, word in _STAND_INS.items() if key in keys_of(model) and given.get(key) is None}
    read = read_entry(DocumentEntry(model, root, path), {**given, **stand_ins, "id": "x"}, report)
    if read is None:
        return None
    return {name: getattr(read, name) for name in sorted(read.model_fields_set) if name not in {"id", *stand_ins}}


def _subjects(section: str, found: Sections) -> Callable[[Any], Subject]:
    sites = {site.id: site for site in found.entries("sites")}
    servers = {server.id: server for server in found.entries("servers")}
    makers: dict[str, Callable[[Any], Subject]] = {
        "sites": SiteSubject,
        "servers": lambda server: ServerSubject(server, sites),
        "applications": lambda application: ApplicationSubject(application, servers, sites),
        "services": lambda service: ServiceSubject(service, sites),
    }
    return makers[section]


def _fill(entries: Iterable[BaseModel], lines: list[Line], subject_of: Callable[[Any], Subject]) -> None:
    for entry in entries:
        subject = RememberedWords(subject_of(entry))
        given = entry.model_fields_set
        filled: set[str] = set()
        for line in lines:
            if line.selector.matches(subject):
                fresh = {name: value for name, value in line.values.items() if name not in given}
                if fresh:
                    entry.__dict__.update(fresh)  # already validated, and too many for pydantic's own setter
                    filled.update(fresh)
                    subject.forget()
        given |= filled


def _check_sites(root: MappingNode, found: Sections, report: ReadingReport) -> None:
    """Servers without a site of their own for whom no line had one."""
    for number, server in found.lists.get("servers", ()):
        if server.site == FILLED_LATER and "site" not in server.model_fields_set:
            report.add(
                "WP105",
                root["servers"].marks[number],
                "'site' is missing, and no line of 'defaults' fills it in",
                path=("servers", number, "site"),
                subjects=(server.id,),
                hint="add 'site: …' to this entry",
            )
