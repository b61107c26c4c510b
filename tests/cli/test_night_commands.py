"""`record FILE task`, `night` and `learn` as they are typed at three in the morning."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from support.command_client import GUARD
from support.command_line import ROOT, Waveplan, environment

from waveplan.cli.night_words import moment_of
from waveplan.loading.plan_loader import load_plan

EXAMPLE = str(ROOT / "examples" / "first-steps")
RECORD = ("record", "actuals.yaml", "task", "--inventory", EXAMPLE, "--as-of", "2027-02-21")
NIGHT = ("night", "plan.yaml", EXAMPLE, "--wave", "W01", "--actuals", "actuals.yaml")


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan) -> Path:
    """Where `waveplan` runs, with the plan of the example whose first wave is on Sat 20 February, 20:00."""
    assert waveplan("solve", EXAMPLE, "--reproducible", "-q", "-o", "plan.yaml").code == 0
    return tmp_path


def tasks(folder: Path) -> list[dict[str, str]]:
    found = yaml.load((folder / "actuals.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return list(found["tasks"])


@pytest.mark.parametrize(
    "words",
    [
        ("W01", "2", "started", "20:05"),
        ("started", "20:05", "w01", "#2"),
        ("2", "start", "W01", "--at", "20:05"),
        ("W01/login/stop", "begun", "20h05"),
        ("login/stop", "W01", "on", "2027-02-20T20:05"),
        ("W01", "login/stop", "commencé", "--at", "2027-02-20T20:05:00+01:00"),
    ],
)
def test_words_may_come_in_any_order(waveplan: Waveplan, folder: Path, words: tuple[str, ...]) -> None:
    done = waveplan(*RECORD, *words)
    assert done.code == 0, done.err
    assert tasks(folder) == [
        {
            "wave": "2027-02-20-weekend",
            "task": "W01/login/stop",
            "happened": "2027-02-20T20:05:00+01:00",
            "state": "started",
        }
    ]


def test_several_tasks_at_once_and_the_last_one_taken_back(waveplan: Waveplan, folder: Path) -> None:
    assert waveplan(*RECORD, "W01", "2,3", "4", "started", "20:00").code == 0
    assert [each["task"] for each in tasks(folder)] == ["W01/login/stop", "W01/mail/stop", "W01/wiki/stop"]
    assert waveplan("record", "actuals.yaml", "--undo", "task").code == 0
    assert len(tasks(folder)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("W01", "started"), "which task is started?"),
        (("W01", "2"), "Write: waveplan record FILE task"),
        (("2", "started"), "Write: waveplan record FILE task"),
        (("W01", "99", "started"), "W01 has no task 99"),
        (("W01", "stop", "started"), "W01/login/stop"),  # three end so
        (("W01", "2", "started", "--at", "soon"), "is no moment"),
        (("W01", "2", "started", "--severity", "major"), "--severity does not go with task"),
        (("W01", "2", "started", "2027-02-25T20:00"), "WP402"),  # ahead of the day
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    waveplan: Waveplan, folder: Path, words: tuple[str, ...], said: str
) -> None:
    done = waveplan(*RECORD, *words)
    assert done.code in {1, 2}
    assert said in done.err
    assert not (folder / "actuals.yaml").exists()


def test_without_an_inventory_a_task_is_recorded_as_it_was_called(waveplan: Waveplan, folder: Path) -> None:
    assert waveplan("record", "actuals.yaml", "task", "W01", "2", "done", "20:30", "--as-of", "2027-02-21").code == 0
    assert tasks(folder)[0]["task"] == "2"
    found = json.loads(waveplan(*NIGHT, "--as-of", "21:00", "--json").out)
    assert found["tasks"][1]["state"] == "done"
    waveplan("record", "actuals.yaml", "task", "W01", "77", "done", "20:30", "--as-of", "2027-02-21")
    night = waveplan(*NIGHT, "--as-of", "21:00")
    assert "WP417" in night.err and "actuals.yaml:4" in night.err


def test_a_night_from_its_start_to_a_decision(waveplan: Waveplan, folder: Path) -> None:
    for words in (("1", "done", "20:00"), ("2,3", "started", "20:02"), ("2", "done", "20:31")):
        assert waveplan(*RECORD, "W01", *words).code == 0
    going = waveplan(*NIGHT, "--as-of", "20:40", "--width", "120")
    assert (going.code, going.out.splitlines()[1].split(":")[0]) == (0, "GO ON")
    assert waveplan(*RECORD, "W01", "3", "failed", "20:50", "--reason", "disk full").code == 0
    held = waveplan(*NIGHT, "--as-of", "20:55", "--width", "120")
    assert held.code == 1
    assert "DECIDE NOW: W01/mail/stop has failed and holds" in held.out
    assert "disk full" in held.out
    assert waveplan(*RECORD, "W01", "roll-back", "21:00", "--by", "steering").code == 0
    back = waveplan(*NIGHT, "--as-of", "21:05", "--width", "120", "--lang", "fr")
    assert back.code == 1
    assert "RETOUR ARRIÈRE" in back.out
    for form in ("md", "html", "json"):
        assert waveplan(*NIGHT, "--as-of", "21:05", "--format", form).code == 1
    assert waveplan(*NIGHT, "--as-of", "21:05", "--team", "admins").code == 1


def test_a_rehearsal_is_held_against_its_own_start(waveplan: Waveplan, folder: Path) -> None:
    record = ("record", "actuals.yaml", "task", "--inventory", EXAMPLE, "--as-of", "2027-02-06", "--run", "first")
    for words in (("1", "done", "10:00"), ("2", "started", "10:00"), ("2", "done", "10:48")):
        assert waveplan(*record, "W01", *words).code == 0
    assert tasks(folder)[0]["happened"] == "2027-02-06T10:00:00+01:00"
    found = json.loads(waveplan(*NIGHT, "--run", "first", "--as-of", "2027-02-06T10:50", "--json").out)
    second = found["tasks"][1]
    assert second["planned"] == {"start": "2027-02-06T10:00+01:00", "end": "2027-02-06T10:24+01:00"}
    assert (second["minutes_taken"], second["minutes_late"]) == (48, 24)
    wrong = waveplan(*NIGHT, "--run", "second")
    assert wrong.code == 2 and "there is: first" in wrong.err


def test_times_of_a_rehearsal_are_the_last_such_ones_where_no_day_is_told(folder: Path) -> None:
    plan = load_plan(str(folder / "plan.yaml")).plan
    assert plan is not None
    now = dt.datetime(2026, 11, 28, 5, 0, tzinfo=dt.UTC)  # months before the wave's window
    times = {
        words: moment_of(words, plan.waves[0], dt.UTC, now, rehearsal=True).isoformat() for words in ("04:10", "23:50")
    }
    assert times == {"04:10": "2026-11-28T04:10:00+00:00", "23:50": "2026-11-27T23:50:00+00:00"}
    assert moment_of("23:50", plan.waves[0], dt.UTC, now).date() == plan.waves[0].slot.start.date()


def test_minutes_are_learnt_and_proposed_as_templates(waveplan: Waveplan, folder: Path) -> None:
    record = ("record", "actuals.yaml", "task", "--inventory", EXAMPLE, "--as-of", "2027-02-06", "--run", "first")
    assert waveplan(*record, "W01", "2,3,4", "started", "10:00").code == 0
    assert waveplan(*record, "W01", "2,3,4", "done", "10:48").code == 0
    done = waveplan("learn", "plan.yaml", EXAMPLE, "actuals.yaml", "-o", "learnt.yaml", "--width", "120")
    assert done.code == 0
    assert "of_cutover 0.4" in done.out
    assert waveplan("learn", "plan.yaml", EXAMPLE, "actuals.yaml", "--json").code == 0
    before = json.loads(waveplan("runbook", "plan.yaml", EXAMPLE, "--wave", "W01", "--json").out)
    after = json.loads(
        waveplan("runbook", "plan.yaml", EXAMPLE, "--wave", "W01", "--json", "--template", "learnt.yaml").out
    )
    minutes = [
        [task["minutes"] for task in each["runbooks"][0]["tasks"] if task["template"] == "stop"]
        for each in (before, after)
    ]
    assert minutes == [[24, 24, 24], [48, 48, 48]]


def test_entries_come_from_a_table(waveplan: Waveplan, folder: Path) -> None:
    (folder / "night.csv").write_text(
        "kind,wave,task,result,at,by\n"
        "task,W01,2,started,2027-02-20T20:05,admins\n"
        "task,W01,2,done,2027-02-20T20:31,admins\n",
        encoding="utf-8",
    )
    words = ("record", "actuals.yaml", "night.csv", "--from", "csv", "--inventory", EXAMPLE, "--as-of", "2027-02-21")
    assert waveplan(*words, "--apply").code == 0
    assert [(each["task"], each["state"]) for each in tasks(folder)] == [
        ("W01/login/stop", "started"),
        ("W01/login/stop", "done"),
    ]
    again = waveplan(*words, "--apply")
    assert again.code == 0
    assert len(tasks(folder)) == 2


def test_people_who_record_at_the_same_moment_are_all_heard(waveplan: Waveplan, folder: Path) -> None:
    def say(number: int) -> int:
        return waveplan(*RECORD, "W01", str(number), "started", f"20:{number:02d}").code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(say, range(1, 17))) == [0] * 16
    assert sorted(each["happened"] for each in tasks(folder)) == [
        f"2027-02-20T20:{n:02d}:00+01:00" for n in range(1, 17)
    ]


def test_a_process_that_is_killed_loses_nothing_that_was_said(folder: Path) -> None:
    """Entries are written one after the other; the writer is killed at any moment, again and again."""
    rng = random.Random(7)
    heard: list[int] = []
    for number in range(24):
        at = f"2027-02-20T20:{number:02d}:00+01:00"
        command = [sys.executable, "-m", "waveplan", *RECORD, "W01", "2", "started", "--at", at]
        process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if number % 3 == 2:
            assert process.wait(timeout=GUARD) == 0
        else:
            _kill_some_time(process, rng, folder)
        if process.wait(timeout=GUARD) == 0:
            heard.append(number)
        there = {each["happened"] for each in tasks(folder)} if (folder / "actuals.yaml").exists() else set()
        assert {f"2027-02-20T20:{each:02d}:00+01:00" for each in heard} <= there
    assert len(heard) >= 8


def _kill_some_time(process: subprocess.Popen[bytes], rng: random.Random, folder: Path) -> None:
    """Kill it while it starts, reads or writes; its draft is what shows that it writes."""
    if rng.random() < 0.5:
        while process.poll() is None and not list(folder.glob(".actuals.yaml.*")):
            time.sleep(0.0005)
    else:
        time.sleep(rng.random())
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
