"""From machines to records of servers, sites and applications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from waveplan.domain.findings import Finding, Phrase
from waveplan.imports.records import Given, Keys, Record, located
from waveplan.imports.sources.rvtools.hindrances import BLOCKERS
from waveplan.imports.sources.rvtools.machines import Machine
from waveplan.imports.sources.rvtools.options import Options
from waveplan.imports.sources.rvtools.sharing import MOST_SHARING, sharing
from waveplan.imports.sources.rvtools.vinfo import gigabytes, one_given
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.values import UnreadableCellError, read_address, read_fqdn, read_word

TECHNOLOGY = "vmware"
UNNAMED_SITE = "source"
_INSTANCE = "50"  # how UUIDs begin that vCenter gives; those of the BIOS begin with 42 or 564d
_MOST_NAMED = 5


def records_of(machines: Sequence[Machine], options: Options, findings: list[Finding]) -> list[Record]:
    """A record for each machine that is imported, each site and each named application."""
    kept = [machine for machine in machines if machine.left_out is None]
    _tie(kept, findings)
    sites = _sites(kept, options)
    servers = [_server(machine, sites[id(machine)], options, findings) for machine in kept]
    findings += [*_blocked(kept), *_sites_told(kept, sites)]
    return [*_site_records(kept, sites), *servers, *_applications(kept)]


def _tie(machines: Sequence[Machine], findings: list[Finding]) -> None:
    """Machines that share disks are a cluster, called by the first of their names."""
    groups, too_many = sharing(machines)
    taken: Counter[str] = Counter()
    for group in groups:
        first = min(machine.identity.name for machine in group)
        taken[first] += 1
        name = f"shared-disks-{first}" + (f"-{taken[first]}" if taken[first] > 1 else "")
        for machine in group:
            column = next((disk.column for disk in machine.disks if disk.column), 0)
            machine.given["cluster"] = Given(name, column)
        findings.append(_shared(group, "{names} have disks in common: they become the cluster {cluster}", name))
    doubted = "{number} machines name one and the same disk, which is not believed"
    findings += [_shared(group, doubted, "") for group in too_many]


def _shared(group: Sequence[Machine], template: str, cluster: str) -> Finding:
    names = sorted({machine.identity.name for machine in group})
    disk = min((disk.place, disk.column) for machine in group for disk in machine.disks)
    values = {"names": listed(names), "number": len(group), "cluster": cluster}
    used = {key: value for key, value in values.items() if f"{{{key}}}" in template}
    place = located(*disk)
    hint = "servers of one cluster move together; take the cluster out where a disk is only left over"
    subjects = tuple(names[:MOST_SHARING])
    return Finding("WP509", template, used, "warning", subjects, location=place, hint=hint if cluster else "")


def _sites(machines: Sequence[Machine], options: Options) -> dict[int, str]:
    """The name of each machine's site: its Datacenter, with its vCenter where two of them use one name."""
    centres: dict[str, set[str]] = {}
    for machine in machines:
        centres.setdefault(machine.datacenter, set()).add(machine.identity.vcenter)
    found = {}
    for machine in machines:
        name = options.site or machine.datacenter
        if name and not options.site and len(centres[machine.datacenter] - {""}) > 1:
            label = machine.given.get("labels.vcenter")
            name = f"{name} ({label.value if label else machine.identity.vcenter})"
        found[id(machine)] = name or UNNAMED_SITE
    return found


def _site_records(machines: Sequence[Machine], sites: dict[int, str]) -> Iterator[Record]:
    told: set[str] = set()
    for machine in machines:
        name = sites[id(machine)]
        if name not in told:
            told.add(name)
            roles = Given(("source",), assumed="each Datacenter of vCenter is taken for a site that is left")
            yield Record("site", name, machine.place, {"roles": roles})


def _sites_told(machines: Sequence[Machine], sites: dict[int, str]) -> Iterator[Finding]:
    names = list(dict.fromkeys(sites[id(machine)] for machine in machines))
    if names:
        yield Finding(
            code="WP507",
            template="each Datacenter of vCenter is taken for a site that is left: {names}",
            values={"names": listed(names)},
            severity="warning",
            subjects=tuple(names),
            location=located(machines[0].place),
            hint="rename the sites where a Datacenter is only a part of one; --option site=NAME takes all for one site",
        )


def _server(machine: Machine, site: str, options: Options, findings: list[Finding]) -> Record:
    fixed = {"site": site, "kind": "vm", "technology": TECHNOLOGY}
    given = {**{path: one_given(word, 0) for path, word in fixed.items()}, **machine.given}
    given |= _disk_sizes(machine)
    addresses = tuple(address for each in machine.addresses if (address := _address(each)))
    hostname = _hostname(machine.dns)
    if addresses:
        given["addresses"] = Given(addresses)
    if hostname:
        given["hostname"] = Given(hostname)
    if machine.hindrances:
        given["labels.blockers"] = Given(tuple(word for word in BLOCKERS if word in machine.hindrances))
    environment = _environment(machine, options, findings)
    if environment:
        given["environment"] = machine.given["environment"] = environment
    if machine.vsphere_cluster and "labels.vsphere_cluster" not in given:
        given["labels.vsphere_cluster"] = Given(machine.vsphere_cluster)
    return Record("server", machine.identity.name, machine.place, given, _keys(machine, addresses, hostname))


def _disk_sizes(machine: Machine) -> dict[str, Given]:
    """What it has, and what of it crosses the link: disks before totals, what guests use before what is stored.

    What guests use counts only where their partitions are known for the most part of the disks.
    """
    stated = machine.sizes
    total = gigabytes(machine.capacity) or gigabytes(machine.partitions)
    disk = stated.get("total") if "total" in stated and not machine.capacity else None
    disk = disk or (Given(total) if total else None) or stated.get("provisioned")
    if disk is None:
        return {}
    covered = bool(machine.consumed) and gigabytes(machine.partitions) * 2 >= _amount(disk)
    used = Given(gigabytes(machine.consumed)) if covered else stated.get("in_use")
    found = {"disk_gb": disk}
    if used is not None and Decimal(0) < _amount(used) < _amount(disk):
        found["transfer_gb"] = used
    return found


def _amount(given: Given) -> Decimal:
    return given.value if isinstance(given.value, Decimal) else Decimal(0)


def _keys(machine: Machine, addresses: tuple[str, ...], hostname: str) -> Keys:
    identity = machine.identity
    has_two = bool(machine.smbios) and machine.smbios.lower() != identity.uuid
    is_instance = bool(identity.uuid) and (has_two or identity.uuid.startswith(_INSTANCE))
    instance = (identity.vcenter, identity.uuid) if is_instance and identity.vcenter else None
    uuid = machine.smbios or ("" if instance else identity.uuid)
    return Keys(
        external=_external(machine),
        instance=instance,
        uuid=uuid,
        macs=tuple(machine.macs),
        addresses=addresses,
        fqdn=hostname if "." in hostname else "",
        hostname=hostname.partition(".")[0],
    )


def _external(machine: Machine) -> str:
    """An id that no other machine of the source has: ids of vCenter are its own, and it may not be told."""
    identity = machine.identity
    if not identity.vm_id:
        return identity.uuid
    return f"{identity.vm_id}/{identity.vcenter or identity.uuid or identity.name}"


def _address(text: str) -> str:
    """An address that is the machine's own: none of a link alone."""
    try:
        address = read_address(text) or ""
    except UnreadableCellError:
        return ""
    return "" if address.startswith(("fe80:", "169.254.", "127.", "0.0.0.0", "::")) else address


def _hostname(text: str) -> str:
    try:
        return read_fqdn(text) or ""
    except UnreadableCellError:
        return ""


def _environment(machine: Machine, options: Options, findings: list[Finding]) -> Given | None:
    """The environment, where an option says which column tells it; a word inside a longer text counts too."""
    given = machine.environment
    if not options.environment or not given:
        return None
    for text in (given, *given.replace("/", " ").replace("_", " ").replace("-", " ").split()):
        try:
            word = read_word(text, "environment")
        except UnreadableCellError:
            continue
        if word:
            return Given(word, assumed="" if text == given else "a word of the column that was named says it")
    findings.append(
        Finding(
            code="WP503",
            template="a value of column {column} is left out: {why}",
            values={"column": options.environment, "why": Phrase("'{text}' is no environment", {"text": given[:60]})},
            severity="warning",
            location=located(machine.place),
        )
    )
    return None


def _blocked(machines: Sequence[Machine]) -> Iterator[Finding]:
    """One finding for each kind of hindrance, with the machines that have it."""
    for word, what in BLOCKERS.items():
        having = [machine for machine in machines if word in machine.hindrances]
        if having:
            names = [machine.identity.name for machine in having]
            yield Finding(
                code="WP504",
                template="machines {what}: {names} ({number})",
                values={"number": len(having), "what": Phrase(what), "names": listed(names)},
                severity="warning",
                subjects=tuple(names),
                location=located(having[0].place, having[0].name_column),
                hint="each of them has the label blockers: a selector finds them, server.labels.blockers: {word}",
                hint_values={"word": word},
            )


def _applications(machines: Sequence[Machine]) -> Iterator[Record]:
    """Applications that a column names, each with its servers."""
    members: dict[str, list[Machine]] = {}
    for machine in machines:
        for name in machine.applications:
            members.setdefault(name, []).append(machine)
    for name, having in members.items():
        given = {"servers": Given(tuple(_external(each) or each.identity.name for each in having))}
        owners = Counter(each.owner for each in having if each.owner)
        if owners:
            given["business_owner"] = Given(min(owners, key=lambda owner: (-owners[owner], owner)))
        environments = {each.given["environment"].value for each in having if "environment" in each.given}
        if len(environments) == 1:
            given["environment"] = Given(str(environments.pop()))
        yield Record("application", name, _first(having), given)


def _first(machines: Sequence[Machine]) -> RowPlace:
    return min(machine.place for machine in machines)


def listed(names: Sequence[str]) -> str:
    """The first of many names."""
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
