"""`solve --certify` on the command line: where certificates go, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.certificate_files import certificate_beside
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.session import Session
from waveplan.cli.watching import watched
from waveplan.domain.made_names import MEANS_NAMES, NO_CERTIFICATE, NO_SECOND_PROOF
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.api import Validation
    from waveplan.cli.requests import SolveRequest
    from waveplan.domain.plan import Plan
    from waveplan.planning.options import SolveOptions
    from waveplan.usecases.certify import CertifiedOutcome


def certified_solve(
    validation: Validation, request: SolveRequest, options: SolveOptions, baseline: Plan | None, session: Session
) -> CertifiedOutcome | None:
    """A solve whose proofs are certified, where that is asked for."""
    if not request.certify:
        return None
    with watched(session) as watching:
        return api.solve_certified(validation, options=options, baseline=baseline, watching=watching)


def refuse_uncertain(request: SolveRequest) -> None:
    """Raise UsageError where certificates would have no place, or would speak of a part of the inventory."""
    if not request.certify:
        return
    if request.output is None:
        raise UsageError("--certify writes certificates beside the plan: name the plan with -o FILE")
    if request.keep is not None or request.allow_unplanned:
        raise UsageError("--certify certifies a plan of the whole inventory: leave --keep and --allow-unplanned out")
    if request.portfolio is not None:
        raise UsageError("--certify is for one solve: leave --portfolio out")
    if request.confidence is not None:
        raise UsageError("--certify is for what was solved, and --confidence changes that plan: leave one of them out")
    refuse_unwritable(str(certificate_beside(request.output)))


def write_certificate(certified: CertifiedOutcome | None, request: SolveRequest) -> str | None:
    """Write the certificate beside the plan; its name, if there is one."""
    name = None if request.output is None else certificate_beside(request.output)
    if certified is None or certified.certificate is None or name is None:
        return None
    write_whole(name, certified.certificate)
    return name


def say_certified(certified: CertifiedOutcome | None, request: SolveRequest, session: Session) -> None:
    """By which means it is certified that there is no plan."""
    if certified is None:
        return
    if not certified.means:
        session.tell(session.say("That there is no plan is proven, not certified."))
        return
    means = ", ".join(session.say(MEANS_NAMES[each]) for each in certified.means)
    session.tell(session.say("That there is no plan is certified: {means}.", means=means))
    name = write_certificate(certified, request)
    if name is not None:
        session.note(session.say("Written: {file}", file=name))


def say_lacking(certified: CertifiedOutcome | None, session: Session) -> None:
    """Why what is proven of a goal is not certified, or not all of it; a line for each such goal."""
    from waveplan.render.goals import goal_name, goal_value

    language = session.translator()
    for each in () if certified is None else certified.lacking:
        goal = goal_name(language, each.goal)
        why, second = session.say(NO_CERTIFICATE[each.certificate]), session.say(NO_SECOND_PROOF[each.second])
        if each.up_to is None:
            said = session.say("{goal}: proven, not certified: {why}; {second}.", goal=goal, why=why, second=second)
        else:
            value = goal_value(language, each.goal, each.up_to)
            said = session.say(
                "{goal}: proven, certified up to {bound} only: {why}; {second}.",
                goal=goal,
                bound=value,
                why=why,
                second=second,
            )
        session.note(said)
