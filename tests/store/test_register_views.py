"""The views of a register, on either engine: what they show is what the entries say, and what docs ask of them runs."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.people import FIELDS
from plfacilitate.core.versions import families, voided
from plfacilitate.store.register import open_register
from plfacilitate.store.register.stored import StoredRegister
from plfacilitate.store.register.views import HELPERS, KEY, VIEWS
from tests.conftest import ROOT
from tests.laptops import Laptop
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Paper

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"
PAGE = (ROOT / "docs" / "register-by-sql.md").read_text("utf-8")
QUESTIONS = dict(re.findall(r"\*\*([^*]+)\*\*\n\n```sql\n(.*?)\n```", PAGE, re.DOTALL))
CLICKED = json.loads((ROOT / "docs" / "datasette.json").read_text("utf-8"))["databases"]["copy"]
NUL, FORMULA = "Null\x00byte", '=HYPERLINK("https://example.org")'


class Day:
    """A day that was held, corrected and handed in, and beside it a laptop that writes whatever it likes."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
        self.laptop = Laptop.new(folder / "laptop", self.clock, Chance(3))
        self.mail = folder / "mail"
        self.mail.mkdir()
        self.event = self.laptop.opened(in_service="PS-4711")
        self.laptop.attend(self.event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
        self.clock.set("2023-12-06T16:10:00-08:00")
        self.laptop.do("event", "close", self.event)
        for out, why in (("12:00", "went home ill"), ("12:30", "Ruth saw her")):
            self.laptop.do("attendance", "correct", self.event, DANA, "--out", out, "--reason", why)
        self.laptop.hand_in(self.event, self.mail)
        self.hostile = Paper("hostile")
        self.hostile.write_person(self.clock, "walk")
        self.hostile.write(
            self.clock, None, kind="person", person="formula", fields={"last_name": FORMULA, "school": NUL}
        )
        for person in ("walk", "formula"):
            self.hostile.write(self.clock, self.event, kind="sign-in", person=person, walk_in=True)
        deep: Any = "x"
        for _ in range(600):
            deep = [deep]
        self.hostile.write(self.clock, self.event, kind="sign-in", person="walk", reason=deep)
        self.hostile.write(self.clock, self.event, kind="a-kind-of-later", person="walk", deep=deep, nul="\x00")

    def taken_in(self, url: str) -> StoredRegister:
        """A register with all of it, and a roll that was issued."""
        self.laptop.do("office", "receive", "--register", url, self.mail)
        opened = open_register(url, Chance(9))
        assert isinstance(opened, StoredRegister)
        self.hostile.packed().brought_to(opened)
        self.laptop.do("office", "roll", "--register", url, "--issue")
        return opened


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """One day for both engines."""
    return Day(tmp_path_factory.mktemp("views"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def register(
    request: pytest.FixtureRequest, day: Day, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StoredRegister]:
    """A register with that day."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'register.db'}"
    else:
        server: Server = request.getfixturevalue("postgres")
        url = server.database()
    opened = day.taken_in(url)
    yield opened
    opened.close()


def asked(register: StoredRegister, columns: str, view: str, order: str) -> list[tuple[Any, ...]]:
    """Rows of a view."""
    return register._engine.rows(f"SELECT {columns} FROM {view} ORDER BY {order}")


def test_people_are_those_that_the_register_knows(register: StoredRegister) -> None:
    """Field by field, as every list has them; a NUL is shown as what can't be shown."""
    shown = {
        row[0]: dict(zip(FIELDS, row[1:], strict=True))
        for row in asked(register, f"person, {', '.join(FIELDS)}", "people", "person")
    }
    known = register.people(register.person_ids())
    assert shown.keys() == known.keys()
    for person, fields in shown.items():
        if person != "formula":
            assert {name: said for name, said in fields.items() if said} == known[person].fields()
    assert shown["formula"]["last_name"] == FORMULA
    assert shown["formula"]["school"] == NUL.replace("\x00", "\ufffd")


def test_marks_are_those_that_count(register: StoredRegister, day: Day) -> None:
    """A corrected sign-out stands once, at the time of its last correction."""
    found = asked(register, "last_name, kind, at_utc, reason, walk_in", "marks", "last_name, kind, at_utc")
    assert [row[:4] for row in found if row[0] in ("Alvarez", "Brown")] == [
        ("Alvarez", "sign-in", "2023-12-06 16:20", None),
        ("Alvarez", "sign-out", "2023-12-06 23:50", None),
        ("Brown", "sign-in", "2023-12-06 16:37", None),
        ("Brown", "sign-out", "2023-12-06 20:30", "Ruth saw her"),
    ]
    assert [row[4] for row in found if row[0] == FORMULA] == ["yes"]
    entries = register.entries(day.event)
    standing = {
        head.id
        for family in families(entries, voided(entries))
        for head in family.heads
        if head.kind in ("sign-in", "sign-out")
    }
    assert {row[0] for row in asked(register, "entry", "marks", "entry")} == standing


def test_corrections_say_who_what_and_why(register: StoredRegister) -> None:
    """From what to what, in the order in which they were made."""
    assert asked(register, "last_name, was_utc, now_utc, by, reason, taken_back", "corrections", "now_utc") == [
        ("Brown", "2023-12-06 23:31", "2023-12-06 20:00", "facilitator of laptop", "went home ill", ""),
        ("Brown", "2023-12-06 20:00", "2023-12-06 20:30", "facilitator of laptop", "Ruth saw her", ""),
    ]  # fmt: skip


def test_hours_are_those_that_were_issued(register: StoredRegister, day: Day) -> None:
    """To the hundredth, as the roll has them."""
    (series,) = register.all_series()
    (roll,) = register.issued(series)
    found = asked(register, "person, minutes, hours, status, newest", "issued_hours", "person")
    assert [(row[0], row[1], int(row[2] * 100), row[3]) for row in found] == [
        (person, one.minutes, one.hundredths, one.status) for person, one in sorted(roll.lines.items())
    ]
    assert {row[4] for row in found} == {"yes"}


def test_an_offering_a_bundle_and_a_laptop_are_a_row_each(register: StoredRegister, day: Day) -> None:
    """With what a clerk looks for."""
    columns = "in_service, first_day, people, approved_hours, roll_version, held"
    assert asked(register, columns, "offerings", "series") == [("PS-4711", "2023-12-06", 4, 24, 1, "")]
    came = asked(register, "parcel, verdict, coalesce(laptop, 'unknown')", "bundles", "1, 3")
    assert came == [
        ("hours", "accepted", "laptop"), ("hours", "accepted", "unknown"), ("programme", "accepted", "laptop"),
    ]  # fmt: skip
    assert asked(register, "name, standing, bundles", "laptops", "name") == [("laptop", "new", 2)]
    assert asked(register, "event, office, approved_hours", "events", "event") == [(day.event, "psesd", 24)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_docs_ask_is_answered(register: StoredRegister, question: str) -> None:
    """Word for word as it stands there, on both engines."""
    found = register._engine.rows(QUESTIONS[question])
    empty = {"Which offerings came in and have no roll yet, or are held?", "What came and was not accepted?"}
    assert bool(found) == (question not in empty)


def test_what_is_clicked_is_what_the_docs_ask() -> None:
    """The questions of Datasette's file are the page's; what is hidden there are tables, and not one of the views."""
    said = {one["title"]: one["sql"] for one in CLICKED["queries"].values()}
    literal = {":in_service": "'PS-4711'", ":first_day": "'2023-09-01'", ":last_day": "'2024-08-31'"}
    assert {
        title: re.sub("|".join(literal), lambda found: literal[found[0]], sql) for title, sql in said.items()
    } == QUESTIONS


def test_the_page_names_every_column(register: StoredRegister) -> None:
    """Each view with its columns in their order; nothing is left of one that is gone."""
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE))
    assert rows.keys() == VIEWS.keys() - HELPERS
    for view, columns in rows.items():
        names = re.findall(r"`(\w+)`", columns)
        register._engine.rows(f"SELECT {', '.join(names)} FROM {view} LIMIT 1")
        if "Sqlite" in type(register._engine).__name__:
            found = register._engine.rows(f"SELECT name FROM pragma_table_info('{view}') ORDER BY cid")
            assert [name for (name,) in found] == names


def test_every_table_that_is_hidden_is_there(day: Day, tmp_path: Path) -> None:
    """And every table that holds bytes is hidden."""
    open_register(f"sqlite:///{tmp_path / 'copy.db'}", Chance(1)).close()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        columns = "SELECT 1 FROM pragma_table_info(?) WHERE type = 'BLOB'"
        of_bytes = {name for name in tables if db.execute(columns, (name,)).fetchone()}
    assert {"entry", "content"} <= of_bytes <= CLICKED["tables"].keys()
    assert CLICKED["tables"].keys() <= tables


def test_views_of_an_earlier_program_are_made_anew(tmp_path: Path) -> None:
    """Whoever takes bundles in sees to it; whoever only reads changes nothing."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    open_register(url, Chance(1)).close()
    with closing(sqlite3.connect(tmp_path / "register.db", isolation_level=None)) as db:
        db.execute("DROP VIEW laptops")
        db.execute("UPDATE register SET value = 'old' WHERE key = ?", (KEY,))
    open_register(url, Chance(1), make=False).close()
    with closing(sqlite3.connect(tmp_path / "register.db")) as db:
        assert not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'laptops'").fetchone()
    open_register(url, Chance(1)).close()
    with closing(sqlite3.connect(tmp_path / "register.db")) as db:
        assert db.execute("SELECT count(*) FROM laptops").fetchone() == (0,)


def test_whoever_was_erased_is_in_no_view(tmp_path: Path) -> None:
    """Nothing is kept in them that could be forgotten to be taken out."""
    clock = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
    paper = Paper("one")
    ids = [
        paper.write(clock, None, kind="person", person="ada", fields={"last_name": "Lovelace"}),
        paper.write(clock, "event", kind="sign-in", person="ada", reason="Lovelace came late"),
    ]
    with closing(open_register(f"sqlite:///{tmp_path / 'register.db'}", Chance(1))) as register:
        assert isinstance(register, StoredRegister)
        paper.packed().brought_to(register)
        assert "Lovelace" in str([asked(register, "*", view, "1") for view in VIEWS])
        paper.write(clock, None, kind="erased", ids=ids, reason="asked for it")
        paper.packed().brought_to(register)
        assert "Lovelace" not in str([asked(register, "*", view, "1") for view in VIEWS])


STEPS = st.lists(st.tuples(st.sampled_from(["undo", "correct", "new"]), st.integers(0, 11)), min_size=1, max_size=8)


@given(STEPS)
@settings(max_examples=25)
def test_what_stands_in_the_views_stands_by_the_rule(steps: list[tuple[str, int]]) -> None:
    """Undos of undos and corrections of corrections, whatever was undone in between."""
    clock = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
    paper, ids = Paper("rule"), list[str]()
    ids.append(paper.write(clock, "event", kind="sign-in", person="ada"))
    for what, at in steps:
        target = ids[at % len(ids)]
        if what == "undo":
            ids.append(paper.write(clock, "event", kind="undo", undoes=target))
        elif what == "correct":
            ids.append(paper.write(clock, "event", kind="sign-in", person="ada", replaces=(target,)))
        else:
            ids.append(paper.write(clock, "event", kind="sign-out", person="ada"))
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_register(f"sqlite:///{folder}/register.db", Chance(1))) as register,
    ):
        assert isinstance(register, StoredRegister)
        paper.packed().brought_to(register)
        entries = register.entries("event")
        void = voided(entries)
        assert {row[0] for row in asked(register, "id", "undone", "id")} == void
        heads = {head.id for family in families(entries, void) for head in family.heads}
        shown = {row[0] for row in asked(register, "id", "standing WHERE kind <> 'undo'", "id")}
        assert shown == heads
