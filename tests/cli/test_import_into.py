"""`import --into`: several sources into one inventory, again and again, as people do it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support.command_line import Waveplan

VMS = "VM,Powerstate,Datacenter,DNS Name,CPUs,Memory,VM ID,VM UUID\n"
WEB = "web01,poweredOn,Paris,web01.example.org,{cpus},16384,vm-1,42110000-aabb-ccdd-eeff-001122334455\n"
DB = "db01,poweredOn,Paris,db01.example.org,2,8192,vm-2,42110000-aabb-ccdd-eeff-001122334466\n"


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    (tmp_path / "vInfo.csv").write_text(VMS + WEB.format(cpus=4) + DB)
    return tmp_path


def take(waveplan: Waveplan, *words: str, code: int = 0) -> tuple[str, str]:
    done = waveplan("import", "rvtools", "vInfo.csv", "--into", "inv", *words)
    assert done.code == code, done.err
    return done.out, done.err


def test_a_second_import_changes_nothing_and_a_changed_file_just_that(waveplan: Waveplan, exports: Path) -> None:
    take(waveplan)
    before = {path.name: path.read_bytes() for path in (exports / "inv").iterdir()}

    out, err = take(waveplan)
    assert (out, "Nothing changes" in err) == ("", True)
    assert before == {path.name: path.read_bytes() for path in (exports / "inv").iterdir()}

    (exports / "vInfo.csv").write_text(VMS + WEB.format(cpus=8) + DB)
    shown, _ = take(waveplan, "--dry-run")
    assert [line[:2] for line in shown.splitlines() if line[:1] in "+-"] == ["--", "++", "- ", "+ "]
    assert before == {path.name: path.read_bytes() for path in (exports / "inv").iterdir()}

    take(waveplan)
    after = (exports / "inv" / "servers.yaml").read_bytes()
    assert after == before["servers.yaml"].replace(b"vcpu: 4", b"vcpu: 8")


def test_a_value_made_by_hand_is_asked_in_a_review_and_the_answer_followed(waveplan: Waveplan, exports: Path) -> None:
    take(waveplan)
    servers = exports / "inv" / "servers.yaml"
    servers.write_text(servers.read_text().replace("vcpu: 4", "vcpu: 6"))
    (exports / "vInfo.csv").write_text(VMS + WEB.format(cpus=8) + DB)

    _, err = take(waveplan, "--review", "review.yaml")

    assert "servers.web01.vcpu: imported was 4, by hand it is 6, and its source says 8 now" in err
    review = exports / "review.yaml"
    assert "field: servers.web01.vcpu, imported: 4, standing: 6, said: 8, decide: }" in review.read_text()
    assert "vcpu: 6" in servers.read_text()
    review.write_text(review.read_text().replace("decide: }", "decide: accept}"))
    take(waveplan, "--review", "review.yaml")
    assert "vcpu: 8" in servers.read_text()
    assert "values: []" in review.read_text()


def test_a_file_of_sources_reads_them_all_and_lists_conflicts_and_provenance(waveplan: Waveplan, exports: Path) -> None:
    (exports / "other").mkdir()
    (exports / "other" / "vInfo.csv").write_text(VMS + WEB.format(cpus=6))
    (exports / "order.yaml").write_text("waveplan_precedence: 1\nsources: [south, north]\n")
    (exports / "sources.yaml").write_text(
        "waveplan_sources: 1\nprecedence: order.yaml\nsources:\n"
        "  - {format: rvtools, files: vInfo.csv, name: north}\n"
        "  - {format: rvtools, files: other/vInfo.csv, name: south}\n"
    )

    done = waveplan(
        "import", "sources.yaml", "-o", "inv", "--conflicts", "conflicts.csv", "--provenance", "whence.csv", "--json"
    )

    assert done.code == 0, done.err
    facts = json.loads(done.out)
    assert [source["source"] for source in facts["sources"]] == ["north", "south"]
    assert "servers.web01" in facts["changes"]["added"]
    conflicts = list(csv.DictReader(io.StringIO((exports / "conflicts.csv").read_text())))
    assert [(row["field"], row["value"], row["source"], row["other_value"]) for row in conflicts] == [
        ("servers.web01.vcpu", "6", "south", "4")
    ]
    assert conflicts[0]["other_place"].endswith("vInfo.csv:2:5")
    whence = list(csv.DictReader(io.StringIO((exports / "whence.csv").read_text())))
    assert [
        (row["value"], row["source"], row["row"], row["column"])
        for row in whence
        if (row["id"], row["field"]) == ("web01", "vcpu")
    ] == [("6", "south", "2", "5")]


def test_what_is_wrong_with_files_that_say_what_to_do_is_told_with_its_place(waveplan: Waveplan, exports: Path) -> None:
    (exports / "order.yaml").write_text("waveplan_precedence: 1\nsourcs: [a]\n")
    (exports / "sources.yaml").write_text("waveplan_sources: 1\nsources: [{format: rvtool, files: a.csv}]\n")

    order = waveplan("import", "rvtools", "vInfo.csv", "--into", "inv", "--precedence", "order.yaml")
    sources = waveplan("import", "sources.yaml", "-o", "inv")

    assert (order.code, "order.yaml:2:1: error WP103" in order.out) == (1, True), order
    assert (sources.code, "did you mean 'rvtools'?" in sources.out) == (1, True), sources
    assert not (exports / "inv").exists()


def test_an_inventory_that_cannot_be_read_is_left_alone(waveplan: Waveplan, exports: Path) -> None:
    (exports / "inv").mkdir()
    (exports / "inv" / "broken.yaml").write_text("servers: [\n")

    _, err = take(waveplan, code=1)

    assert "error WP101" in err
    assert [path.name for path in (exports / "inv").iterdir()] == ["broken.yaml"]


def test_one_of_o_and_into(waveplan: Waveplan, exports: Path) -> None:
    done = waveplan("import", "rvtools", "vInfo.csv", "--into", "inv", "-o", "other")

    assert (done.code, "give one of the two" in done.err) == (2, True)
    assert waveplan("import", "rvtools", "vInfo.csv").code == 2


def test_remarks_in_files_are_in_the_language_that_is_asked_for(waveplan: Waveplan, exports: Path) -> None:
    take(waveplan, "--lang", "fr")

    assert "aucune source ne dit où vont les serveurs" in (exports / "inv" / "sites.yaml").read_text()
    assert waveplan("validate", "inv").code == 0


def test_the_precedence_in_the_inventory_s_folder_holds_for_every_import(waveplan: Waveplan, exports: Path) -> None:
    take(waveplan, "--source", "north")
    (exports / "inv" / "precedence.yaml").write_text("waveplan_precedence: 1\nsources: [south, north]\n")
    (exports / "vInfo.csv").write_text(VMS + WEB.format(cpus=6))

    _, err = take(waveplan, "--source", "south")

    assert "vcpu: 6" in (exports / "inv" / "servers.yaml").read_text()
    assert "servers.vcpu: sources disagree (1), as on 'web01': 6 (south), not 4 (north)" in err
    assert waveplan("validate", "inv").code == 0
