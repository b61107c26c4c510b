"""`--watch`: the verdict again after each change, told by what changes and never by a clock of the test's own."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest
from support.command_line import SMALL, Waveplan, environment

from waveplan.cli.file_watch import stamp, watching
from waveplan.cli.session import Session
from waveplan.errors import UnreadableInputError, UsageError

_GUARD = 300  # seconds after which something is wrong, on however slow a machine
WRONG = SMALL.replace("servers: [s3]", "servers: [s4]")


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Queue[str]]]:
    """`waveplan validate --watch` at work, and the lines that it writes."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    command = [sys.executable, "-m", "waveplan", "validate", "small.yaml", "--watch"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment()
    )
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout or ()], daemon=True)
    reader.start()
    yield process, lines
    process.kill()
    process.wait()
    reader.join()
    process.stdout.close()


def _until(lines: Queue[str], word: str) -> str:
    line = lines.get(timeout=_GUARD)
    while word not in line:
        line = lines.get(timeout=_GUARD)
    return line


def test_a_change_is_judged_and_ctrl_c_ends_with_the_last_verdict(
    watched: tuple[subprocess.Popen[str], Queue[str]], tmp_path: Path
) -> None:
    process, lines = watched
    assert _until(lines, "clean") == "small.yaml: clean\n"
    _until(lines, "Waiting")
    (tmp_path / "small.yaml").write_text(WRONG, encoding="utf-8")
    assert "WP107" in _until(lines, "WP107")
    assert "servers: [s4]" in _until(lines, " | ")
    _until(lines, "Waiting")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=_GUARD) == 1


class _Script:
    """What happens while nothing else does; a Ctrl-C when all of it has happened."""

    def __init__(self, *events: tuple[Path, str | None]) -> None:
        self.events = list(events)

    def __call__(self, seconds: float) -> None:
        del seconds
        if not self.events:
            raise KeyboardInterrupt
        path, text = self.events.pop(0)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")


def test_a_file_that_is_gone_is_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a", encoding="utf-8")
    seen: list[str] = []

    def run() -> int:
        if not file.exists():
            raise UnreadableInputError("{name} is gone", name="a.yaml")
        seen.append(file.read_text(encoding="utf-8"))
        return 0

    idle = (tmp_path / "other", "not watched")
    script = _Script((file, None), idle, idle, (file, "b"), (file, "bb"), idle, idle)
    assert watching(Session(), [str(file), None], run, script) == 0
    assert seen == ["a", "bb"]
    assert "a.yaml is gone" in capsys.readouterr().err


def test_what_is_wrong_with_the_call_ends_it() -> None:
    def run() -> int:
        raise UsageError("no such thing")

    with pytest.raises(UsageError):
        watching(Session(), ["a.yaml"], run, lambda seconds: pytest.fail("it waits"))


def test_a_stamp_sees_files_in_folders_come_change_and_go(tmp_path: Path) -> None:
    folder = tmp_path / "inventory"
    (folder / "more").mkdir(parents=True)
    stamps = [stamp([folder])]
    for path, text in (("a.yaml", "1"), ("more/b.yml", "1"), ("a.yaml", "12"), ("more/c.txt", "1")):
        (folder / path).write_text(text, encoding="utf-8")
        stamps.append(stamp([folder]))
    (folder / "a.yaml").unlink()
    stamps.append(stamp([folder]))
    assert len(set(stamps)) == len(stamps)
    (folder / "notes.md").write_text("x", encoding="utf-8")
    assert stamp([folder]) == stamps[-1]


def test_standard_input_is_not_watched(waveplan: Waveplan) -> None:
    done = waveplan("validate", "-", "--watch")
    assert done.code == 2
    assert "standard input cannot change" in done.err
