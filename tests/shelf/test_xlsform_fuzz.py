"""Whatever a workbook holds: a protocol that its file says again, or sentences; never anything else."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.protocols import checked_text
from plfacilitate.shelf.xlsform.form import read_xlsform
from plfacilitate.shelf.xlsform.words import MOST_LETTERS, Ids, slug, words
from tests.forms import HEAD, form, save

ANY = st.text(max_size=20)
SAVED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)
TYPES = st.sampled_from(
    ["text", "integer", "note", "begin_group", "end_group", "begin_repeat", "end_repeat", "select_one a",
     "select_one b or_other", "select_multiple a", "select_multiple none", "rank b", "range", "calculate", "image",
     "acknowledge", "start", "begin_kobomatrix", "score__row", "select_one", "decimal", "", "#remark"]
)  # fmt: skip
CELL = SAVED | st.sampled_from(
    ["yes", "no", "1", "2", "3", "0", "level_1", "na", "${a}", "**", "<b>", "likert", "counter", "start=0 end=5 step=1",
     "learner-profiles", "who-is-heard", "end=1e9", "_", "=1+1", "_x001B_", "_xD800_"]
)  # fmt: skip
COLUMNS = ["type", "name", "label", "hint", "label::English (en)", "label::Español", "appearance", "parameters",
           "attribute", "facet", "required", "relevant", "media::image", "other"]  # fmt: skip


def tried(path: Path, **options: str) -> None:
    """A form is read: what comes of it is a file that says the same again, or a refusal in words."""
    with suppress(Refused):
        found = read_xlsform(path, **options)  # type: ignore[arg-type]  # a kind by its word
        again = checked_text(found.text, path.with_name(f"{found.protocol.id}.toml"))
        assert again == found.protocol
        head = found.text.partition("\nid = ")[0]
        assert all(line.startswith("#") for line in head.strip().splitlines())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the forms of this file lie."""
    return tmp_path_factory.mktemp("forms") / "f.xlsx"


SOUND_TYPES = st.sampled_from(
    ["text", "integer", "note", "begin_group", "end_group", "begin_repeat", "end_repeat", "select_one a",
     "select_one b or_other", "select_multiple a", "rank b", "range", "calculate", "acknowledge", "start", "decimal"]
)  # fmt: skip
NAMED = CELL.map(lambda text: text if text.strip() else "name")
SOUND = {"attribute": st.sampled_from(["", "learner-profiles"]), "facet": st.sampled_from(["", "Who is heard"]),
         "type": SOUND_TYPES, "name": NAMED, "label": NAMED}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(*[SOUND.get(name, CELL | st.just("")) for name in COLUMNS]), min_size=1, max_size=10),
    choices=st.lists(st.tuples(st.sampled_from("ab"), NAMED, CELL), max_size=8),
    kind=st.sampled_from(["observation", "interview", None]),
)
def test_a_form_without_a_fault_becomes_a_file_that_says_the_same(
    place: Path, rows: list[tuple[str, ...]], choices: list[tuple[str, ...]], kind: str
) -> None:
    """Whatever its words are: the only thing it can lack is a question."""
    lists = [("list_name", "name", "label"), ("a", "1", "x"), ("b", "yes", "y"), *choices]
    save(place, survey=[COLUMNS, ("integer", "n", "N"), *rows], choices=lists)
    found = read_xlsform(place, kind=kind)  # type: ignore[arg-type]  # a kind by its word
    assert checked_text(found.text, place.with_name(f"{found.protocol.id}.toml")) == found.protocol
    asked = sum(row[0] not in ("note", "begin_group", "end_group", "begin_repeat", "end_repeat", "calculate", "start")
                for row in rows)  # fmt: skip
    others = sum(row[0] == "select_one b or_other" for row in rows) if found.protocol.kind == "observation" else 0
    assert found.protocol.size == 1 + asked + others


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(TYPES, CELL, CELL, *[CELL | st.just("")] * 11), max_size=12),
    choices=st.lists(st.tuples(st.sampled_from(["a", "b", ""]), CELL, CELL), max_size=8),
    settings_row=st.lists(CELL, min_size=4, max_size=4),
    kind=st.sampled_from(["observation", "interview", None]),
)
def test_no_content_gives_anything_but_a_protocol_or_sentences(
    place: Path, rows: list[tuple[str, ...]], choices: list[tuple[str, ...]], settings_row: list[str], kind: str
) -> None:
    """Types, names, labels, looks and languages in any mixture."""
    save(
        place,
        survey=[COLUMNS, *rows],
        choices=[("list_name", "name", "label"), *choices],
        settings=[("form_title", "form_id", "version", "default_language"), settings_row],
    )
    tried(place, kind=kind)


@settings(max_examples=100, deadline=None)
@given(header=st.lists(SAVED | st.sampled_from(COLUMNS), max_size=6), row=st.lists(SAVED, max_size=6))
def test_no_header_gives_anything_else(place: Path, header: list[str], row: list[str]) -> None:
    """Columns of any name, twice, in no language or in many."""
    tried(save(place, survey=[header, row, row], choices=[header, row], settings=[header, row]))


@settings(max_examples=120, deadline=None)
@given(at=st.integers(0, 100_000), value=st.integers(0, 255), cut=st.booleans())
def test_no_damage_gives_anything_else(place: Path, at: int, value: int, cut: bool) -> None:
    """One byte is another one, or the file ends there."""
    data = bytearray(form(place, ("select_one yn", "x", "X"), ("integer", "n", "N")).read_bytes())
    at %= len(data)
    data[at] = value
    place.write_bytes(bytes(data[:at] if cut else data))
    tried(place)


def repacked(path: Path, parts: Mapping[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """A sound form with some of its parts changed."""
    form(path, ("integer", "n", "N"))
    with zipfile.ZipFile(path) as book:
        whole = {name: book.read(name) for name in book.namelist()} | dict(parts)
    with zipfile.ZipFile(path, "w", packing) as book:
        for name, data in whole.items():
            book.writestr(name, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
NAMES = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def cells(*inside: str) -> bytes:
    """A survey sheet with these cells as rows."""
    rows = "".join(f'<row r="{at}">{one}</row>' for at, one in enumerate(inside, 1))
    return f"<?xml version='1.0'?>{NAMES}{rows}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    "sheet",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>',
        cells('<c r="A1" t="s"><v>-1</v></c>'),
        cells('<c r="A1" t="s"><v>99999</v></c>'),
        cells('<c r="A1" t="s"><v>x</v></c>'),
        cells('<c r="A1" s="99999"><v>1</v></c>'),
        cells('<c r="A1"><v>1e999</v></c>', '<c r="A2"><v>nan</v></c>'),
        cells('<c r="ZZZZZZ1" t="str"><v>type</v></c>'),
        cells('<c t="inlineStr"><is><t>type_xD800_</t></is></c>', '<c t="str"><v>text</v></c>'),
        b"<worksheet", b"", b"\0" * 100, b"not a sheet",
    ],
)  # fmt: skip
def test_sheets_that_no_program_writes_are_refused_in_words(tmp_path: Path, sheet: bytes) -> None:
    """Entities, numbers that are none, columns out of all bounds."""
    tried(repacked(tmp_path / "f.xlsx", {SHEET: sheet}))


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, part: str) -> None:
    """By what the file's own directory says of its parts."""
    path = repacked(tmp_path / "f.xlsx", {part: b"0" * (40 * 1024 * 1024)})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(Refused, match="unpacks to far more than"):
        read_xlsform(path)


def test_another_packing_is_refused(tmp_path: Path) -> None:
    """A workbook has two of them, and no others."""
    with pytest.raises(Refused, match="unknown packing"):
        read_xlsform(repacked(tmp_path / "f.xlsx", {}, packing=zipfile.ZIP_LZMA))


def test_a_form_with_macros_is_read_and_they_are_not(tmp_path: Path) -> None:
    """What stands in a macro or a picture is never looked at, however large."""
    macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"0" * 40_000_000, "xl/media/image1.png": b"0" * 40_000_000}
    path = repacked(tmp_path / "f.xlsm", macros)
    assert [item.id for item in read_xlsform(path).protocol.items] == ["n"]


@pytest.mark.parametrize("letter", "*_#[(<&$`~\\\"'")
def test_a_label_of_one_sign_takes_no_time(tmp_path: Path, letter: str) -> None:
    """Markup is looked for without going back again and again; what is too long is cut, and that is said."""
    path = form(tmp_path / "f.xlsx", ("integer", "n", letter * 30_000), head=HEAD)
    found = read_xlsform(path)
    (item,) = found.protocol.items
    assert len(item.text) <= MOST_LETTERS
    assert [fault.key for fault in found.left] == ["label"]


@given(ANY)
def test_words_are_one_visible_line(text: str) -> None:
    """Whatever was typed, and the same when it is done again."""
    found = words(text)
    assert "\n" not in found.text
    assert found.text == found.text.strip()
    assert found.text.encode("utf-8").decode("utf-8") == found.text


@given(st.lists(ANY, max_size=20))
def test_ids_are_given_once_and_can_stand_in_a_file(names: list[str]) -> None:
    """However often a name comes."""
    ids = Ids()
    given_ids = [ids.take(name, "q") for name in names]
    assert len({one.casefold() for one in given_ids}) == len(names)
    assert all(one and one[0].isalnum() and one.isascii() and len(one) <= 64 for one in given_ids)
    assert all(slug(one, "q") for one in given_ids)
