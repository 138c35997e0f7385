"""The report of a visit at the desk: one key, two files, and where they lie."""

from __future__ import annotations

from pathlib import Path

import pypdf

from tests.front.desk.conftest import seat_of
from tests.front.desk.visiting import DANA, LAN, observes, visiting_day


async def test_one_key_writes_the_report(tmp_path: Path) -> None:
    """From the visit's screen, into the folder printed; the toast says where."""
    day = visiting_day(tmp_path)
    for who in (DANA, LAN):
        observes(day, who, "s1", "psesd-lens", at="9:01", ended="9:21")
    async with seat_of(day, size=(120, 40)) as seat:
        await seat.type("v")
        await seat.type("w")
        await seat.told("The report:")
    folder = day.around.workspace.root / "printed"
    stem = "2023-12-06-lakeridge-elementary-visit-report"
    assert {path.name for path in folder.iterdir()} == {f"{stem}.pdf", f"{stem}.html"}
    assert "Lakeridge Elementary" in pypdf.PdfReader(folder / f"{stem}.pdf").pages[0].extract_text()
    assert "Lakeridge Elementary" in (folder / f"{stem}.html").read_text("utf-8")


async def test_a_look_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    """And no half file lies anywhere."""
    day = visiting_day(tmp_path)
    own = day.around.workspace.exports / "documents"
    own.mkdir(parents=True)
    (own / "visit-report.typ").write_text("#let x = ", "utf-8")
    async with seat_of(day, size=(120, 40)) as seat:
        await seat.type("v")
        await seat.type("w")
        await seat.told("can't be printed")
    assert not list((day.around.workspace.root / "printed").iterdir())
