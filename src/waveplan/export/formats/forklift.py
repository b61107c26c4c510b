"""Migration Toolkit for Virtualization (Forklift): a Plan for each wave, and the Migration that runs it at its hour.

A Migration begins as soon as a cluster has it: it stands in a file of its own, and is not written to standard output.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from waveplan.change_calendar import instant
from waveplan.export.formats.protocol import Asked, Exported, untold
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.programme.view import ServerView, WaveView

_API = "forklift.konveyor.io/v1beta1"
_LONGEST_NAME = 63
SOURCE = "source-provider"
_HEAD = "# waveplan: {name}, {start} to {end}\n"


@dataclass(frozen=True, slots=True)
class Batch:
    """The virtual machines of a wave that move in one way: copied while they run, or while they stand still."""

    name: str
    wave: WaveView
    servers: tuple[ServerView, ...]
    warm: bool


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """Two files for each wave and way; joined, all Plans one after the other."""
    batches = list(_batches(view))
    files: dict[str, bytes] = {}
    plans = []
    for batch in batches:
        plan = _document(batch, _plan(batch, view, asked))
        plans.append(plan)
        files[f"{batch.name}.plan.yaml"] = plan.encode("utf-8")
        files[f"{batch.name}.migration.yaml"] = _document(batch, _migration(batch, asked)).encode("utf-8")
    return Exported(files, "---\n".join(plans).encode("utf-8"), tuple(_notes(view, batches, words, asked)))


def _batches(view: ProgrammeView) -> Iterator[Batch]:
    taken: set[str] = set()
    for wave in view.waves:
        moving = [server for server in view.servers if server.kind == "vm" and _moves_in(server, wave)]
        ways = [(warm, [each for each in moving if (each.method == "replicate") == warm]) for warm in (True, False)]
        found = [(warm, servers) for warm, servers in ways if servers]
        for warm, servers in found:
            tail = ("-warm" if warm else "-cold") if len(found) > 1 else ""
            name = _name(f"{view.slug}-{wave.id}", tail, taken)
            yield Batch(name, wave, tuple(servers), warm)


def _moves_in(server: ServerView, wave: WaveView) -> bool:
    return any(move.wave == wave.id and move.target for move in server.moves)


def _name(wanted: str, tail: str, taken: set[str]) -> str:
    """A name that Kubernetes takes, made of the wave's id alone, so that it stays."""
    bare = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[: _LONGEST_NAME - len(tail) - 3].strip("-")
    name, number = bare + tail, 1
    while name in taken:
        number += 1
        name = f"{bare}-{number}{tail}"
    taken.add(name)
    return name


def _plan(batch: Batch, view: ProgrammeView, asked: Asked) -> dict[str, Any]:
    settings = asked.settings
    space = settings["namespace"]

    def named(setting: str) -> dict[str, str]:
        return {"name": settings[setting], "namespace": space}

    spec = {
        "description": f"{batch.wave.label}: {batch.wave.id}",
        "provider": {"source": named("source"), "destination": named("destination")},
        "map": {"network": named("network-map"), "storage": named("storage-map")},
        "targetNamespace": settings["target-namespace"] or view.slug,
        "warm": batch.warm,
        "vms": [{"name": server.title} for server in batch.servers],
    }
    return {"apiVersion": _API, "kind": "Plan", "metadata": _metadata(batch, batch.name, space), "spec": spec}


def _migration(batch: Batch, asked: Asked) -> dict[str, Any]:
    """What runs the plan; a warm one copies from now on and switches over at its cutover."""
    space = asked.settings["namespace"]
    spec: dict[str, Any] = {"plan": {"name": batch.name, "namespace": space}}
    if batch.warm:
        spec["cutover"] = _utc(batch.wave.start)
    return {"apiVersion": _API, "kind": "Migration", "metadata": _metadata(batch, batch.name, space), "spec": spec}


def _metadata(batch: Batch, name: str, space: str) -> dict[str, Any]:
    about = {
        "waveplan/key": batch.wave.key,
        "waveplan/wave": batch.wave.id,
        "waveplan/cutover-start": _utc(batch.wave.start),
        "waveplan/cutover-end": _utc(batch.wave.end),
        "waveplan/point-of-no-return": _utc(batch.wave.point_of_no_return),
    }
    return {"name": name, "namespace": space, "annotations": about}


def _utc(moment: dt.datetime) -> str:
    return f"{instant(moment):%Y-%m-%dT%H:%M:%SZ}"


def _document(batch: Batch, manifest: dict[str, Any]) -> str:
    head = _HEAD.format(name=batch.wave.label, start=_utc(batch.wave.start), end=_utc(batch.wave.end))
    return head + yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=10_000)


def _notes(view: ProgrammeView, batches: list[Batch], words: Words, asked: Asked) -> Iterator[str]:
    yield from untold(view, words)
    told = {(batch.wave.id, server.id) for batch in batches for server in batch.servers}
    held = {wave for wave, _ in told}
    yield words.say(
        "Migrations begin when they are applied: each stands in a file of its own, never on standard output"
    )
    if missing := [wave.label for wave in view.waves if wave.id not in held]:
        names = ", ".join(missing)
        yield words.count(
            "{n} wave moves no virtual machine: {names}",
            "{n} waves move no virtual machines: {names}",
            len(missing),
            names=names,
        )
    other = sum(bool(server.target) and server.kind != "vm" for server in view.servers)
    if other:
        yield words.count("{n} server is no virtual machine", "{n} servers are no virtual machines", other)
    if any(not batch.warm for batch in batches):
        yield words.say("cold migrations have no cutover time: start them when their window opens")
    if asked.settings["source"] == SOURCE:
        yield words.say("names of providers and maps are examples: give yours with --set source=… and so on")
