"""Where rules of the house come from: files that were named, and packages that are installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from waveplan.domain.findings import Location
from waveplan.errors import UnreadableInputError, UsageError
from waveplan.house.house_rule import HouseRule, fault_place, told

GROUP = "waveplan.rules"


def collect_rules(files: Sequence[str] = ()) -> tuple[HouseRule, ...]:
    """Rules of installed packages (entry points of the group `waveplan.rules`), then those of files, in order of code.

    Files are run as Python. Raises UnreadableInputError for a file that cannot be read, and UsageError, with file and
    line, for one that cannot be run or has no rules, and for a code that is given twice.
    """
    found: dict[str, HouseRule] = {}
    for each in (*_installed(), *(rule for file in dict.fromkeys(files) for rule in _of_file(file))):
        before = found.setdefault(each.code, each)
        if before is not each:
            one, other = before.file, each.file
            raise UsageError("{code} is a rule in {one} and in {other}", code=each.code, one=one, other=other)
    return tuple(found[code] for code in sorted(found))


def _installed() -> Iterator[HouseRule]:
    for point in sorted(entry_points(group=GROUP), key=lambda each: (each.name, each.value)):
        try:
            loaded = point.load()
        except Exception as error:  # noqa: BLE001  (somebody else's code)
            raise UsageError(
                "the installed rules {name} ({value}) cannot be loaded: {error}",
                name=point.name,
                value=point.value,
                error=told(error),
            ) from None
        rules = [loaded] if isinstance(loaded, HouseRule) else list(_rules_in(loaded))
        if not rules:
            raise UsageError("the installed rules {name} ({value}) are none", name=point.name, value=point.value)
        yield from rules


def _of_file(name: str) -> list[HouseRule]:
    text = _text(name)
    module = ModuleType(f"waveplan house rules {name}")
    module.__file__ = name
    sys.modules[module.__name__] = module  # data classes look up the module they stand in
    try:
        exec(compile(text, name, "exec"), module.__dict__)
    except SyntaxError as error:
        place = Location(error.filename or name, error.lineno or 1, error.offset or 1)
        raise UsageError("{place}: this is not Python: {error}", place=place, error=error.msg) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001  (somebody else's code)
        place = fault_place(error, name) or Location(name)
        raise UsageError("{place}: the rules cannot be read: {error}", place=place, error=told(error)) from None
    rules = list(_rules_in(module))
    if not rules:
        raise UsageError('{name} has no rule: put @rule("HR001") above a function', name=name)
    return rules


def _text(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UnreadableInputError("cannot read {name}: {reason}", name=name, reason=error.strerror) from None


def _rules_in(module: object) -> Iterator[HouseRule]:
    values = vars(module).values() if isinstance(module, ModuleType) else ()
    yield from (each for each in values if isinstance(each, HouseRule))
