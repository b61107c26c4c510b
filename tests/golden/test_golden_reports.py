"""What `waveplan report` prints, kept in files: run with UPDATE_GOLDEN=1 to accept what changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from golden.sample import printed
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.export.compliance_json import dump_compliance_json
from waveplan.export.workload_json import dump_workload_json
from waveplan.render.language import translator
from waveplan.render.reports.compliance import compliance_report
from waveplan.render.reports.document import Report
from waveplan.render.reports.markdown import report_markdown
from waveplan.render.reports.spreadsheet import report_csv
from waveplan.render.reports.text import report_view
from waveplan.render.reports.workload import workload_report, workload_view
from waveplan.render.signs import UNICODE

INVENTORY = inventory_from("""
    programme: {name: Two sites | one exit, start: 2026-01-05}
    sites:
      - {id: old, country: FR, target: new, decommission_days: 5}
      - {id: lab, target: abroad}
      - {id: new, country: FR}
      - {id: abroad, country: US}
    links: [{between: [old, new], gbps: 1}, {between: [lab, abroad], gbps: 1}]
    teams:
      - {id: ops, organisation: acme, person_days_per_week: 10}
      - {id: dba, organisation: acme}
      - {id: vendor, organisation: =beta, person_days_per_week: 5}
      - {id: friends, person_days_per_week: 4}
    servers:
      - {id: erp-db, site: old, os: IBM i 7.3, end_of_support: 2026-03-31}
      - {id: erp-app, site: old, technology: as400, end_of_support: 2026-01-01}
      - {id: fax, site: old, end_of_support: 2025-06-30}
      - {id: plc, site: lab, end_of_support: 2026-02-01}
      - {id: spare, site: lab, end_of_support: 2027-01-01}
      - {id: bench, site: lab}
    applications:
      - {id: erp, name: Finance, servers: [erp-db, erp-app], data_classes: [personal, public], allowed_countries: [FR],
         effort: {ops: 9, dba: 2, friends: 1}, not_before: 2026-05-01}
      - {id: fax-gateway, servers: [fax], strategy: retire, data_classes: [health records], depends_on: []}
      - {id: control, servers: [plc], strategy: retain}
      - {id: research, servers: [bench], data_classes: [patient], allowed_countries: [FR, DE], effort: {vendor: 30}}
      - {id: travel, strategy: repurchase, data_classes: [employee]}
""")
PLAN = state_plan(
    INVENTORY,
    {"erp": "2026-05-30-weekend", "research": "2026-03-07-weekend", "travel": "2026-03-07-weekend"},
)


def _report(kind: str, language: str) -> Report:
    spoken = translator(language)
    if kind == "compliance":
        return compliance_report(api.compliance(INVENTORY, PLAN), PLAN, spoken)
    return workload_report(api.workload(PLAN), PLAN, spoken)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
def test_compliance_on_a_terminal_is_as_kept(width: int, language: str) -> None:
    text = printed(report_view(_report("compliance", language), translator(language), width), width)
    assert all(len(line) <= width for line in text.splitlines())
    _compare(f"report-compliance-{width}-{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [80, 160])
def test_workload_on_a_terminal_is_as_kept(width: int, language: str) -> None:
    text = printed(workload_view(api.workload(PLAN), PLAN, translator(language), width, UNICODE), width)
    _compare(f"report-workload-{width}-{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["compliance", "workload"])
def test_markdown_and_csv_are_as_kept(kind: str, language: str) -> None:
    report = _report(kind, language)
    _compare(f"report-{kind}-{language}.md", report_markdown(report, translator(language)))
    _compare(f"report-{kind}-{language}.csv", report_csv(report, translator(language)))


def test_json_is_as_kept_in_any_language() -> None:
    _compare("report-compliance.json", dump_compliance_json(api.compliance(INVENTORY, PLAN)))
    _compare("report-workload.json", dump_workload_json(api.workload(PLAN)))


def _compare(name: str, text: str) -> None:
    kept = Path(__file__).parent / "kept" / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_bytes(text.encode())
    assert text == kept.read_bytes().decode()
