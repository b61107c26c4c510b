"""Whether tests notice when code is changed: mutations, each tried on the tests that run its line.

    PYTHONPATH=tests:benchmarks python tools/mutations.py --of src/waveplan/tracking --tests tests/unit tests/rules

Tests are collected once, and each runs in a fork of its own to learn which lines it runs and how long it takes. Then
each mutant (see `mutants.py`) is put into a fork, where tests that run its line are run, quickest first, until one
fails or `--seconds` of tests have passed. One process at a time, so `nice -n 10` and one core do; on Linux and macOS
only. Code that runs while modules are imported (constants, defaults, decorators) is not tried, nor what numba compiles.
`--sample N` draws so many of each file, by `--seed`; `--again FILE` tries only what an earlier run left unnoticed.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import json
import os
import pickle
import random
import resource
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutants import Mutant, mutants_of

MEMORY = 6 * 1024**3  # bytes: a mutant may build without end
LEAST = 10  # seconds after which a mutant is held to run without end
OUTCOMES = ("killed", "time", "survived", "not run")  # `time`: it ran without end, which is noticed too

Line = tuple[str, int]


@dataclass(frozen=True)
class Tested:
    """What a test runs: how long it took, traced, and its lines."""

    index: int
    seconds: float
    lines: frozenset[Line]


def forked(work: Callable[[], object], seconds: float) -> object:
    """What some work gives, done in a process of its own; "time" if that does not end, "died" if it ends badly."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _alone(seconds)
        answer = pickle.dumps(work())
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) == signal.SIGALRM else "died"
    return pickle.loads(answer) if answer else "died"


def _alone(seconds: float) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(quiet, stream)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


class Mutations:
    """A plugin of pytest: in place of a run of the tests it tries mutants on them."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._asked = asked
        self._files = sorted({str(each) for name in asked.of for each in _files_of(Path(name).resolve())})
        self._functions: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
        self._tests: dict[Line, list[Tested]] = defaultdict(list)
        self._again = unnoticed(Path(asked.again)) if asked.again else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests, one after another."""
        self._make_ready()
        self._learn(session.items)
        said = Path(self._asked.out)
        count: dict[str, Counter[str]] = defaultdict(Counter)
        with said.open("w", encoding="utf-8") as out:
            for name, index, mutant in self._chosen():
                outcome, by = self._tried(session.items, name, index, mutant)
                if outcome == "invalid":
                    continue
                count[self._group(name)][outcome] += 1
                place = os.path.relpath(name)
                entry = {"file": place, "line": mutant.line, "function": mutant.function, "what": mutant.what}
                out.write(json.dumps({**entry, "outcome": outcome, "by": by}, ensure_ascii=False) + "\n")
                out.flush()
        print(table(count))
        return True

    def _make_ready(self) -> None:
        for each in gc.get_objects():
            if isinstance(each, functools._lru_cache_wrapper):
                each.cache_clear()  # what collecting has kept in mind, a mutant must work out anew
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename in self._files:
                self._functions[each.__code__.co_filename, each.__code__.co_qualname].append(each)
        gc.collect()
        gc.freeze()

    def _learn(self, items: list[pytest.Item]) -> None:
        """Which lines each test runs, kept in a file if one is named."""
        kept = Path(self._asked.lines) if self._asked.lines else None
        known: dict[str, tuple[float, frozenset[Line]]] = {}
        if kept is not None and kept.exists():
            known = pickle.loads(kept.read_bytes())
        for index, item in enumerate(items):
            if item.nodeid not in known:
                answer = forked(functools.partial(traced, item, set(self._files)), self._asked.longest)
                known[item.nodeid] = answer if isinstance(answer, tuple) else (0.0, frozenset())
            test = Tested(index, *known[item.nodeid])
            for line in test.lines:
                self._tests[line].append(test)
        if kept is not None:
            kept.write_bytes(pickle.dumps(known))
        for tests in self._tests.values():
            tests.sort(key=lambda test: (test.seconds, test.index))

    def _chosen(self) -> Iterator[tuple[str, int, Mutant]]:
        for name in self._files:
            found = mutants_of(ast.parse(Path(name).read_text(encoding="utf-8")))
            for index in sorted(self._drawn(name, found)):
                yield name, index, found[index]

    def _drawn(self, name: str, found: list[Mutant]) -> list[int]:
        if self._again is not None:
            return [n for n, each in enumerate(found) if (Path(name).name, each.function, each.what) in self._again]
        rng = random.Random(f"{self._asked.seed} {Path(name).name}")
        return rng.sample(range(len(found)), min(self._asked.sample or len(found), len(found)))

    def _tried(self, items: list[pytest.Item], name: str, index: int, mutant: Mutant) -> tuple[str, str]:
        functions = self._functions.get((name, mutant.function), [])
        tests = self._tests.get((name, mutant.line), [])
        if not functions:
            return "invalid", ""
        if not tests:
            return "not run", ""
        chosen, spent = [], 0.0
        for test in tests:
            if chosen and spent + test.seconds > self._asked.seconds:
                break
            chosen.append(test.index)
            spent += test.seconds
        answer = forked(lambda: self._failing(items, name, index, functions, chosen), LEAST + 3 * spent)
        return answer if isinstance(answer, tuple) else ("time" if answer == "time" else "killed", str(answer))

    def _failing(
        self, items: list[pytest.Item], name: str, number: int, functions: list[FunctionType], chosen: list[int]
    ) -> tuple[str, str]:
        """In a fork: put the mutant in, and run tests until one fails."""
        tree = ast.parse(Path(name).read_text(encoding="utf-8"))
        mutant = mutants_of(tree)[number]
        mutant.apply()
        code = _code_of(compile(tree, name, "exec", dont_inherit=True), mutant.function)
        for function in functions:
            if code is None or code.co_freevars != function.__code__.co_freevars:
                return "invalid", ""
            function.__code__ = code
        for index in chosen:
            if any(report.failed for report in runtestprotocol(items[index], nextitem=None, log=False)):
                return "killed", items[index].nodeid
        return "survived", f"{len(chosen)} tests"

    def _group(self, name: str) -> str:
        return next(each for each in self._asked.of if str(Path(each).resolve()) in name)


def traced(item: pytest.Item, files: set[str]) -> tuple[float, frozenset[Line]]:
    """How long a test takes, and the lines of some files that it runs."""
    lines: set[Line] = set()

    def local(frame: FrameType, event: str, argument: Any) -> Any:
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def tracer(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename not in files:
            return None
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    threading.settrace(tracer)
    sys.settrace(tracer)
    began = time.perf_counter()
    reports = runtestprotocol(item, nextitem=None, log=False)
    spent = time.perf_counter() - began
    sys.settrace(None)
    return spent, frozenset() if any(each.failed or each.skipped for each in reports) else frozenset(lines)


def _code_of(code: CodeType, name: str) -> CodeType | None:
    found = [code]
    while found:
        each = found.pop()
        if each.co_qualname == name:
            return each
        found += [inner for inner in each.co_consts if isinstance(inner, CodeType)]
    return None


def _files_of(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [each for each in files if each.name != "kernel.py"]  # numba compiles kernels


def unnoticed(path: Path) -> set[tuple[str, str, str]]:
    """Mutants that an earlier run says no test noticed: the file's name, the function, what was changed."""
    entries = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        (Path(each["file"]).name, each["function"], each["what"])
        for each in entries
        if each["outcome"] in {"survived", "not run"}
    }


def table(count: dict[str, Counter[str]]) -> str:
    """Outcomes by part, and the share that was noticed."""
    lines = [f"{'part':45} {'mutants':>8} " + " ".join(f"{each:>9}" for each in OUTCOMES) + f" {'noticed':>8}"]
    whole: Counter[str] = sum(count.values(), Counter())
    for name, part in [*count.items(), ("all", whole)]:
        total = sum(part.values())
        noticed = f"{(part['killed'] + part['time']) / total:8.1%}" if total else ""
        lines.append(f"{name:45} {total:8} " + " ".join(f"{part[each]:9}" for each in OUTCOMES) + f" {noticed}")
    return "\n".join(lines)


def main() -> int:
    """Try mutants as asked on the command line."""
    parser = argparse.ArgumentParser(description="Whether tests notice when code is changed.")
    parser.add_argument("--of", nargs="+", required=True, help="files and folders whose code is changed")
    parser.add_argument("--tests", nargs="+", required=True, help="tests, as pytest takes them")
    parser.add_argument("--sample", type=int, default=0, help="mutants of each file; all without it")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--again", help="an earlier --out: only mutants that no test noticed then")
    parser.add_argument("--seconds", type=float, default=20.0, help="of tests, for one mutant")
    parser.add_argument("--longest", type=float, default=60.0, help="seconds of one test; others are left out")
    parser.add_argument("--lines", help="a file that keeps which lines each test runs")
    parser.add_argument("--out", default="mutations.jsonl", help="each mutant and what became of it")
    asked = parser.parse_args()
    return int(pytest.main(["-q", "-p", "no:cacheprovider", *asked.tests], plugins=[Mutations(asked)]))


if __name__ == "__main__":
    sys.exit(main())
