"""Trackers and engines, read by the csv module and by PyYAML: same waves, lots, gates, dates; updates."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
import yaml
from support.exports import PLANS, Case, expected, exported, hostile, planned, view_of

from waveplan.export.formats.trackers import known


def rows(content: bytes | None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((content or b"").decode(), newline="")))


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)


@pytest.mark.parametrize("name", PLANS)
def test_jira_has_waves_lots_and_gates_at_their_dates(name: str) -> None:
    case = planned(name)
    wanted, view = expected(case[0]), view_of(case)
    found = rows(exported(case, "jira").joined)
    by_key = {row["External ID"]: row for row in found}
    assert len(by_key) == len(found) == len({row["Issue ID"] for row in found})
    for wave in view.waves:
        row = by_key[wave.key]
        assert (utc(row["Window opens"]), utc(row["Window closes"])) == wanted.waves[wave.id][:2]
        assert row["Issue Type"] == "Epic"
    lots = [row for row in found if row["Labels"] == "waveplan lot"]
    assert {row["External ID"] for row in lots} == {lot.key for lot in view.lots}
    assert len(lots) == len(wanted.lots)
    gates = sorted((row["External ID"], row["Due date"]) for row in found if row["Labels"] == "waveplan gate")
    assert gates == sorted((gate.key, gate.date.isoformat()) for gate in view.gates)
    assert len(gates) == len(wanted.gates)
    seen: set[str] = {""}
    for row in found:  # parents first
        assert row["Parent"] in seen
        seen.add(row["Issue ID"])


@pytest.mark.parametrize("name", PLANS)
def test_azure_devops_has_waves_lots_and_gates_at_their_dates(name: str) -> None:
    case = planned(name)
    wanted = expected(case[0])
    found = rows(exported(case, "azure-devops").joined)
    kinds = [row["Tags"].split("; ")[1] for row in found]
    assert (kinds.count("wave"), kinds.count("lot")) == (len(wanted.waves), len(wanted.lots))
    assert kinds.count("gate") == len(wanted.gates)
    starts = sorted(utc(row["Start Date"]) for row, kind in zip(found, kinds, strict=True) if kind == "wave")
    assert starts == sorted(start for start, *_ in wanted.waves.values())
    days = sorted(row["Start Date"] for row, kind in zip(found, kinds, strict=True) if kind == "gate")
    assert days == sorted(day.isoformat() for *_, day in wanted.gates)
    for before, row in zip([None, *found], found, strict=False):
        own = next(place for place in (1, 2, 3) if row[f"Title {place}"])
        above = 0 if before is None else next(place for place in (1, 2, 3) if before[f"Title {place}"])
        assert own <= above + 1
        assert sum(bool(row[f"Title {place}"]) for place in (1, 2, 3)) == 1


def test_a_second_export_updates_what_the_tracker_has() -> None:
    case = planned("clock-changes")
    first = rows(exported(case, "jira").joined)
    answer = "Issue key,Summary,Custom field (External ID)\n"
    answer += "".join(f"MIG-{number},whatever,{row['External ID']}\n" for number, row in enumerate(first))
    again = rows(exported(case, "jira", known=known(answer)).joined)
    assert [row["Issue Key"] for row in again] == [f"MIG-{number}" for number in range(len(first))]
    assert [{**row, "Issue Key": ""} for row in again] == first
    items = rows(exported(case, "azure-devops").joined)
    answer = "\ufeffID,State,Tags\n" + "".join(f'{n},Active,"x; {row["Tags"]}"\n' for n, row in enumerate(items, 7))
    again = rows(exported(case, "azure-devops", known=known(answer)).joined)
    assert [(row["ID"], row["State"]) for row in again] == [(str(n), "Active") for n, _ in enumerate(items, 7)]


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("to", ["aws-cmf", "aws-mgn"])
def test_aws_has_every_server_that_moves_in_its_wave(to: str, name: str) -> None:
    case = planned(name)
    view = view_of(case)
    done = exported(case, to, settings={"account": "111122223333", "region": "eu-west-3"})
    found = rows(done.joined)
    head = "mgn:wave:name" if to == "aws-mgn" else "wave_name"
    servers = [
        row.get("mgn:server:user-provided-id") or row["tags"].split(":server:")[1].split(";")[0] for row in found
    ]
    labels = {server.id: server.wave_label for server in view.servers if server.target and server.wave}
    assert dict(zip(servers, (row[head] for row in found), strict=True)) == labels
    assert len(servers) == len(set(servers))
    missing = {wave.label for wave in view.waves} - {row[head] for row in found}
    assert bool(missing) == any("no servers" in note for note in done.notes)
    for row in found:
        wave = next(wave for wave in view.waves if wave.label == row[head])
        assert wave.start.isoformat() in (row.get("tags") or row["mgn:wave:description"])


@pytest.mark.parametrize("name", PLANS)
def test_forklift_has_a_plan_for_each_wave_of_virtual_machines(name: str) -> None:
    case = planned(name)
    view, wanted = view_of(case), expected(case[0])
    done = exported(case, "forklift", settings={"source": "vcenter", "namespace": "mtv"})
    documents = {file: yaml.safe_load(content) for file, content in done.files.items()}
    plans = {file: each for file, each in documents.items() if each["kind"] == "Plan"}
    assert list(plans.values()) == list(yaml.safe_load_all(done.joined or b""))
    machines: dict[str, set[str]] = {}
    for file, plan in plans.items():
        migration = documents[file.replace(".plan.", ".migration.")]
        about = plan["metadata"]["annotations"]
        wave = about["waveplan/wave"]
        assert plan["apiVersion"] == "forklift.konveyor.io/v1beta1"
        assert plan["spec"]["provider"]["source"] == {"name": "vcenter", "namespace": "mtv"}
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", plan["metadata"]["name"])
        assert utc(about["waveplan/cutover-start"]) == wanted.waves[wave][0]
        assert utc(about["waveplan/cutover-end"]) == wanted.waves[wave][1]
        assert migration["spec"]["plan"]["name"] == plan["metadata"]["name"]
        assert ("cutover" in migration["spec"]) == plan["spec"]["warm"]
        if plan["spec"]["warm"]:
            assert utc(migration["spec"]["cutover"]) == wanted.waves[wave][0]
        machines.setdefault(wave, set()).update(each["name"] for each in plan["spec"]["vms"])
    moving = [(server, move) for server in view.servers for move in server.moves if server.kind == "vm" and move.target]
    by_wave = {wave.id: {server.title for server, move in moving if move.wave == wave.id} for wave in view.waves}
    assert machines == {wave: held for wave, held in by_wave.items() if held}


def test_hostile_names_make_no_lines_and_no_documents() -> None:
    case: Case = hostile()
    for to in ("jira", "azure-devops", "aws-cmf", "aws-mgn"):
        cells = [cell for row in rows(exported(case, to).joined) for cell in row.values()]
        assert cells
        assert not [cell for cell in cells if len(cell) > 1 and cell[0] in "=+-@\t\r"]
        assert not [cell for cell in cells if "\u202e" in cell]
    tracked = rows(exported(case, "azure-devops").joined)
    assert not any("<script" in row["Description"] for row in tracked)
    assert all(len(row[f"Title {place}"]) <= 256 for row in tracked for place in (1, 2, 3))
    documents = list(yaml.safe_load_all(exported(case, "forklift").joined or b""))
    assert {document["kind"] for document in documents} == {"Plan"}
    names = {machine["name"] for document in documents for machine in document["spec"]["vms"]}
    assert "<script>alert(1)</script>" in names
