"""Whatever goes wrong becomes a message and an exit code; outcomes that a real solve seldom has are played."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.command_client import GUARD
from support.command_line import DATACENTRE_EXIT, environment

from waveplan import api, planning
from waveplan.checking import CheckResult
from waveplan.cli.app import run
from waveplan.cli.output_files import write_whole
from waveplan.domain.findings import Finding
from waveplan.domain.plan import Metrics
from waveplan.errors import UsageError
from waveplan.planning import Outcome

NOTHING = Metrics.model_validate(dict.fromkeys(Metrics.model_fields, "0"))


@pytest.fixture(autouse=True)
def in_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files are named as a person in that folder would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WAVEPLAN_LANG", raising=False)


def playing(outcome: Outcome) -> Callable[..., Outcome]:
    """A solve that ends so."""

    def solve(*_: Any, **__: Any) -> Outcome:
        return outcome

    return solve


def test_an_unexpected_error_says_what_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    def lose(*_: Any, **__: Any) -> None:
        raise KeyError("\x1b[31mlost")

    monkeypatch.setattr(api, "lots", lose)
    assert run(["lots", "small.yaml"]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert "internal error: KeyError" in err
    assert "command   waveplan lots small.yaml" in err
    assert "where     waveplan/cli/commands/lots.py" in err
    assert "OR-Tools" in err
    assert "Traceback" not in err
    assert "\x1b" not in err
    assert run(["lots", "small.yaml", "--verbose"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_plan_that_the_check_refuses_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    def refuse(*_: Any, **__: Any) -> CheckResult:
        wrong = Finding("WP305", "{wave} cuts over in a freeze", {"wave": "W01"})
        return CheckResult(findings=(wrong,), metrics=NOTHING)

    monkeypatch.setattr("waveplan.checking.check", refuse)
    assert run(["solve", "small.yaml", "-o", "plan.yaml"]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert "WP305 W01 cuts over in a freeze" in err
    assert not Path("plan.yaml").exists()


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (Outcome("unknown"), 4, "does not mean that there is none"),
        (Outcome("infeasible"), 3, "proven"),
        (Outcome("unknown", interrupted=True), 130, "before a plan was found"),
    ],
)
def test_without_a_plan_the_exit_code_says_why(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    small: Path,
    outcome: Outcome,
    code: int,
    words: str,
) -> None:
    monkeypatch.setattr(planning, "solve", playing(outcome))
    assert run(["solve", "small.yaml", "-o", "plan.yaml", "--quiet", "--no-diagnosis"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert not Path("plan.yaml").exists()


def test_what_no_search_can_mend_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    finding = Finding("WP222", "no slot is left for the lot {lot}", {"lot": "erp"}, path=("applications", 2))
    monkeypatch.setattr(planning, "solve", playing(Outcome("infeasible", findings=(finding,))))
    assert run(["solve", "small.yaml"]) == 3
    assert "small.yaml:14:5: error WP222: no slot is left for the lot erp" in capsys.readouterr().err


FAILING_SCREEN = """
from waveplan.cli.app import main
from waveplan.render.progress import PlainProgress

def fail(self, step):
    if step.goal is not None:
        raise RuntimeError("the screen is gone")

PlainProgress.show = fail
main()
"""


def test_an_error_in_the_midst_of_a_search_ends_the_search_first() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAILING_SCREEN, "solve", str(DATACENTRE_EXIT)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=GUARD,
        check=False,
    )
    assert (done.returncode, done.stdout) == (70, "")
    assert "the screen is gone" in done.stderr
    assert "terminate" not in done.stderr  # what a process says that ends while a search goes on


def test_an_interrupt_elsewhere_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small: Path
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "validate", interrupted)
    assert run(["validate", "small.yaml"]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_an_inventory_with_errors_is_refused_by_the_interface_for_programs(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("waveplan: 1\n")
    with pytest.raises(ValueError, match="cannot be planned"):
        api.solve(api.validate(str(tmp_path / "broken.yaml")))


def test_a_file_is_written_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("old")

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UsageError, match=r"plan\.yaml cannot be written: No space left"):
        write_whole(str(file), "new")
    assert file.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_link_keeps_being_one(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    link = tmp_path / "latest.yaml"
    link.symlink_to(tmp_path / "plans" / "one.yaml")
    write_whole(str(link), "a plan\n")
    assert link.is_symlink()
    assert (tmp_path / "plans" / "one.yaml").read_text() == "a plan\n"


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(str(tmp_path / "plan.yaml"), "a plan\n")
    finally:
        os.umask(before)
    assert (tmp_path / "plan.yaml").stat().st_mode & 0o777 == 0o640
