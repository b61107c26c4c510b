"""What `waveplan export` does once plan and inventory are read: the format asked, and where its files go."""

from __future__ import annotations

import difflib
import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from waveplan.cli import streams
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.plan_names import find_team, find_wave
from waveplan.errors import UsageError
from waveplan.export.formats import FORMATS, Asked, Exported, Format
from waveplan.export.programme import ProgrammeView, narrowed, programme_view
from waveplan.render.language import Language

STANDARD_OUTPUT = "-"
Target = Literal["standard output", "file", "folder", "archive"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked on the command line."""

    to: str
    output: str | None
    wave: str | None = None
    team: str | None = None
    site: str | None = None
    table: str | None = None
    semicolon: bool = False
    since: Sequence[str] = ()
    settings: Sequence[str] = ()
    ids: str | None = None

    @property
    def form(self) -> Format:
        """The format."""
        return FORMATS[self.to]

    @property
    def target(self) -> Target:
        """Where it goes; a name ending in a slash, a folder that is there, or one without a dot is a folder."""
        if self.output in (None, STANDARD_OUTPUT):
            return "standard output"
        name = self.output or ""
        if name.endswith(".zip"):
            return "archive"
        path = Path(name)
        if self.form.several and self.table is None and (name.endswith("/") or path.is_dir() or not path.suffix):
            return "folder"
        return "file"


def refuse(wish: Wish) -> None:
    """Raise UsageError for what can never work, before anything is read."""
    form = wish.form
    asked = {"table": wish.table is not None, "semicolon": wish.semicolon, "since": bool(wish.since)}
    asked |= {"ids": wish.ids is not None}
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
    settings_of(wish)
    if wish.target == "standard output" and form.binary and sys.stdout.isatty():
        raise UsageError(
            "--to {format} is no text for a terminal: name a file, for instance -o plan.{extension}",
            format=form.name,
            extension=form.extension,
        )
    if wish.target in ("file", "archive"):
        refuse_unwritable(str(wish.output))


def settings_of(wish: Wish) -> dict[str, str]:
    """`--set KEY=VALUE` by key; raises UsageError for keys that the format does not know."""
    known = wish.form.settings
    found: dict[str, str] = {}
    for each in wish.settings:
        key, equals, value = each.partition("=")
        if not known:
            raise UsageError("--to {format} takes no --set", format=wish.to)
        if not equals or key not in known:
            raise UsageError(
                "--set {given}: give KEY=VALUE, with one of these keys: {known}",
                given=repr(each),
                known=", ".join(known),
            )
        found[key] = value
    return found


def export(wish: Wish, plan: Plan, inventory: Inventory, since: Sequence[Plan], session: Session) -> None:
    """Write the plan in the format asked for; what the format cannot hold is told on standard error."""
    language = session.translator(inventory.programme.language)
    narrowing = {
        "wave": None if wish.wave is None else find_wave(plan, wish.wave).id,
        "team": None if wish.team is None else find_team(plan, wish.team),
        "site": None if wish.site is None else _find_site(inventory, wish.site),
    }

    def view(of: Plan) -> ProgrammeView:
        return narrowed(programme_view(of, inventory, language), **narrowing)

    asked = Asked(wish.table, wish.semicolon, tuple(map(view, since)), settings_of(wish), _known(wish))
    done = wish.form.write(view(plan), language, asked)
    _hand_over(wish, done, session, language)
    for note in done.notes:
        session.note(f"{wish.to}{language.colon}{note}")


def _known(wish: Wish) -> dict[str, tuple[str, str]]:
    """What the tracker calls the lines of an earlier export; raises UsageError when its file tells none."""
    if wish.ids is None:
        return {}
    from waveplan.export.formats.trackers import known

    try:
        text = Path(wish.ids).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError("{name} cannot be read: {reason}", name=wish.ids, reason=reason) from error
    found = known(text)
    if not found:
        raise UsageError(
            "{name} tells no lines of an earlier export: it needs the columns ID or Issue key, and Tags or External ID",
            name=wish.ids,
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


def _hand_over(wish: Wish, done: Exported, session: Session, language: Language) -> None:
    name = str(wish.output)
    if wish.target == "folder":
        _into_folder(name, done, session, language)
    elif wish.target == "archive":
        from waveplan.export.formats.archive import zipped

        write_whole(name, zipped(done.files))
    elif done.joined is None:
        raise UsageError(
            "--to {format} writes several files: name a folder or a .zip file with -o{table}",
            format=wish.to,
            table=language.say(", or one table with --table") if "table" in wish.form.options else "",
        )
    elif wish.target == "file":
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
