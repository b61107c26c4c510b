"""OR-Tools' LRAT checker on a model, in a process of its own: with sums in the model it sometimes ends the process.

`python -m waveplan.engine.model.clauses UNITS SEED` is that process: it reads a model as text, proves once more that it
has no solution, and prints what the checker says of the clauses that were learned. The checker is OR-Tools' own code;
it works with one worker, without presolve, cuts and symmetries.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from typing import Literal

from ortools.sat.python import cp_model

from waveplan.engine.running.clock import Allotment

Clauses = Literal["checked", "assumed"]
_SAID: dict[str, Clauses] = {"VALID": "checked", "VALID_WITH_ASSUMED_CLAUSES": "assumed"}
_GLANCE = 0.2  # seconds between two looks at whether to go on


def checked_clauses(model: cp_model.CpModel, limit: Allotment, seed: int, stop: threading.Event) -> Clauses | None:
    """What the checker says of a model without solutions; None when it says nothing, or nothing good, in time.

    Without assumed clauses the whole proof was checked; with them, that clauses follow from each other and from what
    sums and orders say, which the checker takes as it comes.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "waveplan.engine.model.clauses", str(limit.deterministic or 0), str(seed)]
    with tempfile.TemporaryFile() as text:
        text.write(str(model.proto).encode())
        text.seek(0)
        try:
            child = subprocess.Popen(
                command, env=environment, stdin=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError:
            return None
        said = _answer(child, limit.seconds, stop)
    return None if child.returncode else _SAID.get(said.decode(errors="replace").strip())


def _answer(child: subprocess.Popen[bytes], seconds: float | None, stop: threading.Event) -> bytes:
    """What a process prints until it ends; it is ended when time is over or a stop is asked for."""
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        try:
            return child.communicate(timeout=_GLANCE)[0]
        except subprocess.TimeoutExpired:
            if stop.is_set() or (end is not None and time.monotonic() > end):
                child.kill()


def main() -> None:
    """Prove, and print the checker's word."""
    units, seed = float(sys.argv[1]), int(sys.argv[2])
    model = cp_model.CpModel()
    model.proto.parse_text_format(sys.stdin.read())
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers, parameters.random_seed = 1, seed
    parameters.cp_model_presolve = False
    parameters.linearization_level = parameters.symmetry_level = 1
    parameters.check_lrat_proof = True
    if units:
        parameters.max_deterministic_time = units
    parameters.log_search_progress, parameters.log_to_stdout = True, False
    log: list[str] = []
    solver.log_callback = log.append  # the log alone tells it
    if solver.solve(model) == cp_model.INFEASIBLE:
        lines = (line.partition(":") for part in log for line in part.splitlines())
        sys.stdout.write(next((said.strip() for key, _, said in lines if key.strip() == "LRAT_status"), ""))


if __name__ == "__main__":
    main()
