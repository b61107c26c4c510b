"""What is said where one key leads to several things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from waveplan.domain.findings import Finding
from waveplan.imports.merging.identity import KeyClash
from waveplan.imports.records import Kind, Record

_MOST = 5


def clash_findings(kind: Kind, clashes: Sequence[KeyClash], records: Sequence[tuple[str, Record]]) -> Iterator[Finding]:
    """One finding for each set of things that share keys and are not one: by the strongest of these keys."""
    told: set[frozenset[int]] = set()
    for clash in clashes:
        things = frozenset(group[0] for group in clash.groups)
        if things not in told:
            told.add(things)
            yield _finding(kind, clash, records)


def _finding(kind: Kind, clash: KeyClash, records: Sequence[tuple[str, Record]]) -> Finding:
    firsts = sorted((records[group[0]] for group in clash.groups), key=lambda each: (each[1].place, each[0]))
    names = [f"{record.name.strip()} ({source})" for source, record in firsts]
    shown = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
    shared = firsts[0][1].keys.uuid if clash.key == "uuid" else clash.value.rpartition("\x1f")[2]
    values = {"value": shared, "number": len(names), "names": shown}
    subjects = tuple(sorted({record.name.strip() for _, record in firsts}))
    return _SAID[clash.key](values, subjects).at(firsts[0][1].location())


def _uuid(values: Mapping[str, object], subjects: tuple[str, ...]) -> Finding:
    return Finding(
        "WP535",
        "the BIOS UUID {value} is that of {number} machines: {names}",
        values,
        "warning",
        subjects,
        hint="they were kept apart, as copies of a machine keep its UUID; give the copies UUIDs of their own",
    )


def _address(values: Mapping[str, object], subjects: tuple[str, ...]) -> Finding:
    return Finding(
        "WP536",
        "the address {value} is that of {number} machines: {names}",
        values,
        "warning",
        subjects,
        hint="they were kept apart; say which one has it, or name both alike in their sources if they are one",
    )


def _name(values: Mapping[str, object], subjects: tuple[str, ...]) -> Finding:
    return Finding(
        "WP537",
        "'{value}' is the name of {number} different things: {names}",
        values,
        "warning",
        subjects,
        hint="they were kept apart, since stronger keys differ; if they are one, mend the keys in their sources",
    )


_SAID = {
    "external": _name,
    "instance": _uuid,
    "uuid": _uuid,
    "mac": _address,
    "address": _address,
    "fqdn": _name,
    "hostname": _name,
    "name": _name,
}
