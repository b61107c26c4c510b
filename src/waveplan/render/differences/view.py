"""What moved from one plan to another: in one sentence, then table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.differences import PlanDifference
from waveplan.render.differences.dates import gate_table, milestone_table
from waveplan.render.differences.figures import figure_table, goal_table, organisation_table, team_table
from waveplan.render.differences.lots import moved_table, placed_table, regrouped_table
from waveplan.render.differences.tables import Sheet
from waveplan.render.differences.waves import wave_table
from waveplan.render.language import Language, Shown, marked
from waveplan.render.page import SMALLEST_WIDTH
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph

_Drawn = Callable[[PlanDifference, Sheet], RenderableType | None]
_SECTIONS: tuple[tuple[str, _Drawn], ...] = (
    (marked("Goals"), goal_table),
    (marked("Moved lots"), moved_table),
    (marked("Regrouped lots: the same items in other lots"), regrouped_table),
    (marked("New lots"), lambda difference, sheet: placed_table(difference.new, sheet)),
    (marked("Lots that are gone"), lambda difference, sheet: placed_table(difference.gone, sheet)),
    (marked("Waves"), wave_table),
    (marked("Gates"), gate_table),
    (marked("Milestones and hard dates"), milestone_table),
    (marked("Teams by week, largest changes first"), team_table),
    (marked("Organisations by month, largest changes first"), organisation_table),
    (marked("Other figures"), figure_table),
)


def difference_view(
    difference: PlanDifference, language: Language, width: int = 80, signs: Signs = UNICODE
) -> list[RenderableType]:
    """A sentence and a table for each kind of change; only the sentence when there is none."""
    sheet = Sheet(language, max(width, SMALLEST_WIDTH), signs)
    views: list[RenderableType] = [paragraph([(summary_of(difference, language), "")], sheet.width)]
    if difference.same:
        return views
    for title, drawn in _SECTIONS:
        table = drawn(difference, sheet)
        if table is not None:
            views += [Text(""), Text(language.say(title), style=PALETTE["heading"]), table]
    return views


def summary_of(difference: PlanDifference, language: Language) -> Shown:
    """How many lots and waves changed, in one sentence."""
    if difference.same:
        return language.say("Nothing differs between the two plans.")
    parts = list(_counts(difference, language))
    if not parts:
        return language.say("No lot and no wave moved; other things differ.")
    return language.say("{changes}.", changes=Shown(", ".join(parts)))


def _counts(difference: PlanDifference, language: Language) -> Iterator[Shown]:
    count = language.count
    if moved := len(difference.moved):
        yield count("{n} lot of {all} moved", "{n} lots of {all} moved", moved, all=difference.lots_after)
    if regrouped := sum(len(group.after) for group in difference.regrouped):
        yield count("{n} lot regrouped", "{n} lots regrouped", regrouped)
    if new := len(difference.new):
        yield count("{n} new lot", "{n} new lots", new)
    if gone := len(difference.gone):
        yield count("{n} lot gone", "{n} lots gone", gone)
    kinds = [wave.kind for wave in difference.waves]
    if opened := kinds.count("opened"):
        yield count("{n} wave opened", "{n} waves opened", opened)
    if closed := kinds.count("closed"):
        yield count("{n} wave closed", "{n} waves closed", closed)
    if whole := kinds.count("moved"):
        yield count("{n} wave moved as a whole", "{n} waves moved as a whole", whole)
