"""Nights replayed through `record` and `night` as they are typed: no entry is lost, and each look tells what was said.

Tasks begin in any order that they allow, some fail and are tried again, words come in any order, tasks by number or by
id, some entries are taken back. A night takes some five seconds: WAVEPLAN_SEEDS=100 replays a hundred.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from support.command_line import ROOT, Waveplan
from support.seeds import count, few_at_once

EXAMPLE = str(ROOT / "examples" / "first-steps")
OPENS = 20 * 60  # minutes of the day on which the window of W03 begins
RECORD = ("record", "actuals.yaml", "task", "--inventory", EXAMPLE, "--as-of", "2027-03-22")
NIGHT = ("night", "plan.yaml", EXAMPLE, "--wave", "W03", "--actuals", "actuals.yaml", "--json", "--as-of")
WORDS = {"started": ("started", "start", "on", "commencé"), "done": ("done", "ok", "fini"), "failed": ("failed", "ko")}


@dataclass
class Replay:
    """One night as it goes: what was said in this order, what runs, what is over."""

    chance: random.Random
    tasks: dict[str, tuple[int, tuple[str, ...]]]  # number, and what it waits for, by id
    minute: int = OPENS
    said: list[tuple[str, str, int]] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    over: set[str] = field(default_factory=set)

    def step(self) -> tuple[str, str]:
        """The next thing that happens: a task and its state."""
        self.minute += self.chance.randint(1, 20)
        ready = [
            name
            for name, (_, waits) in self.tasks.items()
            if name not in self.over and name not in self.running and set(waits) <= self.over
        ]
        if self.running and (not ready or self.chance.random() < 0.6):
            name = self.chance.choice(sorted(self.running))
            state = "failed" if self.chance.random() < 0.15 else "done"
            self.running.discard(name)
            self.over |= {name} if state == "done" else set()
        else:
            name, state = self.chance.choice(ready), "started"
            self.running.add(name)
        self.said.append((name, state, self.minute))
        return name, state

    def words(self, name: str, state: str) -> list[str]:
        """What somebody types for it."""
        number, _ = self.tasks[name]
        called = self.chance.choice((str(number), f"#{number}", name, name.removeprefix("W03/"), name.upper()))
        found = ["W03", called, self.chance.choice(WORDS[state]), self.at(self.minute)]
        self.chance.shuffle(found)
        return found

    def at(self, minute: int) -> str:
        """A moment with its day: the night is longer than a day where somebody is slow."""
        day, rest = divmod(minute, 24 * 60)
        return f"2027-03-{20 + day}T{rest // 60:02d}:{rest % 60:02d}"


@pytest.fixture
def replay(request: pytest.FixtureRequest, tmp_path: Path, waveplan: Waveplan) -> Replay:
    """The night of W03 before anything was said."""
    assert waveplan("solve", EXAMPLE, "--reproducible", "-q", "-o", "plan.yaml").code == 0
    (tmp_path / "actuals.yaml").write_text("waveplan_actuals: 1\n", encoding="utf-8")
    book = json.loads(waveplan("runbook", "plan.yaml", EXAMPLE, "--wave", "W03", "--json").out)["runbooks"][0]
    tasks = {each["id"]: (each["number"], tuple(wait["task"] for wait in each["after"])) for each in book["tasks"]}
    return Replay(random.Random(request.param), tasks)


@pytest.mark.parametrize("replay", few_at_once(range(count(6)), 6, slow_in=2), indirect=True)
def test_a_night_that_is_typed_loses_nothing(replay: Replay, tmp_path: Path, waveplan: Waveplan) -> None:
    chance = replay.chance
    while len(replay.over) < len(replay.tasks):
        name, state = replay.step()
        done = waveplan(*RECORD, *replay.words(name, state))
        assert done.code == 0, done.err
        if chance.random() < 0.1:  # something that was not so, and is taken back
            assert waveplan(*RECORD, *replay.words(name, "failed")).code == 0
            assert waveplan("record", "actuals.yaml", "--undo", "task").code == 0
        if chance.random() < 0.2 or len(replay.over) == len(replay.tasks):
            _look(replay, tmp_path, waveplan)


def _look(replay: Replay, folder: Path, waveplan: Waveplan) -> None:
    """The file has every entry in its order, and the night says of each task what was said last."""
    kept = yaml.load((folder / "actuals.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)["tasks"]
    found = [(each["task"], each["state"], each["happened"][:16]) for each in kept]
    assert found == [(name, state, replay.at(minute)) for name, state, minute in replay.said]
    standing = json.loads(waveplan(*NIGHT, replay.at(replay.minute)).out)
    states = {each["id"]: each["state"] for each in standing["tasks"]}
    assert {name for name, state in states.items() if state == "done"} == replay.over
    assert {name for name, state in states.items() if state in {"running", "overdue"}} == replay.running
    failed = {name for name, state, _ in _last(replay) if state == "failed"}
    assert {name for name, state in states.items() if state == "failed"} == failed
    assert standing["unknown"] == []
    assert (standing["verdict"] == "over") == (replay.over == set(replay.tasks))


def _last(replay: Replay) -> list[tuple[str, str, int]]:
    return list({name: (name, state, minute) for name, state, minute in replay.said}.values())
