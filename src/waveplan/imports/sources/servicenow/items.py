"""Configuration items: which of them are servers and applications, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.form import words_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.register import same
from waveplan.imports.forms.servers import complete_server, host_named, looked_after, server_keys, stands_at, tag_labels
from waveplan.imports.records import Given, Keys, located
from waveplan.imports.sources.servicenow.classes import Nature, nature_of, nature_of_file, server_kind
from waveplan.imports.values import folded

_ONLY_SERVERS = ("site", "os", "vcpu", "ram_gb", "disk_gb", "power", "addresses", "hostname", "end_of_support", "kind")
_ONLY_APPLICATIONS = (
    "technical_owner", "business_owner", "criticality", "organisation", "domain", "rto_hours", "rpo_hours",
)  # fmt: skip
_OF_SERVERS = ("vcpu", "ram_gb", "disk_gb", "os", "@ip", "@fqdn", "@cpus", "@cores")
_LABELS = {
    "technical_owner": "support_group",
    "business_owner": "owned_by",
    "organisation": "company",
    "site": "location",
}
_MOST_OF_ONE_NAME = 50  # of more, no more is learnt
_OUT = (
    ("@install", "retired_install", "install_status"),
    ("@operational", "retired_operational", "operational_status"),
    ("@stage", "retired_stage", "life_cycle_stage"),
)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """What is known of a configuration item."""

    nature: Nature
    name: str
    why_not: str = ""  # what keeps it out: its class or its status
    kind: str = ""  # of class
    sys_id: str = ""


class ListedItems:
    """All items of the files, by name and by sys_id."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._by_id: dict[str, ListedItem] = {}
        self._by_name: dict[str, list[ListedItem]] = {}
        self._open: list[SheetLine] = []  # nobody said yet what they are

    def take(self, sheet: FormSheet, line: SheetLine) -> None:
        """Take a row of a list."""
        nature = nature_of(line.word("@class")) or nature_of_file(line.place.file)
        if not nature and sheet.has(*_OF_SERVERS):
            nature = "server"
        elif not nature and sheet.has("criticality"):
            nature = "application"
        status = self._retired(line)
        if status and not self._collection.wants("retired"):
            self._know(line, "other", why_not=status)
            self._collection.skip(line.place, "it is no longer in use: {status}", status=status)
        elif nature == "other":
            self._know(line, nature, why_not=line.word("@class"))
            reason = "an item of class '{kind}' is neither server nor application"
            self._collection.skip(line.place, reason, kind=line.word("@class"))
        elif nature:
            self._state(line, nature)
        else:
            self._open.append(line)

    def settle(self, kinds: Mapping[str, Nature]) -> None:
        """Take the rows of which nobody said what they are, by what their relations say."""
        for line in self._open:
            nature = kinds.get(same(line.word("@name")), "")
            if nature:
                self._state(line, nature)
            else:
                reason = "nothing says whether it is a server or an application: export the column Class too"
                self._collection.skip(line.place, reason)
        self._open.clear()

    def find(self, name: str, sys_id: str = "", kind: str = "") -> list[ListedItem]:
        """The items that may be meant: one where the sys_id or the class tells, several of one name, or none."""
        found = self._by_id.get(sys_id or name.casefold())
        if found:
            return [found]
        named = self._by_name.get(same(name), [])
        of_kind = [item for item in named if kind and folded(item.kind) == folded(kind)]
        return of_kind or named

    def _state(self, line: SheetLine, nature: Nature) -> None:
        name = line.word("@name")
        tag_labels(line)
        self._say_duplicate(line, nature)
        self._know(line, nature)
        if nature == "server":
            self._state_server(line, name)
        elif nature == "application":
            self._state_application(line, name)
        elif nature == "site":
            self._collection.register.state(
                "site", name, line.place, _kept(line, ("labels.country", "labels.description"))
            )
        else:
            self._collection.merged(line.place, "a cluster is told by the servers that are its members")

    def _state_server(self, line: SheetLine, name: str) -> None:
        kind = server_kind(line.word("@class")) or {"True": "vm", "False": "physical"}.get(line.word("@virtual"), "")
        if kind:
            line.values["kind"] = Given(kind, line.column("@class", "@virtual"))
        _count_cores(line, is_virtual=kind == "vm")
        if host_named(line.word("@host")) and "@fqdn" not in line.values:
            line.values["@fqdn"] = Given(host_named(line.word("@host")), line.column("@host"))
        complete_server(line)
        stands_at(self._collection.register, line)
        keys = replace(server_keys(line, name), external=line.word("@sys_id"), instance=_instance(line))
        self._collection.register.state("server", name, line.place, _fields(line, _ONLY_APPLICATIONS), keys)

    def _state_application(self, line: SheetLine, name: str) -> None:
        if line.word("@class"):
            line.values["labels.ci_class"] = Given(line.word("@class"), line.column("@class"))
        for path in ("labels.managed_by", "labels.it_owner"):
            if path in line.values:
                line.values.setdefault("technical_owner", line.values[path])
        looked_after(self._collection.register, line)
        keys = Keys(external=line.word("@sys_id"))
        self._collection.register.state("application", name, line.place, _fields(line, _ONLY_SERVERS), keys)

    def _know(self, line: SheetLine, nature: Nature, why_not: str = "") -> None:
        item = ListedItem(nature, line.word("@name"), why_not, line.word("@class"), line.word("@sys_id").casefold())
        if item.sys_id:
            self._by_id.setdefault(item.sys_id, item)
        named = self._by_name.setdefault(same(item.name), [])
        if len(named) < _MOST_OF_ONE_NAME:
            named.append(item)

    def _say_duplicate(self, line: SheetLine, nature: Nature) -> None:
        name, sys_id, kind = line.word("@name"), line.word("@sys_id").casefold(), folded(line.word("@class"))
        for other in self._by_name.get(same(name), ()):
            if nature == other.nature and sys_id and other.sys_id not in {"", sys_id} and folded(other.kind) == kind:
                self._collection.telling.note(
                    "WP533",
                    located(line.place, line.column("@sys_id")),
                    "two items of class '{kind}' are called '{name}', with sys_id {one} and {other}; they count as one",
                    {"kind": line.word("@class"), "name": name, "one": other.sys_id, "other": sys_id},
                    hint="rename one of them where they are two machines",
                )
                return

    def _retired(self, line: SheetLine) -> str:
        """The status by which an item is no longer there; empty where it is."""
        for path, table, name in _OUT:
            if folded(line.word(path)) in words_of("servicenow", table):
                return f"{name} {line.word(path)}"
        return ""


def _count_cores(line: SheetLine, *, is_virtual: bool) -> None:
    """Processors as people plan them: of a virtual machine what it was given, else all cores of all processors."""
    processors, cores = line.several("@cpus"), line.several("@cores")
    if processors and isinstance(processors[0], Decimal):
        each = cores[0] if cores and isinstance(cores[0], Decimal) and not is_virtual else Decimal(1)
        line.values["vcpu"] = Given(processors[0] * max(each, Decimal(1)), line.column("@cpus"))
    elif cores and isinstance(cores[0], Decimal):
        line.values["vcpu"] = Given(cores[0], line.column("@cores"))


def _instance(line: SheetLine) -> tuple[str, str] | None:
    uuid = line.word("@instance_uuid")
    return (line.word("labels.vcenter"), uuid) if uuid else None


def _fields(line: SheetLine, labels: tuple[str, ...]) -> dict[str, Given]:
    """What is for the format; fields that this kind does not have become labels."""
    found = {}
    for path, given in line.given.items():
        if path not in labels:
            found[path] = given
        elif path != "kind":
            value = given.value if isinstance(given.value, tuple) else str(given.value)
            found[f"labels.{_LABELS.get(path, path)}"] = replace(given, value=value)
    return found


def _kept(line: SheetLine, paths: tuple[str, ...]) -> dict[str, Given]:
    return {path: line.values[path] for path in paths if path in line.values}
