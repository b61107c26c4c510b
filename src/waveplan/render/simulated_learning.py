"""What was learnt from what has happened, in words: what was thought, what was counted, what is thought now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from waveplan.domain.simulated import LearntRate
from waveplan.render.language import Language, Shown, marked, safe

_RATES = {
    "gates": marked(
        "no-gos, entry {subject}: {before} before, worth {weight} tries; {hits} of {tries} so far; {after} now"
    ),
    "cutovers": marked(
        "rollbacks, entry {subject}: {before} before, worth {weight} tries; {hits} of {tries} so far; {after} now"
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


def learnt_lines(learnt: Sequence[LearntRate], language: Language) -> Iterator[Text]:
    """One line for each rate that what has happened has changed."""
    yield Text(language.say("Learnt from what has happened:"))
    for each in learnt:
        yield Text(f"  {_line(each, language)}")


def _line(rate: LearntRate, language: Language) -> Shown:
    what = "all work" if rate.what == "work" and not rate.subject else rate.what
    hits = f"{rate.hits:.2f}" if rate.what in ("effort", "work") else f"{rate.hits:g}"
    return language.say(
        _RATES[what],
        subject=safe(rate.subject),
        before=safe(f"{rate.before:.3f}"),
        weight=safe(f"{rate.weight:g}"),
        hits=safe(hits),
        tries=safe(f"{rate.tries:g}"),
        after=safe(f"{rate.after:.3f}"),
    )
