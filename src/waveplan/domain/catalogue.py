"""The catalogue of findings: stable codes, never reused, each with its title and severity.

The pages behind `waveplan rule CODE` are in `waveplan.rule_pages`, one Markdown file a code. WP122 stood for parts of
the format that were read and not planned; it is not used again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from waveplan.domain.findings import Severity

_HOUSE = re.compile(r"HR[0-9]{3}")


def is_house_code(code: str) -> bool:
    """Whether a code is one that a house gives to a rule of its own: HR and three digits."""
    return _HOUSE.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One kind of finding."""

    code: str
    title: str
    severity: Severity


_ERRORS = {
    "WP101": "the file is not valid YAML",
    "WP102": "a key is given twice",
    "WP103": "unknown key",
    "WP104": "a value of the wrong kind",
    "WP105": "a required key is missing",
    "WP106": "an id is given twice",
    "WP107": "a reference to something that does not exist",
    "WP108": "an impossible date or period",
    "WP109": "the file is not UTF-8 text",
    "WP110": "the file is too large, too deep or expands too far",
    "WP111": "two files give different values",
    "WP112": "unknown country, subdivision or time zone",
    "WP113": "a capacity below the largest lot",
    "WP114": "something stays on a site that closes",
    "WP118": "a moving server has no target",
    "WP125": "another kind of file",
    "WP126": "nothing to plan",
    "WP127": "something depends on itself",
    "WP129": "retired while a retained consumer needs it",
    "WP130": "a selector names an unknown attribute",
    "WP133": "a target in a country where its data may not stand",
    "WP140": "a gate that can never be held",
    "WP141": "a recurrence that contradicts itself",
    "WP145": "a retirement for which no day is left",
    "WP146": "a server to be retired that is in use",
    "WP134": "a shared disk in two places",
    "WP135": "a server with two targets",
    "WP136": "a reference that may mean two things",
    "WP138": "the same inventory twice in a folder",
    "WP148": "batches that cannot be formed",
    "WP157": "adoption that can never be held",
    "WP158": "a text of adoption that cannot be written",
    "WP201": "orders among lots form a cycle",
    "WP202": "a lot over its limit",
    "WP203": "a lot mixes streams",
    "WP204": "a lot mixes pinned dates",
    "WP205": "a hard tie to something that stays",
    "WP206": "a moving server hosts something that stays",
    "WP207": "a lot with several time zones in a site-time window",
    "WP208": "an order that cannot hold inside one lot",
    "WP209": "a lot holds what must stay apart",
    "WP211": "a lot mixes tranches",
    "WP212": "a step that cannot follow the one before",
    "WP213": "batches of one application in several streams",
    "WP220": "a lot larger than every wave",
    "WP221": "demand above all capacity",
    "WP222": "no slot is left for a lot",
    "WP223": "no slot at all",
    "WP301": "an item is not planned exactly once",
    "WP302": "a lot is not what the ties make it",
    "WP303": "a wave does not stand in a slot of the calendar",
    "WP304": "a window that an item may not use",
    "WP305": "a cutover in a freeze",
    "WP306": "a cutover in a blackout",
    "WP307": "a cutover on a public holiday",
    "WP308": "a cutover before its earliest date",
    "WP309": "a cutover after its latest date",
    "WP310": "a cutover away from its pinned date",
    "WP311": "items in one wave that must be apart",
    "WP312": "an order that is not kept",
    "WP313": "a cutover before another one's hypercare is over",
    "WP314": "a wave that is not strictly before another",
    "WP315": "environments in the wrong order",
    "WP316": "waves too close together",
    "WP317": "too many waves in one week",
    "WP318": "a wave over its limits",
    "WP319": "a wave over the limits of its cadence stage",
    "WP321": "a wave over a rule's limit",
    "WP322": "a wave mixes what must be kept apart",
    "WP323": "an item in too early a wave",
    "WP324": "a team over its week",
    "WP325": "effort without a working day",
    "WP326": "a crew over its people",
    "WP327": "on-call over the team's people",
    "WP328": "work that does not fit its window",
    "WP329": "downtime over its limit",
    "WP330": "a target site over its capacity",
    "WP331": "too many waves in hypercare at once",
    "WP332": "hypercare not over before the next gate",
    "WP333": "a gate before the programme's start",
    "WP334": "preparation before the programme's start",
    "WP335": "a site not empty by its exit date",
    "WP336": "not out by the end of a contract",
    "WP337": "hypercare after the deadline",
    "WP338": "retired on a day on which it may not be",
    "WP339": "data where it may not reside",
    "WP340": "a wave holds a lot of another stream",
    "WP341": "a step too soon after the one before",
    "WP342": "a cutover before an external milestone",
    "WP343": "a wave of several tranches",
    "WP344": "a cutover before the tranche it waits for is over",
    "WP345": "a tranche not over by its date",
    "WP346": "a cutover before its pilot has passed",
    "WP347": "knowledge transfer that would begin before the programme",
    "WP348": "knowledge transfer without its team",
    "WP349": "more replication than a link carries",
    "WP350": "a cutover too long after what it follows",
    "WP351": "two ends of a dependency too long apart",
    "WP352": "a window over its limits",
    "WP354": "batches out of order, or too far apart",
    "WP357": "a week over the limit of a rule",
    "WP358": "adoption before the programme's start",
    "WP390": "a stated figure that no longer matches",
    "WP391": "a stated fact that is not so",
    "WP392": "a stated proof that is none",
    "WP401": "a record names something that is not there",
    "WP402": "a record on an impossible day",
    "WP403": "records that contradict each other",
    "WP405": "a record that leaves out what its readers need",
    "WP408": "what is done stands elsewhere in the plan",
    "WP409": "a plan of another programme",
    "WP413": "a file that cannot be read",
    "WP545": "a capture without two ends",
    "WP549": "a rule for flows that asks nothing",
    "WP552": "an accepted proposal that cannot be written",
    "WP560": "an export contradicts what is recorded",
    "WP562": "an entry of an export that cannot be recorded",
    "WP525": "a mapping names a field that nothing has",
    "WP532": "a pattern of a mapping that cannot be used",
}
_WARNINGS = {
    "WP115": "personal data without allowed countries",
    "WP116": "unsupported before it moves",
    "WP117": "a selector matches nothing",
    "WP119": "no link between two sites",
    "WP120": "a server size is missing",
    "WP123": "hypercare reaches the next wave's gate",
    "WP124": "a contract's notice lies before the start",
    "WP128": "a permanent crossing",
    "WP131": "a value that has no effect where it stands",
    "WP132": "an ignore entry that hides nothing",
    "WP142": "a window that never opens",
    "WP137": "a type of site near a known word",
    "WP139": "a country without a subdivision whose parts differ",
    "WP149": "replication before the window that no link is said to carry",
    "WP159": "adoption that misses what it is for",
    "WP210": "one lot holds much of everything",
    "WP214": "a single point that many depend on",
    "WP215": "isolated items",
    "WP404": "a past wave without a record",
    "WP406": "a cutover without a go",
    "WP407": "a cutover away from its window",
    "WP414": "a stated proof that could not be confirmed",
    "WP412": "a plan made from another text of its inventory",
    "WP546": "columns of a capture that are not used",
    "WP547": "dates of a capture that may mean two days",
    "WP548": "a name or an address of several servers",
    "WP550": "flows across environments",
    "WP551": "ends of flows that are no server's",
    "WP553": "a decided proposal that is not seen again",
    "WP554": "a rule for flows that met none",
    "WP526": "a column of a mapping that is not in the sheet",
    "WP527": "a sheet of a mapping that is not there",
    "WP528": "a cell that cannot be read",
    "WP529": "a column that means two things",
    "WP530": "columns that are not read",
    "WP531": "values without a partner in a joined sheet",
    "WP533": "rows that contradict each other",
    "WP534": "an answer that cannot be taken in",
    "WP535": "one BIOS UUID on several machines",
    "WP536": "one address on several machines",
    "WP537": "one name on several things",
    "WP538": "sources disagree on a field",
    "WP539": "what a source says and the inventory cannot hold",
    "WP540": "names that are nearly the same",
    "WP541": "a source that is stale",
    "WP542": "a value changed by hand, and changed at its source",
    "WP543": "only in the inventory, or only in its source",
    "WP544": "assumed while importing",
    "WP501": "columns that are not known",
    "WP502": "a table that cannot be used",
    "WP503": "a cell that cannot be read",
    "WP504": "machines that cannot simply be copied",
    "WP505": "a machine that is named twice",
    "WP506": "machines that are left out",
    "WP507": "an assumption of an import",
    "WP509": "disks that several machines have",
    "WP508": "part of a file that is not read",
    "WP561": "a row of an export that is not clear",
}

CATALOGUE: dict[str, CatalogueEntry] = {
    code: CatalogueEntry(code, title, "error" if code in _ERRORS else "warning")
    for code, title in sorted({**_ERRORS, **_WARNINGS}.items())
}
STATED = ("WP390", "WP391", "WP392")
"""What a plan states beside its waves and lots: compared by the check, no business of the solver."""

PLAN_RULES: tuple[str, ...] = tuple(code for code in CATALOGUE if code.startswith("WP3") and code not in STATED)
"""Hard rules of the format: the solver enforces and the checker checks each of them."""
