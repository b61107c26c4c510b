"""Arguments and options that take a value, written in a line each: what the value is, and what it is called."""

from __future__ import annotations

from typing import Any

import typer


def argument(help_text: str, metavar: str, **more: Any) -> Any:
    """An argument; without a default in its help unless it is said."""
    return typer.Argument(metavar=metavar, help=help_text, **{"show_default": False, **more})


def option(help_text: str, metavar: str, *names: str, **more: Any) -> Any:
    """An option with a value, called as its field is unless it is named; without a default in its help likewise."""
    return typer.Option(*names, metavar=metavar, help=help_text, **{"show_default": False, **more})
