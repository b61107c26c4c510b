"""What replanning at each slip came to, for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from waveplan.domain.simulated import Repairs
from waveplan.render.language import Language
from waveplan.render.simulated_shares import between, number
from waveplan.render.text import hanging


def repair_lines(found: Repairs, language: Language, width: int) -> Iterator[Text]:
    """How often it was asked, what had to give, and what the same runs come to without it."""
    for line in _sentences(found, language):
        yield hanging([(line.lstrip(), "")], len(line) - len(line.lstrip()), 4, width)


def _sentences(found: Repairs, language: Language) -> Iterator[str]:
    say = language.say
    yield say("Replanned at each slip: {count} times a run", count=number(found.replans, language))
    yield say(
        "  last dates kept by giving notices later than they should be: {share} of runs",
        share=between(found.short_notice, language),
    )
    lost, unproven = between(found.no_plan, language), between(found.unproven, language)
    yield say(
        "  no plan kept all last dates any more: {share} of runs; in {unproven} that is not proven",
        share=lost,
        unproven=unproven,
    )
    if found.never.value:
        yield say("  no place was left for some wave: {share} of runs", share=between(found.never, language))
    yield say(
        "  all last dates in time in the same runs where what slips takes the next slot: {share}",
        share=between(found.pushed, language),
    )
