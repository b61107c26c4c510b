"""A command ends without taking the interpreter apart, and still tells whoever wants to be told of its end."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support.command_client import GUARD

TOLD = """
import atexit, sys
from waveplan.cli.app import main
atexit.register(print, "told")
sys.argv = ["waveplan", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(("words", "code", "first"), [(["--version"], 0, "waveplan"), (["solve"], 2, "told")])
def test_what_is_to_be_done_at_the_end_is_done_and_the_code_stays(words: list[str], code: int, first: str) -> None:
    done = subprocess.run([sys.executable, "-c", TOLD, *words], capture_output=True, text=True, timeout=GUARD)
    assert done.returncode == code
    assert done.stdout.startswith(first)
    assert done.stdout.endswith("told\n")


def test_a_reader_that_has_gone_changes_nothing() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "waveplan", "--version"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate(timeout=GUARD)
    assert b"Traceback" not in said
