"""What the pages of `waveplan rule` show, run for real: their examples as inventories and plans, and what is found."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from support.plans import NO_METRICS
from waveplan import api, rule_pages
from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import check, restate
from waveplan.checking.belonging import of_another_programme
from waveplan.checking.restating import programme_of
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Milestone, Plan, PlanSlot, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.solve_record import SolveRecord, Versions
from waveplan.imports.harvest import Reading
from waveplan.imports.registry import known_sources
from waveplan.imports.writing import ImportWishes, renewed, standing_inventory
from waveplan.render.language import translator
from waveplan.usecases.record import actuals_of

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TOP_KEY = re.compile(r"^(\w+):.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)
_ACTUALS = re.compile(r"# actuals, as of (\S+)\n")
_FILE = re.compile(r"# (\S+\.yaml)\n")
_IMPORTED = re.compile(r"# (\S+) (\S+)\n(.*)", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """The example of one page: pieces of inventory by file name, excerpts of plan and actuals, and what is said.

    A block of CSV is a file to import; its first line names the format and the file: `# rvtools vInfo.csv`.
    """

    files: Mapping[str, str]
    plan: str | None
    says: str | None
    actuals: str | None = None
    imported: tuple[tuple[str, str, str], ...] = ()  # format, name, text

    @classmethod
    def of(cls, page: str) -> Example:
        """Read a page's code blocks."""
        found: dict[str, str] = {}
        plan = says = actuals = None
        imported = []
        for language, text in _BLOCK.findall(page):
            if language == "text":
                says = text
            elif language == "csv" and (file := _IMPORTED.match(text)):
                imported.append((file[1], file[2], file[3]))
            elif text.startswith("# plan\n"):
                plan = text
            elif _ACTUALS.match(text):
                actuals = text
            elif language == "yaml":
                name = _FILE.match(text)
                found[name[1] if name else "inventory.yaml"] = text
        return cls(found, plan, says, actuals, tuple(imported))

    def findings(self, folder: Path) -> tuple[Finding, ...]:
        """What waveplan finds in it: when importing or validating, else when checking the plan, else when solving."""
        if self.imported:
            return self._found_importing(folder)
        self._write(folder)
        written = sorted(folder.iterdir())
        validation = api.validate(str(folder if len(written) > 1 else written[0]))
        if self.plan is not None:
            assert validation.inventory is not None, validation.findings
            if self.actuals is not None:
                return _judged(self.actuals, _plan(validation.inventory, self.plan), validation.inventory)
            plan, files = _plan(validation.inventory, self.plan), validation.loaded.files
            strange = of_another_programme(plan, validation.inventory)
            return (strange,) if strange else check(plan, validation.inventory, files=files).findings
        if validation.inventory is None or validation.has_errors:
            return validation.findings
        return (*validation.findings, *_findings_of_a_solve(validation))

    def _found_importing(self, folder: Path) -> tuple[Finding, ...]:
        for _, name, text in self.imported:
            (folder / name).write_text(text, encoding="utf-8")
        known = known_sources()
        formats = dict.fromkeys(source for source, _, _ in self.imported)
        files = {each: [folder / name for source, name, _ in self.imported if source == each] for each in formats}
        harvests = [known[each].read(files[each], Reading()) for each in formats]
        read = [finding for harvest in harvests for finding in harvest.findings]
        if any(finding.severity == "error" for finding in read):
            return tuple(read)
        wishes = ImportWishes(dt.date(2027, 1, 1), {"start": "2027-01-04", "deadline": "2027-12-17"})
        return (*read, *renewed(harvests, standing_inventory(str(folder / "inventory")), wishes).findings)

    def validated(self, folder: Path) -> tuple[Finding, ...]:
        """What validation alone finds in it."""
        self._write(folder)
        return api.validate(str(folder)).findings

    def _write(self, folder: Path) -> None:
        texts = dict(self.files) or {"inventory.yaml": ""}
        given = {key for text in texts.values() for key in re.findall(r"^(\w+):", text, re.MULTILINE)}
        if "waveplan_plan" not in given:
            first = next(iter(texts))
            missing = [part[0] for part in _TOP_KEY.finditer(rule_pages.base_inventory()) if part[1] not in given]
            texts[first] = texts[first] + "".join(missing)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")


def shown(finding: Finding, folder: Path, language: str = "en") -> str:
    """A finding as pages print it: severity, code and message, then the hint; files by their names alone."""
    words = translator(language)
    advice = words.advice(finding)
    hint = f"  {words.say('hint:')} {advice}\n" if advice else ""
    text = f"{words.say(finding.severity)} {finding.code}{words.colon}{words.message(finding)}\n{hint}"
    return text.replace(f"{folder}/", "")


def _judged(actuals: str, plan: Plan, inventory: Inventory) -> tuple[Finding, ...]:
    """What is found in actuals on the day that their first line names."""
    day = _ACTUALS.match(actuals)
    assert day is not None
    loaded = actuals_of(actuals, "actuals.yaml")
    return tuple(api.judged(loaded, plan, inventory, dt.date.fromisoformat(day[1])))


def _findings_of_a_solve(validation: api.Validation) -> tuple[Finding, ...]:
    from waveplan.planning import SolveOptions, solve

    assert validation.inventory is not None
    return solve(validation.inventory, options=SolveOptions(deterministic_limit=10, workers=1)).findings


def _plan(inventory: Inventory, excerpt: str) -> Plan:
    """The whole plan of an excerpt: figures that it leaves out are worked out, those that it states are kept."""
    data: dict[str, Any] = yaml.load(excerpt, Loader=yaml.CBaseLoader)
    calendar = ChangeCalendar(inventory)
    plan = Plan(
        programme=programme_of(inventory),
        solve=SolveRecord(versions=Versions(waveplan="0", ortools="0")),
        waves=[_wave(wave, calendar) for wave in data["waves"]],
        lots=[PlanLot.model_validate(lot) for lot in data["lots"]],
        milestones=[Milestone.model_validate(each) for each in data.get("milestones", []) if each["kind"] == "retire"],
        metrics=NO_METRICS,
    )
    whole = restate(plan, inventory).model_dump(mode="json", by_alias=True)
    for section in ("waves", "milestones"):
        stated = {entry["id"]: entry for entry in data.get(section, [])}
        for entry in whole[section]:
            entry.update(stated.get(entry["id"], {}))
    for section in ("calendar", "solve"):
        whole[section].update(data.get(section, {}))
    whole.update((section, data[section]) for section in ("inventory", "unplanned") if section in data)
    return Plan.model_validate(whole)


def _wave(stated: Mapping[str, Any], calendar: ChangeCalendar) -> Wave:
    slot = calendar.slots_by_id.get(stated["id"].rpartition("/")[2])
    start = slot.start if slot else dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    return Wave(
        id=stated["id"],
        stream=stated.get("stream", "main"),
        number=1,
        date=start.date(),
        slot=PlanSlot(window=slot.window if slot else "none", start=start, end=slot.end if slot else start),
        point_of_no_return=start,
        preparation_start=start.date(),
        hypercare_end=start,
        hypercare_last_day=start.date(),
        lots=stated["lots"],
    )


def refreshed(code: str, page: str, folder: Path, language: str = "en") -> str:
    """The page with what waveplan says of its example today; unchanged when it has none."""
    example = Example.of(page)
    if not example.files and example.plan is None and not example.imported:
        return page
    found = next(finding for finding in example.findings(folder) if finding.code == code)
    told = f"```text\n{shown(found, folder, language)}```"
    return re.sub(r"```text\n.*?```", lambda _: told, page, count=1, flags=re.DOTALL)


def main() -> None:
    """Write into every page what its example gives today: PYTHONPATH=tests python -m support.rule_pages"""
    pages = Path(rule_pages.__file__).parent
    for path in sorted(pages.glob("WP???*.md")):
        language = "fr" if path.name.endswith(".fr.md") else "en"
        with tempfile.TemporaryDirectory() as folder:
            page = refreshed(path.name[:5], path.read_text(encoding="utf-8"), Path(folder), language)
            path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
