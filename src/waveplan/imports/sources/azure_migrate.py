"""Azure Migrate: the template of its import, its list of discovered servers, its assessments."""

from __future__ import annotations

from decimal import Decimal

from waveplan.imports.forms.collecting import Collection, reader_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.servers import complete_server, server_keys, stands_at, tag_labels
from waveplan.imports.harvest import Source
from waveplan.imports.records import Given


def _take(collection: Collection, _: FormSheet, line: SheetLine) -> None:
    name = line.word("@name")
    _add_disks(line)
    complete_server(line)
    tag_labels(line)
    stands_at(collection.register, line)
    collection.register.state("server", name, line.place, line.given, server_keys(line, name))


def _add_disks(line: SheetLine) -> None:
    """All its disks as one size: storage in use is what counts only where no disk is given."""
    disks = [given for path, given in line.values.items() if path.startswith("@disk")]
    sizes = [given.value for given in disks if isinstance(given.value, Decimal) and given.value]
    if sizes:
        if "disk_gb" in line.values:
            line.values["labels.storage_in_use_gb"] = Given(line.word("disk_gb"), line.column("disk_gb"))
        line.values["disk_gb"] = Given(sum(sizes, Decimal(0)), disks[0].column)


SOURCE = Source(
    "azure-migrate",
    "Azure Migrate: import template, discovered servers, assessments",
    reader_of("azure-migrate", _take),
)
