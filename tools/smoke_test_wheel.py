"""Install a wheel by itself and use it as a first user would: version, templates, plan, check, views.

Usage: python tools/smoke_test_wheel.py WHEEL FOLDER. The libraries come from the running environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TEMPLATES = ("first-steps", "datacentre-exit", "outsourcing-transition", "support-outsourcing", "shared-services")


def main(wheel: Path, folder: Path) -> None:
    """Stop with an error as soon as anything does not work."""
    packages = folder / "packages"
    home = folder / "home"
    home.mkdir(parents=True)
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(packages), str(wheel)]
    subprocess.run(install, check=True)
    variables = {**os.environ, "HOME": str(home), "PYTHONPATH": str(packages)}  # before the checkout

    def run(*command: str) -> str:
        print("$", *(Path(command[0]).name, *command[1:]), flush=True)
        return subprocess.run(command, check=True, cwd=home, env=variables, stdout=subprocess.PIPE, text=True).stdout

    def waveplan(*arguments: str) -> str:
        return run(str(packages / "bin" / "waveplan"), *arguments)

    imported = run(sys.executable, "-c", "import waveplan; print(waveplan.__file__)")
    if not Path(imported.strip()).is_relative_to(packages):
        raise SystemExit(f"not the wheel's own package was imported, but {imported}")
    print(waveplan("--version"), end="")
    for template in TEMPLATES:
        waveplan("init", template, "--template", template)
        waveplan("validate", template)
        waveplan("--lang", "fr", "init", f"fr/{template}", "--template", template)
        if "language: fr" not in "".join(file.read_text("utf-8") for file in (home / "fr" / template).rglob("*.yaml")):
            raise SystemExit(f"the wheel holds no French {template}")
        waveplan("validate", f"fr/{template}")
    waveplan("solve", "first-steps", "-o", "plan.yaml", "--reproducible", "--quiet")  # not by the clock
    waveplan("check", "plan.yaml", "first-steps")
    print(waveplan("--lang", "fr", "show", "plan.yaml"))
    waveplan("report", "plan.yaml", "first-steps", "--kind", "programme", "-o", "page.html")
    waveplan("schema", "inventory")
    waveplan("rule", "WP305")
    print(waveplan("doctor"))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
