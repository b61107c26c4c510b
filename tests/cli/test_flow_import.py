"""`waveplan import flows … --into … -o …` and `waveplan import --apply …`, as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.captures import ESTATE
from support.command_line import Finished, run_waveplan

CAPTURE = """\
source,target,port,protocol,process,connections
web-01,db-01,1521,tcp,oracle,4211
web-02,db-01,1521,tcp,oracle,12
web-01,app-01,8443,tcp,java,50
web-01,8.8.8.8,53,udp,,900
10.9.9.9,db-01,1521,tcp,,77
,db-01,1521,tcp,,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inv").mkdir()
    (tmp_path / "inv" / "estate.yaml").write_text(ESTATE, encoding="utf-8")
    (tmp_path / "capture.csv").write_text(CAPTURE, encoding="utf-8")
    return tmp_path


def review(folder: Path, *more: str) -> Finished:
    return run_waveplan("import", "flows", "capture.csv", "--into", "inv", "-o", "review.yaml", *more, cwd=folder)


def apply(folder: Path, *more: str) -> Finished:
    return run_waveplan("import", "--apply", "review.yaml", "--into", "inv", *more, cwd=folder)


def test_a_review_is_written_and_nothing_else(folder: Path) -> None:
    ended = review(folder)
    assert (ended.code, ended.out) == (0, "review.yaml\n")
    assert (folder / "inv" / "estate.yaml").read_text(encoding="utf-8") == ESTATE
    assert "noise by rule dns: every server asks for names" in ended.err
    assert "1 row skipped: the row names no source" in ended.err
    assert "WP551: ends of flows that are private or reserved addresses that no server bears (1): 10.9.9.9" in ended.err
    assert "waveplan import --apply review.yaml --into inv" in ended.err
    text = (folder / "review.yaml").read_text(encoding="utf-8")
    assert "{decision: accept, consumer: portal, provider: orders" in text


def test_it_is_applied_once(folder: Path) -> None:
    review(folder)
    ended = apply(folder)
    assert (ended.code, ended.out) == (0, str(Path("inv", "estate.yaml")) + "\n")
    assert "1 written" in ended.err
    assert "written: portal → orders" in ended.err
    after = (folder / "inv" / "estate.yaml").read_bytes()
    assert b"{app: orders, coupling: soft" in after
    again = apply(folder)
    assert (again.code, again.out) == (0, "")
    assert (folder / "inv" / "estate.yaml").read_bytes() == after
    assert run_waveplan("validate", "inv", cwd=folder).code == 0
    text = (folder / "review.yaml").read_bytes()
    review(folder)
    review(folder)
    assert b"it stands in the inventory" in (folder / "review.yaml").read_bytes()
    assert text.count(b"decision: accept,") == (folder / "review.yaml").read_bytes().count(b"decision: accept,")


def test_what_would_be_written_can_be_seen_before(folder: Path) -> None:
    dry = review(folder, "--dry-run")
    assert dry.out.startswith("waveplan_flow_review: 1\n")
    assert not (folder / "review.yaml").exists()
    review(folder)
    shown = apply(folder, "--dry-run")
    assert '+      - {app: orders, coupling: soft, weight: 4, reason: "1521/tcp, ? → oracle"}\n' in shown.out
    assert (folder / "inv" / "estate.yaml").read_text(encoding="utf-8") == ESTATE
    assert apply(folder, "--diff").out == shown.out
    assert (folder / "inv" / "estate.yaml").read_text(encoding="utf-8") != ESTATE


def test_no_file_of_another_kind_is_written_over(folder: Path) -> None:
    for name, text in (("plan.yaml", "waveplan_plan: 1\n"), ("notes.txt", "to do: everything\n")):
        (folder / name).write_text(text, encoding="utf-8")
        ended = run_waveplan("import", "flows", "capture.csv", "--into", "inv", "-o", name, cwd=folder)
        assert ended.code == 1
        assert "WP125" in ended.err
        assert (folder / name).read_text(encoding="utf-8") == text


def test_rows_are_accounted_for_in_a_file(folder: Path) -> None:
    review(folder, "--accounts", "rows.csv")
    rows = (folder / "rows.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "file,sheet,row,fate,reason"
    assert "capture.csv,,7,skipped,the row names no source" in rows


def test_connections_of_azure_are_proposed_from(folder: Path) -> None:
    head = "Time slot,Source server name,Source IP,Source application,Source process,Destination server name,"
    rows = "05/13/2026 09:00:00,web-01,10.1.0.11,Portal,nginx,db-01,10.1.0.31,Orders,oracle,1521\n"
    text = head + "Destination IP,Destination application,Destination process,Destination port\n" + rows
    (folder / "azure.csv").write_text(text, encoding="utf-8")
    ended = run_waveplan("import", "azure-dependencies", "azure.csv", "--into", "inv", "-o", "r.yaml", cwd=folder)
    assert (ended.code, ended.out) == (0, "r.yaml\n")
    assert "consumer: portal, provider: orders" in (folder / "r.yaml").read_text(encoding="utf-8")


def test_both_speak_french(folder: Path) -> None:
    ended = review(folder, "--lang", "fr")
    assert "bruit selon la règle dns\u00a0: tout serveur demande des noms" in ended.err
    assert "# Dépendances\u00a0: qui consomme qui" in (folder / "review.yaml").read_text(encoding="utf-8")
    assert "écrit\u00a0: portal → orders" in apply(folder, "--lang", "fr").err


@pytest.mark.parametrize("width", ["80", "160"])
def test_it_fits_the_screen(width: str, folder: Path) -> None:
    ended = run_waveplan("import", "flows", "capture.csv", "--into", "inv", "-o", "r.yaml", cwd=folder, COLUMNS=width)
    table = ended.err.split("Flows")[1].split("1 proposal")[0]
    assert max(map(len, table.splitlines())) <= int(width)


def test_without_a_file_the_review_is_the_result(folder: Path) -> None:
    ended = run_waveplan("import", "flows", "capture.csv", "--into", "inv", cwd=folder)
    assert ended.out.startswith("waveplan_flow_review: 1\n")


def test_data_for_programs(folder: Path) -> None:
    found = json.loads(review(folder, "--json").out)
    assert found["waveplan_flows"] == 1
    assert sum(each["flows"] for each in found["flows"]) == 5
    assert {"fate": "noise", "rule": "dns", "flows": 1} in found["flows"]
    (entry,) = found["proposals"]["dependencies"]
    assert (entry["consumer"], entry["provider"], entry["certainty"]) == ("portal", "orders", 90)
    assert found["unknown"] == {"private": {"10.9.9.9": 77}}
    assert [each["code"] for each in found["findings"]] == ["WP551"]
    applied = json.loads(apply(folder, "--json").out)
    assert [each["outcome"] for each in applied["entries"]] == ["written"]
    assert len(applied["files"]) == 1


def test_rules_of_one_s_own(folder: Path) -> None:
    rules = ["{id: ours, reason: ours, match: {ports: 1521}}", "{id: idle, match: {ports: 1}}"]
    text = "waveplan_flow_rules: 1\nrules:\n" + "".join(f"  - {rule}\n" for rule in rules)
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    ended = review(folder, "--rules", "rules.yaml")
    assert "noise by rule ours: ours" in ended.err
    assert "Nothing is proposed." in ended.err
    assert "WP554: rule 'idle' has met no flow" in ended.err
    (folder / "rules.yaml").write_text("waveplan_flow_rules: 1\nrules: [{id: x}]\n", encoding="utf-8")
    wrong = review(folder, "--rules", "rules.yaml")
    assert wrong.code == 1
    assert "rules.yaml:2:9: error WP549" in wrong.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("flows", "capture.csv", "-o", "r.yaml"), "--into INVENTORY"),
        (("--apply", "review.yaml"), "--into INVENTORY"),
        (("flows", "--apply", "review.yaml", "--into", "inv"), "leave flows out"),
        (("--apply", "nothing.yaml", "--into", "inv"), "nothing.yaml"),
        (("flows", "nothing.csv", "--into", "inv"), "nothing.csv"),
        (("flows", "capture.csv", "--into", "nowhere"), "nowhere"),
        (("flows", "capture.csv", "--into", "inv", "-o", "inv"), "inv is a folder"),
        (("flows", "capture.csv", "--into", "inv", "--option", "dates=x"), "dmy, mdy"),
    ],
)
def test_what_cannot_work_is_said(words: tuple[str, ...], said: str, folder: Path) -> None:
    ended = run_waveplan("import", *words, cwd=folder)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("content", [b"", b"\0\0\0\0", b"PK\3\4", b"a,b\n1,2\n", b"\xff\xfe\x00", b"%PDF-1.4"])
def test_hostile_captures_end_in_words(content: bytes, folder: Path) -> None:
    (folder / "capture.csv").write_bytes(content)
    ended = review(folder)
    assert ended.code in {1, 2}
    assert "error" in ended.err or "cannot" in ended.err
    assert "Traceback" not in ended.err
    assert not (folder / "review.yaml").exists()


def test_a_slip_in_the_review_is_shown_where_it_stands(folder: Path) -> None:
    review(folder)
    path = folder / "review.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{decision: accept", "{decision: yes"), encoding="utf-8")
    ended = apply(folder)
    assert ended.code == 1
    assert "error WP104: 'decision' cannot be 'yes'" in ended.err
    assert (folder / "inv" / "estate.yaml").read_text(encoding="utf-8") == ESTATE
    assert review(folder).code == 1  # decisions are not thrown away with it
    assert "{decision: yes" in path.read_text(encoding="utf-8")


def test_a_capture_of_nothing_proposes_nothing(folder: Path) -> None:
    (folder / "capture.csv").write_text("source,target,port\n", encoding="utf-8")
    ended = review(folder)
    assert ended.code == 0
    assert "Nothing is proposed." in ended.err
    assert "What they are" not in ended.err
