"""Sheets through a mapping: each row makes what the mapping says, adds to what is there, or is told as skipped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding, Location, Phrase
from waveplan.domain.import_mapping import ImportMapping, MappedRecord, MappedSheet
from waveplan.domain.wording import finding
from waveplan.imports.accounts import Accounts
from waveplan.imports.mapping.filtering import RowFilters
from waveplan.imports.mapping.gathering import Gathered
from waveplan.imports.mapping.joining import LookedUp, looked_up
from waveplan.imports.mapping.learning import StatedWays, Stating, learn_ways
from waveplan.imports.mapping.making import Maker, makers_of
from waveplan.imports.mapping.patterns import template_columns
from waveplan.imports.mapping.sheets import ReadSheet, as_told, is_meant, read_sheet
from waveplan.imports.mapping.troubles import CellTroubles, missing_columns, unused_columns
from waveplan.imports.tables.model import CellValue, RowPlace, Table


@dataclass(slots=True)
class MappedReader:
    """Reads tables through one mapping, and keeps account of their rows."""

    mapping: ImportMapping
    place: str  # the mapping's file, for what is said of the mapping itself
    stated: StatedWays = field(default_factory=StatedWays)
    gathered: Gathered = field(default_factory=Gathered)
    accounts: Accounts = field(default_factory=Accounts)
    findings: list[Finding] = field(default_factory=list)

    def read(self, tables: Sequence[Table]) -> None:
        """Read every table that an entry of the mapping means; rows of the others are skipped with that reason."""
        chosen = {id(table): self._entry_for(table) for table in tables}
        read_themselves = {id(table) for table in tables if chosen[id(table)] is not None}
        used = {number for each in chosen.values() if each for number in [each[0]]}
        joined: set[int] = set()
        for table in tables:
            entry = chosen[id(table)]
            if entry is not None:
                joined |= self._read_table(entry[1], self.mapping.sheets[entry[0]], tables, read_themselves)
        for table in tables:
            if chosen[id(table)] is None and id(table) not in joined:
                for row in table.rows():
                    self.accounts.tell(row.place, "skipped", Phrase("no entry of the mapping fits this sheet"))
        for number, mapped in enumerate(self.mapping.sheets):
            if number not in used:
                self._report_unused(mapped, number, tables)
        self.findings += [*self.gathered.findings, *self.gathered.silent()]

    def _entry_for(self, table: Table) -> tuple[int, ReadSheet] | None:
        for number, mapped in enumerate(self.mapping.sheets):
            if not is_meant(table, mapped) or _is_only_joined(table, mapped):
                continue
            sheet = read_sheet(as_told(table, mapped), mapped, wanted_columns(mapped))
            if sheet is not None and (
                any(_can_name(record, sheet) for record in mapped.makes) or _joins(mapped, sheet)
            ):
                return number, sheet
        return None

    def _read_table(
        self, sheet: ReadSheet, mapped: MappedSheet, tables: Sequence[Table], read_themselves: set[int]
    ) -> set[int]:
        missing: list[str] = []
        joins: list[LookedUp] = []
        for join in mapped.join:
            found = looked_up(sheet, join, tables, missing)
            if found is None:
                self._report_no_join(join.sheet or join.file or "", sheet)
            else:
                joins.append(found)
        makers = makers_of(mapped, sheet, missing)
        uses = [use for maker in makers for use in maker.uses()]
        learn_ways(uses, sheet, joins, Stating(mapped, self.mapping, self.stated))
        filters = RowFilters.of(mapped.when, mapped.unless, sheet, missing)
        troubles = CellTroubles(sheet)
        for row in sheet.titles():
            self.accounts.tell(row.place, "skipped", Phrase("it stands above the headers"))
        for row in sheet.rows():
            cells = sheet.widened(row)
            for each in joins:
                cells += each.cells(cells, row.place)
            reason = filters.against(cells)
            if reason is not None:
                self.accounts.tell(row.place, "skipped", reason)
            else:
                self._read_row(row.place, cells, makers, troubles)
        self.findings += missing_columns(sheet, missing)
        self.findings += troubles.summed_up()
        read = [at for use in uses for at in (*use.columns, *use.parts.values())]
        read += [*filters.columns(), *(at for each in joins for at in each.here)]
        read += [at for maker in makers for at in maker.filters.columns()]
        self.findings += unused_columns(sheet, read, mapped.ignore)
        for each in joins:
            known = id(each.table) in read_themselves
            self.findings += each.told(None if known else self.accounts)
        return {id(each.table) for each in joins}

    def _read_row(
        self, place: RowPlace, cells: tuple[CellValue, ...], makers: Iterable[Maker], troubles: CellTroubles
    ) -> None:
        made, known = 0, 0
        reason: Phrase | None = None
        for maker in makers:
            skipped = maker.against(cells)
            if skipped is not None:
                reason = reason or skipped
                continue
            for record in maker.records(cells, place, troubles):
                if self.gathered.add(record.kind, record.name, place, record.given, record.keys):
                    made += 1
                else:
                    known += 1
        if made:
            self.accounts.tell(place, "imported")
        elif known:
            self.accounts.tell(place, "merged", Phrase("earlier rows name the same things"))
        else:
            self.accounts.tell(place, "skipped", reason or Phrase("nothing that the mapping makes has a name here"))

    def _report_unused(self, mapped: MappedSheet, number: int, tables: Sequence[Table]) -> None:
        meant = [table for table in tables if is_meant(table, mapped)]
        named = " ".join(filter(None, (mapped.file, mapped.sheet)))
        if meant:
            template = "entry {number} of the mapping fits no sheet: none has a column that names what it makes"
            where = Location(meant[0].file, 1, 1, sheet=meant[0].sheet)
        else:
            template = "entry {number} of the mapping is for '{name}', and there is no such sheet"
            where = Location(self.place)
        hint = "sheets are: {sheets}"
        sheets = ", ".join(dict.fromkeys(table.sheet or table.file for table in tables))
        values = {"number": number + 1, "name": named}
        told = finding("WP527", template, values, hint=hint, hint_values={"sheets": sheets})
        self.findings.append(told.at(where))

    def _report_no_join(self, name: str, sheet: ReadSheet) -> None:
        template = "there is no sheet '{name}' with the columns of 'on' to join"
        values = {"name": name}
        place = sheet.columns.place
        self.findings.append(finding("WP527", template, values).at(Location(place.file, place.row, 1, place.sheet)))


def _is_only_joined(table: Table, mapped: MappedSheet) -> bool:
    """Whether an entry that names no sheet of its own names this one to be looked up."""
    named = [join for join in mapped.join if join.sheet is not None or join.file is not None]
    return mapped.sheet is None and mapped.file is None and any(is_meant(table, join) for join in named)


def wanted_columns(mapped: MappedSheet) -> list[str]:
    """Every column that an entry of the mapping names: the row of headers has most of them."""
    found = [*mapped.when, *mapped.unless, *mapped.ignore]
    for join in mapped.join:
        found += join.on
    for record in mapped.makes:
        keys = (getattr(record.keys, key) for key in type(record.keys).model_fields)
        for use in (record.name, *keys, *record.fields.values()):
            if use is not None:
                found += [*filter(None, [use.column]), *use.columns]
                found += template_columns(use.template) if use.template is not None else []
    return found


def _joins(mapped: MappedSheet, sheet: ReadSheet) -> bool:
    """Whether what names a record may come from a joined sheet."""
    return any(all(sheet.find(each) is not None for each in join.on) for join in mapped.join)


def _can_name(record: MappedRecord, sheet: ReadSheet) -> bool:
    """Whether a sheet has what names a record."""
    names = [record.name] if record.name is not None else [record.fields.get("consumer"), record.fields.get("between")]
    for use in names:
        if use is not None:
            columns = [*filter(None, [use.column]), *use.columns]
            columns += template_columns(use.template) if use.template is not None else []
            if use.constant is not None or any(sheet.find(each) is not None for each in columns):
                return True
    return False
