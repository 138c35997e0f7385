"""Tables out: CSV with the formula guard against the sqlite3 shell's own dump, XLSX against plain xlsxwriter."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.figures import Figure, paired
from plfacilitate.shelf.tables_out import write_csv, write_xlsx

ROWS = int(os.environ.get("PLFACILITATE_BENCH_ROWS", "200000"))  # a region has 1,000,000 in a year
_XLSX_ROWS = 20_000
_HEADER = tuple(f"column {number}" for number in range(9))
_QUERY = "SELECT a, b, c, d, e, f, g, h, i FROM line"


def figures() -> list[Figure]:
    """The same rows of a table on a file, written by both."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        with closing(sqlite3.connect(base / "rows.db")) as connection:
            connection.execute("CREATE TABLE line (a, b, c, d, e, f, g, h, i)")
            connection.executemany("INSERT INTO line VALUES (?,?,?,?,?,?,?,?,?)", _rows(ROWS))
            connection.commit()
            found = [_xlsx(base)]
            return [_csv(base, connection), *found] if shutil.which("sqlite3") else found


def _csv(base: Path, connection: sqlite3.Connection) -> Figure:
    def shell() -> None:
        with (base / "shell.csv").open("wb") as file:
            subprocess.run(["sqlite3", "-csv", "-header", str(base / "rows.db"), _QUERY], stdout=file, check=True)

    ratio, theirs, mine = paired(
        shell, lambda: write_csv(base / "ours.csv", _HEADER, connection.execute(_QUERY)), runs=3
    )
    return Figure(
        "tables", f"CSV of {ROWS:,} rows, guarded: speed ÷ the sqlite3 shell's own dump", ratio, least=0.22,
        detail=f"{mine:.2f} / {theirs:.2f} s",
    )  # fmt: skip


def _xlsx(base: Path) -> Figure:
    rows = list(_rows(_XLSX_ROWS))

    def plain() -> None:
        import xlsxwriter

        with xlsxwriter.Workbook(str(base / "plain.xlsx"), {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for number, row in enumerate((_HEADER, *rows)):
                page.write_row(number, 0, row)

    ratio, theirs, mine = paired(plain, lambda: write_xlsx(base / "ours.xlsx", _HEADER, rows), runs=3)
    return Figure(
        "tables", f"XLSX of {_XLSX_ROWS:,} rows: speed ÷ plain xlsxwriter, constant memory", ratio, least=0.8,
        detail=f"{mine:.2f} / {theirs:.2f} s",
    )  # fmt: skip


def _rows(count: int) -> Iterator[tuple[str | int | float, ...]]:
    for number in range(count):
        yield (
            f"{number:08x}-e29b-41d4-a716-446655440000", "Alvarez", "Maria", "maria.alvarez@renton.example.org",
            "Campbell Hill Elementary", "2023-12-06 08:07", number % 400, 5.5, "meal −45: meals; break −30: breaks",
        )  # fmt: skip
