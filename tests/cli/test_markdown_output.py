"""What goes into the comments of merge requests: findings, differences and lots as Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.command_line import SMALL, Waveplan

HOSTILE = SMALL.replace("{id: erp,", '{id: erp, name: "a|b <b>x</b> *y* `z`\\n# t", sites: [x],')


def cells(line: str) -> list[str]:
    """A row's cells: bars that are text are escaped."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def rows(text: str) -> list[list[str]]:
    """All rows of the tables of a text, heads too."""
    return [cells(line) for line in text.splitlines() if line.startswith("|")]


def test_findings_are_rows_with_place_and_advice(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(SMALL.replace("servers: [s3]", "servers: [s4]"), encoding="utf-8")
    done = waveplan("validate", "broken.yaml", "--output-format", "markdown")
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("**1 error in broken.yaml**\n")
    head, _, row = rows(done.out)
    assert head == ["Severity", "Code", "Place", "Finding", "What to do"]
    assert row[:4] == ["error", "WP107", "broken.yaml:14:25", "there is no server 's4'"]
    french = waveplan("validate", "broken.yaml", "--output-format", "markdown", "--lang", "fr").out
    assert rows(french)[2][0] == "erreur"


def test_a_comment_holds_what_it_can_and_counts_the_rest(waveplan: Waveplan, tmp_path: Path) -> None:
    many = "".join(f"  - {{id: x{n}, servers: [gone-{n}]}}\n" for n in range(900))
    (tmp_path / "broken.yaml").write_text(SMALL + many, encoding="utf-8")
    out = waveplan("validate", "broken.yaml", "--output-format", "markdown").out
    assert len(out) < 65_536
    shown = len(rows(out)) - 2
    more = re.search(r"… and (\d+) more findings", out)
    assert more is not None
    assert shown + int(more[1]) == 900


def test_hostile_text_stays_in_its_cell(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    out = waveplan("validate", "hostile.yaml", "--output-format", "markdown").out
    assert {len(row) for row in rows(out)} == {5}
    assert not re.search(r"(?<!\\)[<>]", out)


def test_a_check_of_a_right_plan_is_one_line(waveplan: Waveplan, small_plan: Path) -> None:
    del small_plan
    assert waveplan("check", "plan.yaml", "small.yaml", "--output-format", "markdown").out == "**plan.yaml: clean**\n"


def test_lots_are_a_whole_table_whatever_the_width(waveplan: Waveplan, small: Path) -> None:
    del small
    narrow = waveplan("lots", "small.yaml", "--output-format", "markdown", "--width", "40").out
    assert narrow == waveplan("lots", "small.yaml", "--output-format", "markdown", "--width", "200").out
    head, line, *lots = rows(narrow)
    assert [head[0], head[-1], line[3]] == ["Lot", "Tied by", "---:"]
    assert sorted(lot[2] for lot in lots) == ["crm<br>sso", "erp"]
    why = waveplan("lots", "small.yaml", "--why", "crm", "--output-format", "markdown").out
    assert "shares the server s2" in why
    assert waveplan("lots", "small.yaml", "--json").out == waveplan("lots", "small.yaml", "--output-format", "json").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_differences_are_tables(waveplan: Waveplan, small_plan: Path, language: str) -> None:
    moved = small_plan.read_text(encoding="utf-8").replace("finish: 43", "finish: 50")
    (small_plan.parent / "moved.yaml").write_text(moved, encoding="utf-8")
    out = waveplan("diff", "plan.yaml", "moved.yaml", "--output-format", "markdown", "--lang", language).out
    assert any("43" in row[1] and "50" in row[2] for row in rows(out))
    same = waveplan("diff", "plan.yaml", "moved.yaml", "--output-format", "json").out
    assert same == waveplan("diff", "plan.yaml", "moved.yaml", "--json").out
