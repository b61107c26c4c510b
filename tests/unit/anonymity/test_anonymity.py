"""The same case without names: what must fit still fits, what identifies is gone, what stays is told."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.command_line import ROOT

from waveplan import api
from waveplan.anonymity.days import chosen_shift, moved
from waveplan.anonymity.leaks import left_words
from waveplan.anonymity.pseudonyms import Pseudonyms
from waveplan.loading import load_inventory, load_plan
from waveplan.usecases.anonymise import Anonymised, Disguise, anonymised, kept_facts

KEY = b"a secret of some length"
EXAMPLES = ("datacentre-exit", "outsourcing-transition", "shared-services", "support-outsourcing")


def disguised(name: str, disguise: Disguise) -> Anonymised:
    """An example and its plan under other names."""
    folder = ROOT / "examples"
    return anonymised(load_inventory(str(folder / name)), load_plan(str(folder / f"{name}.plan.yaml")), None, disguise)


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> tuple[str, Anonymised]:
    """The name of an example, and what became of it."""
    return request.param, disguised(request.param, Disguise(KEY))


def test_plans_hold_and_inventories_say_what_they_said(example: tuple[str, Anonymised], tmp_path: Path) -> None:
    name, done = example
    assert done.findings == []
    for file, text in done.files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    before = api.validate(str(ROOT / "examples" / name), foresee=True)
    after = api.validate(str(tmp_path / "inventory.yaml"), foresee=True)
    assert Counter(each.code for each in after.findings) == Counter(each.code for each in before.findings)
    verdict = api.check(str(tmp_path / "plan.yaml"), str(tmp_path / "inventory.yaml"))
    assert not verdict.findings


def test_figures_of_the_plan_stay(example: tuple[str, Anonymised], tmp_path: Path) -> None:
    name, done = example
    (tmp_path / "plan.yaml").write_text(done.files["plan.yaml"], encoding="utf-8")
    before = load_plan(str(ROOT / "examples" / f"{name}.plan.yaml")).plan
    after = load_plan(str(tmp_path / "plan.yaml")).plan
    assert before is not None and after is not None
    assert after.metrics == before.metrics
    assert [(wave.date, wave.totals.servers, len(wave.lots)) for wave in after.waves] == [
        (wave.date, wave.totals.servers, len(wave.lots)) for wave in before.waves
    ]


def test_no_name_is_left(example: tuple[str, Anonymised]) -> None:
    name, done = example
    inventory = load_inventory(str(ROOT / "examples" / name)).inventory
    assert inventory is not None
    names = {each.name for each in (*inventory.applications, *inventory.sites, *inventory.teams) if each.name}
    ids = {each.id for each in (*inventory.applications, *inventory.sites, *inventory.teams, *inventory.servers)}
    text = "\n".join(done.files.values())
    assert not [each for each in names if each in text]
    words = set(re.findall(r"[\w.@/+-]*\w", text))
    assert ids & words <= set(done.left)


def test_the_same_key_gives_the_same_bytes_and_another_one_others() -> None:
    first, again = disguised("support-outsourcing", Disguise(KEY)), disguised("support-outsourcing", Disguise(KEY))
    assert first.files == again.files
    other = disguised("support-outsourcing", Disguise(b"another secret"))
    assert set(other.replaced.values()).isdisjoint(set(first.replaced.values()) - {"main"})


def test_days_move_by_weeks_and_the_plan_still_holds() -> None:
    done = disguised("datacentre-exit", Disguise(KEY, secret_weeks=True))
    assert done.findings == []
    assert done.weeks != 0
    before = load_inventory(str(ROOT / "examples" / "datacentre-exit")).inventory
    assert before is not None
    start = before.programme.start + dt.timedelta(weeks=done.weeks)
    assert f"start: {start.isoformat()}" in done.files["inventory.yaml"]
    assert before.programme.start.isoformat() not in done.files["inventory.yaml"]


def test_what_stays_is_told() -> None:
    inventory = load_inventory(str(ROOT / "examples" / "datacentre-exit")).inventory
    assert inventory is not None
    assert {"FR", "BE"} <= set(kept_facts(inventory)["country"])
    assert left_words(["kind: security"], {"security": "team-1", "finance": "domain-1"}) == ("security",)


WORDS = st.text(alphabet="abcdefghij-.", min_size=1, max_size=6).filter(lambda text: text[0].isalpha())


@given(st.sets(WORDS, min_size=2), st.sampled_from(["site", "app", "word"]))
def test_two_words_never_become_one(words: set[str], kind: str) -> None:
    pseudonyms = Pseudonyms(KEY)
    assert len({pseudonyms.reference(word, kind) for word in sorted(words)}) == len(words)


def test_references_are_replaced_piece_by_piece() -> None:
    pseudonyms = Pseudonyms(KEY)
    desk, lyon, step = (pseudonyms.whole(*each) for each in (("desk", "service"), ("lyon", "site"), ("go", "step")))
    assert pseudonyms.reference("desk@lyon/go", "item") == f"{desk}@{lyon}/{step}"
    assert pseudonyms.reference("server:desk", "server") == f"server:{desk}"
    assert pseudonyms.reference("desk/b12", "item") == f"{desk}/b12"
    assert pseudonyms.composed("accept desk go-live, go", str.upper) == f"ACCEPT {desk} GO-LIVE, {step}"
    assert pseudonyms.whole("10.1.2.3", "address").startswith("10.")
    assert pseudonyms.whole("payroll data", "data-class").startswith("personal-")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(-600, 600))
def test_days_and_weeks_move_alike(day: dt.date, weeks: int) -> None:
    later = day + dt.timedelta(weeks=weeks)
    assert moved(f"{day}T10:00:00+02:00 to {day}", weeks) == f"{later}T10:00:00+02:00 to {later}"
    week, after = day.isocalendar(), later.isocalendar()
    assert moved(f"{week.year:04d}-W{week.week:02d}", weeks) == f"{after.year:04d}-W{after.week:02d}"


@pytest.mark.parametrize("text", ["2026-02-30", "12-24", "v1.2026-01", "", "9999-12-31"])
def test_what_is_no_day_stays(text: str) -> None:
    assert moved(text, 100) == text


def test_a_shift_keeps_holidays_where_one_does() -> None:
    def is_holiday(day: dt.date) -> frozenset[str]:  # each 28th year is like another
        return frozenset({"x"} if (day.month, day.day) == (12, 25) else ())

    weeks, differing = chosen_shift(dt.date(2026, 12, 1), dt.date(2026, 12, 31), is_holiday, 7)
    assert differing == ()
    assert (dt.date(2026, 12, 25) + dt.timedelta(weeks=weeks)).strftime("%m-%d") == "12-25"
    only = dt.date(2026, 12, 25)
    _, all_differ = chosen_shift(only, only, lambda day: frozenset({"x"} if day == only else ()), 0)
    assert all_differ == (only,)


def test_numbers_stay_and_audiences_keep_their_people(tmp_path: Path) -> None:
    text = """waveplan: 1
programme: {name: Office move, start: 2026-01-05, deadline: 2026-12-18}
sites: [{id: paris, users: 80}, {id: lyon, users: {office: 5}, languages: [fr]}]
applications: [{id: crm, user_sites: [paris, lyon], personas: [office]}]
adoption:
  - {id: notice, kind: reminder, days_before: 2, template: announcement, audience: {persona: office, language: fr}}
"""
    (tmp_path / "plain.yaml").write_text(text, encoding="utf-8")
    done = anonymised(load_inventory(str(tmp_path / "plain.yaml")), None, None, Disguise(KEY))
    (tmp_path / "hidden.yaml").write_text(done.files["inventory.yaml"], encoding="utf-8")
    found = api.validate(str(tmp_path / "hidden.yaml"))
    assert [each.code for each in found.findings if each.code != "WP126"] == []
    assert found.inventory is not None
    assert [site.total_users for site in found.inventory.sites] == [80, 5]
    (entry,) = found.inventory.adoption
    assert entry.template == "announcement"
    assert entry.audience is not None
    assert list(entry.audience.words("language")) == ["fr"]
    assert "office" not in done.files["inventory.yaml"]
