"""Every page and state by axe-core in a real Chromium: WCAG 2.2 AA, on a narrow phone, dark and light, both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.front.door.judge import faults
from tests.front.door.phones import phone
from tests.front.door.tour import tour

pytestmark = pytest.mark.requires_chromium


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_wrong_on_any_page(tmp_path: Path, chromium: Path, language: str) -> None:
    """Nothing sticks out at 320 pixels, all is large enough for a thumb, and axe has nothing to say in either scheme."""
    found: list[str] = []
    with phone(chromium, width=320, language=language, bypass_csp=True) as context:
        page = context.new_page()
        seen = 0
        for name in tour(page, tmp_path):
            seen += 1
            found += faults(page, name, language=language, widths=[320])
    assert found == []
    assert seen == 41


def test_the_judge_sees_what_is_wrong(chromium: Path) -> None:
    """Else an empty list would say nothing: too wide, too small, too pale in the dark, and without a language."""
    with phone(chromium, width=320, bypass_csp=True) as context:
        page = context.new_page()
        page.set_content(
            "<title>x</title><style>@media (prefers-color-scheme:dark){p{color:#eee;background:#fff}}</style>"
            "<main><h1>x</h1><p style='width:900px'>pale</p><button style='height:20px'>b</button></main>"
        )
        found = " ".join(faults(page, "bad", language="en", widths=[320]))
    assert "another language" in found
    assert "sticks out at 320" in found
    assert "too small at 320" in found
    assert "dark: color-contrast" in found
    assert "light: color-contrast" not in found
