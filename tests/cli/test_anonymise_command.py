"""`anonymise`, as people type it: inventory, plan and actuals together, the key, what is told and refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.command_line import SMALL, Waveplan

pytestmark = pytest.mark.usefixtures("small_plan")


def test_a_whole_case_stands_where_the_first_one_stood(waveplan: Waveplan, tmp_path: Path) -> None:
    day = ("--as-of", "2026-02-13")
    for words in (
        ("gate", "W01", "go-no-go", "go", "--by", "cutover lead", "--date", "2026-02-04"),
        ("cutover", "W01", "done", "--date", "2026-02-07"),
        ("incident", "W01", "orders of the shop are slow", "--item", "crm", "--date", "2026-02-08"),
        ("accept", "purge s1", "signed", "--date", "2026-02-12"),
    ):
        assert waveplan("record", "actuals.yaml", *words, *day).code == 0, words
    (tmp_path / "key").write_text("some words that nobody knows\n", encoding="utf-8")
    files = ("small.yaml", "plan.yaml", "actuals.yaml")

    done = waveplan("anonymise", *files, "-o", "out", "--key-file", "key", "--names", "names.csv")
    assert done.code == 0, done.err
    assert done.out.split() == ["out/inventory.yaml", "out/plan.yaml", "out/actuals.yaml"]
    text = "".join((tmp_path / name).read_text(encoding="utf-8") for name in done.out.split())
    assert not [word for word in ("Small exit", "cutover lead", "orders of the shop", "crm", "erp") if word in text]

    checked = waveplan("check", "out/plan.yaml", "out/inventory.yaml", "--actuals", "out/actuals.yaml", *day)
    assert (checked.code, checked.out) == (0, "out/plan.yaml: clean\n")
    status = ("status", "--json", *day, "--actuals")
    before = json.loads(waveplan(*status, "actuals.yaml", "plan.yaml", "small.yaml").out)
    after = json.loads(waveplan(*status, "out/actuals.yaml", "out/plan.yaml", "out/inventory.yaml").out)
    assert [wave["state"] for wave in after["waves"]] == [wave["state"] for wave in before["waves"]]
    assert [each["kind"] for each in after["late"]] == [each["kind"] for each in before["late"]]

    with (tmp_path / "names.csv").open(encoding="utf-8") as file:
        names = {row["word"]: row["pseudonym"] for row in csv.DictReader(file)}
    assert names["crm"].startswith("app-")
    assert names["cutover lead"].startswith("person-")
    assert waveplan("anonymise", *files, "-o", "again", "--key-file", "key").code == 0
    for name in ("inventory.yaml", "plan.yaml", "actuals.yaml"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_without_a_key_one_is_made_up_and_told(waveplan: Waveplan, tmp_path: Path) -> None:
    done = waveplan("anonymise", "small.yaml", "-o", "a")
    assert "kept nowhere" in done.err
    waveplan("anonymise", "small.yaml", "-o", "b")
    assert (tmp_path / "a" / "inventory.yaml").read_bytes() != (tmp_path / "b" / "inventory.yaml").read_bytes()
    assert "gardée nulle part" in waveplan("anonymise", "small.yaml", "-o", "c", "--lang", "fr").err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("small.yaml", "--shift", "--shift-weeks", "3"), 2, "not both"),
        (("small.yaml", "--key-file", "gone"), 2, "cannot read gone"),
        (("small.yaml", "--key-file", "short"), 2, "at least 8 characters"),
        (("gone.yaml",), 2, "gone.yaml"),
        (("broken.yaml",), 1, "WP107"),
        (("small.yaml", "small.yaml"), 1, "WP125"),
        (("-", "-"), 2, "standard input"),
        (("small.yaml", "-o", "plan.yaml"), 2, "plan.yaml is a file"),
    ],
)
def test_what_cannot_work_writes_nothing(
    waveplan: Waveplan, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "short").write_text("x", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(SMALL.replace("servers: [s3]", "servers: [s4]"), encoding="utf-8")
    done = waveplan("anonymise", *words)
    assert (done.code, said in done.err) == (code, True), done.err
    assert not (tmp_path / "anonymised").exists()
