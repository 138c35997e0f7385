"""TOML files of people: where each key stands, and one clear sentence for what can't be read."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.toml_files import key_text, read_toml
from plfacilitate.shelf.toml_lines import KeyPath, key_lines

NASTY = """\
# [not.a.table] = "x"
title = "a # in a text, and [brackets] = {here}"
'quoted key' = 1
"esc\\"aped".dotted . "more" = 2
text = QQQ
[session]
id = "inside a text"
\\QQQ still inside QQQ""
raw = '''
it's = "raw" '''''
when = 1979-05-27T07:32:00Z
list = [1, 2, # a comment with ] and }
  [3, 4], { a = 5 }, # { b = 6 }
  "]", ']',
]
inline = { first = 1, second = { third = [ "}", 4 ] } }

[ spaced . "table" ]
a = 1
b.c = 2 # after

[[session]]
id = "s1"
agenda = [
  { minutes = 15, kind = "instruction" },

  { minutes = 90, kind = "break" },
]

[[session]]
id = "s2"
[session.place]
room = "A"
[[session.guests]]
name = "x"
[[session.guests]]
name = "y"
""".replace("QQQ", '"' * 3)
EXPECTED: dict[KeyPath, int] = {
    ("title",): 2,
    ("quoted key",): 3,
    ('esc"aped', "dotted", "more"): 4,
    ("text",): 5,
    ("raw",): 9,
    ("when",): 11,
    ("list",): 12,
    ("list", 1): 12,
    ("list", 2): 13,
    ("list", 2, 1): 13,
    ("list", 3, "a"): 13,
    ("list", 5): 14,
    ("inline", "second", "third", 1): 16,
    ("spaced", "table"): 18,
    ("spaced", "table", "a"): 19,
    ("spaced", "table", "b", "c"): 20,
    ("session",): 22,
    ("session", 0): 22,
    ("session", 0, "agenda", 0, "minutes"): 25,
    ("session", 0, "agenda", 1): 27,
    ("session", 0, "agenda", 1, "kind"): 27,
    ("session", 1): 30,
    ("session", 1, "place", "room"): 33,
    ("session", 1, "guests", 0, "name"): 35,
    ("session", 1, "guests", 1): 36,
    ("session", 1, "guests", 1, "name"): 37,
}


def paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every key and item of parsed TOML."""
    items: Any = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, inside in items:
        yield (*path, part)
        yield from paths(inside, (*path, part))


@pytest.mark.parametrize("path", EXPECTED, ids=key_text)
def test_a_key_is_found_on_its_line(path: KeyPath) -> None:
    """In a file with everything that could lead astray."""
    assert key_lines(NASTY)[path] == EXPECTED[path]


def test_nothing_is_found_that_is_not_there_and_nothing_left_out() -> None:
    """The scanner's keys are exactly the parser's."""
    assert set(key_lines(NASTY)) == set(paths(tomllib.loads(NASTY)))


@pytest.mark.parametrize("path", [*folder("sessions").glob("*.toml"), *folder("exports").glob("*.toml")], ids=str)
def test_every_key_of_every_shipped_file_is_found_on_a_line_that_names_it(path: Path) -> None:
    """The files are read for what they are."""
    text = path.read_text(encoding="utf-8")
    lines = key_lines(text)
    assert set(lines) == set(paths(tomllib.loads(text)))
    for key, line in lines.items():
        if isinstance(key[-1], str):
            assert key[-1] in text.splitlines()[line - 1]


KEYS = st.sampled_from(["a", "b-1", '"q"', "'#'", '"x]"', "d.e", 'f . "g.h"'])
SCALARS = st.sampled_from(['"x"', "'#]'", "1", "true", '"""\n=\n"""', "'''a\n'''", "1979-05-27", '"\\""', "{ }", "[]"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # ]\n ".join(items) + "\n]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{ " + ", ".join(f"k{n} = {item}" for n, item in enumerate(items)) + " }"
        ),
    ),
    max_leaves=6,
)
TABLES = st.sampled_from(["[t]", "[[u]]", "[ u . v ]", "[[u.w]]", '["t.x"]', "[u.'#']"])


@given(st.lists(st.one_of(TABLES, st.tuples(KEYS, VALUES).map(" = ".join), st.just("# [c] = 1")), max_size=9))
def test_any_file_that_is_toml_has_a_line_for_exactly_its_keys(parts: list[str]) -> None:
    """Whatever is written in whatever way."""
    text = "\n".join(parts)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert set(lines) == set(paths(data))
    for key, line in lines.items():
        if isinstance(key[-1], str):
            assert key[-1] in text.split("\n")[line - 1]


def only_fault(path: Path) -> str:
    """The one fault of a file, as people see it, without the folder."""
    (fault,) = read_toml(path).faults
    return str(fault).replace(str(path.parent) + os.sep, "")


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "plan.toml: this file is empty."),
        (b"\xef\xbb\xbf \r\n", "plan.toml: this file is empty."),
        ("id = 'x'".encode("utf-16"), "plan.toml:1: this is not UTF-8 but looks like UTF-16: save it again with the encoding UTF-8."),
        ("id = 'x'".encode("utf-16-le"), "plan.toml:1: this is not UTF-8 but looks like UTF-16: save it again with the encoding UTF-8."),
        (b"a = 1\nb = 'Nu\xf1ez'", "plan.toml:2: there is a character here that is not UTF-8: save the file again with the encoding UTF-8."),
        (b"a = 1\nb =\nc = 3", "plan.toml:2: this is not TOML: "),
        (b"a = 1\na = 2", "plan.toml:2: this is not TOML: "),
        (b"a = [1,\n2\n\n", "plan.toml:2: this is not TOML: "),
        (b"a = " + b"[" * 100_000, "plan.toml: brackets are nested far too deeply here."),
        (b"#" * 2_000_001, "plan.toml: this is far too large for a file of settings: name another one."),
    ],
    ids=["empty", "only-a-bom", "utf-16", "utf-16-without-mark", "latin-1", "value", "twice", "end", "deep", "large"],
)  # fmt: skip
def test_what_is_not_toml_has_one_sentence_with_its_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    """One fault, nothing taken."""
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    said = only_fault(path)
    assert said.startswith(sentence)
    assert said.endswith(".")
    assert not read_toml(path).data


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="TOML 1.1 allows it")
def test_an_inline_table_over_several_lines_is_explained(tmp_path: Path) -> None:
    """The likeliest slip in an agenda; the parser's own words would not help."""
    path = tmp_path / "plan.toml"
    path.write_text("a = [\n  { b = 1,\n    c = 2 },\n]", encoding="utf-8")
    assert only_fault(path) == "plan.toml:2: this is not TOML: a table in { } must stand on one line."


def test_a_mark_at_the_start_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    """As Windows' own editor saves a file."""
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = '''\r\nx'''\r\nc = 3\r\n")
    file = read_toml(path)
    assert (file.faults, file.data, file.line(("c",))) == ([], {"a": 1, "b": "x", "c": 3}, 4)


def test_a_number_of_ten_thousand_digits_is_no_crash(tmp_path: Path) -> None:
    """Python reads no such number; the file has a fault."""
    path = tmp_path / "plan.toml"
    path.write_text("a = " + "9" * 10_000, encoding="utf-8")
    assert "this is not TOML" in only_fault(path)


@pytest.mark.parametrize("code, make", [("file-is-folder", True), ("file-missing", False)])
def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path, code: str, make: bool) -> None:
    """Each with the sentence that all files have."""
    path = tmp_path / "plan.toml"
    if make:
        path.mkdir()
    with pytest.raises(Refused) as no:
        read_toml(path)
    assert no.value.refusal.code == code


def test_a_key_that_is_not_there_has_the_line_of_what_is_around_it(tmp_path: Path) -> None:
    """A missing key of the second session is shown at its head; one of the file has no line."""
    path = tmp_path / "plan.toml"
    path.write_text(NASTY, encoding="utf-8")
    file = read_toml(path)
    assert (file.line(("session", 1, "title")), file.line(("office",))) == (30, 0)


def test_a_name_with_escape_codes_is_shown_plainly(tmp_path: Path) -> None:
    """Neither the name of a file nor a key of it reaches a terminal as it is."""
    path = tmp_path / "plan.toml"
    path.write_text('"\\u001b[31mred" = 1', encoding="utf-8")
    file = read_toml(path)
    file.fault(tuple(file.data), "no.")
    assert file.faults[0].key == "␛[31mred"
