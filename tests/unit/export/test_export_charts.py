"""Mermaid and PlantUML, read by a few lines that know their grammar: same waves, gates and dates; nothing escapes."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from support.exports import PLANS, Case, expected, exported, hostile, planned, view_of

from waveplan.export.formats import mermaid

TASK = re.compile(r"  ([^:;\n]*(?:#\d+;[^:;\n]*)*) :((?:crit|active|done|milestone), )?(b\d+), ([^,\n]+), ([^,\n]+)")
NODE = re.compile(r'  (?:  )?\w+(\["[^"\n]*"\]|\(\["[^"\n]*"\]\))')
EDGE = re.compile(r'  (\w+) (==>|-->|-\.->)(?:\|"[^"\n]*"\|)? (\w+)')
BAR = re.compile(r"\[([^\[\]]*)\] as \[(b\d+)\] (?:happens (\S+)|starts (\S+) and ends (\S+))")


def local(case: Case) -> dict[str, tuple[dt.datetime, ...]]:
    """Moments of each wave by the programme's clocks."""
    zone = view_of(case).waves[0].start.tzinfo
    return {
        wave: tuple(each.astimezone(zone).replace(tzinfo=None) for each in spans)
        for wave, spans in expected(case[0]).waves.items()
    }


@pytest.mark.parametrize("name", PLANS)
def test_a_mermaid_chart_holds_waves_and_gates_at_their_moments(name: str) -> None:
    case = planned(name)
    view, moments = view_of(case), local(case)
    text = "".join(
        content.decode() for file, content in exported(case, "mermaid").files.items() if file.startswith("gantt")
    )
    found: dict[str, list[tuple[str, ...]]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("  section "):
            section = line.removeprefix("  section ")
        elif match := TASK.fullmatch(line):
            found.setdefault(section, []).append(match.groups(""))
        else:
            assert line.startswith(("gantt", "  title ", "  dateFormat ", "  axisFormat ")), line
    for wave in view.waves:
        bars = found[mermaid.escaped(wave.label)]
        when = {kind.strip(", "): (begin, end) for _, kind, _, begin, end in bars}
        start, end, hypercare = (f"{each:%Y-%m-%d %H:%M}" for each in moments[wave.id])
        assert when["crit"] == (start, end)
        assert when["active"] == (end, hypercare)
        gates = sorted(begin[:10] for _, kind, _, begin, _ in bars if kind == "milestone, ")
        assert gates == sorted(gate.date.isoformat() for gate in wave.gates)
    assert "excludes" not in text


def test_what_takes_several_days_is_a_bar() -> None:
    case = planned("support-outsourcing")
    stages = [each for each in case[0].milestones if each.start is not None and each.start < each.date]
    chart = exported(case, "mermaid").files["gantt.mmd"].decode()
    after = dt.timedelta(days=1)
    assert stages
    assert all(f", {each.start} 00:00, {each.date + after} 00:00" in chart for each in stages)
    project = (exported(case, "ms-project").joined or b"").decode()
    assert all(f"<Start>{each.start}T08:00:00</Start>" in project for each in stages)


@pytest.mark.parametrize("name", [*PLANS, "hostile"])
def test_mermaid_graphs_hold_every_lot_within_the_limits(name: str) -> None:
    case = hostile() if name == "hostile" else planned(name)
    files = {file: content.decode() for file, content in exported(case, "mermaid").files.items()}
    lots = set()
    for file, text in files.items():
        assert len(text) <= 50_000
        if not file.startswith("gantt"):
            lines = text.splitlines()
            assert lines[0] == "flowchart LR"
            edges = [line for line in lines if EDGE.fullmatch(line)]
            assert len(edges) <= 500
            rest = [line for line in lines[1:] if line not in edges and line != "  end"]
            heads = [line for line in rest if line.startswith("  subgraph ")]
            assert all(NODE.fullmatch(line) for line in rest if line not in heads)
            lots |= {re.fullmatch(r'  subgraph lot\d+\["(.*)"\]', line)[1] for line in heads}  # type: ignore[index]
    assert lots == {mermaid.escaped(lot) for lot in expected(case[0]).lots}


def test_a_wave_of_too_many_dependencies_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    case = planned("datacentre-exit")
    whole = len(
        [line for line in exported(case, "mermaid").files["W12.mmd"].decode().splitlines() if EDGE.fullmatch(line)]
    )
    monkeypatch.setattr(mermaid, "MAX_EDGES", 5)
    parts = [text.decode() for file, text in exported(case, "mermaid").files.items() if file.startswith("W12-")]
    assert len(parts) == -(-whole // 5) > 1
    assert sum(bool(EDGE.fullmatch(line)) for part in parts for line in part.splitlines()) == whole


@pytest.mark.parametrize("name", PLANS)
def test_a_plantuml_chart_holds_waves_and_gates(name: str) -> None:
    case = planned(name)
    moments = local(case)
    text = (exported(case, "plantuml").joined or b"").decode()
    chart = text[: text.index("@endgantt")]
    titles = [match.groups("") for match in map(BAR.fullmatch, chart.splitlines()) if match]
    said = [title for title, *_ in titles]
    assert len(set(said)) == len(said)  # two of one name would be one
    cutovers = [title for title in said if re.search(r": cutover \(", title)]
    assert len(cutovers) == len(moments)
    for start, end, _ in moments.values():
        assert any(title.endswith(f"({start:%Y-%m-%d %H:%M} - {end:%Y-%m-%d %H:%M})") for title in cutovers)
    points = [day for _, _, day, *_ in titles if day]
    wanted = [day.isoformat() for _, _, day in expected(case[0]).gates]
    assert all(points.count(day) >= wanted.count(day) for day in wanted)
    assert text.count("\npackage ") == len(expected(case[0]).lots)


def test_hostile_names_start_nothing_in_plantuml() -> None:
    text = (exported(hostile(), "plantuml").joined or b"").decode()
    known = (
        r"@(start|end)(gantt|uml)|title |left to right|printscale|Project starts|-- .* --|\[|package |rectangle |\w+ -"
    )
    for line in text.splitlines():
        assert not line.strip() or line.strip() == "}" or re.match(known, line.strip()), line
        assert not re.search(r"%\w+\(|\[\[|<(?!U\+)", line.replace("-[bold]->", "").replace("-[dashed]->", ""))
