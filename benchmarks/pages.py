"""How fast the page of a large programme is written, how large it is, and how fast it opens and filters.

Usage: `python benchmarks/pages.py [--lots 800]`. The plan is put together without a search, so that only the page is
measured: lots in the order of their inventory, spread evenly over its slots; every figure is worked out by the check's
own code. Opening and filtering need Debian's chromium and chromium-driver, and selenium: without them they are left
out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from generators import inventory_text  # noqa: E402
from support.inventories import inventory_from  # noqa: E402
from support.plans import state_plan  # noqa: E402

from waveplan.change_calendar import ChangeCalendar  # noqa: E402
from waveplan.domain.inventory import Inventory  # noqa: E402
from waveplan.domain.items import Items  # noqa: E402
from waveplan.domain.plan import Plan  # noqa: E402
from waveplan.lots import form_lots  # noqa: E402
from waveplan.pages.context import PageSource  # noqa: E402
from waveplan.pages.programme import programme_page  # noqa: E402
from waveplan.render.language import translator  # noqa: E402

_FROM_FIRST, _BEFORE_LAST = 8, 6  # slots that are left free for gates and hypercare
_FILTER = """
const search = document.getElementById("q"), done = arguments[0], began = performance.now();
search.value = "app-00";
search.dispatchEvent(new Event("input", {bubbles: true}));
const seen = new MutationObserver(() => { seen.disconnect(); requestAnimationFrame(() => setTimeout(
  () => done(performance.now() - began))); });
seen.observe(document.querySelector("output"), {childList: true, characterData: true, subtree: true});
"""


def large_programme(lots: int) -> tuple[Inventory, Plan]:
    """An inventory with about so many lots, and a plan that has them in every slot in turn."""
    inventory = inventory_from(inventory_text(lots * 5 // 2, lots * 5 // 4, lots * 3))
    formed = list(form_lots(Items(inventory)))
    slots = ChangeCalendar(inventory).slots[_FROM_FIRST:-_BEFORE_LAST]
    placed = {
        str(item.id): str(slots[number * len(slots) // len(formed)].id)
        for number, lot in enumerate(formed)
        for item in lot.items
    }
    return inventory, state_plan(inventory, placed)


def opened_and_filtered(text: str) -> tuple[float, float, float, float] | None:
    """Seconds until the page has loaded, and from a search to its painted answer, each also in seconds of a core that
    the page kept busy; None without a browser.
    """
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        return None
    from selenium import webdriver

    options: Any = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"):
        options.add_argument(argument)
    window = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "page.html")
            file.write_text(text, encoding="utf-8")
            window.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
            window.get(file.as_uri())
            opening = _busy(window)
            loaded = window.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")
            filtered = window.execute_async_script(_FILTER)
            filtering = _busy(window) - opening
    finally:
        window.quit()
    return loaded / 1000, opening, filtered / 1000, filtering


def _busy(window: Any) -> float:
    """Seconds that the page's main thread has worked so far."""
    metrics = window.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description="Measure the page of a large programme.")
    parser.add_argument("--lots", type=int, default=800)
    inventory, plan = large_programme(parser.parse_args().lots)
    began, worked = time.perf_counter(), time.process_time()
    text = programme_page(PageSource(plan, inventory), translator("en"))
    print(f"{len(plan.lots)} lots in {len(plan.waves)} waves")
    elapsed, busy = time.perf_counter() - began, time.process_time() - worked
    print(f"written in {elapsed:.2f} s ({busy:.2f} s of a core), {len(text.encode()) / 1e6:.2f} MB")
    seen = opened_and_filtered(text)
    words = "opened in {:.2f} s ({:.2f} s of a core), filtered in {:.2f} s ({:.2f} s of a core)"
    print("no browser" if seen is None else words.format(*seen))


if __name__ == "__main__":
    main()
