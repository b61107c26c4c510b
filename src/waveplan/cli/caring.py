"""One run of `waveplan care`: what is known of an inventory, what to ask, what would change the plan."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from waveplan.assessment.care import CARED_FOR, care_notes, completeness, questions
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.inventories import read_inventory
from waveplan.cli.output_files import prepare_folder, refuse_unwritable, write_whole
from waveplan.cli.reports import told_as
from waveplan.cli.session import Session
from waveplan.errors import UsageError
from waveplan.render.language import translator

if TYPE_CHECKING:
    from waveplan.cli.inventory_requests import CareRequest
    from waveplan.domain.care import Impacts, Question
    from waveplan.domain.inventory import Inventory
    from waveplan.render.language import Language


def run(ask: CareRequest, session: Session) -> int:
    """Write the report; the exit code is 1 when the inventory cannot be read, or has errors and is to be planned."""
    _refuse(ask)
    day = as_of_day(ask.as_of, session)
    read = read_inventory(ask.inventory, session, ask.max_size)
    inventory = read.inventory
    if inventory is None or (ask.impact and read.exit_code):
        return exit_codes.FINDINGS
    session = read.session
    language = translator(session.language(inventory.programme.language))
    asked = list(questions(inventory, ask.about or ()))
    known, notes = completeness(inventory), care_notes(inventory, day, ask.stale_after)
    impacts = _impacts(ask, inventory, session) if ask.impact else None
    if ask.questions is not None:
        _hand_out(ask.questions, asked, language, session, semicolon=ask.semicolon)
    if ask.as_json:
        from waveplan.export.care_json import dump_care_json

        text = dump_care_json(known, notes, asked, impacts)
    else:
        from waveplan.render.reports.care import care_report

        text = told_as(ask.form, care_report(inventory, known, notes, impacts, language), language, session)
    if ask.output is None or ask.output == "-":
        (session.words if ask.form == "text" and not ask.as_json else session.result)(text)
    else:
        write_whole(ask.output, text)
    return exit_codes.CLEAN


def _refuse(ask: CareRequest) -> None:
    fields = {field for each in CARED_FOR.values() for field in each}
    unknown = [field for field in ask.about or () if field not in fields]
    if unknown:
        raise UsageError("nothing is asked about {field}; fields are {fields}", field=unknown[0], fields=sorted(fields))
    if (ask.semicolon or ask.about) and ask.questions is None:
        raise UsageError("--about and --semicolon go with --questions")
    if not isfinite(ask.time_limit) or ask.time_limit <= 0:
        raise UsageError("--time-limit takes a number of seconds above 0")
    for name in (ask.questions, ask.output):
        if name not in {None, "-"} and not (name == ask.questions and _is_folder(str(name))):
            refuse_unwritable(str(name))


def _impacts(ask: CareRequest, inventory: Inventory, session: Session) -> Impacts:
    from waveplan.usecases.care import impacts

    def tell(field: str) -> None:
        session.note(session.say("planning with other values of {field}", field=field))

    return impacts(inventory, ask.time_limit, seed=ask.seed, tell=tell)


def _hand_out(target: str, asked: Sequence[Question], language: Language, session: Session, *, semicolon: bool) -> None:
    """All questions in one sheet; or, into a folder, those of each owner in a sheet of its own, ready to be sent."""
    if not _is_folder(target):
        write_whole(target, _sheet(asked, language, semicolon=semicolon))
        session.note(session.say("{n} questions written to {file}", n=len(asked), file=target))
        return
    from waveplan.export.programme.identities import slug

    prepare_folder(target)
    names: dict[str, str] = {}
    for owner, group in groupby(asked, key=lambda each: each.owner):
        name = slug(owner) if owner else "nobody"
        while name in names.values():
            name += "-2"
        names[owner] = name
        own = list(group)
        file = str(Path(target) / f"questions-{name}.csv")
        write_whole(file, _sheet(own, language, semicolon=semicolon))
        session.note(session.say("{n} questions written to {file}", n=len(own), file=file))


def _is_folder(target: str) -> bool:
    return target.endswith(("/", os.sep)) or Path(target).is_dir()


def _sheet(asked: Sequence[Question], language: Language, *, semicolon: bool) -> str:
    """The questions with an empty column for the answers, in the layout that `import csv` takes."""
    from waveplan.export.formats.csv_text import CsvText

    heads = ("kind", "id", "field", "question", "current", "answer", "owner")
    rows = [
        (
            each.kind,
            each.id,
            each.field,
            f"{each.name or each.id}{language.colon}{language.say(each.question)}",
            each.current,
            "",
            each.owner,
        )
        for each in asked
    ]
    return CsvText(semicolon=semicolon).text(heads, rows)
