"""Plans edited carelessly: keys deleted, blocks repeated, ids mixed up, words where numbers belong."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from support.command_line import SMALL

from waveplan import api

WRONG = (
    *("", "-5", "1e308", ".nan", "~", "text", "[]", "{}", "[a]", "{a: 1}", '"\\e[31mred"', "2026-02-30", "true", "'"),
    *("99999999999999999999", "*a", "&a b", "!!python/object:os.system x", "2026-02-07T25:00:00+00:00"),
    *("2026-02-07T20:00:00", "9999-12-31", "0001-01-01"),
)
_ENTRY = re.compile(r"  - id: ")


def careless(plan: str, seed: int) -> str:
    """The plan after one to three careless edits."""
    chance = random.Random(seed)
    lines = plan.splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        edit = chance.choice((_delete, _repeat, _overtype, _overtype_inside, _mistype_key, _indent, _wrong_id, _block))
        edit(lines, at, chance)
    return "\n".join(lines) + "\n"


def _delete(lines: list[str], at: int, chance: random.Random) -> None:
    del lines[at]


def _repeat(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(at, lines[at])


def _overtype(lines: list[str], at: int, chance: random.Random) -> None:
    head, sep, _ = lines[at].partition(": ")
    lines[at] = f"{head}: {chance.choice(WRONG)}" if sep else f"{lines[at].partition('- ')[0]}- {chance.choice(WRONG)}"


def _overtype_inside(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = re.sub(r": [^,{}\[\]]+([,}\]])", lambda end: f": {chance.choice(WRONG)}{end[1]}", lines[at], count=1)


def _mistype_key(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = lines[at].replace(":", "x:", 1)


def _indent(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = chance.choice((" ", "  ", "\t")) + lines[at]


def _wrong_id(lines: list[str], at: int, chance: random.Random) -> None:
    entries = [index for index, line in enumerate(lines) if _ENTRY.match(line)]
    if entries:
        lines[chance.choice(entries)] = lines[chance.choice(entries)]


def _block(lines: list[str], at: int, chance: random.Random) -> None:
    """Delete or repeat a whole wave or lot."""
    entries = [index for index, line in enumerate(lines) if _ENTRY.match(line)]
    if entries:
        first = last = chance.choice(entries)
        last += 1
        while last < len(lines) and lines[last].startswith("    "):
            last += 1
        lines[first:last] = lines[first:last] * chance.choice((0, 2))


@pytest.mark.parametrize("seed", range(80))
def test_a_careless_edit_gives_findings_with_places(seed: int, small_plan_text: str, tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(careless(small_plan_text, seed), encoding="utf-8")
    lines = (tmp_path / "plan.yaml").read_text(encoding="utf-8").count("\n") + 1

    verdict = api.check(str(tmp_path / "plan.yaml"), str(tmp_path / "small.yaml"))
    for finding in verdict.findings:
        assert finding.location is not None
        assert Path(finding.location.file).name == "plan.yaml"
        assert 1 <= finding.location.line <= lines
    assert verdict.findings or _says_the_same(tmp_path, small_plan_text)


def _says_the_same(folder: Path, before: str) -> bool:
    """Whether an edit left everything that is judged as it was; how the search went and what files it read is not."""
    (folder / "before.yaml").write_text(before, encoding="utf-8")
    plans = [api.load_plan(str(folder / name)).plan for name in ("before.yaml", "plan.yaml")]
    unjudged = {"solve", "inventory", "calendar"}
    return len({plan.model_dump_json(exclude=unjudged) for plan in plans if plan is not None}) == 1
