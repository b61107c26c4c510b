"""Reading an inventory, and everything there is to say about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UnreadableInputError

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.rules import Ignore
    from waveplan.domain.standing import Done
    from waveplan.loading import LoadedInventory
    from waveplan.review import ReviewContext


@dataclass(frozen=True, slots=True)
class Validation:
    """An inventory and everything there is to say about it, each finding with its place, in reading order."""

    loaded: LoadedInventory
    findings: tuple[Finding, ...]

    @property
    def inventory(self) -> Inventory | None:
        """The inventory, unless errors kept it from being read."""
        return self.loaded.inventory

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be planned as it stands."""
        return has_errors(self.findings)


def load(
    source: str, *, max_bytes: int | None = None, stdin: BinaryIO | None = None, also: Sequence[str] = ()
) -> LoadedInventory:
    """Read an inventory from a file, a folder or (`-`) a stream, with what stands in other files beside it.

    Raises UnreadableInputError when there is nothing to read; everything else is in its findings.
    """
    from waveplan.loading import load_inventory

    refuse_nameless(source)
    limit: dict[str, Any] = {} if max_bytes is None else {"max_bytes": max_bytes}
    return load_inventory(source, stdin=stdin, also=also, **limit)


def refuse_nameless(source: str) -> None:
    """Raises UnreadableInputError for an empty name, which would stand for the folder one is in."""
    if not source:
        raise UnreadableInputError("the name of a file is empty")


def validate(
    source: str,
    *,
    ignore: Collection[str] = (),
    warn_as_error: bool = False,
    max_bytes: int | None = None,
    stdin: BinaryIO | None = None,
    foresee: bool = False,
) -> Validation:
    """Read an inventory and say everything about it: what cannot be read, what cannot be planned, what is unwise.

    With `foresee`, also what is plain before any search: a lot without a slot, demand above all capacity; a solve finds
    that out itself. Left out is what the inventory's own `ignore` accepts, and the codes in `ignore`. Raises
    UnreadableInputError when there is nothing to read.
    """
    loaded = load(source, max_bytes=max_bytes, stdin=stdin)
    return validated(loaded, ignore=ignore, warn_as_error=warn_as_error, foresee=foresee)


def validated(
    loaded: LoadedInventory, *, ignore: Collection[str] = (), warn_as_error: bool = False, foresee: bool = False
) -> Validation:
    """Everything there is to say about an inventory that was read."""
    from waveplan.domain.collector import collector_at_rest
    from waveplan.review import FORESEEN, REVIEWED, ReviewContext, review_of

    judged = REVIEWED | FORESEEN if foresee else REVIEWED
    if loaded.inventory is None:
        return Validation(loaded, settled(loaded.findings, loaded, ignore, warn_as_error, judged))
    context = ReviewContext(loaded.inventory)
    with collector_at_rest():
        found = review_of(context)
        if foresee:
            found = (*found, *_foreseen(context, found))
    return Validation(loaded, settled((*loaded.findings, *found), loaded, ignore, warn_as_error, judged))


_ABOUT_NO_LOT = frozenset({"WP108", "WP113", "WP114", "WP133"})  # errors in spite of which lots can be worked out


def _foreseen(context: ReviewContext, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What no search can mend, as far as it can be worked out beside the errors there are."""
    from waveplan.planning.foresight import foreseen
    from waveplan.review import ReviewContext, review

    if has_errors(found):
        named = {name for finding in found if finding.severity == "error" for name in finding.subjects}
        lots = [lot for lot in context.lots if lot.id in named or not named.isdisjoint(item.id for item in lot.items)]
        left_out = {str(item.id) for lot in lots for item in lot.items}
        left = review(context.inventory, left_out) if left_out else found
        if any(each.severity == "error" and each.code not in _ABOUT_NO_LOT for each in left):
            return ()
        context = ReviewContext(context.inventory, left_out)
        # What is left out would make waves of its own: how many there can be is not known.
        return tuple(each for each in foreseen(context.lots, context.calendar) if each.code != "WP221")
    return foreseen(context.lots, context.calendar)


def settled(
    findings: Collection[Finding],
    loaded: LoadedInventory,
    ignore: Collection[str],
    warn_as_error: bool,
    judged: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Findings less what is accepted, each with its place, in reading order."""
    accepted = loaded.inventory.ignore if loaded.inventory is not None else ()
    if accepted or ignore or warn_as_error:
        from waveplan.review import apply_ignores

        findings = apply_ignores(findings, accepted, ignore, warn_as_error, judged)
    return tuple(sorted(with_places(findings, loaded), key=lambda finding: finding.sort_key))


def errors_of(inventory: Inventory, left_out: Collection[str] = ()) -> tuple[Finding, ...]:
    """What keeps an inventory that could be read from being planned, less what it accepts itself.

    Items of `left_out` are treated as if it did not have them.
    """
    from waveplan.review import REVIEWED, apply_ignores, review

    found: Collection[Finding] = [finding for finding in review(inventory, left_out) if finding.severity == "error"]
    if inventory.ignore:
        found = apply_ignores(found, inventory.ignore, (), False, REVIEWED)
    return tuple(finding for finding in found if finding.severity == "error")


def accepted(loaded: LoadedInventory) -> tuple[tuple[Ignore, tuple[Finding, ...]], ...]:
    """What an inventory accepts: each entry of its `ignore` with the findings that it hides."""
    from waveplan.review import hidden_by, review

    if loaded.inventory is None or not loaded.inventory.ignore:
        return ()
    return hidden_by((*loaded.findings, *review(loaded.inventory)), loaded.inventory.ignore)


def still_wrong(
    errors: Iterable[Finding], inventory: Inventory, done: Done, left_out: Collection[str] = ()
) -> list[Finding]:
    """Errors of an inventory less those that are about what is done: that need not be planned any more."""
    found = list(errors)
    if not found or not done.waves:
        return found
    from waveplan.review import review

    without = review(inventory, frozenset(left_out) | frozenset(done.waves))
    left = {(finding.code, finding.path): finding for finding in without if finding.severity == "error"}
    kept = [finding for finding in found if (finding.code, finding.path) in left]
    told, codes = {(each.code, each.path) for each in kept}, {finding.code for finding in found}
    return [*kept, *(each for key, each in left.items() if key not in told and each.code in codes)]


def with_places(findings: Iterable[Finding], loaded: LoadedInventory) -> tuple[Finding, ...]:
    return tuple(
        finding if finding.location is not None else finding.at(loaded.sources.locate(finding.path))
        for finding in findings
    )
