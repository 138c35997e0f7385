"""A judge of pages: axe-core by WCAG 2.2 AA in light and dark, width, size and what a thumb can hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "([standard, rules]) => axe.run(document, {runOnly: standard, resultTypes: ['violations'], rules})"
_SMALL = (  # a radio button or box is hit by its label, which is looked at
    "[...document.querySelectorAll('a,button,summary,textarea,.pick,.scale label,input:not([type=radio],[type=checkbox])')]"
    ".filter(e => e.type != 'hidden' && e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
)


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def faults(page: Page, name: str, *, language: str, widths: Sequence[int], but: Sequence[str] = ()) -> list[str]:
    """All that is wrong with the page that is open, in both schemes and at each width; axe looks at the first of them.

    `but` = rules of axe that are not meant for it.
    """
    found = []
    if page.get_attribute("html", "lang") != language:
        found.append(f"{name}: another language")
    if len(page.content().encode()) >= 30_000:
        found.append(f"{name}: too large")
    height = (page.viewport_size or {"height": 844})["height"]
    for width in reversed(widths):
        if len(widths) > 1:
            page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name}: sticks out at {width} pixels")
        found += [f"{name}: too small at {width} pixels: {one}" for one in page.evaluate(_SMALL)]
    page.evaluate(_axe())
    rules: Mapping[str, Any] = {one: {"enabled": False} for one in but}
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        result: dict[str, Any] = page.evaluate(_RUN, [_STANDARD, rules])
        found += [
            f"{name}, {scheme}: {one['id']}: {node['html']} {node.get('failureSummary', '')}"
            for one in result["violations"]
            for node in one["nodes"]
        ]
    return found
