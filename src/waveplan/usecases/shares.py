"""A share of some work as a file, and all shares put together: for jobs that know nothing of each other."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from waveplan import domain
from waveplan.errors import UsageError
from waveplan.executors import Shard
from waveplan.version import __version__

_KEY = "waveplan_share"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class ShareFile:
    """One share: of which kind of work, for what (`of`: what all shares must have in common), and what came of it."""

    kind: str
    of: Mapping[str, Any]
    shard: Shard
    results: tuple[Any, ...]


def fingerprint(parts: Iterable[str | bytes]) -> str:
    """Of what a result depends on: the same wherever it is worked out."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def share_text(share: ShareFile) -> str:
    """The share as a file. Raises NotTaggedError for results that have no form there."""
    from waveplan.export.tagged_json import as_text, written

    records = _records()
    held = {
        _KEY: _VERSION,
        "waveplan": __version__,
        "kind": share.kind,
        "shard": [share.shard.number, share.shard.of],
        "of": written(dict(share.of), records),
        "results": [written(_with_text(each), records) for each in share.results],
    }
    return as_text({**held, "sha256": _seal(held)})


def _seal(held: Mapping[str, Any]) -> str:
    """By which a share is known to be as it was written: it is read by programs alone."""
    return fingerprint([json.dumps(held, sort_keys=True)])


def share_of(name: str, text: str) -> ShareFile:
    """A share from its file. Raises UsageError for what is none, or one of another version."""
    from waveplan.export.tagged_json import NotTaggedError, read

    try:
        held = json.loads(text)
        if not isinstance(held, dict) or held.get(_KEY) != _VERSION:
            raise NotTaggedError("not a share")
        seal = held.pop("sha256", None)
        if held["waveplan"] != __version__:
            raise UsageError(
                "{file} was made by waveplan {other}, and this is {version}: make all shares with one version",
                file=name,
                other=str(held["waveplan"]),
                version=__version__,
            )
        if seal != _seal(held):
            raise UsageError("{file} has been changed since it was written: make this share again", file=name)
        number, of = held["shard"]
        shard = Shard(int(number), int(of))
        records = _records()
        results = tuple(_with_plan(read(each, records)) for each in held["results"])
        return ShareFile(str(held["kind"]), read(held["of"], records), shard, results)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError("{file} is not a share: name files that a command with --shard wrote", file=name) from None


def together(shares: Sequence[tuple[str, ShareFile]]) -> ShareFile:
    """All shares of one piece of work as one, results in their order. Raises UsageError unless each is there once."""
    first = shares[0][1]
    for name, share in shares:
        if (share.kind, dict(share.of), share.shard.of) != (first.kind, dict(first.of), first.shard.of):
            raise UsageError(
                "{file} is of other work than {other}: other files, options or another number of shares",
                file=name,
                other=shares[0][0],
            )
    numbers = [share.shard.number for _, share in shares]
    for number in range(1, first.shard.of + 1):
        values: dict[str, Any] = {"number": number, "count": first.shard.of}
        if number not in numbers:
            raise UsageError("share {number} of {count} is missing", **values)
        if numbers.count(number) > 1:
            raise UsageError("share {number} of {count} is there more than once", **values)
    found = {
        share.shard.number - 1 + place * first.shard.of: result
        for _, share in shares
        for place, result in enumerate(share.results)
    }
    return ShareFile(first.kind, first.of, Shard(1, 1), tuple(found[place] for place in sorted(found)))


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan within a share, as its file would have it."""

    text: str


def _with_text(result: Any) -> Any:
    from waveplan.domain.plan import Plan

    return _replaced(result, Plan, _text_of)


def _text_of(plan: Any) -> PlanText:
    from waveplan.export.plan_yaml import dump_plan

    return PlanText(dump_plan(plan))


def _with_plan(result: Any) -> Any:
    return _replaced(result, PlanText, _plan_of)


def _plan_of(text: Any) -> Any:
    from waveplan.loading.plan_loader import plan_of

    plan = plan_of(text.text).plan
    if plan is None:
        raise ValueError("a plan that cannot be read")
    return plan


def _replaced(result: Any, kind: type, by: Any) -> Any:
    """A record with what is of some kind among its fields, however deep, replaced."""
    from dataclasses import fields, is_dataclass, replace

    if isinstance(result, kind):
        return by(result)
    if is_dataclass(result) and not isinstance(result, type):
        inner = {field.name: getattr(result, field.name) for field in fields(result)}
        changed = {name: _replaced(each, kind, by) for name, each in inner.items()}
        return replace(result, **{name: each for name, each in changed.items() if each is not inner[name]})
    return result


@cache
def _records() -> dict[str, type]:
    """The records that results may hold, and the models that they are of."""
    from waveplan.export.tagged_json import models_of, records_of
    from waveplan.planning import options
    from waveplan.usecases import judging, portfolio, scenario_results, simulated_shares

    names = sorted(each.name for each in pkgutil.iter_modules(domain.__path__))
    known = [importlib.import_module(f"{domain.__name__}.{name}") for name in names]
    return {
        **models_of(known),
        **records_of((*known, options, judging, portfolio, scenario_results, simulated_shares)),
        "PlanText": PlanText,
    }
