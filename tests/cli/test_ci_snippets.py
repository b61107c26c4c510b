"""What docs/ci.md and docs/editors.md tell people to copy: valid for its platform, and run as far as it goes here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from support.command_line import ROOT, SMALL, environment

CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EDITORS = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
VALIDATORS = {  # schemas that come with check-jsonschema, and what reads a format beyond them
    ".github/workflows/plan.yml": ("vendor.github-workflows",),
    ".gitlab-ci.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    "azure-pipelines.yml": ("vendor.azure-pipelines", "--data-transform", "azure-pipelines"),
}
WRONG = SMALL.replace("servers: [s3]", "servers: [s4]")


def snippets(text: str) -> dict[str, str]:
    """Blocks of a document that begin with the name of their file."""
    found = re.findall(r"^```(?:yaml|groovy)\n(?:#|//) (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return dict(found)


def blocks(text: str, language: str) -> list[str]:
    """Blocks of a document in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def _valid(file: Path, schema: str, *options: str) -> None:
    words = ["--builtin-schema", schema, *options, str(file)]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(VALIDATORS))
def test_snippets_are_valid_for_their_platform(name: str, tmp_path: Path) -> None:
    file = tmp_path / Path(name).name
    file.write_text(snippets(CI)[name], encoding="utf-8")
    _valid(file, *VALIDATORS[name])


def test_the_action_is_valid() -> None:
    _valid(ROOT / "action.yml", "vendor.github-actions")


@pytest.fixture
def checkout(tmp_path: Path, small_plan: Path) -> Path:
    """A repository as documents have it (`inventory`, `plan.yaml`); pip installs nothing, waveplan is this one."""
    (tmp_path / "inventory").mkdir()
    (tmp_path / "small.yaml").rename(tmp_path / "inventory" / "small.yaml")
    assert small_plan.name == "plan.yaml"
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    for name, line in (("waveplan", f'exec "{sys.executable}" -m waveplan "$@"'), ("pip", "exit 0")):
        script = bin_folder / name
        script.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        script.chmod(0o755)
    (tmp_path / ".venv").symlink_to(tmp_path, target_is_directory=True)
    return tmp_path


def _run(scripts: list[str], folder: Path) -> int:
    """Run the steps of a job one after the other, as platforms do: the first that fails ends it."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for script in scripts:
        done = subprocess.run(
            ["bash", "-e", "-c", script], cwd=folder, env=environment(PATH=path), capture_output=True, check=False
        )
        if done.returncode:
            return done.returncode
    return 0


def _gitlab(text: str) -> list[str]:
    return ["\n".join(yaml.safe_load(text)["plan"]["script"])]  # one shell for the whole job


def _azure(text: str) -> list[str]:
    return [step["script"] for step in yaml.safe_load(text)["steps"] if "script" in step]


def _jenkins(text: str) -> list[str]:
    found = re.findall(r"\bsh (?:'''(.*?)'''|'([^']*)')", text, re.DOTALL)
    scripts = [long or short for long, short in found]
    return [script for script in scripts if not script.startswith("python3 -m venv")]  # stands there already


JOBS = {".gitlab-ci.yml": _gitlab, "azure-pipelines.yml": _azure, "Jenkinsfile": _jenkins}
WRITTEN = {
    ".gitlab-ci.yml": ("validate.json", "check.json"),
    "azure-pipelines.yml": ("waveplan.xml",),
    "Jenkinsfile": ("validate.xml", "check.xml"),
}


@pytest.mark.parametrize("name", sorted(JOBS))
def test_jobs_pass_what_is_right_and_fail_what_is_wrong(name: str, checkout: Path) -> None:
    scripts = JOBS[name](snippets(CI)[name])
    assert _run(scripts, checkout) == 0
    assert all((checkout / file).stat().st_size for file in WRITTEN[name])

    (checkout / "inventory" / "small.yaml").write_text(WRONG, encoding="utf-8")
    assert _run(scripts, checkout) == 1
    told = "".join((checkout / file).read_text(encoding="utf-8") for file in WRITTEN[name])
    assert "WP107" in told


def test_the_comment_is_written(checkout: Path) -> None:
    script = next(block for block in blocks(CI, "sh") if "comment.md" in block)
    _git(checkout, "init", "-q")
    _git(checkout, "add", "plan.yaml")
    _git(checkout, "commit", "-qm", "A plan")
    _git(checkout, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert _run([script], checkout) == 0
    text = (checkout / "comment.md").read_text(encoding="utf-8")
    assert text.startswith("**plan.yaml: clean**\n")
    assert "Nothing differs" in text


def _git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=waveplan", "-c", "user.email=waveplan@example.org")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_jetbrains_and_vs_code_name_schemas_that_are_made(checkout: Path) -> None:
    made = next(block for block in blocks(EDITORS, "sh") if "waveplan schema" in block)
    assert _run([made], checkout) == 0
    there = {f"schemas/{file.name}" for file in (checkout / "schemas").iterdir()}

    (settings,) = blocks(EDITORS, "json")
    assert {name.removeprefix("./") for name in json.loads(settings)["yaml.schemas"]} == there
    (mapping,) = blocks(EDITORS, "xml")
    options = {option.get("name"): option.get("value") for option in ET.fromstring(mapping).iter("option")}
    named = [
        each.get("value") for each in ET.fromstring(mapping).iter("option") if "relativePath" in str(each.get("name"))
    ]
    assert "name" in options
    assert set(named) <= there
    for name in there:
        json.loads((checkout / name).read_text(encoding="utf-8"))


@pytest.fixture
def hooks(tmp_path: Path) -> Iterator[Path]:
    """The hooks as pre-commit runs them: a script in a clone; their environment is made ready, so none is installed."""
    place = tmp_path / "environment"
    (place / "bin").mkdir(parents=True)
    runner = place / "bin" / "waveplan"
    runner.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m waveplan "$@"\n', encoding="utf-8")
    runner.chmod(0o755)
    (place / "ready").touch()
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "hooks", clone / "hooks", ignore=shutil.ignore_patterns(".environment"))
    yield clone


def test_hooks_pass_and_fail(hooks: Path, checkout: Path) -> None:
    configured = yaml.safe_load(next(block for block in blocks(CI, "yaml") if block.startswith("repos:")))
    entries = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}

    def code(hook: dict[str, object]) -> int:
        script, *words = [*entries[str(hook["id"])]["entry"].split(), *hook["args"]]  # type: ignore[misc]
        done = subprocess.run(
            [str(hooks / script), *words],
            cwd=checkout,
            env=environment(WAVEPLAN_ENVIRONMENT=str(hooks.parent / "environment")),
            capture_output=True,
            check=False,
        )
        return done.returncode

    asked = configured["repos"][0]["hooks"]
    assert [code(hook) for hook in asked] == [0, 0]
    (checkout / "inventory" / "small.yaml").write_text(WRONG, encoding="utf-8")
    assert [code(hook) for hook in asked] == [1, 1]
