"""`waveplan solve --portfolio K`: the same solve several times, here, in processes or on a cluster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.session import Session
from waveplan.cli.spreading import SpreadOptions
from waveplan.cli.watching import watched
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.api import Validation
    from waveplan.cli.requests import SolveRequest
    from waveplan.domain.plan import Plan
    from waveplan.planning.options import Outcome, SolveOptions
    from waveplan.usecases.portfolio import Member, Portfolio


def refuse_half_a_portfolio(request: SolveRequest) -> None:
    """Raise UsageError for options that only a portfolio has, and for those that do not go with one."""
    if request.portfolio is None:
        for name, given in (("--dask", request.dask), ("--shard", request.shard), ("--threads", request.threads)):
            if given is not None:
                raise UsageError("{option} goes with --portfolio K, the number of solves to spread", option=name)
        return
    if request.allow_unplanned:
        raise UsageError("--portfolio does not go with --allow-unplanned")
    _spread(request).where()
    if request.shard is not None:
        _spread(request).share()
        if request.output is not None:
            raise UsageError("--shard writes its share to standard output; `waveplan merge -o` writes the plan")


def _spread(request: SolveRequest) -> SpreadOptions:
    return SpreadOptions(request.search.workers, request.dask, request.shard)


def portfolio_in(
    request: SolveRequest, validation: Validation, options: SolveOptions, baseline: Plan | None
) -> Portfolio:
    """The members to be solved here, each with one thread unless more are asked for."""
    from waveplan.usecases.portfolio import portfolio_of

    assert request.portfolio is not None
    single = replace(options, workers=request.threads or 1)
    whole = portfolio_of(validation, single, request.portfolio, baseline)
    shard = _spread(request).share()
    return whole if shard is None else replace(whole, numbers=tuple(shard.share(whole.numbers)))


def solved(portfolio: Portfolio, request: SolveRequest, session: Session) -> list[Member]:
    """The members, each told as it is done."""
    from waveplan.executors import opened
    from waveplan.usecases.portfolio import solve_members

    def tell(member: Member) -> None:
        session.note(_told(member, portfolio.count, session))

    with watched(session, silent=True) as watching, opened(_spread(request).where()) as executor:
        return solve_members(portfolio, executor=executor, stop=watching.stop, on_member=tell)


def _told(member: Member, count: int, session: Session) -> str:
    plan = member.outcome.plan
    values = {"number": member.number + 1, "count": count}
    if plan is None:
        if member.outcome.status == "infeasible":
            return session.say("Solve {number} of {count}: proven that there is no plan", **values)
        return session.say("Solve {number} of {count}: no plan found", **values)
    from waveplan.render.goals import reached_words

    words = reached_words(session.translator(), plan.solve.goals)
    return session.say("Solve {number} of {count}: {goals}", goals=words, **values)


def won(members: list[Member], portfolio: Portfolio, validation: Validation) -> Outcome:
    """What they come to."""
    from waveplan.usecases.portfolio import won as best

    return best(members, portfolio.count, validation)


def hand_over_share(members: list[Member], portfolio: Portfolio, request: SolveRequest, session: Session) -> int:
    """The share on standard output; returns the exit code."""
    from waveplan.usecases.shares import ShareFile, fingerprint, share_text

    shard = _spread(request).share()
    assert shard is not None
    files = [f"{each.file} {each.sha256}" for each in portfolio.files]
    asked = repr(portfolio.options)
    baseline = "" if portfolio.baseline is None else portfolio.baseline.model_dump_json()
    of = {"members": portfolio.count, "work": fingerprint([*files, asked, baseline])}
    session.result(share_text(ShareFile("portfolio", of, shard, tuple(members))))
    interrupted = any(each.outcome.interrupted for each in members)
    return exit_codes.INTERRUPTED if interrupted else exit_codes.CLEAN
