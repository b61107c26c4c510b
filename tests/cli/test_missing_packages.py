"""Where only what `validate` and `check` need is installed, other commands say what they lack."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from support.command_line import ROOT

from waveplan.cli.missing_packages import missing

FOLDER = str(ROOT / "examples" / "first-steps")


WITHOUT = "import sys; sys.modules[{package!r}] = None; from waveplan.cli.app import run; sys.exit(run({arguments!r}))"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "needs ortools, which is"), ("fr", "demande ortools, qui n’est")]
)
def test_a_solve_without_the_solver_says_what_to_install(language: str, said: str) -> None:
    arguments = ["solve", FOLDER, "--time-limit", "5", "--lang", language]
    code = WITHOUT.format(package="ortools", arguments=arguments)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "pip install waveplan" in done.stderr
    assert "internal error" not in done.stderr


def test_a_module_that_nothing_declares_is_a_fault() -> None:
    assert missing(ModuleNotFoundError("No module named 'surprise'", name="surprise")) is None


def test_every_dependency_that_the_hooks_leave_out_is_named() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lean = (ROOT / "hooks" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = {each.partition(">=")[0].strip() for each in declared} - {each.partition(">=")[0].strip() for each in lean}
    for name in names:
        error = missing(ModuleNotFoundError(name=name.lower()))
        assert error is not None and name in str(error)
