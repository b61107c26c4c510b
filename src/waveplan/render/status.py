"""Where a programme stands, on the terminal: the sum of it, what is late, waves, gates, how far it has come."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.status import Status
from waveplan.render.language import Language, Shown
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.status_chart import burn_up_chart
from waveplan.render.status_tables import Frame, effort, gates, hard_dates, late, milestones, waves
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph

Part = tuple[Shown, str]


def status_view(status: Status, language: Language, width: int, signs: Signs = UNICODE) -> list[RenderableType]:
    """The whole status, at most `width` wide."""
    say, frame = language.say, Frame(language, width, signs)
    title = say("{programme} on {day}", programme=status.programme, day=status.as_of)
    shown: list[RenderableType] = [paragraph([(title, PALETTE["title"])], width)]
    parts = statements(status, language)
    between = say("{one}; {other}", one=Shown(""), other=Shown("")).rstrip()
    ends = [between] * (len(parts) - 1) + ["."]
    shown += [paragraph([(words + end, style) for (words, style), end in zip(parts, ends, strict=True)], width)]
    sections: list[tuple[Shown, Callable[[Status, Frame], list[RenderableType]]]] = [
        (say("Late"), late),
        (say("Waves"), waves),
        (say("Next gates"), gates),
        (say("Next milestones"), milestones),
        (say("Cut over by the end of each period: done of planned"), burn_up_chart),
        (say("Hard dates"), hard_dates),
        (say("Person-days"), effort),
    ]
    for heading, view in sections:
        if lines := view(status, frame):
            shown += [Text(""), Text(heading, style=PALETTE["heading"]), *lines]
    return shown


def statements(status: Status, language: Language) -> list[Part]:
    """What there is to say of a programme on a day, each with the style of its verdict."""
    return [
        _waves(status, language),
        *_counts(status, language),
        _coexistence(status, language),
        _late(status, language),
    ]


def _waves(status: Status, language: Language) -> Part:
    cut_over = status.in_state("done", "partial", "hypercare")
    partly = sum(bool(wave.rolled_back) or wave.state == "partial" for wave in cut_over)
    over = len(cut_over) - partly
    words = language.count("{over} of {n} wave done", "{over} of {n} waves done", len(status.waves), over=over)
    running = [
        (partly, language.say("partly done")),
        (len(status.in_state("hypercare")), language.say("in hypercare")),
        (len(status.in_state("cutover")), language.say("cutting over today")),
        (len(status.in_state("preparation")), language.say("in preparation")),
    ]
    told = [f"{number} {what}" for number, what in running if number]
    return (Shown(words + (f" ({', '.join(told)})" if told else "")), PALETTE["title"])


def _counts(status: Status, language: Language) -> list[Part]:
    """Servers, applications and services that have cut over, beside what the plan has by now."""
    say, found = language.say, []
    templates = {
        "servers": say("servers"),
        "applications": say("applications"),
        "services": say("services"),
    }
    for kind, total in status.burn_up.totals.items():
        done, planned = status.burn_up.today[kind], status.burn_up.planned_today[kind]
        words = say(
            "{done} of {total} {things}, {planned} planned by now",
            done=done,
            total=total,
            things=templates[kind],
            planned=planned,
        )
        found.append((words, PALETTE["good"] if done >= planned else PALETTE["fair"]))
    return found


def _coexistence(status: Status, language: Language) -> Part:
    found = status.coexistence
    words = language.count(
        "{n} tie in coexistence, weight {weight} a day ({planned} planned)",
        "{n} ties in coexistence, weight {weight} a day ({planned} planned)",
        found.ties,
        weight=found.weight,
        planned=found.planned_weight,
    )
    return words, ""


def _late(status: Status, language: Language) -> Part:
    number = len(status.late)
    if not number:
        return language.say("nothing is late"), PALETTE["good"]
    return language.count("{n} thing is late", "{n} things are late", number), PALETTE["bad"]
