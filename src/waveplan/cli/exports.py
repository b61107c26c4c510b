"""What `waveplan export` does: read plans and inventory, write in the format asked, to where its files go."""

from __future__ import annotations

import difflib
import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from waveplan import api
from waveplan.cli import exit_codes, streams
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import read_inventory
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.plan_names import find_team, find_wave
from waveplan.errors import UsageError
from waveplan.export.formats import FORMATS, Asked, Exported
from waveplan.export.programme import ProgrammeView, narrowed, programme_view
from waveplan.render.language import Language

if TYPE_CHECKING:
    from waveplan.cli.plan_requests import ExportRequest

STANDARD_OUTPUT = "-"
Target = Literal["standard output", "file", "folder", "archive"]


def run(ask: ExportRequest, session: Session) -> int:
    """Read, and write the plan in the format asked for; returns the exit code."""
    sources = (ask.plan, *(ask.since or ()))
    if [*sources, ask.inventory].count("-") > 1:
        raise UsageError("only one of the inputs can be standard input")
    refuse(ask)
    loaded = [read_plan(each) for each in sources]
    for each in loaded:
        show_beside(session, each.findings)
    read = read_inventory(ask.inventory, session, ask.max_size)
    plans = [each.plan for each in loaded if each.plan is not None]
    if len(plans) < len(loaded) or read.inventory is None:
        return exit_codes.FINDINGS
    strangers = [finding for each in loaded for finding in api.foreign(each, read.inventory)]
    if strangers:
        show_beside(read.session, strangers)
        return exit_codes.FINDINGS
    _export(ask, plans, read.inventory, read.session)
    return read.exit_code


def target_of(ask: ExportRequest) -> Target:
    """Where it goes; a name ending in a slash, a folder that is there, or one without a dot is a folder."""
    if ask.output in (None, STANDARD_OUTPUT):
        return "standard output"
    name = ask.output or ""
    if name.endswith(".zip"):
        return "archive"
    path, form = Path(name), FORMATS[ask.to]
    if form.several and ask.table is None and (name.endswith("/") or path.is_dir() or not path.suffix):
        return "folder"
    return "file"


def refuse(ask: ExportRequest) -> None:
    """Raise UsageError for what can never work, before anything is read."""
    form = FORMATS[ask.to]
    asked = {"table": ask.table is not None, "semicolon": ask.semicolon, "since": bool(ask.since)}
    asked |= {"ids": ask.ids is not None}
    for option, given in asked.items():
        if given and option not in form.options:
            takers = ", ".join(name for name, each in FORMATS.items() if option in each.options)
            raise UsageError("--{option} goes with --to {formats}", option=option, formats=takers)
    if form.needs is not None and importlib.util.find_spec(form.needs) is None:
        raise UsageError(
            "--to {format} needs a package that is not installed: pip install 'waveplan[{extra}]'",
            format=form.name,
            extra=form.extra,
        )
    settings_of(ask)
    if target_of(ask) == "standard output" and form.binary and sys.stdout.isatty():
        raise UsageError(
            "--to {format} is no text for a terminal: name a file, for instance -o plan.{extension}",
            format=form.name,
            extension=form.extension,
        )
    if target_of(ask) in ("file", "archive"):
        refuse_unwritable(str(ask.output))


def settings_of(ask: ExportRequest) -> dict[str, str]:
    """`--set KEY=VALUE` by key; raises UsageError for keys that the format does not know."""
    known = FORMATS[ask.to].settings
    found: dict[str, str] = {}
    for each in ask.settings or ():
        key, equals, value = each.partition("=")
        if not known:
            raise UsageError("--to {format} takes no --set", format=ask.to)
        if not equals or key not in known:
            raise UsageError(
                "--set {given}: give KEY=VALUE, with one of these keys: {known}",
                given=repr(each),
                known=", ".join(known),
            )
        found[key] = value
    return found


def _export(ask: ExportRequest, plans: Sequence[Plan], inventory: Inventory, session: Session) -> None:
    """Write the first plan; what the format cannot hold is told on standard error. The others were sent before it."""
    language = session.translator(inventory.programme.language)
    narrowing = {
        "wave": None if ask.wave is None else find_wave(plans[0], ask.wave).id,
        "team": None if ask.team is None else find_team(plans[0], ask.team),
        "site": None if ask.site is None else _find_site(inventory, ask.site),
    }

    def view(of: Plan) -> ProgrammeView:
        return narrowed(programme_view(of, inventory, language, api.communication(of, inventory)), **narrowing)

    asked = Asked(ask.table, ask.semicolon, tuple(map(view, plans[1:])), settings_of(ask), _known(ask))
    done = FORMATS[ask.to].write(view(plans[0]), language, asked)
    _hand_over(ask, done, session, language)
    for note in done.notes:
        session.note(f"{ask.to}{language.colon}{note}")


def _known(ask: ExportRequest) -> dict[str, tuple[str, str]]:
    """What the tracker calls the lines of an earlier export; raises UsageError when its file tells none."""
    if ask.ids is None:
        return {}
    from waveplan.export.formats.trackers import known

    try:
        text = Path(ask.ids).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError("{name} cannot be read: {reason}", name=ask.ids, reason=reason) from error
    found = known(text)
    if not found:
        raise UsageError(
            "{name} tells no lines of an earlier export: it needs the columns ID or Issue key, and Tags or External ID",
            name=ask.ids,
        )
    return found


def _find_site(inventory: Inventory, name: str) -> str:
    known = [site.id for site in inventory.sites]
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        raise UsageError("the inventory has no site {name}; did you mean {near}?", name=repr(name), near=near[0])
    raise UsageError("the inventory has no site {name}; it has {known}", name=repr(name), known=", ".join(known))


def _hand_over(ask: ExportRequest, done: Exported, session: Session, language: Language) -> None:
    name = str(ask.output)
    if target_of(ask) == "folder":
        _into_folder(name, done, session, language)
    elif target_of(ask) == "archive":
        from waveplan.export.formats.archive import zipped

        write_whole(name, zipped(done.files))
    elif done.joined is None:
        raise UsageError(
            "--to {format} writes several files: name a folder or a .zip file with -o{table}",
            format=ask.to,
            table=language.say(", or one table with --table") if "table" in FORMATS[ask.to].options else "",
        )
    elif target_of(ask) == "file":
        write_whole(name, done.joined)
    else:
        streams.write_bytes(done.joined)


def _into_folder(name: str, done: Exported, session: Session, language: Language) -> None:
    """Each file by its name. What an earlier export left there is told, as it may be of waves that are no more."""
    prepare_folder(name)
    folder = Path(name)
    for file, content in done.files.items():
        write_whole(str(folder / file), content)
    suffixes = {Path(file).suffix for file in done.files}
    left = sorted(each.name for each in folder.iterdir() if each.suffix in suffixes and each.name not in done.files)
    if left:
        session.note(
            language.count(
                "{folder} holds {n} more file that this export did not write: {names}",
                "{folder} holds {n} more files that this export did not write: {names}",
                len(left),
                folder=name,
                names=", ".join(left[:3]) + (", …" if len(left) > 3 else ""),
            )
        )
