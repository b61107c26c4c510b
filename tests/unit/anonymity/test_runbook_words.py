"""Runbook templates without names: texts and own ids are replaced, roles and shipped ids stay."""

from __future__ import annotations

from pathlib import Path

from support.command_line import run_waveplan

INVENTORY = """\
waveplan: 1
programme: {name: Small move, start: 2027-01-04, deadline: 2027-06-30}
sites: [{id: old-room, target: host}, {id: host}]
teams: [{id: pressmen}]
servers: [{id: srv-1, site: old-room, disk_gb: 200}]
applications: [{id: crm, servers: [srv-1], crew: {pressmen: 1}}]
runbooks:
  - id: heat-press
    name: {en: Heat the Acme press, fr: Chauffer la presse Acme}
    team: [pressmen, crew]
    scope: item
    minutes: 10
    after: [start, {task: switch, item: crm}]
    evidence: photograph of Acme
    criteria: [Acme is warm]
    message: {to: [business_owner, Acme desk], text: Acme is warm}
"""


def test_no_text_of_a_template_leaks_and_it_still_means_the_same(tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")

    done = run_waveplan("anonymise", tmp_path / "inventory.yaml", "-o", tmp_path / "out")

    assert done.code == 0, done.err
    written = "".join(file.read_text(encoding="utf-8") for file in sorted((tmp_path / "out").glob("*.yaml")))
    assert "runbooks" in written
    assert not [word for word in ("Acme", "press", "pressmen", "crm") if word in written]
    assert all(word in written for word in ("crew", "business_owner", "start", "switch"))
    (again,) = (tmp_path / "out").glob("*.yaml")
    assert run_waveplan("validate", again).code == 0
