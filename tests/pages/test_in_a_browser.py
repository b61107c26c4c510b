"""Pages in a real browser: what is seen, searched, filtered and reached by keyboard, with scripts on and off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.command_client import GUARD
from support.small_pages import HOSTILE, hostile_source, source_of

from waveplan.assessment.briefing import briefing
from waveplan.pages.programme import programme_page
from waveplan.pages.writing import report_page
from waveplan.render.language import translator
from waveplan.render.reports.steering import steering_report

pytest.importorskip("selenium", reason="selenium is not installed: pages stay unseen")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
Seen = Callable[..., Any]


def _visible(driver: Any, selector: str) -> list[str]:
    found = driver.find_elements(By.CSS_SELECTOR, selector)
    return [element.text for element in found if element.is_displayed()]


def _patiently(driver: Any, condition: Callable[[], bool]) -> None:
    WebDriverWait(driver, GUARD).until(lambda _: condition())


def _lots(driver: Any) -> list[str]:
    return _visible(driver, ".lot summary b")


def _small_report() -> str:
    """A report for a meeting, which has no script."""
    source = source_of()
    found = briefing(source.plan, source.inventory, source.plan.waves[0].date, days=35)
    return report_page(steering_report(found, source.plan, translator("en")), translator("en"))


def test_search_and_filters_leave_what_was_asked_for(seen: Seen) -> None:
    driver = seen()
    everything = _lots(driver)
    assert len(everything) == 3
    search = driver.find_element(By.ID, "q")
    search.send_keys("Stock KEEPING")
    _patiently(driver, lambda: len(_lots(driver)) == 1)
    assert _lots(driver)[0].startswith("stock")
    assert len(_visible(driver, ".v-wave .rows .row")) == 1
    assert driver.find_element(By.TAG_NAME, "output").text == "1 of 3 lots, 1 of 2 waves"
    driver.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    _patiently(driver, lambda: _lots(driver) == everything)
    driver.find_element(By.CSS_SELECTOR, "#by-t option[value='1']").click()
    _patiently(driver, lambda: len(_lots(driver)) == 2)
    search.send_keys("no such thing")
    _patiently(driver, lambda: not _lots(driver))
    assert _visible(driver, ".wave") == []


def test_views_follow_their_buttons_and_tables_sort(seen: Seen) -> None:
    driver = seen()
    assert len(_visible(driver, ".v-wave .rows .row")) == 2
    driver.find_element(By.CSS_SELECTOR, "label[for=v-lot]").click()
    assert len(_visible(driver, ".v-lot .rows .row")) == 3
    assert _visible(driver, ".v-wave .row") == []
    table = driver.find_element(By.CSS_SELECTOR, "#waves table")
    assert [cell.text for cell in table.find_elements(By.CSS_SELECTOR, "td:first-child")] == ["W01", "W02"]
    button = table.find_element(By.CSS_SELECTOR, "th button")
    button.click()
    button.click()
    assert [cell.text for cell in table.find_elements(By.CSS_SELECTOR, "td:first-child")] == ["W02", "W01"]
    assert table.find_element(By.CSS_SELECTOR, "th").get_attribute("aria-sort") == "descending"


def test_the_keyboard_tells_the_facts_and_leads_to_a_wave(seen: Seen) -> None:
    driver = seen()
    rows = driver.find_elements(By.CSS_SELECTOR, ".v-wave .row > a")
    assert [row.get_attribute("tabindex") for row in rows][1:] == ["-1"] * (len(rows) - 1)
    driver.execute_script("arguments[0].focus()", rows[0])
    active = driver.switch_to.active_element
    for _ in rows[1:]:
        active.send_keys(Keys.ARROW_DOWN)
        active = driver.switch_to.active_element
    facts = active.find_element(By.CSS_SELECTOR, ".facts")
    assert "cutover Sat 30 May" in facts.text
    assert facts.value_of_css_property("position") == "fixed"
    active.send_keys(Keys.ENTER)
    assert driver.execute_script("return location.hash") == "#w-2"


def test_everything_is_there_without_scripts(seen: Seen) -> None:
    driver = seen(scripted=False)
    assert len(_lots(driver)) == 3
    assert not driver.find_element(By.CSS_SELECTOR, ".filters").is_displayed()
    driver.find_element(By.CSS_SELECTOR, "label[for=v-team]").click()
    assert len(_visible(driver, ".v-team .rows .row")) == 1
    driver.find_element(By.CSS_SELECTOR, "#look-dark").click()
    body = driver.find_element(By.TAG_NAME, "body")
    assert body.value_of_css_property("background-color").startswith("rgba(18, 22, 28")


def test_hostile_names_do_nothing_but_stand_there(seen: Seen) -> None:
    driver = seen(programme_page(hostile_source(), translator("en")))
    assert driver.execute_script("return document.scripts.length") == 1
    assert HOSTILE[0] in driver.title
    driver.find_element(By.ID, "q").send_keys(HOSTILE[0])  # in a gate's criteria, and among the items of a lot
    _patiently(driver, lambda: driver.find_element(By.TAG_NAME, "output").text == "3 of 3 lots, 2 of 2 waves")
    assert HOSTILE[1] in driver.find_element(By.ID, "main").text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_wider_than_a_phone(seen: Seen, language: str) -> None:
    driver = seen(programme_page(source_of(), translator(language)), width=390)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("report", [False, True])
def test_axe_finds_nothing_serious(seen: Seen, dark: bool, report: bool) -> None:
    driver = seen(_small_report() if report else None, dark=dark)
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    serious = [each for each in found["violations"] if each["impact"] in {"serious", "critical"}]
    assert not serious, [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in serious]
    assert found["passes"]
