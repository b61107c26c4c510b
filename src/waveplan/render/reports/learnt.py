"""What is learnt from rehearsals and nights, as a report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from waveplan.domain.learnt import Learnt
from waveplan.domain.runbooks import TaskMinutes
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.reports.document import Field, Report, ReportPart
from waveplan.render.runbooks import told


def learnt_report(found: Sequence[Learnt], language: Language) -> Report:
    """A row for each template of which something was seen."""
    say = language.say
    fields = (
        Field(say("Template"), fold=14),
        Field(say("Task"), fold=18, rank=2),
        Field(say("Seen"), right=True),
        Field(say("Median"), right=True, places=2),
        Field(say("Quartiles"), right=True, rank=1),
        Field(say("Planned"), fold=10),
        Field(say("Proposed"), fold=14),
    )
    rows = tuple(
        (
            safe(each.template.id),
            told(language, each.template.name),
            len(each.seen),
            _decimal(each.middle),
            Shown(f"{language.number(_decimal(each.low), 2)}–{language.number(_decimal(each.high), 2)}"),
            minutes_words(each.template.minutes),
            _proposed(each, language),
        )
        for each in found
    )
    note = say("Median and quartiles are of minutes taken ÷ minutes planned, over rehearsals and nights.")
    nothing = say("Nothing is recorded with both a start and an end.")
    return Report(say("Minutes learnt"), (note,), (ReportPart(say("Templates"), fields, rows, nothing),))


def _proposed(each: Learnt, language: Language) -> Shown:
    if each.minutes is not None:
        return minutes_words(each.minutes)
    if each.is_little:
        return language.say("too few")
    return BLANK if each.template.minutes.link else language.say("as planned")


def minutes_words(minutes: TaskMinutes) -> Shown:
    """The parts of minutes as a template has them."""
    given = [(name, getattr(minutes, name)) for name in type(minutes).model_fields]
    shown = [name if value is True else f"{name} {value.normalize():f}" for name, value in given if value]
    return Shown(", ".join(shown) or "0")


def _decimal(ratio: Fraction) -> Decimal:
    return Decimal(ratio.numerator) / Decimal(ratio.denominator)
