"""All views together: filters, hostile names, widths, colours."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from golden.sample import printed, sample_data, sample_plan
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console
from rich.style import Style

from waveplan.cli.usage_errors import said
from waveplan.domain.plan import Plan
from waveplan.domain.plan_names import find_team, find_wave
from waveplan.errors import UsageError
from waveplan.render.console import make_console, signs_for, write
from waveplan.render.language import translator
from waveplan.render.page import Page, load_share, share_words, wave_load
from waveplan.render.show import VIEWS, show
from waveplan.render.signs import ASCII, UNICODE, heat_sign
from waveplan.render.styles import PALETTE, heat_style

PLAN = sample_plan()
EN, FR = translator("en"), translator("fr")
HOSTILE = "\x1b[31m[red]x[/red]\n\x9b2J\u202e名前"


def _hostile(value: Any, key: str = "") -> Any:
    """The same plan with a hostile tail on every name."""
    if isinstance(value, dict):
        return {
            (name + HOSTILE if key in {"teams", "effort"} else name): _hostile(each, name)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_hostile(each, key) for each in value]
    if isinstance(value, str) and key not in {
        *("status", "goal", "kind", "tie", "criticality", "waveplan_plan", "start", "end", "language"),
        *("point_of_no_return", "hypercare_end", "tolerance"),
    }:
        return value + HOSTILE
    return value


def _weeks_restored(data: dict[str, Any]) -> dict[str, Any]:
    for team in data["teams"].values():
        team["weeks"] = {week.removesuffix(HOSTILE): load for week, load in team["weeks"].items()}
    return data


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_are_shown_literally(view: str, language: str) -> None:
    """Escape codes, line breaks, direction marks and markup in names never act on the terminal."""
    plan = Plan.model_validate(_weeks_restored(_hostile(sample_data())))
    text = printed(show(plan, views=[view], width=160, language=language), 160)
    assert "\\x1b[31m[red]x" in text
    for line in text.splitlines():
        assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in line), repr(line)
        assert cell_len(line) <= 160


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [40, 57, 80, 100, 133, 160, 240])
def test_nothing_is_wider_than_the_screen_or_ends_in_blanks(view: str, width: int) -> None:
    """In either language."""
    for language in ("en", "fr"):
        for line in printed(show(PLAN, views=[view], width=width, language=language), width).splitlines():
            assert cell_len(line) <= width, line
            assert line == line.rstrip(), line


@pytest.mark.parametrize("view", VIEWS)
def test_ids_and_dates_survive_eighty_columns(view: str) -> None:
    """What is essential in a view is whole on an ordinary screen."""
    text = printed(show(PLAN, views=[view], width=80, language="en"))
    for wave in PLAN.waves if view in {"waves", "gantt", "calendar", "wave"} else ():
        assert wave.label(with_stream=True) in text
        assert EN.day(wave.date, year=False) in text
    for lot in PLAN.lots if view == "lots" else ():
        folded = re.sub(r"\s+", "", text)
        assert all(part in folded for part in re.split(r"(?<=[-@])", lot.id)), lot.id


@pytest.mark.parametrize("view", VIEWS)
def test_colour_adds_nothing_that_the_text_does_not_say(view: str) -> None:
    """A colour terminal shows the same characters; NO_COLOR and pipes lose nothing."""
    stream = io.StringIO()
    console = Console(file=stream, width=100, force_terminal=True, color_system="256", markup=False, highlight=False)
    write(console, show(PLAN, views=[view], width=100, language="en"))
    coloured = stream.getvalue()
    assert "\x1b[38;5;" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert bare == printed(show(PLAN, views=[view], width=100, language="en"), 100)


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal may still be asked for bold, never for a colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setenv("TERM", "xterm-256color")
    write(make_console(stream, width=80), show(PLAN, views=["waves"], language="en"))
    assert "\x1b[1m" in stream.getvalue()
    assert not re.search(r"\x1b\[[0-9;]*38;", stream.getvalue())


@pytest.mark.parametrize("style", sorted({style for style in PALETTE.values() if "color" in style}))
def test_colours_read_on_light_and_dark(style: str) -> None:
    """At least 3.5 to 1 against black and white, as WCAG 2 counts contrast; and no colour of the terminal's theme."""
    color = Style.parse(style).color
    assert color is not None and color.number is not None and color.number >= 16
    luminance = _luminance(color)
    assert (luminance + 0.05) / 0.05 >= 3.5
    assert 1.05 / (luminance + 0.05) >= 3.5


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.get_truecolor()]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_signs_follow_the_encoding() -> None:
    """A stream that cannot carry block characters gets plain ones."""
    assert signs_for(make_console(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))) is ASCII
    assert signs_for(make_console(io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))) is UNICODE
    for signs in (ASCII, UNICODE):
        longer = {"heat", "arrow", "ellipsis"}
        singles = [v for n in signs.__slots__ if isinstance(v := getattr(signs, n), str) and n not in longer]
        assert all(cell_len(sign) == 1 for sign in singles)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_other_encodings_get_the_nearest_characters(encoding: str) -> None:
    """French on an old console: accents where it has them, plain letters where not, and no question marks."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="\n")
    console = make_console(stream, width=100)
    write(console, show(PLAN, views=VIEWS, width=100, language="fr", signs=signs_for(console)))
    stream.flush()
    text = raw.getvalue().decode(encoding)
    assert "?" not in text
    assert ("Préparation" if encoding != "ascii" else "Preparation") in text
    assert ("l’optimum" if encoding == "cp1252" else "l'optimum") in text
    assert max(map(len, text.splitlines())) <= 100


# --- filters -------------------------------------------------------------------------------------------------------


def test_default_views() -> None:
    """The wave table; one wave in detail; a team's load."""
    assert "Hypercare\n" in printed(show(PLAN, language="en"))
    assert "Point of no return" in printed(show(PLAN, wave="main/W02", language="en"))
    team = printed(show(PLAN, team="dba", language="en"))
    assert "Prepares" in team and "sysadmin" not in team
    assert "incoming provider" in printed(show(PLAN, by="organisation", language="en"))


def test_the_plan_speaks_its_programme_s_language() -> None:
    """Unless another one is asked for."""
    data = sample_data()
    data["programme"]["language"] = "fr"
    assert "échéance tenue" in printed(show(Plan.model_validate(data)))
    assert "deadline met" in printed(show(Plan.model_validate(data), language="en"))


def test_views_can_be_narrowed_to_a_wave_or_a_team() -> None:
    """Rows of others are left out, and so is the bottom line, which is about the whole plan."""
    waves = printed(show(PLAN, views=["waves"], wave="desk/W01", language="en"))
    assert "desk/W01" in waves and "main/W01" not in waves and "deadline met" not in waves
    waves = printed(show(PLAN, views=["waves", "lots"], team="dba", language="en"))
    assert "main/W02" in waves and "main/W01" not in waves and "intranet-5b1e" not in waves


@pytest.mark.parametrize("name", ["main/2026-03-14-weekend", "main/W02", "main/w2", "MAIN/W02"])
def test_waves_are_found_by_id_and_label(name: str) -> None:
    """As people write them."""
    assert find_wave(PLAN, name).id == "main/2026-03-14-weekend"


def test_labels_without_a_stream_are_enough_when_they_are_unique() -> None:
    """W06 is in one stream only."""
    assert find_wave(PLAN, "W06").id == "main/2026-06-06-weekend"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "W01",
            "Several waves are called W01: main/2026-02-14-weekend, desk/2026-03-02-go-live. Name one by its id.",
        ),
        ("main/W99", "No wave is called main/W99. There are: main/W04, main/W05, main/W06."),
        ("\x1b[2J", "No wave is called \\x1b[2J. There are: main/W01, desk/W01"),
    ],
)
def test_unknown_waves_are_refused_with_what_there_is(name: str, message: str) -> None:
    """Usage errors say what to type instead."""
    with pytest.raises(UsageError) as caught:
        find_wave(PLAN, name)
    assert said(caught.value, "en").startswith(message)


def test_unknown_teams_and_views_are_refused() -> None:
    """In the reader's language."""
    with pytest.raises(UsageError, match=r"No team called dbas has work in this plan\. There is: dba\."):
        find_team(PLAN, "dbas")
    with pytest.raises(UsageError, match="La vue pie n’existe pas"):
        show(PLAN, views=["pie"], language="fr")
    with pytest.raises(UsageError, match=r"No wave is called W1\.\Z"):
        find_wave(sample_plan(waves=[]), "W1")


# --- loads ---------------------------------------------------------------------------------------------------------


def test_loads_of_a_wave_are_its_own_teams_in_its_own_weeks() -> None:
    """The last wave meets the week in which the database team is over; others do not."""
    waves = PLAN.waves_in_order()
    assert wave_load(PLAN, waves[-1]) == Decimal("5.2") / 5
    assert wave_load(PLAN, waves[-1], "sysadmin") == Decimal("6.25") / 15
    assert wave_load(PLAN, waves[1]) is None  # its team has no limit


def test_work_without_anybody_is_over_every_limit() -> None:
    """A team that offers nothing in a week in which it has work."""
    load = PLAN.teams["dba"].weeks["2026-W22"]
    share = load_share(load.model_copy(update={"offered": Decimal(0)}))
    assert share == Decimal("Infinity")
    assert (heat_sign(share, UNICODE), heat_style(share)) == ("!", PALETTE["bad"])
    assert share_words(EN, share) == ">999%"
    assert load_share(load.model_copy(update={"offered": None})) is None
    assert load_share(load.model_copy(update={"offered": Decimal(0), "used": Decimal(0)})) == 0


@pytest.mark.parametrize(
    ("share", "sign"),
    [("0", "▁"), ("0.01", "▁"), ("0.125", "▁"), ("0.126", "▂"), ("0.99", "█"), ("1", "█"), ("1.0001", "!")],
)
def test_heat_signs_step_by_eighths(share: str, sign: str) -> None:
    """Only more than all is marked as over."""
    assert heat_sign(Decimal(share), UNICODE) == sign


def test_organisations_sum_their_teams() -> None:
    """11.45 of 20 in the week in which one of the two teams is over."""
    text = printed(show(PLAN, views=["load"], by="organisation", per="week", language="en", width=120), 120)
    row = next(line for line in text.splitlines() if line.startswith("2026-W22"))
    assert "11.5/20.0" in row and "57%" in row


def test_many_teams_share_several_tables() -> None:
    """Fifteen teams on an ordinary screen: shares only, in as many tables as it takes, every team once."""
    data = sample_data()
    data["teams"] = {f"team-{n:02d}": data["teams"]["dba"] for n in range(15)}
    text = printed(show(Plan.model_validate(data), views=["load"], language="en"))
    tables = text.split("Week      From")[1:]
    assert len(tables) == 3
    heads = " ".join(part.splitlines()[0] for part in tables)
    assert [f"team-{n:02d}" for n in range(15)] == heads.split()
    assert "5.2/5.0" not in text


def test_a_page_without_anything_says_so() -> None:
    """No teams, no dates, no lots."""
    empty = sample_plan(teams={}, waves=[], lots=[], milestones=[], calendar={}, unplanned=[])
    said = printed(show(empty, views=["waves", "gantt", "lots", "load", "milestones", "wave"], language="en"))
    for sentence in (
        *("No waves.", "No waves to draw.", "No lots.", "No team has work in this plan."),
        "No milestones and no hard dates.",
    ):
        assert sentence in said
    assert "programme begins" in printed(show(empty, views=["calendar"], language="en"))


def test_dates_name_the_year_in_long_programmes() -> None:
    """Two years of waves: every date of the table says which."""
    data = sample_data()
    wave = data["waves"][-1]
    for key in ("date", "preparation_start", "hypercare_last_day"):
        wave[key] = wave[key].replace(year=2027)
    text = printed(show(Plan.model_validate(data), views=["waves"], language="en", width=160), 160)
    assert "Sun 6 Jun 2027" in text and "Sat 14 Feb 2026" in text


def test_pages_narrow_no_further_than_they_can_be_read() -> None:
    """A width of 1 is taken as the smallest that shows something."""
    text = printed(show(PLAN, views=["waves"], width=1, language="en"), 40)
    assert EN.day(dt.date(2026, 2, 14), year=False) in text
    assert Page(PLAN, EN, 40).several_streams
