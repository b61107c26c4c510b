"""Kinds of report: what each one is made from, and how it is told. A new kind is one entry here."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from waveplan.cli.session import Session
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan
    from waveplan.render.language import Language
    from waveplan.render.reports.document import Report
    from waveplan.render.signs import Signs

Kind = Literal[
    "programme", "flash", "steering", "lot-package", "wave-package", "communication", "compliance", "workload"
]
Format = Literal["text", "md", "html", "json", "csv", "pptx"]
_TOLD: tuple[Format, ...] = ("text", "md", "html", "json")
FORMATS: Mapping[str, tuple[Format, ...]] = {  # the usual one first
    "programme": ("html",),
    "flash": _TOLD,
    "steering": (*_TOLD, "pptx"),
    "lot-package": _TOLD,
    "wave-package": _TOLD,
    "communication": (*_TOLD, "csv"),
    "compliance": (*_TOLD, "csv"),
    "workload": (*_TOLD, "csv"),
}


def format_of(kind: Kind, asked: Format | None, as_json: bool) -> Format:
    """The format asked for, else the usual one; UsageError when a kind is not written so."""
    form = "json" if as_json else asked or FORMATS[kind][0]
    if form not in FORMATS[kind]:
        raise UsageError(
            "a report of kind {kind} is not written as {form}: take {forms}",
            kind=kind,
            form=form,
            forms=", ".join(FORMATS[kind]),
        )
    return form


def refuse_slides(form: Format, output: str | None) -> None:
    """Raise UsageError where slides cannot be made, or would go to a terminal."""
    if form != "pptx":
        return
    if importlib.util.find_spec("pptx") is None:
        raise UsageError(
            "--format {format} needs a package that is not installed: pip install 'waveplan[{extra}]'",
            format=form,
            extra="pptx",
        )
    if output is None and sys.stdout.isatty():
        raise UsageError("slides are no text for a terminal: name a file, for instance -o steering.pptx")


@dataclass(frozen=True, slots=True)
class _Report:
    """`found` is what the report is about, `told` its words, `data` its JSON; `shown` its own way on a terminal."""

    found: Callable[[Inventory, Plan], Any]
    told: Callable[[Any, Plan, Language], Report]
    data: Callable[[Any], str]
    shown: Callable[[Any, Plan, Language, int, Signs], list[RenderableType]] | None = None


def _compliance() -> _Report:
    from waveplan import api
    from waveplan.export.compliance_json import dump_compliance_json
    from waveplan.render.reports.compliance import compliance_report

    return _Report(api.compliance, compliance_report, dump_compliance_json)


def _workload() -> _Report:
    from waveplan import api
    from waveplan.export.workload_json import dump_workload_json
    from waveplan.render.reports.workload import workload_report, workload_view

    return _Report(lambda _, plan: api.workload(plan), workload_report, dump_workload_json, workload_view)


KINDS: Mapping[str, Callable[[], _Report]] = {"compliance": _compliance, "workload": _workload}


def written(kind: Kind, form: Format, inventory: Inventory, plan: Plan, session: Session) -> str:
    """A report as text in one of the formats, in the language of this run."""
    report = KINDS[kind]()
    found = report.found(inventory, plan)
    if form == "json":
        return report.data(found)

    language = session.translator(inventory.programme.language)
    if form == "text" and report.shown is not None:
        return session.laid_out(*report.shown(found, plan, *session.page()))
    return told_as(form, report.told(found, plan, language), language, session)


def told_as(form: Format, report: Report, language: Language, session: Session) -> str:
    """Any report of sentences and tables, in one of the formats that people read."""
    if form == "md":
        from waveplan.render.reports.markdown import report_markdown

        return report_markdown(report, language)
    if form == "html":
        from waveplan.pages.writing import report_page

        return report_page(report, language)
    if form == "csv":
        from waveplan.render.reports.spreadsheet import report_csv

        return report_csv(report, language)
    from waveplan.render.reports.text import report_view

    return session.laid_out(*report_view(report, *session.page()))
