"""What the command says of itself, and of what it was not meant to be given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.command_line import ROOT, Waveplan

from waveplan import __version__
from waveplan.cli import completion, templates
from waveplan.cli.usage_errors import said_of_usage

COMMANDS = (
    *("init", "import", "validate", "care", "lots", "graph", "impact", "solve", "check", "refresh", "record"),
    *("status", "show", "explain", "runbook", "night", "learn", "report", "export", "scenarios", "compare", "merge"),
    *("diff", "replan", "simulate", "anonymise"),
    *("rule", "schema", "doctor"),
)


def test_help_lists_every_command(waveplan: Waveplan) -> None:
    done = waveplan("--help")
    assert (done.code, done.err) == (0, "")
    assert re.findall(r"^  ([a-z]+)  ", done.out.partition("Commands:")[2], re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(waveplan: Waveplan, command: str) -> None:
    done = waveplan(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"Usage: waveplan {command}" in done.out


def test_version(waveplan: Waveplan) -> None:
    done = waveplan("--version")
    assert (done.code, done.out) == (0, f"waveplan {__version__}\n")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_without_a_command_the_help_goes_to_standard_error(waveplan: Waveplan) -> None:
    done = waveplan()
    assert (done.code, done.out) == (2, "")
    assert "Commands:" in done.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("validat", "x"), "Did you mean validate?"),
        (("solve", "x", "--time-limt", "5"), "--time-limit"),
        (("validate",), "INVENTORY"),
        (("show", "x", "--width", "12"), "--width"),
        (("solve", "x", "--goal", "finich"), "did you mean finish?"),
        (("solve", "x", "--goal", "finish:lots"), "finish:5%"),
        (("solve", "x", "--goal", "waves", "--goal", "waves"), "given twice"),
        (("solve", "x", "--time-limit", "0"), "above 0"),
        (("solve", "x", "--time-limit", "nan"), "above 0"),
        (("solve", "x", "--workers", "0"), "--workers"),
        (("validate", "x", "--ignore", "WP3055"), "did you mean WP305?"),
        (("validate", "x", "--output-format", "jso"), "json"),
        (("rule", "WP3055"), "Did you mean WP305?"),
        (("schema", "inventary"), "inventory"),
        (("check", "-", "-"), "standard input"),
        (("graph", "x", "--hops", "2"), "--around"),
        (("--lang", "de", "doctor"), "none of en, fr"),
    ],
)
def test_usage_errors_say_what_to_type(waveplan: Waveplan, arguments: tuple[str, ...], expected: str) -> None:
    done = waveplan(*arguments)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "nowhere"),
        ("lots", "nowhere.yaml"),
        ("check", "nowhere.yaml", "small.yaml"),
        ("check", "small.yaml", "nowhere"),
        ("show", "nowhere.yaml"),
        ("solve", "small.yaml", "--baseline", "nowhere.yaml"),
        ("show", "."),
    ],
)
def test_what_cannot_be_read_is_named(waveplan: Waveplan, small: Path, arguments: tuple[str, ...]) -> None:
    done = waveplan(*arguments)
    assert (done.code, done.out) == (2, "")
    assert next(word for word in arguments if word.startswith("nowhere") or word == ".") in done.err


def test_unreadable_files_are_usage_errors(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert waveplan("validate", "folder").code == 2  # no YAML in it


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(waveplan: Waveplan, shell: str) -> None:
    done = waveplan("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.code == 0
    assert "_WAVEPLAN_COMPLETE" in done.out


def test_completion_of_commands_and_values(waveplan: Waveplan) -> None:
    def completed(words: str) -> list[str]:
        asked = {"_WAVEPLAN_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        return waveplan(**asked).out.split()

    assert completed("waveplan val") == ["validate"]
    assert completed("waveplan rule WP30")[:2] == ["WP301", "WP302"]
    assert "first-steps" in completed("waveplan init x --template f")


def test_completion_is_installed_in_the_home(waveplan: Waveplan, tmp_path: Path) -> None:
    done = waveplan("--install-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.code == 0
    assert any("waveplan" in file.name for file in (tmp_path / "home").rglob("*") if file.is_file())


@pytest.mark.parametrize(
    "arguments", [("validate", ""), ("show", ""), ("check", "", "small.yaml"), ("solve", "small.yaml", "-o", "")]
)
def test_an_empty_name_is_no_name(waveplan: Waveplan, small: Path, arguments: tuple[str, ...]) -> None:
    done = waveplan(*arguments)
    assert (done.code, done.out, "empty" in done.err) == (2, "", True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("\x1b[31m",),
        ("validate", "\x1b[31m\n"),
        ("lots", "small.yaml", "--why", "\x1b[31m"),
        ("impact", "small.yaml", "\x1b[31m"),
        ("graph", "small.yaml", "--around", "\x1b[31m"),
        ("rule", "\x1b[31m"),
        ("init", "x", "--template", "\x1b[31m"),
        ("solve", "small.yaml", "-o", "nowhere\x1b[31m/plan.yaml"),
        ("solve", "small.yaml", "--goal", "\x1b[31m"),
        ("validate", "x", "--output-format", "\x1b[31m"),
    ],
)
def test_what_was_typed_never_drives_the_terminal(waveplan: Waveplan, small: Path, arguments: tuple[str, ...]) -> None:
    done = waveplan(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "\x1b" not in done.err
    assert "\\x1b" in done.err


def test_help_and_usage_errors_speak_french(waveplan: Waveplan) -> None:
    whole = waveplan("--help", "--lang", "fr")
    assert "Planifier une transition informatique" in " ".join(whole.out.split())
    for command in ("solve", "record", "init"):
        page = waveplan(command, "--help", "--lang", "FR").out
        assert page.startswith(f"Usage\u00a0: waveplan {command}"), page
        assert "obligatoire" in page
        assert "default:" not in page
    unknown = waveplan("solve", "nowhere.yaml", "--lang", "fr")
    assert (unknown.code, unknown.err) == (
        2,
        "waveplan\xa0: nowhere.yaml ne peut pas être lu\u00a0: ce fichier ou dossier n’existe pas\n",
    )
    missing = waveplan("solve", "--lang", "fr")
    assert missing.err.startswith("waveplan solve\u00a0: l’argument INVENTORY manque.\n")


def test_help_cuts_no_line_short(waveplan: Waveplan) -> None:
    assert "..." not in waveplan("--help").out.replace("[ARGS]...", "")


def test_the_parsers_words_are_all_said_anew() -> None:
    """Whatever the parser can refuse here is told by waveplan's own sentences, with no trace of its English."""
    for message in (
        "Missing argument 'PLAN'.",
        "Missing option '--kind'. Choose from:\n\tcompliance,\n\tworkload",
        "No such option: --goa (Possible options: --format, --goal)",
        "Invalid value for '--lang' (env var: 'WAVEPLAN_LANG'): 'xx' is not one of 'en', 'fr'.",
        "Invalid value for '--workers': Input should be a valid integer, unable to parse string as an integer",
        "Got unexpected extra argument(s) (x)",
        "Option '-o' requires an argument.",
    ):
        said = said_of_usage(message, "waveplan", "fr")
        assert not any(word in said for word in ("Missing", "such", "Invalid", "should", "Got", "requires", "\\t")), (
            said
        )


def test_init_names_its_templates(waveplan: Waveplan) -> None:
    page = " ".join(waveplan("init", "--help").out.split()).replace("- ", "-")
    assert all(name in page for name in templates.names())


def test_init_writes_a_french_inventory(waveplan: Waveplan, tmp_path: Path) -> None:
    folder = tmp_path / "premiers-pas"
    assert waveplan("init", str(folder), "--lang", "fr").code == 0
    text = (folder / "inventory.yaml").read_text(encoding="utf-8")
    assert "language: fr" in text
    assert "# Une salle informatique" in text
    assert waveplan("validate", str(folder)).code == 0


def test_goals_and_waves_complete() -> None:
    class Typed:
        params = {"plan": str(ROOT / "examples" / "shared-services.plan.yaml")}

    assert completion.goals()[:2] == ["finish", "waves"]
    assert any(name.endswith("W01") for name in completion.waves(Typed()))
    Typed.params = {"plan": "nowhere.yaml"}
    assert completion.waves(Typed()) == []
