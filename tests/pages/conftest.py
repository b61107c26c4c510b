"""One browser for all tests of pages; a visible skip where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.small_pages import source_of

from waveplan.pages.programme import programme_page
from waveplan.render.language import translator

_QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


@pytest.fixture(scope="session")
def driver() -> Iterator[Any]:
    """A headless Chromium."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pages stay unseen")
    browser, its_driver = (shutil.which(name) for name in ("chromium", "chromedriver"))
    if browser is None or its_driver is None:
        pytest.skip("no chromium with its driver: pages stay unseen (Debian: apt install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in _QUIET:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(its_driver))
    yield started
    started.quit()


@pytest.fixture
def seen(driver: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page in a window of some width; the browser must have nothing to complain about when the test ends."""

    def opened(text: str | None = None, *, width: int = 1280, scripted: bool = True, dark: bool = False) -> Any:
        file = tmp_path / "page.html"
        file.write_text(text or programme_page(source_of(), translator("en")), encoding="utf-8")
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        scheme.append({"name": "prefers-reduced-motion", "value": "reduce"})  # clicks need not wait
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripted})
        driver.get(file.as_uri())
        return driver

    yield opened
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert driver.get_log("browser") == []
