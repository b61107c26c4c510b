"""What commands are asked that make or change files of an inventory: each field is an argument or an option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from waveplan.cli import completion, options
from waveplan.cli.options import argument, option


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Make an inventory of the files of another tool, or bring one up to date with them.

    -o DIR writes a new inventory, --into INVENTORY writes into one that is there: what was made by hand stays, what the
    sources contradict is asked, what is gone from them is told. A file of sources in place of FORMAT reads several.

    Captured flows (`flows`, `azure-dependencies`) become proposals in a review file: --into INVENTORY -o REVIEW. People
    decide in it; --apply REVIEW --into INVENTORY writes what they accepted.

    Any spreadsheet is read with --mapping FILE; --suggest-mapping writes a first one from its headers.

    Every row is accounted for: imported, merged with another, or skipped for a reason; --accounts writes them all.
    What the files do not say and a plan needs is assumed, marked in the files and told; `waveplan validate` and
    `waveplan solve` go on from there.

    An option is written --option KEY=VALUE; --option help lists those of a format.
    """

    source: Annotated[
        str | None,
        argument("What wrote the files; `help` lists the formats.", "FORMAT", autocompletion=completion.import_formats),
    ] = None
    files: Annotated[list[str] | None, argument("Its files, folders of them, or archives.", "FILE")] = None
    output: Annotated[
        str | None,
        option("Write a new inventory into this folder; of flows, the review into this file.", "DIR", "--output", "-o"),
    ] = None
    into: Annotated[str | None, option("An inventory that is there.", "INVENTORY")] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would change.")] = False
    diff: Annotated[bool, typer.Option("--diff", help="Show what changes, as a diff.")] = False
    precedence: Annotated[str | None, option("Whose word counts where sources disagree.", "FILE")] = None
    accept: Annotated[
        list[str] | None,
        option("Take what sources say of a field, as servers.web01.os, servers.*.os or all. May be repeated.", "FIELD"),
    ] = None
    keep: Annotated[list[str] | None, option("Settle for what stands in a field, and hear no more of it.", "FIELD")] = (
        None
    )
    review: Annotated[str | None, option("Write open questions here; answers in it are followed.", "FILE")] = None
    restore: Annotated[bool, typer.Option("--restore", help="Write what was deleted by hand again.")] = False
    remove_gone: Annotated[
        bool, typer.Option("--remove-gone", help="Take out what no source tells of any more, and what names it.")
    ] = False
    conflicts: Annotated[
        str | None, option("Write here what sources disagree on, as CSV, or JSON by the name.", "FILE")
    ] = None
    provenance: Annotated[str | None, option("Write here where each value comes from, as CSV.", "FILE")] = None
    apply_review: Annotated[
        str | None, option("Write what this review accepts into the inventory of --into.", "REVIEW", "--apply")
    ] = None
    rules: Annotated[str | None, option("Flows: rules of your own for noise, common services and weights.", "FILE")] = (
        None
    )
    name: Annotated[
        str | None,
        option("What this source is called beside others.", "NAME", "--source", show_default="FORMAT"),
    ] = None
    settings: Annotated[
        list[str] | None,
        option("How the files are read; `help` lists what there is. May be repeated.", "KEY=VALUE", "--option"),
    ] = None
    mapping: Annotated[str | None, option("csv, xlsx, ods: which columns fill which fields.", "FILE")] = None
    suggest_mapping: Annotated[
        bool, typer.Option("--suggest-mapping", help="Write a first mapping of these spreadsheets (-o FILE), and end.")
    ] = False
    programme: Annotated[str | None, option("What a new programme is called.", "TEXT")] = None
    start: Annotated[str | None, option("Its first day of preparation.", "DATE")] = None
    deadline: Annotated[str | None, option("Its last day.", "DATE")] = None
    accounts: Annotated[str | None, option("Write here what became of each row, as CSV.", "FILE")] = None
    output_format: options.OutputFormatOption = "text"
    as_json: options.JsonOption = False


@dataclass(frozen=True, slots=True)
class AnonymiseRequest:
    """Write the same case without names, to share it: names, hosts, addresses, texts and labels are replaced.

    Structure, numbers and days stay, or days move by a secret whole number of weeks. The same key gives the same
    words, so that a second case fits the first; without the key none leads back. What could not be hidden is told.
    """

    inventory: options.InventoryArgument
    plan: Annotated[str | None, argument("A plan file.", "PLAN")] = None
    actuals: Annotated[str | None, argument("A file of actuals.", "ACTUALS")] = None
    output: Annotated[str, option("The folder to write into.", "DIR", "--output", "-o")] = "anonymised"
    key_file: Annotated[
        str | None, option("The secret: any file. Without it one is made up, and kept nowhere.", "FILE")
    ] = None
    shift: Annotated[bool, typer.Option("--shift", help="Move all days by a secret whole number of weeks.")] = False
    shift_weeks: Annotated[int | None, option("Move all days by so many weeks.", "N", min=-1000, max=1000)] = None
    names: Annotated[
        str | None, option("Write here what became of each word, as CSV: it leads back, so keep it.", "FILE")
    ] = None
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class CareRequest:
    """Say how far an inventory can be relied on, and which missing facts would most change the plan.

    What is known by field and domain, what is stale, without owner, at odds with itself or held up. With --impact each
    class of missing facts is put at its plausible extremes and planned anew, so that the questions that matter are
    asked first. --questions writes what to ask whom; the answers come back through `waveplan import csv`.
    """

    inventory: options.InventoryArgument
    impact: Annotated[
        bool, typer.Option("--impact", help="Plan with missing facts at their extremes, and rank them.")
    ] = False
    questions: Annotated[
        str | None, option("Write what to ask whom, as CSV; into a folder, a file for each owner.", "FILE")
    ] = None
    about: Annotated[list[str] | None, option("Questions about these fields only. May be repeated.", "FIELD")] = None
    semicolon: Annotated[bool, typer.Option("--semicolon", help="Questions as French spreadsheets read them.")] = False
    stale_after: Annotated[
        int, option("Days after which what was confirmed is stale.", "DAYS", min=1, max=36_500, show_default=True)
    ] = 180
    time_limit: options.TimeLimitOption = 60.0
    seed: options.SeedOption = 0
    as_of: options.AsOfOption = None
    form: Annotated[
        Literal["text", "md", "html", "csv"],
        option("How it is written.", "text|md|html|csv", "--format", show_default=True),
    ] = "text"
    output: options.OutputOption = None
    as_json: options.JsonOption = False
    max_size: options.MaxSizeOption = None
