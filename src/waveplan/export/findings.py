"""Machine formats of findings by name. None of them depends on the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from waveplan.domain.findings import Finding
from waveplan.export import findings_github, findings_gitlab, findings_json, findings_junit, findings_sarif

FORMATS: dict[str, Callable[[Iterable[Finding]], str]] = {
    "github": findings_github.format_findings,
    "gitlab": findings_gitlab.format_findings,
    "json": findings_json.format_findings,
    "junit": findings_junit.format_findings,
    "sarif": findings_sarif.format_findings,
}
