"""Pages as text: templates filled, styles and script put in, and a policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from waveplan.pages.svg import isolated
from waveplan.pages.tables import shares, table_of
from waveplan.render.language import Language
from waveplan.render.reports.document import Report


def page(template: str, language: Language, *, months: int = 1, **values: object) -> str:
    """One HTML file. `months` is how wide its charts want to be; the same values give the same bytes."""
    style = f"{_style()}\n:root{{--months:{months}}}\n"
    return _page(template, language, style, _asset("script.js"), **values)


def _page(template: str, language: Language, style: str, script: str, **values: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            language=language,
            say=language.say,
            count=language.count,
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
        )
    )


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy: the one style and the one script, by what they hold, and nothing besides."""
    parts = ["default-src 'none'", f"style-src {_hash(style)}"]
    parts += [f"script-src {_hash(script)}"] if script else []
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=1)
def _style() -> str:
    """The style with its two palettes: the dark one by the reader's system or choice, the light one on paper."""
    style = _asset("style.css")
    light = style.partition("{color-scheme:light;")[2].partition("}")[0]
    return style.replace("/*dark*/", _asset("dark.css").strip()).replace("/*light*/", light)


@lru_cache(maxsize=5)
def _asset(name: str) -> str:
    return (files("waveplan.pages") / "assets" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Everything is escaped, whatever a template's name; what a template misses is an error."""
    return Environment(
        loader=PackageLoader("waveplan.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalized,
        auto_reload=False,
    )


def _finalized(value: object) -> object:
    """Names written from right to left move nothing around them."""
    return isolated(value) if isinstance(value, str) else value


def report_page(report: Report, language: Language) -> str:
    """Title, summary and tables as one HTML file: without a script, and plain enough for word processors."""
    tables = [table_of(part, language) for part in report.parts]
    style = _asset("report.css") + (_asset("phone.css") if report.on_phones else "")
    return _page("report.html.j2", language, style, "", report=report, tables=tables, shares=shares)


def night_page(language: Language, **values: object) -> str:
    """A page for the night: its own small style, dark where the reader's system is, and no script."""
    return _page("runbook.html.j2", language, _asset("night.css"), "", **values)
