"""Tables in and out: whatever a program or a person saved, each cell in its column, each row with its line."""

from __future__ import annotations

import os
import random
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.tables import (
    Table,
    csv_bytes,
    guarded,
    read_table,
    unguarded,
    write_csv,
    write_xlsx,
    xlsx_bytes,
)

Rows = list[tuple[int, list[str]]]
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0'"), max_size=12)


def save(path: Path, data: bytes | str) -> Path:
    """The path, with these bytes (or this text in UTF-8) under it."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(path: Path) -> tuple[Table, Rows]:
    """A table and all its rows."""
    table = read_table(path)
    return table, list(table.rows)


def rows_of(tmp_path: Path, data: bytes | str) -> Rows:
    """The rows of a CSV that has no fault."""
    table, rows = read(save(tmp_path / "people.csv", data))
    assert table.faults == []
    return rows


def sentence(path: Path, code: str = "file-unreadable") -> str:
    """The sentence with which a file is refused, at once or while its rows are read."""
    with pytest.raises(Refused) as no:
        read(path)
    assert no.value.refusal.code == code
    assert "\n" not in str(no.value)
    return str(no.value)


# ---------------------------------------------------------------------------------------------------------- CSV in


@pytest.mark.parametrize(
    "encoding, mark",
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("cp1252", b""),
    ],
)
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str, mark: bytes) -> None:
    """With and without a byte order mark, and the old Windows one."""
    data = mark + "last_name,first_name\r\nNúñez,Iñaki\r\n".encode(encoding)
    table, rows = read(save(tmp_path / "people.csv", data))
    assert table.header == ("last_name", "first_name")
    assert rows == [(2, ["Núñez", "Iñaki"])]
    assert bool(table.notes) == (encoding == "cp1252"), "only a guess is told"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_of_the_header(tmp_path: Path, separator: str) -> None:
    """What stands in the rows, or in quotation marks, does not mislead."""
    text = f'Last{separator}"E-mail; home, \t or work"{separator}School\nLee{separator}a;b;c{separator}d;e\n'
    if separator == ",":
        assert rows_of(tmp_path, text) == [(2, ["Lee", "a;b;c", "d;e"])]
    table, _ = read(save(tmp_path / "people.csv", text))
    assert table.header == ("Last", "E-mail; home, or work", "School")


def test_excels_own_first_line_names_the_separator(tmp_path: Path) -> None:
    """`sep=;` is no row, and the lines still count from the top of the file."""
    assert rows_of(tmp_path, "sep=;\r\na;b\r\n1,5;2\r\n") == [(3, ["1,5", "2"])]


def test_one_column_needs_no_separator(tmp_path: Path) -> None:
    """A list of e-mails alone is a table."""
    assert rows_of(tmp_path, "email\na@example.org\n") == [(2, ["a@example.org"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_right_after_a_cell_of_several_lines(tmp_path: Path, end: str) -> None:
    """A row has the line on which it begins; blank lines count and give no row."""
    lines = ["a,b", '1,"two', 'lines"', "", ",", "3,4"]
    assert rows_of(tmp_path, end.join(lines)) == [(2, ["1", f"two{end}lines"]), (6, ["3", "4"])]


def test_quoted_cells_keep_separators_and_marks(tmp_path: Path) -> None:
    """Doubled marks are one, and a blank before a mark is no cell content."""
    assert rows_of(tmp_path, 'a,b\n"Lee, Bo", "says ""hi"""\nBo "B" Lee,x\n') == [
        (2, ["Lee, Bo", 'says "hi"']),
        (3, ['Bo "B" Lee', "x"]),
    ]


@pytest.mark.parametrize(
    "line, why",
    [
        ('"Lee,Bo', "quotation mark"),
        ('"Lee" x,Bo', "quotation mark"),
        ("Lee", "1 cells where the header has 2"),
        ("Lee,Bo,x", "3 cells where the header has 2"),
        ("Lee\0,Bo", "zero byte"),
    ],
)
def test_a_damaged_line_is_one_fault_and_the_others_are_read(tmp_path: Path, line: str, why: str) -> None:
    """Also after a quotation mark that is never closed."""
    table, rows = read(save(tmp_path / "people.csv", f'a,b\n1,2\n{line}\n3,"4"\n5,6\n'))
    assert [(fault.line, why in fault.sentence) for fault in table.faults] == [(3, True)]
    assert rows == [(2, ["1", "2"]), (4, ["3", "4"]), (5, ["5", "6"])]
    assert str(table.faults[0]).startswith("people.csv:3: ")


def test_a_lone_mark_at_the_end_of_a_long_file_is_found(tmp_path: Path) -> None:
    """The mark costs its own line only, however much follows."""
    body = "".join(f"{number},x\n" for number in range(500))
    table, rows = read(save(tmp_path / "people.csv", f'a,b\n"0,x\n{body}'))
    assert [fault.line for fault in table.faults] == [2]
    assert len(rows) == 500
    assert rows[-1] == (502, ["499", "x"])


def test_empty_cells_beyond_the_header_are_no_fault(tmp_path: Path) -> None:
    """Excel leaves commas behind where something once stood."""
    assert rows_of(tmp_path, "a,b,,\n1,2,,\n3,4,,,,\n") == [(2, ["1", "2"]), (3, ["3", "4"])]


def test_a_cell_without_a_title_is_told(tmp_path: Path) -> None:
    """A remark at the side is left aside, and said."""
    table, rows = read(save(tmp_path / "people.csv", "a,b,\n1,2,\n3,4,sick\n"))
    assert rows == [(2, ["1", "2"]), (3, ["3", "4"])]
    assert [note.line for note in table.notes] == [3]


def test_100000_lines_stream(tmp_path: Path) -> None:
    """Memory stays flat, and nothing takes more than a few seconds."""
    path = tmp_path / "people.csv"
    write_csv(path, ["a", "b", "c"], ([f"Lee {number}", 'x, "y"', str(number)] for number in range(100_000)))
    tracemalloc.start()
    began = time.process_time()
    count = sum(1 for _ in read_table(path).rows)
    seconds = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 2_000_000
    assert seconds < 20  # with every allocation traced


# ------------------------------------------------------------------------------------------------------- bad files


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """The name is said."""
    assert "nobody.csv is not there" in sentence(tmp_path / "nobody.csv", "file-missing")


def test_a_folder_is_one_sentence(tmp_path: Path) -> None:
    """On every system."""
    assert "is a folder" in sentence(tmp_path, "file-is-folder")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b" , ,\n"])
def test_an_empty_file_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    """Nothing at all, a mark alone, blanks alone."""
    assert "is empty" in sentence(save(tmp_path / "people.csv", data), "file-empty")


def test_a_file_that_may_not_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may hold it."""

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = save(tmp_path / "people.csv", "a\n1\n")
    monkeypatch.setattr(Path, "open", closed)
    assert "another program holds it" in sentence(path)


@pytest.mark.parametrize(
    "start, why",
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"<!doctype html><table>", "web page"),
        (b"SQLite format 3\0", "database"),
    ],
)
def test_a_file_of_another_kind_is_one_sentence(tmp_path: Path, start: bytes, why: str) -> None:
    """Whatever its name says."""
    assert why in sentence(save(tmp_path / "people.csv", start + bytes(5000)))


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04 no zip at all", b"PK\x05\x06" + bytes(18)])
def test_a_workbook_that_is_no_zip_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    """A download that broke off."""
    assert "can't be read" in sentence(save(tmp_path / "people.xlsx", data))


def test_a_workbook_cut_short_or_altered_is_one_sentence_or_whole(tmp_path: Path) -> None:
    """Wherever it is cut or whichever byte is changed: a table or a sentence, never another failure."""
    whole = xlsx_bytes(["a", "b"], [["Núñez", number] for number in range(50)])
    chance = random.Random(7)
    path = tmp_path / "people.xlsx"
    for _ in range(300):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        if chance.random() < 0.3:
            data = data[:place]
        else:
            data[place] ^= 1 << chance.randrange(8)
        try:
            read(save(path, bytes(data)))
        except Refused as no:
            assert no.refusal.code in ("file-unreadable", "file-empty")  # noqa: PT017 (both ends are right)


def altered(path: Path, part: str, content: bytes) -> Path:
    """A sound workbook with one part replaced."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in {**parts, part: content}.items():
            book.writestr(name, data)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A gigabyte of nothing packs to a megabyte."""
    path = tmp_path / "people.xlsx"
    write_xlsx(path, ["a"], [["x"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book, book.open("xl/bomb.xml", "w") as part:
        for _ in range(600):
            part.write(bytes(1024 * 1024))
    tracemalloc.start()
    assert "unpacks to more" in sentence(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_entities_are_not_followed(tmp_path: Path) -> None:
    """A sheet that defines a text in terms of itself a billion times."""
    path = tmp_path / "people.xlsx"
    write_xlsx(path, ["a"], [["x"]])
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><worksheet>&l9;</worksheet>'
    assert "no sound Excel workbook" in sentence(altered(path, "xl/worksheets/sheet1.xml", bomb.encode()))


def test_a_zip_that_is_no_workbook_is_one_sentence(tmp_path: Path) -> None:
    """A folder of photos, packed."""
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("photo.jpg", b"x")
    assert "no Excel workbook" in sentence(path)


def test_a_row_far_below_does_not_keep_the_program_busy(tmp_path: Path) -> None:
    """A sheet whose one row claims to be the billionth is read in no time, without that row."""
    path = tmp_path / "people.xlsx"
    write_xlsx(path, ["a"], [["x"]])
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").replace(b'r="2"', b'r="999999999"')
    assert read(altered(path, "xl/worksheets/sheet1.xml", sheet))[1] == []


# --------------------------------------------------------------------------------------------------------- XLSX in


def test_a_workbook_says_what_excel_shows(tmp_path: Path) -> None:
    """Dates, times, whole numbers, leading zeros by format, formulas by their last value."""
    path = tmp_path / "people.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    stamp = book.add_format({"num_format": "m/d/yyyy h:mm AM/PM"})
    for column, title in enumerate("abcdefghijk"):
        page.write(0, column, title)
    page.write_datetime(1, 0, datetime(2025, 12, 6, 8, 7), stamp)  # noqa: DTZ001 (as Excel keeps it)
    page.write_datetime(1, 1, date(2025, 12, 6), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_number(1, 2, 0.338194444444, book.add_format({"num_format": 20}))
    page.write_number(1, 3, 1042, book.add_format({"num_format": "000000"}))
    page.write_number(1, 4, 12345678901234)
    page.write_number(1, 5, 5.5)
    page.write_boolean(1, 6, True)
    page.write_formula(1, 7, '="a"&"b"', None, "ab")
    page.write_formula(1, 8, "=NA()", None, "#N/A")
    page.write_rich_string(1, 9, "van ", book.add_format({"bold": True}), "der", " Berg")
    page.write_number(1, 10, 3.5, book.add_format({"num_format": '0.0 "days"'}))
    book.close()
    assert read(path)[1] == [
        (2, ["2025-12-06 08:07", "2025-12-06", "08:07", "001042", "12345678901234", "5.5", "TRUE", "ab", "",
             "van der Berg", "3.5"]),
    ]  # fmt: skip


def test_rows_keep_their_number_in_a_sheet_with_gaps(tmp_path: Path) -> None:
    """Title in row 3, empty rows between, short rows made even."""
    path = tmp_path / "people.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page["B3"], page["C3"], page["B7"], page["C9"] = "last", "first", "Lee", "Bo"
    book.save(path)
    table, rows = read(path)
    assert table.header == ("", "last", "first")
    assert table.header_line == 3
    assert rows == [(7, ["", "Lee", ""]), (9, ["", "", "Bo"])]


def test_the_first_visible_sheet_is_read_and_said(tmp_path: Path) -> None:
    """A hidden one before it is passed over."""
    path = tmp_path / "people.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "hidden"
    book.worksheets[0].sheet_state = "hidden"
    for name in ("Staff", "Notes"):
        book.create_sheet(name)["A1"] = name
    book.active = 1
    book.save(path)
    table, _ = read(path)
    assert table.header == ("Staff",)
    assert [note.sentence for note in table.notes] == ["only the first sheet was read: Staff."]


def test_a_workbook_is_known_by_its_bytes(tmp_path: Path) -> None:
    """Under the name of a CSV it is still a workbook."""
    assert read(save(tmp_path / "people.csv", xlsx_bytes(["a"], [["x"]])))[1] == [(2, ["x"])]


def plain_cell(value: Any) -> str:
    """What openpyxl read, as our reader says it; it leaves escaped what XML can't hold."""
    return "" if value is None else unescape(str(value))


@given(rows=st.lists(st.lists(CELLS.map(lambda text: text.replace("\r", "")), min_size=3, max_size=3), max_size=6))
def test_our_reader_says_what_a_full_reader_says(tmp_path: Path, rows: list[list[str]]) -> None:
    """For any text, openpyxl is the oracle."""
    path = tmp_path / "people.xlsx"
    write_xlsx(path, ["a", "b", "c"], rows)
    book = openpyxl.load_workbook(path, read_only=True)
    page = book.worksheets[0]
    page.reset_dimensions()
    theirs = [[plain_cell(cell) for cell in row] for row in page.iter_rows(min_row=2, max_col=3, values_only=True)]
    book.close()
    ours = dict(read(path)[1])
    for line, row in enumerate(theirs, start=2):
        if any(cell.strip() for cell in row):
            assert ours[line] == [unguarded(cell) for cell in row]
        else:
            assert line not in ours


# ------------------------------------------------------------------------------------------------------ tables out


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_again(tmp_path: Path, rows: list[list[str]]) -> None:
    """Any text at all survives the way out and back, in both formats; blanks before a cell are no content."""
    for suffix, write in ((".csv", write_csv), (".xlsx", write_xlsx)):
        path = tmp_path / f"table{suffix}"
        write(path, ["a", "b"], rows)
        table, back = read(path)
        assert table.faults == []
        kept = [row for row in rows if any(cell and not cell.isspace() for cell in row)]
        assert [[cell.lstrip(" ") for cell in row] for _, row in back] == [
            [unguarded(cell).lstrip(" ") for cell in row] for row in kept
        ]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "-"])
def test_text_that_would_run_is_guarded(text: str) -> None:
    """A spreadsheet shows it and runs nothing."""
    assert guarded(text) == "'" + text
    assert csv_bytes(["a"], [[text, 1]]).decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["-5", "+3.5", "-12,5", "O'Leary", "'tis", "a=b", ""])
def test_numbers_and_plain_text_are_not_guarded(text: str) -> None:
    """A clerk can still add up a column."""
    assert guarded(text) == text
    assert unguarded(text) == text


def test_a_csv_is_as_excel_wants_it() -> None:
    """A byte order mark for the accents, CRLF, numbers bare, None an empty cell."""
    assert csv_bytes(["name", "hours"], [["Núñez", 5.5], ["O'Leary, Siobhán", None], ["x", 0]]) == (
        b"\xef\xbb\xbf" + 'name,hours\r\nNúñez,5.5\r\n"O\'Leary, Siobhán",\r\nx,0\r\n'.encode()
    )


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    """No formula, no number made of a badge code, no cell lost to its length."""
    path = tmp_path / "hours.xlsx"
    write_xlsx(path, ["a", "b", "c", "d"], [["=1+1", "0042", 5.5, None], ["x" * 40_000, "\x1b[31m", 7, "_x0041_"]])
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    assert [(cell.value, cell.data_type) for cell in page[2]][:3] == [("=1+1", "s"), ("0042", "s"), (5.5, "n")]
    assert page["A1"].font.bold
    assert len(page["A3"].value) == 32_767
    assert read(path)[1][1][1][1:] == ["\x1b[31m", "7", "_x0041_"]


def test_the_same_rows_are_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever, wherever and in whatever zone they are written; rows are taken one by one."""

    def rows() -> Iterator[list[str | float]]:
        yield ["Núñez", 5.5]
        yield ["=1", 6.0]

    first = xlsx_bytes(["name", "hours"], rows())
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
    before = os.umask(0o077)
    try:
        write_xlsx(tmp_path / "hours.xlsx", ["name", "hours"], rows())
    finally:
        os.umask(before)
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()
    assert (tmp_path / "hours.xlsx").read_bytes() == first


def test_half_a_character_does_not_stop_a_table() -> None:
    """A lone surrogate, as a broken phone may send it, becomes a mark."""
    assert b"?" in csv_bytes(["a"], [["x\ud800"]])
    assert xlsx_bytes(["a"], [["x\ud800"]])


def test_a_table_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """Rows that fail in the middle give no file, in either format."""

    def rows() -> Iterator[list[str]]:
        yield ["x"]
        raise ZeroDivisionError

    for write, name in ((write_csv, "a.csv"), (write_xlsx, "a.xlsx")):
        with pytest.raises(ZeroDivisionError):
            write(tmp_path / name, ["a"], rows())
        assert not (tmp_path / name).exists()
