"""`waveplan record`: an entry of the actuals, written without touching what stands there."""

from __future__ import annotations

from waveplan.cli.options import OpenSession
from waveplan.cli.plan_requests import RecordRequest
from waveplan.errors import UsageError


def record(request: RecordRequest, session: OpenSession) -> int:
    """Record what happened: a decision, a cutover, an incident, an acceptance, a milestone, effort.

    record FILE gate WAVE GATE go|no-go|conditional; cutover WAVE done|rolled-back|partial; incident WAVE "SUMMARY";
    accept MILESTONE signed|half-met|refused; milestone ID --reached|--expected DATE; effort TEAM WEEK PERSON-DAYS;
    task WAVE TASK... started|done|failed|skipped|undone [HH:MM] or go-on|roll-back, in any order of words. A
    wave is its id, W04 or desk/W04. Options that may be given several times take lists with commas too.

    What looks wrong (a cutover ahead of its wave's day or away from its window, a team without work, a site's exit
    before all has left) is asked about, and is written with --force only where nobody can answer. --undo takes the
    last entry out again.

    --from reads exports instead: of jira or azure-devops (with the External ID or the tags that waveplan's own export
    gave each line), or a csv with a column of kinds. Entries are proposed, and written with --apply; what is recorded
    already stays, and what contradicts it is told.

    One entry is added; comments, order and all else in the file stay. The exit code is 1, and the file is left alone,
    when the entry would be wrong: see the findings WP401 to WP408.
    """
    from waveplan.cli.record_runs import run
    from waveplan.cli.undoing import undo_last

    if request.source is not None:
        from waveplan.cli.collecting import collect

        return collect(request, session)
    if request.apply or request.supersede or request.state:
        raise UsageError("--apply, --supersede and --state go with --from")
    if request.undo:
        return undo_last(request.file, request.words or [], session)
    if not request.words:
        raise UsageError("say what happened: gate, cutover, incident, accept, milestone, task or effort")
    return run(request, session)
