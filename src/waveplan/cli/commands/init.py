"""`waveplan init`: a commented inventory that already solves, to start from."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from waveplan.cli import templates
from waveplan.cli.options import OpenSession, argument
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session
from waveplan.errors import UsageError

SCHEMA_FILE = "inventory.schema.json"
SCENARIOS_SCHEMA_FILE = "scenarios.schema.json"
_SCENARIOS = "scenarios.yaml"
_YAML = frozenset({".yaml", ".yml"})
_EDITOR_LINE = "# yaml-language-server: $schema="


def init(
    folder: Annotated[str, argument("Folder to write; made if it does not exist.", "DIR")],
    template: Annotated[
        str,
        typer.Option(
            "--template",
            metavar="NAME",
            help="What to start from.",
            autocompletion=templates.names,
        ),
    ] = templates.DEFAULT_TEMPLATE,
    *,
    session: OpenSession,
) -> None:
    """Write a commented inventory that already solves.

    Templates: first-steps, datacentre-exit, outsourcing-transition, shared-services, support-outsourcing.
    """
    if template not in templates.names():
        raise UsageError(
            session.say("There is no template {name}. There is: {names}.", name=template, names=templates.names())
        )
    written = dict(templates.files(template, session.language()))
    root = Path(folder)
    _refuse_to_mix(root, [*written, *{_schema_of(name) for name in written}], session)
    _write(root, written)
    for name in sorted(written):
        session.result(str(root / name))
    session.note(session.say("Next: {command}", command=f"waveplan solve {folder}"))


def _refuse_to_mix(root: Path, names: list[str], session: Session) -> None:
    """Never overwrite a file, nor stand beside YAML files that would be read as parts of the same inventory."""
    if root.exists() and not root.is_dir():
        raise UsageError(session.say("{name} is a file, not a folder.", name=str(root)))
    taken = sorted({*(name for name in names if (root / name).exists()), *_yaml_files(root)})
    if taken:
        raise UsageError(
            session.say(
                "{folder} already holds {names}: nothing was written. Name another folder.",
                folder=str(root),
                names=taken[:5],
            )
        )


def _yaml_files(root: Path) -> list[str]:
    return [file.relative_to(root).as_posix() for file in root.rglob("*.y*ml") if file.suffix in _YAML]


def _write(root: Path, written: dict[str, str]) -> None:
    from waveplan import api

    try:
        for name in written:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("{name} cannot be made: {reason}", name=root, reason=error.strerror) from error
    write_whole(str(root / SCHEMA_FILE), api.schema("inventory", part=len(written) > 1))
    if _SCENARIOS in written:
        write_whole(str(root / SCENARIOS_SCHEMA_FILE), api.schema("scenarios"))
    for name, text in written.items():
        is_yaml = PurePosixPath(name).suffix in _YAML
        write_whole(str(root / name), _with_editor_line(name, text) if is_yaml else text)


def _schema_of(name: str) -> str:
    return SCENARIOS_SCHEMA_FILE if name == _SCENARIOS else SCHEMA_FILE


def _with_editor_line(name: str, text: str) -> str:
    """The text below the line by which editors find the schema, written from the file's own folder."""
    up = "../" * (len(PurePosixPath(name).parts) - 1) or "./"
    return f"{_EDITOR_LINE}{up}{_schema_of(name)}\n{text}"
