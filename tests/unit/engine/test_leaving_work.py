"""Work that hears of no stop is left to itself."""

from __future__ import annotations

import threading

import pytest
from support.command_client import GUARD

from waveplan.engine.running.leaving import unless_stopped
from waveplan.engine.running.looking import StoppedError


def test_what_the_work_comes_to_is_given() -> None:
    assert unless_stopped(lambda: 7, threading.Event()) == 7


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        unless_stopped(lambda: 1 // 0, threading.Event())


def test_nobody_waits_after_a_stop() -> None:
    stop, over = threading.Event(), threading.Event()

    def work() -> None:
        stop.set()
        over.wait(GUARD)

    with pytest.raises(StoppedError):
        unless_stopped(work, stop)
    assert not over.is_set()
    over.set()
