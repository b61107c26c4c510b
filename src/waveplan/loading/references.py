"""Which parts of an inventory name other parts, and the checks that each such place calls for."""

from __future__ import annotations

from waveplan.domain.findings import Path
from waveplan.domain.programme import DEFAULTED_SECTIONS
from waveplan.loading.checks import (
    Attributes,
    ByKey,
    Check,
    Choosing,
    Code,
    Country,
    Each,
    Naming,
    NamingKeys,
    NamingOrChoosing,
    Zone,
)
from waveplan.loading.format_shape import AUDIENCE
from waveplan.loading.lookups import LookupContext
from waveplan.loading.names import Names
from waveplan.loading.report import ReadingReport
from waveplan.loading.tree import MappingNode, mappings, mark_of

_TEAMS = NamingKeys("team")
_PEOPLE: dict[str, Check] = {"effort": _TEAMS, "crew": _TEAMS, "on_call": _TEAMS}
_WHEN: dict[str, Check] = {"after": Naming("external milestone", "tranche"), "windows": Naming("window")}
_PERIODS = Each(ByKey({"country": Country()}))
_BLACKOUTS = Each(ByKey({"country": Country(), "except": Choosing()}))
_STEPS = Each(ByKey({**_PEOPLE, **_WHEN, "target": Naming("site")}))
_WORK: dict[str, Check] = {
    **_PEOPLE,
    **_WHEN,
    "technical_owner": Naming("team"),
    "allowed_countries": Country(),
    "depends_on": Each(ByKey({"app": Naming("application"), "service": Naming("service")})),
    "steps": _STEPS,
    "blackouts": _BLACKOUTS,
}
_SITES: dict[str, Check] = {
    "target": Naming("site"),
    "country": Country(),
    "timezone": Zone(),
    "blackouts": _BLACKOUTS,
}
_SERVERS: dict[str, Check] = {"site": Naming("site"), "target": Naming("site")}
_APPLICATIONS: dict[str, Check] = {**_WORK, "servers": Naming("server"), "user_sites": Naming("site")}
_SERVICES: dict[str, Check] = {**_WORK, "sites": NamingOrChoosing("site", "sites")}
_DEFAULTED = {"sites": _SITES, "servers": _SERVERS, "applications": _APPLICATIONS, "services": _SERVICES}
_LIMITS = ByKey({"effort": _TEAMS})
_POLICY = ByKey(
    {
        "gates": Each(ByKey({"committee": Naming("committee")})),
        "rehearsals": Each(ByKey({"only": Choosing(), "effort": _TEAMS})),
        "hypercare": ByKey({"overrides": Each(ByKey({"match": Choosing()}))}),
        "cadence": Each(ByKey({"limits": _LIMITS})),
        "wave_limits": _LIMITS,
        "keep_apart": Attributes(),
    }
)
_MATCHING = ByKey({"match": Choosing()})
_RISKS = ByKey(
    {
        **dict.fromkeys(("gates", "cutovers", "work"), Each(_MATCHING)),
        "effort": Each(ByKey({"match": Choosing(), "teams": Naming("team")})),
        "register": Each(
            ByKey(
                {
                    "effects": Each(
                        ByKey(
                            {
                                "match": Choosing(),
                                "team": Naming("team"),
                                "site": Naming("site"),
                                "link": Naming("link"),
                            }
                        )
                    )
                }
            )
        ),
    }
)
_RULE = ByKey(
    {
        **dict.fromkeys(("match", "together", "apart", "before"), Choosing()),
        "by": Attributes(),
        "windows": Naming("window"),
    }
)
_INVENTORY = ByKey(
    {
        "programme": ByKey({"timezone": Zone()}),
        **{section: Each(ByKey(checks)) for section, checks in _DEFAULTED.items()},
        "links": Each(ByKey({"between": Naming("site")})),
        "teams": Each(ByKey({"country": Country(), "absences": _PERIODS})),
        "knowledge_transfers": Each(ByKey({"match": Choosing(), "stages": Each(ByKey({"effort": _TEAMS}))})),
        "contracts": Each(_MATCHING),
        "pilots": Each(ByKey({"items": Choosing(), "for": Choosing()})),
        "tranches": Each(ByKey({"match": Choosing(), "after": _WHEN["after"]})),
        "adoption": Each(ByKey({"match": Choosing(), "audience": Choosing(AUDIENCE), "team": Naming("team")})),
        "streams": Each(ByKey({"match": Choosing(), "policy": _POLICY})),
        "calendar": ByKey(
            {
                "windows": Each(
                    ByKey({"match": Choosing(), "timezone": Zone(site=True), "limits": _LIMITS, "by": Attributes()})
                ),
                "freezes": Each(ByKey({"match": Choosing(), "except": Choosing(), "country": Country()})),
            }
        ),
        "policy": _POLICY,
        "rules": Each(_RULE),
        "risks": _RISKS,
        "ignore": Each(ByKey({"code": Code()})),
    }
)


def check_references(root: MappingNode, names: Names, report: ReadingReport) -> None:
    """Everything in the document that names something else, against what there is."""
    context = LookupContext(root, names, report)
    _INVENTORY.visit(root, (), context)
    for number, line in mappings(root.get("defaults")):
        _check_default(line, ("defaults", number), context)
    for section, key in (("applications", "app"), ("services", "service")):
        for number, entry in mappings(root.get(section)):
            _check_self(entry, key, (section, number, "depends_on"), context)
    for number, tranche in mappings(root.get("tranches")):
        _check_own_tranche(tranche, ("tranches", number, "after"), context)
    context.report_missing()


def _check_default(line: MappingNode, path: Path, context: LookupContext) -> None:
    for section in DEFAULTED_SECTIONS:
        if section in line:
            Choosing(section).visit(line[section], (*path, section), context)
            ByKey(_DEFAULTED[section]).visit(line.get("set"), (*path, "set"), context)


def _check_self(entry: MappingNode, key: str, path: Path, context: LookupContext) -> None:
    for number, dependency in mappings(entry.get("depends_on")):
        name = dependency.get(key)
        if name is not None and name == entry.get("id"):
            hint = "take the dependency out, or name what was meant"
            _report_self("'{name}' depends on itself", str(name), (*path, number, key), hint, context)


def _check_own_tranche(tranche: MappingNode, path: Path, context: LookupContext) -> None:
    after, name = tranche.get("after"), tranche.get("id")
    for number, awaited in enumerate(after if isinstance(after, list) else [after]):
        if name is not None and awaited == name:
            hint = "take it out of 'after', or name the tranche that was meant"
            _report_self("tranche '{name}' waits for itself", str(name), (*path, number), hint, context)


def _report_self(template: str, name: str, place: Path, hint: str, context: LookupContext) -> None:
    mark = mark_of(context.root, place)
    context.report.add("WP127", mark, template, {"name": name}, path=place, subjects=(name,), hint=hint)
