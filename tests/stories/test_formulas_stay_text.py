"""Names and words that a spreadsheet would run stay text in every table that leaves the program."""

from __future__ import annotations

import ast
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from plfacilitate.shelf.tables_out import Page, csv_bytes, write_book, write_csv, write_xlsx, xlsx_bytes
from tests.conftest import ROOT
from tests.laptops import Laptop
from tests.played import Clock

HOSTILE = (
    '=HYPERLINK("https://example.org","click")', "+1-206-555-0100", "-2+3", "@SUM(A1:A9)", "=cmd|' /C calc'!A0",
    "\uff1d1+1", "=1+1\tx", "\t=1", "\r=1", "\n=1", "'=1", "=" * 300,
)  # fmt: skip
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 (the wide forms are meant)
NAMES = tuple(text for text in HOSTILE if text == text.strip() and "\t" not in text and not text.startswith("'"))


def cells_of_csv(data: bytes) -> list[str]:
    """Every cell, as another program reads it."""
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]


def cells_of_xlsx(data: bytes) -> list[str]:
    """Every cell that holds text; there must be no formula among the others."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    return [unescape(str(cell.value)) for cell in cells if cell.data_type == "s"]


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take a cell of a CSV for a formula."""
    return cell.startswith(RUN) and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["header", "cell"])
def test_a_writer_keeps_it_text(tmp_path: Path, text: str, place: str) -> None:
    """Each of them, in the header as in a row: nothing runs, and nothing of it is lost."""
    header, rows = (["plain", text], [["a", "b"]]) if place == "header" else (["plain", "other"], [["a", text]])
    write_csv(tmp_path / "one.csv", header, rows)
    for data in (csv_bytes(header, rows), (tmp_path / "one.csv").read_bytes()):
        cells = cells_of_csv(data)
        assert not any(map(runs, cells))
        assert text in cells or f"'{text}" in cells
    write_xlsx(tmp_path / "one.xlsx", header, rows)
    write_book(tmp_path / "two.xlsx", [Page("One", header, rows), Page("Two", header, rows)])
    for data in (xlsx_bytes(header, rows), *((tmp_path / name).read_bytes() for name in ("one.xlsx", "two.xlsx"))):
        assert text in cells_of_xlsx(data)


def test_nothing_but_this_one_file_writes_tables() -> None:
    """Whoever writes a table for people goes through it; one module makes rows only to read them itself."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "plfacilitate").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            used = (
                (node.value.id, node.attr)
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                else None
            )
            if used in {("csv", "writer"), ("csv", "DictWriter"), ("xlsxwriter", "Workbook")}:
                found.setdefault(used[0], set()).add(path.relative_to(ROOT).as_posix())
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("csv", "xlsxwriter"), (
                    f"{path}: import it as a whole, so that its use is seen"
                )
    tables = "plfacilitate/shelf/tables_out.py"
    assert found == {"csv": {tables, "plfacilitate/shelf/claims_files.py"}, "xlsxwriter": {tables}}


@pytest.fixture
def written(laptop: Laptop, clock: Clock, tmp_path: Path) -> Path:
    """A day of people with such names, and every table that laptop and office make of it, in one folder."""
    people = tmp_path / "people.csv"
    rows = [(name, "Ana", f"person{at}@example.org", name) for at, name in enumerate(NAMES)]
    people.write_bytes(csv_bytes(("last_name", "first_name", "email", "school"), rows))
    event = laptop.schedule("pscpl-cohort", "2023-12-06", in_service="PS-4711")
    laptop.do("event", "expect", event, people)
    laptop.do("event", "open", event)
    laptop.attend(event, "\n".join(f"{email}, 8:20, 15:50" for _, _, email, _ in rows))
    for name in NAMES:
        laptop.do("note", "--event", event, "--", name)
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    laptop.do("attendance", "correct", event, "person0@example.org", "--out", "12:00", "--reason", "=went(home)")
    office, url = tmp_path / "office", f"sqlite:///{tmp_path / 'register.db'}"
    laptop.hand_in(event, office)
    laptop.do("print", "records", event, "--out", office / "records.csv")
    at_office = ("--register", url)
    laptop.do("office", "receive", *at_office, office)
    laptop.do(
        "office", "roll", *at_office, "--csv", office / "roll.csv", "--xlsx", office / "roll.xlsx",
        "--university", office / "university.csv",
    )  # fmt: skip
    claims = office / "claims.csv"
    claimed = [(name, "Ana", f"other{at}@example.org", "3") for at, name in enumerate(NAMES)]
    claims.write_bytes(csv_bytes(("Last Name", "First Name", "Email", "Clock Hours"), claimed))
    laptop.do("office", "reconcile", claims, *at_office, "--in-service", "PS-4711", "--out", office / "result.xlsx")
    laptop.do(
        "office", "statement", *at_office, "--series", "PS-4711", "--one-file", "--out", office / "all.pdf",
        "--mail", office / "merge.csv",
    )  # fmt: skip
    return office


def tables(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every table that lies there or in a parcel there."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".csv", ".xlsx"):
            yield path.name, path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as parcel:
                for name in parcel.namelist():
                    if name.endswith((".csv", ".xlsx")):
                        yield f"{path.name}: {name}", parcel.read(name)


def test_every_table_of_a_day_and_of_the_office(written: Path) -> None:
    """Parcels, what lies beside them, letters, roll, claims and mail merge: read back by others, nothing runs."""
    seen: dict[str, int] = {}
    for name, data in tables(written):
        cells = cells_of_csv(data) if name.endswith(".csv") else cells_of_xlsx(data)
        if name.endswith(".csv"):
            assert not any(map(runs, cells)), name
        whole = [cell.removeprefix("'") for cell in cells]
        found = sum(any(cell.startswith(text) for cell in whole) for text in NAMES)
        seen[name.rpartition(": ")[2].rpartition("-v1-")[2]] = found
    everybody = {
        "attendance.csv", "claims.csv", "credit.csv", "hours.csv", "hours.xlsx", "merge.csv", "notes.csv",
        "office-table.csv", "office-table.xlsx", "people.csv", "records.csv", "result.xlsx", "roll.csv", "roll.xlsx",
    }  # fmt: skip
    assert everybody <= {name for name, found in seen.items() if found == len(NAMES)}, seen
