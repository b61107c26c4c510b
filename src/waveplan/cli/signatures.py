"""What a command's function asks for, and what the parser sees: whole things opened up into their options.

A parameter that is a dataclass stands for its fields, `Annotated[Thing, maker]` for the parameters of `maker`: each
option is written once, and a command is handed its request and its session ready-made.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any, cast, get_args, get_type_hints


def requested(request: type, session: Any, module: str) -> Callable[..., int]:
    """The command of a request: what it says is the command's help, and `run` of a module, loaded then, does it."""

    def run(request: Any, session: Any) -> int:
        return cast(int, import_module(f"waveplan.cli.{module}").run(request, session))

    run.__annotations__ = {"request": request, "session": session}
    run.__doc__ = request.__doc__
    return run


def opened(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command as the parser takes it: the same, its parameters opened up into single arguments and options."""
    make, single = _opened(command)

    @functools.wraps(command)
    def run(**given: Any) -> Any:
        return make(given)

    run.__signature__ = inspect.Signature(single)  # type: ignore[attr-defined]
    run.__annotations__ = {}
    return run


def _opened(maker: Callable[..., Any]) -> tuple[Callable[[Mapping[str, Any]], Any], list[inspect.Parameter]]:
    """What calls a function, or makes a dataclass, of all that was given; and the single parameters that it takes."""
    hints = get_type_hints(maker, include_extras=True)
    parts: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
    single: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(maker).parameters.items():
        inner = get_args(hints[name])[-1] if hasattr(hints[name], "__metadata__") else hints[name]
        if inspect.isfunction(inner) or (isinstance(inner, type) and is_dataclass(inner)):
            parts[name], more = _opened(inner)
            single += more
        else:
            parts[name] = lambda given, name=name: given[name]  # type: ignore[misc]
            single.append(parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))
    return lambda given: maker(**{name: make(given) for name, make in parts.items()}), single
