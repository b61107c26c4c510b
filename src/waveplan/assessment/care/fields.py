"""Fields that somebody should know of each entry, and whether they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waveplan.domain.care import CareKind
from waveplan.domain.inventory import Inventory
from waveplan.domain.made_names import marked
from waveplan.domain.people import Team
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.work import Application, Service

CaredEntry = Application | Service | Server | Site | Team

_OWNERS = {
    "business_owner": marked("Who answers for it in the business?"),
    "technical_owner": marked("Who answers for it technically?"),
}
_WORK = {
    **_OWNERS,
    "domain": marked("To which business domain does it belong?"),
    "criticality": marked("How critical is it: critical, high, medium or low?"),
    "effort": marked("How many person-days does each team need to move it?"),
    "cutover_hours": marked("How many hours does its cutover take, without transfer and tests?"),
    "test_hours": marked("How many hours do its tests take in the window?"),
    "rollback_hours": marked("How many hours does going back take?"),
    "max_downtime_hours": marked("How many hours may it be down?"),
    "rto_hours": marked("Within how many hours must it be back after a disaster?"),
    "rpo_hours": marked("How many hours of data may be lost in a disaster?"),
    "data_classes": marked("Which classes of data does it hold?"),
    "verified_on": marked("On which day was its entry last confirmed?"),
}
CARED_FOR: Mapping[CareKind, Mapping[str, str]] = {
    "application": {
        **_WORK,
        "servers": marked("On which servers does it run?"),
        "user_sites": marked("At which sites are its users?"),
        "depends_on": marked("Which applications and services does it need?"),
    },
    "service": {**_WORK, "sites": marked("At which sites is it given?")},
    "server": {
        "vcpu": marked("How many processors does it have?"),
        "ram_gb": marked("How much memory does it have, in GB?"),
        "disk_gb": marked("How much data does it hold, in GB?"),
        "os": marked("Which operating system does it run?"),
        "end_of_support": marked("Until which day is its system supported?"),
        "environment": marked("Of which environment is it: prod, preprod, test, dev or dr?"),
        "hostname": marked("What is its host name?"),
        "verified_on": marked("On which day was its entry last confirmed?"),
    },
    "site": {
        "country": marked("In which country is it?"),
        "timezone": marked("In which time zone is it?"),
        "users": marked("How many people work there?"),
    },
    "team": {
        "person_days_per_week": marked("How many person-days a week can it give?"),
        "crew": marked("How many people can it have on duty in one window?"),
    },
}
"""By kind of entry, its fields, each with the question that asks for it."""

_ELSEWHERE = {"disk_gb": "disks", "timezone": "subdivision"}


def entries_of(inventory: Inventory) -> Iterator[tuple[CareKind, CaredEntry]]:
    """Every entry that is cared for, with its kind."""
    yield from (("application", each) for each in inventory.applications)
    yield from (("service", each) for each in inventory.services)
    yield from (("server", each) for each in inventory.servers)
    yield from (("site", each) for each in inventory.sites)
    yield from (("team", each) for each in inventory.teams)


def is_known(entry: CaredEntry, field: str) -> bool:
    """Whether a field was given, by the entry or by defaults; an empty list or mapping says that there is none."""
    if field in entry.model_fields_set:
        return getattr(entry, field) is not None
    return field in _ELSEWHERE and bool(getattr(entry, _ELSEWHERE[field], None))


def missing_fields(kind: CareKind, entry: CaredEntry) -> list[str]:
    """Fields of an entry that nobody has given."""
    return [field for field in CARED_FOR[kind] if not is_known(entry, field)]
