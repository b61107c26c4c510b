"""Scales, marks and charts of pages: where things stand, as well-formed SVG."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup
from support.small_pages import SMALL, context_of, source_of

from waveplan.pages.apart import apart_map
from waveplan.pages.charts import site_charts, target_charts
from waveplan.pages.context import Context
from waveplan.pages.gantt import backdrop, charts, programme_rows, ruler, symbols
from waveplan.pages.load import heat_class, heat_map, rosters
from waveplan.pages.scale import Scale
from waveplan.pages.svg import element, isolated, percent, text
from waveplan.render.language import translator


def _parsed(drawing: Markup) -> ET.Element:
    return ET.fromstring(f"<svg>{drawing}</svg>")


def test_a_clock_change_shifts_nothing() -> None:
    scale = Scale(dt.date(2027, 3, 1), dt.date(2027, 3, 31), ZoneInfo("Europe/Paris"))
    noon = dt.datetime(2027, 3, 29, 10, tzinfo=dt.UTC)  # the day after clocks went forward: twelve in Paris
    assert scale.moment(noon) == pytest.approx(28.5 / 31)
    assert scale.at(dt.date(2027, 3, 29)) == pytest.approx(28 / 31)
    assert scale.at(dt.date(2028, 1, 1)) == 1.0
    assert not scale.shows(dt.date(2027, 4, 1))


def test_long_programmes_name_quarters_only() -> None:
    short = Scale(dt.date(2027, 1, 1), dt.date(2027, 4, 30), dt.UTC)
    assert [tick.day.month for tick in short.ticks()] == [1, 2, 3, 4]
    long = Scale(dt.date(2027, 2, 1), dt.date(2030, 1, 31), dt.UTC)
    assert [tick.day.month for tick in long.ticks()][:4] == [2, 4, 7, 10]
    assert sum(tick.width for tick in long.ticks()) == pytest.approx(1)


def test_what_is_written_on_drawings_is_escaped() -> None:
    drawn = text('<script>"&', x="1%", stroke_width=2, class_="y", data=None)
    assert drawn == '<text x="1%" stroke-width="2" class="y">&lt;script&gt;&#34;&amp;</text>'
    assert element("a", text("x"), href='"><b>') == '<a href="&#34;&gt;&lt;b&gt;"><text>x</text></a>'
    assert (percent(1 / 3), percent(0.5), percent(0.0)) == ("33.33%", "50%", "0%")


def test_names_from_right_to_left_are_isolated() -> None:
    assert isolated("plain <b>") == "plain &lt;b&gt;"
    assert isolated("W01 \u05e9\u05dc\u05d5\u05dd, 12") == "W01 \u2068\u05e9\u05dc\u05d5\u05dd\u2069, 12"
    assert isolated("\u05d0 \u05d1 x \u0627") == "\u2068\u05d0 \u05d1\u2069 x \u2068\u0627\u2069"
    assert isolated(Markup("<b>")) == "<b>"


def test_every_view_has_a_row_for_each_wave_lot_team_and_site() -> None:
    context = context_of()
    rows = {chart.view: [row for group in chart.groups for row in group.rows] for chart in charts(context)}
    assert [row.link for row in rows["wave"]] == ["#w-1", "#w-2"]
    assert [row.lot for row in rows["lot"]] == [1, 2, 3]
    assert [row.name for row in rows["team"]] == ["ops"]
    assert [row.name for row in rows["site"]] == ["new", "old"]
    assert rows["site"][1].waves == (1, 2)
    for row in [row for several in rows.values() for row in several]:
        assert _parsed(row.bars).findall("rect[@class='c']")
    first = _parsed(rows["wave"][0].bars)
    cutover = first.find("rect[@class='c']")
    assert cutover is not None
    assert float(cutover.attrib["x"].rstrip("%")) == pytest.approx(
        100 * context.scale.moment(context.waves[0].slot.start), abs=0.01
    )
    assert first.findall("use[@href='#m-gate']")


def test_the_day_is_drawn_only_when_it_is_asked_for() -> None:
    assert not _parsed(backdrop(context_of())).findall("line[@class='now']")
    assert _parsed(backdrop(context_of(as_of=dt.date(2026, 3, 1)))).findall("line[@class='now']")
    assert not _parsed(backdrop(context_of(as_of=dt.date(2040, 3, 1)))).findall("line[@class='now']")


def test_the_map_bundles_what_leads_from_one_wave_to_another() -> None:
    found = apart_map(context_of())
    assert found is not None
    drawn = _parsed(found.arcs)
    assert len(drawn.findall("path")) == 1
    assert [link.attrib["href"] for link in drawn.findall("a")] == ["#w-1", "#w-2"]
    assert "1 soft tie apart for 84 days, 168 in coexistence; 1 order" in "".join(drawn.itertext())
    assert [row.name for row in found.bars] == ["shop – stock"]
    assert found.table.rows[0][4].key == "84"


def test_charts_of_sites_step_down_and_those_of_targets_up() -> None:
    context = context_of()
    (site,) = site_charts(context)
    assert site.words.startswith("3 servers at the start, 0 after")
    heights = [float(each.attrib["y1"]) for each in _parsed(site.drawing).findall("line[@class='s']")]
    assert heights == sorted(heights)
    (target,) = target_charts(context)
    assert target.words == "6 of 8 vCPU at the end"
    assert _parsed(target.drawing).findall("line[@class='lim']")


def test_loads_have_eight_steps_and_one_above() -> None:
    found = heat_map(context_of())
    assert found is not None and not found.by_month
    (row,) = found.rows
    assert {cell.heat for cell in row.cells} - {"h0"}
    shares = [Decimal(share) for share in ("0", "0.01", "0.5", "1", "1.01")]
    assert [heat_class(share) for share in shares] == ["h0", "h1", "h4", "h8", "hx"]


def test_the_frame_is_well_formed() -> None:
    context = context_of()
    assert len(_parsed(symbols())[0]) == 5
    assert [row.name for row in programme_rows(context)] == ["freezes", "milestones"]
    assert ruler(context)[0][2] == "2026"


def test_people_are_shown_on_their_fullest_days() -> None:
    text = SMALL.replace("criticality: critical", "criticality: critical, crew: {ops: 2}, on_call: {ops: 1}")
    text = text.replace("person_days_per_week: 10", "person_days_per_week: 10, crew: 3")
    context = Context(source_of(text), translator("en"))
    cells = [[cell.words for cell in row] for row in rosters(context).rows]
    assert [row[:2] + row[3:] for row in cells] == [
        ["ops", "In the window", "2", "3", "W01"],
        ["ops", "In hypercare", "1", "no limit", "W01"],
    ]
    assert cells[0][2].startswith("Sat 7 Mar")
