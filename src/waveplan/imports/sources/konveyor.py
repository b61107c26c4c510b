"""Konveyor: applications and their dependencies, read by position."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.lines import SheetLine
from waveplan.imports.forms.positions import Positions, lines_of
from waveplan.imports.forms.servers import label
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.records import Given, located
from waveplan.imports.values import folded

_POSITIONS = Positions(
    paths=(
        "@record", "@name", "labels.description", "labels.comments", "domain", "@dependency", "@direction", "@group",
        "@artifact", "@version", "@packaging", "labels.repository_type", "labels.repository",
        "labels.repository_branch", "labels.repository_path", "business_owner", "labels.contributors",
    ),
    rest="@tag",
    records=frozenset({"1", "2"}),
    headings="record type",
    read_as={"@name": "raw", "@dependency": "raw", "@version": "code"},
)  # fmt: skip


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection = Collection("konveyor", reading)
    dependencies: list[SheetLine] = []
    for line in lines_of(collection, files, _POSITIONS):
        if line.word("@record") == "2":
            dependencies.append(line)
        else:
            _take_application(collection, line)
    for line in dependencies:  # once all applications are known
        _take_dependency(collection, line)
    return collection.done()


def _take_application(collection: Collection, line: SheetLine) -> None:
    parts = [line.word(path) for path in ("@group", "@artifact", "@version", "@packaging")]
    if any(parts):
        line.values["labels.binary"] = Given(":".join(parts).strip(":"), line.column("@group", "@artifact"))
    _add_tags(line)
    collection.register.state("application", line.word("@name"), line.place, line.given)


def _add_tags(line: SheetLine) -> None:
    """Pairs of a category and a tag become labels; a category that stands twice has both tags."""
    rest = sorted((path for path in line.values if path.startswith("@tag")), key=lambda path: int(path[4:]))
    for path in rest:
        number = int(path[4:])
        tag = line.values.get(f"@tag{number + 1}")
        if number % 2 == 0 and tag is not None:
            key = label(line.word(path))
            known = line.several(key)
            line.values[key] = Given((*known, str(tag.value)), tag.column) if known else tag


def _take_dependency(collection: Collection, line: SheetLine) -> None:
    register, name, other = collection.register, line.word("@name"), line.word("@dependency")
    direction = folded(line.word("@direction"))
    if not name.strip() or not other.strip():
        collection.skip(line.place, "one end of the dependency is not named")
    elif direction not in {"northbound", "southbound"}:
        collection.skip(line.place, "its direction is neither northbound nor southbound")
    else:
        for each, path in ((name, "@name"), (other, "@dependency")):
            if register.find("application", each) is None:
                template = "'{name}' is no application of these files; it is taken as one by its name"
                collection.telling.note("WP518", located(line.place, line.column(path)), template, {"name": each})
        first, second = (register.refer("application", each, line.place).name for each in (name, other))
        consumer, provider = (first, second) if direction == "southbound" else (second, first)
        if register.depend(consumer, provider, line.place):
            collection.took(line.place)
        else:
            collection.merged(line.place, "the same dependency was read before")


SOURCE = Source("konveyor", "Konveyor: applications and dependencies (CSV)", _read)
