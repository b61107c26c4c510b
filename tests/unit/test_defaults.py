"""What a command does when nothing is said, its use case does for a program when nothing is said."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

import pytest
from typer.main import get_command

from waveplan import api
from waveplan.cli.program import app
from waveplan.planning import SolveOptions
from waveplan.usecases.explain import mending
from waveplan.usecases.replan import MOST_SECONDS

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def defaults(function: Callable[..., Any]) -> Mapping[str, Any]:
    """Parameters that may be left out, with what they are then."""
    found = inspect.signature(function).parameters.values()
    return {each.name: each.default for each in found if each.default is not inspect.Parameter.empty}


def of_command(name: str) -> Mapping[str, Any]:
    """Options and arguments of a command, each with what it is when nothing is typed."""
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    return {each.name: each.default for each in command.params}


def of_options() -> Mapping[str, Any]:
    return {each.name: each.default for each in fields(SolveOptions) if each.default is not MISSING}


@pytest.mark.parametrize("command", ["solve", "scenarios"])
def test_a_solve_has_the_same_limits_and_seed(command: str) -> None:
    typed, called = of_command(command), of_options()
    shared = typed.keys() & called.keys()
    assert shared >= {"time_limit", "seed", "workers", "reproducible"}
    assert {name: typed[name] for name in shared} == {name: called[name] for name in shared}


def test_others_have_the_same_time() -> None:
    assert of_command("replan")["time_limit"] == MOST_SECONDS
    assert of_command("explain")["time_limit"] == mending.MOST_SECONDS
    assert of_command("check")["time_limit"] == defaults(api.doubted_proofs)["seconds"]


@pytest.mark.parametrize("command", [name for name in COMMANDS if hasattr(api, name)])
def test_what_has_one_name_has_one_default(command: str) -> None:
    typed, called = of_command(command), defaults(getattr(api, command))
    for name in typed.keys() & called.keys():
        assert (typed[name] or None) == (called[name] or None), name  # nothing given is no list, or an empty one


def test_waves_that_stay_are_as_many() -> None:
    assert of_command("replan")["locked_days"] == defaults(api.replan)["locked_days"]
