"""The same case without names, to be shared: inventory, plan and actuals, each checked as what it was made from."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, get_args

from waveplan.anonymity.days import FURTHEST_WEEKS, chosen_shift, moved
from waveplan.anonymity.fields import KEPT, kind_of
from waveplan.anonymity.leaks import left_words
from waveplan.anonymity.pseudonyms import Pseudonyms
from waveplan.anonymity.walking import Walker, fields_of
from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan

if TYPE_CHECKING:
    from waveplan.domain.solve_record import InventoryFile
    from waveplan.loading import LoadedActuals, LoadedInventory, LoadedPlan

INVENTORY, PLAN, ACTUALS = "inventory.yaml", "plan.yaml", "actuals.yaml"


@dataclass(slots=True)
class Anonymised:
    """Files by name; what was replaced by what; what could not be hidden, and what no longer holds."""

    files: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    weeks: int = 0
    other_holidays: tuple[dt.date, ...] = ()
    left: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Disguise:
    """How a case is disguised: under which key, and whether its days move: by so many weeks, or by a secret number."""

    key: bytes
    weeks: int = 0
    secret_weeks: bool = False


def anonymised(
    loaded: LoadedInventory, plan: LoadedPlan | None, actuals: LoadedActuals | None, disguise: Disguise
) -> Anonymised:
    """The case under other names. All that is given was read without errors."""
    assert loaded.inventory is not None
    pseudonyms = Pseudonyms(disguise.key)
    done = Anonymised(weeks=disguise.weeks)
    if disguise.secret_weeks:
        done.weeks, done.other_holidays = _secret_shift(loaded.inventory, pseudonyms)
    raw = _plain(loaded.sources.root)
    for word, kind in _ids(raw):
        pseudonyms.whole(word, kind)
    done.files[INVENTORY] = _inventory(raw, Walker(pseudonyms, done.weeks))
    again, files = _read(done.files[INVENTORY])
    if plan is not None and plan.plan is not None:
        done.files[PLAN] = _plan(plan, again, files, pseudonyms, done)
    if actuals is not None and actuals.actuals is not None:
        done.files[ACTUALS] = _actuals(actuals, pseudonyms, done.weeks)
    done.replaced, done.kinds = pseudonyms.given, pseudonyms.kinds
    done.left = left_words(done.files.values(), done.replaced)
    return done


def _inventory(raw: Mapping[str, Any], walker: Walker) -> str:
    from waveplan.export.tree_yaml import dump_tree

    ordered = {key: raw[key] for key in fields_of(Inventory) if key in raw}
    return dump_tree(walker.document(Inventory, ordered))


def _read(text: str) -> tuple[Inventory, tuple[InventoryFile, ...]]:
    """The inventory as its own file will be read."""
    from waveplan.errors import InternalError
    from waveplan.loading import load_inventory

    loaded = load_inventory("-", stdin=BytesIO(text.encode()))
    if loaded.inventory is None:
        raise InternalError(f"the anonymised inventory cannot be read: {loaded.findings[0].message}")
    return loaded.inventory, tuple(each.model_copy(update={"file": INVENTORY}) for each in loaded.files)


def _plan(
    loaded: LoadedPlan,
    inventory: Inventory,
    files: tuple[InventoryFile, ...],
    pseudonyms: Pseudonyms,
    done: Anonymised,
) -> str:
    """Lots and waves under their new names; all that follows from them is stated anew."""
    from waveplan.checking import STRUCTURE, check, stated_anew
    from waveplan.export.plan_yaml import dump_plan

    plan = loaded.plan
    assert plan is not None
    _name_lots_and_waves(plan, pseudonyms, done.weeks)
    raw = Walker(pseudonyms, done.weeks, only_known=True).document(Plan, _plain(loaded.sources.root))
    new = Plan.model_validate(raw)
    in_part = bool(new.unplanned)
    found = check(new, inventory, allow_unplanned=in_part, files=files).findings
    if not any(each.code in STRUCTURE for each in found):
        new = stated_anew(new, inventory, files)
        found = check(new, inventory, allow_unplanned=in_part, files=files).findings
    done.findings += found
    return dump_plan(new)


def _name_lots_and_waves(plan: Plan, pseudonyms: Pseudonyms, weeks: int) -> None:
    """Ids that waveplan made of names and days are made anew."""
    from waveplan.lots import lot_id

    for lot in plan.lots:
        pseudonyms.state(lot.id, lot_id([pseudonyms.reference(item, "item") for item in lot.items]), "lot")
    for wave in plan.waves:
        window = wave.slot.window
        new = pseudonyms.given.get(window, window)
        head = wave.id.removesuffix(window)
        days = pseudonyms.composed(head, lambda text: moved(text, weeks))
        pseudonyms.state(wave.id, days + (new if head != wave.id else ""), "wave")


def _actuals(loaded: LoadedActuals, pseudonyms: Pseudonyms, weeks: int) -> str:
    from waveplan.export.tree_yaml import dump_tree

    return dump_tree(Walker(pseudonyms, weeks, only_known=True).document(Actuals, _plain(loaded.sources.root)))


def _ids(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Ids of entries, each with what it is of: references to it may stand before it."""
    hints = fields_of(Inventory)
    for section, entries in raw.items():
        if section not in hints or not isinstance(entries, list):
            continue
        (model,) = get_args(hints[section][1])
        for entry in entries:
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield entry["id"], kind_of(model.__name__, "id")


def _secret_shift(inventory: Inventory, pseudonyms: Pseudonyms) -> tuple[int, tuple[dt.date, ...]]:
    from waveplan.change_calendar.working_days import holidays_in

    of_sites = {(each.country, each.subdivision) for each in inventory.sites if each.country is not None}
    of_teams = {(each.country, each.subdivision) for each in inventory.teams if each.country is not None}
    reach = dt.timedelta(weeks=FURTHEST_WEEKS)
    first, last = inventory.programme.start - reach, inventory.last_day() + reach
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of some countries, some of these years are not known: then none is kept
        days = {place: frozenset(holidays_in(*place, first, last)) for place in sorted(of_sites | of_teams, key=str)}

    def is_holiday(day: dt.date) -> frozenset[str]:
        return frozenset(f"{place}" for place, holidays in days.items() if day in holidays)

    secret = int(pseudonyms.digest("weeks")[:12], 16)
    return chosen_shift(inventory.programme.start, inventory.last_day(), is_holiday, secret)


def kept_facts(inventory: Inventory) -> dict[str, tuple[str, ...]]:
    """What stays although it may tell something: by field, the words."""
    told = {
        "country": {each.country for each in inventory.sites},
        "technology": {each.technology for each in inventory.servers},
        "os": {each.os for each in inventory.servers},
        "timezone": {inventory.programme.timezone, *(each.timezone for each in inventory.sites)},
    }
    assert {"Site.country", "Server.technology", "Server.os", "Site.timezone"} <= KEPT
    return {name: tuple(sorted(filter(None, words))) for name, words in told.items() if any(words)}


def _plain(node: Any) -> Any:
    """A tree of a reader as plain mappings and lists."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(each) for each in node]
    return node
