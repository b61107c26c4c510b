"""Any capture of network traffic: a table of who talked to whom, a VPC flow log, what `ss` and `netstat` print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from waveplan.domain.findings import Finding, Location, Phrase
from waveplan.domain.wording import finding, names
from waveplan.errors import UsageError
from waveplan.imports.flows.adding_up import added_up
from waveplan.imports.flows.capture_rows import CaptureRows
from waveplan.imports.flows.columns import CaptureColumns, capture_columns
from waveplan.imports.flows.spaced import spaced
from waveplan.imports.flows.totals import FlowTotals
from waveplan.imports.flows.words import known_headers
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.tables.columns import Columns, HeadedTable, headed
from waveplan.imports.tables.model import Row, Table
from waveplan.imports.tables.opening import opened

_ORDERS = {"": None, "dmy": 0, "mdy": 1}


def read_flows(files: Sequence[Path], reading: Reading) -> Harvest:
    """The flows of captures, added up; every row is accounted for.

    Raises UnreadableInputError for files that cannot be read, UsageError for options that there are not.
    """
    order = _order(reading)
    harvest = Harvest(reading.name or SOURCE.name)
    totals = FlowTotals()
    for path in files:
        found = opened(path)
        harvest.findings += found.findings
        for table in found.tables:
            _read_table(spaced(table), totals, harvest, reading)
    if order is None and totals.is_ambiguous:
        harvest.findings.append(_ambiguous(files))
    harvest.flows = added_up(totals.flows(order))
    moments = [flow.last for flow in harvest.flows if flow.last is not None]
    harvest.as_of = max((moment.date() for moment in moments), default=None)
    return harvest


def _order(reading: Reading) -> int | None:
    given = reading.options.get("dates", "")
    if given not in _ORDERS:
        raise UsageError("option dates is '{given}'; it is one of dmy, mdy", given=given)
    return _ORDERS[given]


def _ephemeral(reading: Reading) -> int:
    given = reading.options.get("ephemeral", "32768")
    if not given.isdigit() or not 1024 <= int(given) <= 65_536:
        raise UsageError("option ephemeral is '{given}'; it is a port from 1024 on", given=given)
    return int(given)


def _read_table(table: Table, totals: FlowTotals, harvest: Harvest, reading: Reading) -> None:
    found = headed(table, known_headers())
    columns = capture_columns(found.columns) if found is not None else CaptureColumns()
    if found is None or not columns.has_ends:
        _pass_over(table, found, harvest)
        return
    if columns.unused:
        harvest.findings.append(_unused(columns, found))
    rows = CaptureRows(columns, totals, _ephemeral(reading))
    if columns.is_local:
        for row in _rows_below(table, found):
            rows.learn(row)
    for row in found.rows:
        reason = rows.add(row)
        harvest.accounts.tell(row.place, "imported" if reason is None else "skipped", reason)


def _rows_below(table: Table, found: HeadedTable) -> Iterator[Row]:
    return islice(table.rows(), len(found.before) + 1, None)


def _pass_over(table: Table, found: HeadedTable | None, harvest: Harvest) -> None:
    """A table without both ends: a finding, and its rows as skipped."""
    place = Location(table.file, max(found.columns.place.row, 1) if found else 1, sheet=table.sheet)
    shown = found.columns if found else next((Columns.of(row) for row in table.rows()), None)
    headers = names((name[:40] for name in shown.names if name), 8) if shown else ""
    harvest.findings.append(
        finding(
            "WP545",
            "no columns of a source and a target are found; its headers are: {headers}",
            {"headers": headers},
            hint="name two columns source and target, and others port, protocol, process, bytes, connections, "
            "first seen and last seen",
        ).at(place)
    )
    for row in table.rows():
        harvest.accounts.tell(row.place, "skipped", Phrase("its table has no source and no target"))


def _unused(columns: CaptureColumns, found: HeadedTable) -> Finding:
    place = found.columns.place
    template = "columns of the capture that are not used: {columns}"
    values = {"columns": names(columns.unused, 12)}
    return finding("WP546", template, values).at(Location(place.file, max(place.row, 1), sheet=place.sheet))


def _ambiguous(files: Sequence[Path]) -> Finding:
    return finding(
        "WP547",
        "days and months cannot be told apart in its dates: how long the capture is stays open, and counts as one day",
        {},
        hint="say which comes first: --option dates=dmy, or --option dates=mdy",
    ).at(Location(str(files[0])))


SOURCE = Source(
    name="flows",
    title="Network captures: who talks to whom",
    read=read_flows,
    yields="flows",
    options={
        "dates": "dmy or mdy: whether the day or the month comes first",
        "ephemeral": "from which port on ports are a client's own; default 32768",
    },
)
