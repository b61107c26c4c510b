"""What was learnt from what has happened, in words: what was thought, what was counted, what is thought now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.text import Text

from waveplan.domain.simulated import LearntRate
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.text import hanging

_RATES = {
    "gates": marked(
        "no-gos, entry {subject}: {before} before, worth {weight} tries; {hits} of {tries} so far; {after} now"
    ),
    "cutovers": marked(
        "rollbacks, entry {subject}: {before} before, worth {weight} tries; {hits} of {tries} so far; {after} now"
    ),
    "next": marked(
        "rollbacks of later tries, entry {subject}: {before} before, worth {weight} tries; {hits} of {tries} so far; "
        "{after} now"
    ),
    "on_time": marked(
        "promises kept on their day: {before} before, worth {weight} promises; {hits} of {tries} so far; {after} now"
    ),
    "effort": marked(
        "effort: {before} of what is planned before, worth {weight} weeks; {hits} in {tries} weeks so far; {after} now"
    ),
    "work": marked(
        "hours in the window, entry {subject}: {before} of what is planned before, worth {weight} nights; {hits} in "
        "{tries} nights and rehearsals so far; {after} now"
    ),
    "all work": marked(
        "hours in the window: {before} of what is planned before, worth {weight} nights; {hits} in {tries} nights and "
        "rehearsals so far; {after} now"
    ),
}


def learnt_lines(learnt: Sequence[LearntRate], language: Language, width: int) -> Iterator[Text]:
    """One line for each rate that what has happened has changed."""
    yield Text(language.say("Learnt from what has happened:"))
    for each in learnt:
        yield hanging([(_line(each, language), "")], 2, 4, width)


def _line(rate: LearntRate, language: Language) -> Shown:
    what = "all work" if rate.what == "work" and not rate.subject else rate.what
    places = 2 if rate.what in ("effort", "work") else 0
    return language.say(
        _RATES[what],
        subject=safe(rate.subject),
        before=language.number(Decimal(str(rate.before)), 3),
        weight=language.number(Decimal(str(rate.weight)), 0),
        hits=language.number(Decimal(str(rate.hits)), places),
        tries=language.number(Decimal(str(rate.tries)), 0),
        after=language.number(Decimal(str(rate.after)), 3),
    )
