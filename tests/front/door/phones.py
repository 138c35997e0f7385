"""A real Chromium of a phone's size, which knows the door by a name that is not the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

_ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP door.test 127.0.0.1"]


@contextmanager
def phone(
    chromium: Path, *, script: bool = True, width: int = 390, scheme: str = "light", language: str = "en",
    bypass_csp: bool = False,
) -> Iterator[BrowserContext]:  # fmt: skip
    """One phone in a browser of its own. `script` False = JavaScript is off."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        try:
            yield phone_of(browser, script=script, width=width, scheme=scheme, language=language, bypass_csp=bypass_csp)
        finally:
            browser.close()


def phone_of(
    browser: Browser, *, script: bool = True, width: int = 390, scheme: str = "light", language: str = "en",
    bypass_csp: bool = False,
) -> BrowserContext:  # fmt: skip
    """One phone more in a browser that runs. `bypass_csp` lets a judge of pages into them."""
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        java_script_enabled=script,
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
        bypass_csp=bypass_csp,
    )
    context.set_default_timeout(20_000)
    return context
