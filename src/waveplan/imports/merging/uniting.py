"""Records of several sources → one set of entries with values, conflicts and findings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from waveplan.domain.findings import Finding
from waveplan.domain.precedence import SourcePrecedence
from waveplan.imports.harvest import Harvest
from waveplan.imports.merging.choosing import NO_PRECEDENCE, Chooser
from waveplan.imports.merging.disagreements import conflict_findings, stale_findings
from waveplan.imports.merging.gathering import Gathering, gathered
from waveplan.imports.merging.near_names import near_names
from waveplan.imports.merging.normal_forms import folded
from waveplan.imports.merging.references import REFERENCES, Lookup
from waveplan.imports.merging.things import Claim, Conflict, Ref, Settled, Thing, United, Value
from waveplan.imports.merging.wording import worded
from waveplan.imports.records import Given, Kind, Record, located

_ENDS = frozenset({"consumer", "provider"})
_HOSTED: tuple[Kind, ...] = ("application", "service", "server")
_LISTS = frozenset(
    {("application", "servers"), ("application", "user_sites"), ("service", "sites"), ("link", "between")}
)


def united(
    harvests: Iterable[Harvest], precedence: SourcePrecedence | None = None, today: dt.date | None = None
) -> United:
    """One set of entries of all harvests, the same in whatever order they come."""
    harvests = list(harvests)
    dates = _dates(harvests)
    precedence = precedence or NO_PRECEDENCE
    chooser = Chooser(precedence, dates, today)
    gathering = gathered(harvests, chooser)
    uniting = _Uniting(gathering, chooser)
    uniting.fill()
    flows = [flow for harvest in sorted(harvests, key=lambda each: each.source) for flow in harvest.flows]
    found = United(gathering.entries, uniting.conflicts, gathering.findings, flows, dates)
    found.findings += conflict_findings(found.conflicts, lambda ref: found.thing(ref).name)
    found.findings += stale_findings(chooser.stale, dates, precedence)
    found.findings += near_names(found.entries)
    found.findings.sort(key=lambda finding: finding.sort_key)
    return found


def _dates(harvests: Iterable[Harvest]) -> dict[str, dt.date | None]:
    """When each source was taken: the oldest of its parts."""
    dates: dict[str, dt.date | None] = {}
    for harvest in harvests:
        known = [day for day in (dates.get(harvest.source), harvest.as_of) if day is not None]
        dates[harvest.source] = min(known, default=None)
    return dates


class _Uniting:
    """The values of gathered entries."""

    def __init__(self, gathering: Gathering, chooser: Chooser) -> None:
        self.conflicts: list[Conflict] = []
        self._gathering = gathering
        self._entries = gathering.entries
        self._chooser = chooser
        self._lookup = Lookup(gathering.entries)

    def fill(self) -> None:
        """Give every entry its values."""
        ties = self._ties()
        for kind, entries in self._entries.items():
            for number, entry in enumerate(entries):
                entry.fields = self._fields(entry)
                entry.ties = dict(sorted(self._chosen_ties(ties.get(Ref(kind, number), {}))))
                self._note_conflicts(entry)
        self._entries["link"] = self._links()

    def _fields(self, entry: Thing) -> dict[str, Settled]:
        said: dict[str, list[Claim]] = {}
        for source, record in entry.records:
            for path, each in self._said(source, record):
                said.setdefault(path, []).append(each)
        choose = self._chooser.choice
        return {path: choose(entry.kind, path, values) for path, values in said.items()}

    def _said(self, source: str, record: Record) -> Iterator[tuple[str, Claim]]:
        stale = source in self._chooser.stale
        for path, given in record.given.items():
            if path == "depends_on":
                continue
            value = self._value(source, record, path, given)
            if value not in ("", ()):
                yield path, Claim(value, source, record.place, given.column, given.assumed, stale)
        if record.kind == "server":
            for path, value in _from_keys(record):
                yield path, Claim(value, source, record.place, stale=stale)

    def _value(self, source: str, record: Record, path: str, given: Given) -> Value:
        words = worded(given.value)
        target = REFERENCES.get((record.kind, path))
        if target is None or not words:
            return words
        is_list = (record.kind, path) in _LISTS
        refs = [self._ref(source, record, path, given, target, word) for word in _several(words)]
        found = tuple(dict.fromkeys(ref for ref in refs if ref is not None))
        return found if is_list or not found else found[0]

    def _ref(self, source: str, record: Record, path: str, given: Given, target: Kind, name: str) -> Ref | None:
        ref, several = self._lookup.find((target,), source, name)
        if ref is None:
            self._tell_missing(record, given, path, name, several)
        return ref

    def _tell_missing(self, record: Record, given: Given, path: str, name: str, several: bool) -> None:
        if record.place.row == 0:  # remembered: told when it was read
            return
        values = {"path": path, "of": record.name.strip(), "name": name}
        place = located(record.place, given.column)
        if several:
            template = "{path} of '{of}' is '{name}', and several things are called so; it was left out"
            hint = "use a name or an id that only one of them bears"
        else:
            template = "{path} of '{of}' is '{name}', and no source tells of it; it was left out"
            hint = "import the source that does, or mend the name"
        self._gathering.findings.append(
            Finding("WP539", template, values, "warning", (record.name.strip(),), hint=hint, location=place)
        )

    # --- dependencies ----------------------------------------------------------------------------------------------

    def _ties(self) -> dict[Ref, dict[Ref, dict[str, list[Claim]]]]:
        """Consumer → provider → what is said of the tie."""
        ties: dict[Ref, dict[Ref, dict[str, list[Claim]]]] = defaultdict(dict)
        for source, record in self._gathering.dependencies:
            consumer, provider = (self._end(source, record, end) for end in ("consumer", "provider"))
            if consumer is not None and provider is not None and consumer != provider:
                self._tie(ties[consumer].setdefault(provider, {}), source, record)
        for kind in _HOSTED[:2]:
            for number, thing in enumerate(self._entries[kind]):
                for source, record in thing.records:
                    self._named_ties(source, record, Ref(kind, number), ties)
        return ties

    def _named_ties(
        self, source: str, record: Record, consumer: Ref, ties: dict[Ref, dict[Ref, dict[str, list[Claim]]]]
    ) -> None:
        """What an application's own record says that it depends on, by names alone."""
        given = record.given.get("depends_on")
        for name in _several(worded(given.value)) if given else ():
            provider, several = self._lookup.find(_HOSTED, source, name)
            if provider is None and given is not None:
                self._tell_missing(record, given, "depends_on", name, several)
            elif provider is not None and provider != consumer:
                ties[consumer].setdefault(provider, {})

    def _end(self, source: str, record: Record, end: str) -> Ref | None:
        """What depends, or what is depended on: an application, a service, or a server for what runs on it."""
        given = record.given.get(end)
        names = _several(worded(given.value)) if given else ()
        if given is None or not names:
            return None
        ref, several = self._lookup.find(_HOSTED, source, names[0])
        if ref is None:
            self._tell_missing(record, given, end, names[0], several)
        return ref

    def _tie(self, tie: dict[str, list[Claim]], source: str, record: Record) -> None:
        stale = source in self._chooser.stale
        for path, given in record.given.items():
            words = worded(given.value)
            if path not in _ENDS and words:
                tie.setdefault(path, []).append(Claim(words, source, record.place, given.column, given.assumed, stale))

    def _chosen_ties(self, ties: Mapping[Ref, Mapping[str, list[Claim]]]) -> Iterator[tuple[Ref, dict[str, Settled]]]:
        for provider, said in ties.items():
            yield provider, {path: self._chooser.choice("dependency", path, each) for path, each in said.items()}

    # --- links -----------------------------------------------------------------------------------------------------

    def _links(self) -> list[Thing]:
        """Data paths, each known by its ends."""
        by_ends: dict[tuple[Ref, ...], list[tuple[str, Record]]] = defaultdict(list)
        for source, record in self._gathering.links:
            given = record.given.get("between")
            value = self._value(source, record, "between", given) if given else ()
            ends = tuple(sorted(each for each in value if isinstance(each, Ref))) if isinstance(value, tuple) else ()
            if len(ends) == 2:
                by_ends[ends].append((source, record))
        entries = []
        for ends, records in sorted(by_ends.items()):
            name = " — ".join(self._entries[end.kind][end.number].name for end in ends)
            key = folded(name)
            entry = Thing("link", name, f"name:{key}", tuple(records), frozenset({f"name:{key}"}))
            entry.fields = self._fields(entry)
            entries.append(entry)
        return entries

    def _note_conflicts(self, entry: Thing) -> None:
        ties = (
            (f"depends_on[{self._entries[provider.kind][provider.number].name}].{path}", settled)
            for provider, fields in entry.ties.items()
            for path, settled in fields.items()
        )
        for path, choice in (*entry.fields.items(), *ties):
            if choice.others:
                self.conflicts.append(Conflict(entry, path, choice))


def _several(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (words,) if words else ()


def _from_keys(record: Record) -> Iterator[tuple[str, Value]]:
    """What keys tell that the format has fields for, where the record does not give them itself."""
    keys = record.keys
    if "hostname" not in record.given and (keys.fqdn or keys.hostname):
        yield "hostname", (keys.fqdn or keys.hostname).strip()
    if "addresses" not in record.given and keys.addresses:
        yield "addresses", tuple(dict.fromkeys(each.strip() for each in keys.addresses if each.strip()))
