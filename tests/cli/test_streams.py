"""Terminals, pipes and streams that are closed: colour where it can be seen, quiet where nobody reads."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.command_client import GUARD
from support.command_line import Waveplan, environment

_ESCAPE = "\x1b"


def on_a_terminal(*arguments: str, cwd: Path, **changes: str) -> str:
    """What a run writes when both streams are a terminal."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "waveplan", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        cwd=cwd,
        env=environment(**{"TERM": "xterm-256color", "COLUMNS": "100", **changes}),
    ) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        process.wait(timeout=GUARD)
    os.close(leader)
    return shown.decode()


def through_a_shell(script: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `$WAVEPLAN` is the command."""
    return subprocess.run(
        ["bash", "-c", script],
        cwd=cwd,
        env=environment(**{"WAVEPLAN": f"{sys.executable} -m waveplan", **changes}),
        capture_output=True,
        timeout=GUARD,
        check=False,
    )


def test_a_terminal_gets_colour(small_plan: Path) -> None:
    assert _ESCAPE + "[" in on_a_terminal("show", "plan.yaml", cwd=small_plan.parent)


def test_no_color_is_respected(small_plan: Path) -> None:
    shown = on_a_terminal("show", "plan.yaml", cwd=small_plan.parent, NO_COLOR="1")
    assert not re.search(r"\x1b\[[\d;]*3[0-9;]*m|38;5", shown)
    assert "W02" in shown


def test_a_solve_is_animated_on_a_terminal_only(small: Path, waveplan: Waveplan) -> None:
    shown = on_a_terminal("solve", "small.yaml", cwd=small.parent)
    assert "\x1b[?25l" in shown  # the cursor is hidden while the figures change
    assert "\x1b[?25h" in shown  # and back at the end
    assert "\x1b[?25l" not in on_a_terminal("solve", "small.yaml", cwd=small.parent, TERM="dumb")
    assert _ESCAPE not in waveplan("solve", "small.yaml").err


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_nothing_is_wider_than_the_screen(waveplan: Waveplan, small_plan: Path, columns: str) -> None:
    for view in ("--waves", "--gantt", "--lots", "--load", "--calendar"):
        done = waveplan("show", "plan.yaml", view, COLUMNS=columns)
        assert done.code == 0
        assert max(len(line) for line in done.out.splitlines()) <= int(columns)


def test_who_closes_the_pipe_early_has_seen_enough(small: Path) -> None:
    done = through_a_shell("$WAVEPLAN rule -q | head -n 1; echo ${PIPESTATUS[0]}", small.parent)
    assert done.stdout.split(b"\n")[1] == b"0"
    assert done.stderr == b""


def test_the_verdict_stands_when_the_pipe_is_closed(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("waveplan: 1\n")
    done = through_a_shell("$WAVEPLAN validate broken.yaml | true; echo ${PIPESTATUS[0]}", tmp_path)
    assert (done.stdout, done.stderr) == (b"1\n", b"")


def test_a_full_disk_behind_standard_output_is_a_message(small_plan: Path) -> None:
    done = through_a_shell("$WAVEPLAN show plan.yaml > /dev/full", small_plan.parent)
    assert done.returncode == 2
    assert b"standard output cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_streams_may_be_closed(small_plan: Path, closing: str) -> None:
    done = through_a_shell(f"$WAVEPLAN check plan.yaml small.yaml {closing}", small_plan.parent)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_closed_standard_input_cannot_be_read(tmp_path: Path) -> None:
    done = through_a_shell("$WAVEPLAN validate - <&-", tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"standard input is closed" in done.stderr
    assert b"Traceback" not in done.stderr


def test_characters_that_an_encoding_lacks_do_not_fail(small_plan: Path) -> None:
    done = through_a_shell("$WAVEPLAN show plan.yaml --gantt", small_plan.parent, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()


def _gantt(folder: Path, switches: str = "", **changes: str) -> bytes:
    done = through_a_shell(f"$WAVEPLAN {switches} show plan.yaml --gantt --lang fr", folder, **changes)
    assert done.returncode == 0
    return done.stdout


def test_plain_characters_are_asked_for_by_an_option_a_variable_or_the_locale(small_plan: Path) -> None:
    """The locale C counts only when it was chosen, and no encoding was named beside it."""
    folder = small_plan.parent
    plain = _gantt(folder, "--ascii")
    assert plain.isascii()
    assert b"?" not in plain
    assert b"#=" in plain
    assert _gantt(folder, WAVEPLAN_ASCII="1") == plain
    assert _gantt(folder, LC_ALL="C", PYTHONIOENCODING="") == plain
    assert not _gantt(folder, LC_ALL="C", PYTHONIOENCODING="utf-8").isascii()
    assert not _gantt(folder, WAVEPLAN_ASCII="0").isascii()


def test_plain_characters_reach_help_notes_and_errors_but_no_document(waveplan: Waveplan, small: Path) -> None:
    small.write_text(small.read_text(encoding="utf-8").replace("Small exit", "Départ"), encoding="utf-8")
    for words in (["solve", "--help"], ["rule", "WP305"], ["solve", "nowhere"], ["show", "--what"], ["validate", "-"]):
        done = waveplan(*words, "--ascii", "--lang", "fr")
        assert (done.out + done.err).isascii()
    document = waveplan("solve", "small.yaml", "--ascii", "--quiet", "--format", "json").out
    assert "Départ" in document


def test_documents_are_utf_8_whatever_the_terminal_s_encoding(waveplan: Waveplan, small: Path) -> None:
    small.write_text(small.read_text(encoding="utf-8").replace("Small exit", "Départ"), encoding="utf-8")
    raw = through_a_shell(
        "$WAVEPLAN solve small.yaml --quiet --format yaml", small.parent, PYTHONIOENCODING="cp1252"
    ).stdout
    assert "Départ" in raw.decode("utf-8")


def test_the_language_is_the_option_s_then_the_environment_s_then_the_programme_s(
    waveplan: Waveplan, small: Path
) -> None:
    def summary(*arguments: str, **changes: str) -> str:
        return waveplan("validate", "small.yaml", *arguments, **changes).out.replace("\u00a0", " ")

    english, french = "small.yaml: clean\n", "small.yaml : aucun constat\n"
    assert summary() == english
    assert summary("--lang", "fr") == french
    assert summary(WAVEPLAN_LANG="fr") == french
    assert summary("--lang", "en", WAVEPLAN_LANG="fr") == english
    small.write_text(small.read_text(encoding="utf-8").replace("2026-12-18}", "2026-12-18, language: fr}"))
    assert summary() == french
    assert summary("--lang", "en") == english
    assert waveplan("--lang", "en", "validate", "small.yaml").out == english
