"""Every page and state by axe-core in a real Chromium: WCAG 2.2 AA, on a narrow phone, dark and light, both languages."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.front.door.phones import phone
from tests.front.door.tour import tour

pytestmark = pytest.mark.requires_chromium
_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_on_any_page(tmp_path: Path, chromium: Path, language: str, scheme: str) -> None:
    """Nothing sticks out at 320 pixels, every page says its language, and axe has nothing to say."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    found: list[str] = []
    with phone(chromium, width=320, scheme=scheme, language=language, bypass_csp=True) as context:
        page = context.new_page()
        seen = 0
        for name in tour(page, tmp_path):
            seen += 1
            assert page.get_attribute("html", "lang") == language, name
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
            assert len(page.content().encode()) < 30_000, name
            page.evaluate(axe)
            result: dict[str, Any] = page.evaluate(
                "standard => axe.run(document, {runOnly: standard, resultTypes: ['violations']})", _STANDARD
            )
            found += [
                f"{name}: {one['id']}: {node['html']} {node.get('failureSummary', '')}"
                for one in result["violations"]
                for node in one["nodes"]
            ]
    assert found == []
    assert seen == 25


def test_what_is_tapped_is_large_enough_for_a_thumb(tmp_path: Path, chromium: Path) -> None:
    """At least 44 pixels high, on every page."""
    with phone(chromium, width=320) as context:
        page = context.new_page()
        for name in tour(page, tmp_path):
            small = page.evaluate(
                "[...document.querySelectorAll('a,button,summary,textarea,.pick,.scale label,input:not([type=radio])')]"
                ".filter(e => e.type != 'hidden' && e.offsetParent && e.getBoundingClientRect().height < 44)"
                ".map(e => e.outerHTML)"
            )
            assert small == [], name
