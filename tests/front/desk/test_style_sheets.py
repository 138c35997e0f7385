"""The desk's style sheets: each is about its own screen, for Textual keeps every sheet that was ever read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plfacilitate.front import desk

FOLDER = Path(desk.__file__).parent
SHEETS = sorted(
    [*FOLDER.glob("screens/*.tcss"), *FOLDER.glob("dialogs/*.tcss"), *FOLDER.parent.glob("widgets/**/*.tcss")]
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_screens_sheet_names_its_screen(sheet: Path) -> None:
    """A rule for `#problems` alone changes every later screen that has such a list."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    selectors = [one.strip() for rule in re.findall(r"([^{}]+)\{", text) for one in rule.split(",")]
    assert [one for one in selectors if not re.match(r"[A-Z]\w+", one)] == []
