"""What a screen asks again and again costs the same in a small and in a large ledger: it never scans a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plfacilitate.core.entry import PROGRAMME_KINDS
from plfacilitate.store.derived import refresh_texts
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import by_badge, find_people, people, person
from tests.store.kit import Laptop

ASKED: dict[str, Callable[[Ledger], object]] = {
    "a refresh": lambda ledger: list(ledger.entries(event="e", since=7)),
    "the newest of all": lambda ledger: list(ledger.entries(since=7, limit=500)),
    "the marks of an event": lambda ledger: list(ledger.entries(event="e", kinds={"sign-in", "sign-out"})),
    "the facts of an event": lambda ledger: list(ledger.entries(event="e", kinds={"event-opened", "undo"})),
    "all events": lambda ledger: list(ledger.entries(kinds={"event-opened", "event-scheduled", "undo"})),
    "what is known of a person": lambda ledger: list(
        ledger.entries(person="p", outside=True, kinds={"person", "undo"})
    ),
    "one entry": lambda ledger: ledger.entry("x"),
    "one envelope": lambda ledger: ledger.envelope_only("x"),
    "heads": lambda ledger: ledger.heads(),
    "the newest seq": lambda ledger: (ledger.head_seq(), ledger.head_entry_seq()),
    "doubled numbers": lambda ledger: (ledger.forks(), ledger.forked("e")),
    "a page of a bundle": lambda ledger: list(ledger.sealed(kinds=PROGRAMME_KINDS)),
    "one person": lambda ledger: person(ledger.connection, "p"),
    "some people": lambda ledger: people(ledger.connection, ["p", "q"]),
    "a badge": lambda ledger: by_badge(ledger.connection, "123"),
    "a name": lambda ledger: find_people(ledger.connection, "gar", first=["p"]),
    "the texts of an event": lambda ledger: refresh_texts(ledger.connection, "e"),
}
# Steps of a plan that look at every row of something; these are small or bounded by a LIMIT that was passed.
FINE = ("SCAN CONSTANT ROW", "SCAN j", "SCAN f", "SCAN fork", "SCAN known", "SCAN json_each", "SCAN w ", "SCAN s ")


@pytest.fixture
def ledger(laptop: Laptop) -> Ledger:
    """A ledger with a few entries."""
    ledger = laptop.open()
    ledger.append([laptop.sign_in("ada"), laptop.note("x"), laptop.person("ada", last_name="Ada")])
    return ledger


@pytest.mark.parametrize("what", ASKED)
def test_no_question_of_a_screen_scans_a_table(ledger: Ledger, what: str) -> None:
    """SQLite's own plan says that an index answers it."""
    asked: list[str] = []
    ledger.connection.set_trace_callback(asked.append)
    ASKED[what](ledger)
    ledger.connection.set_trace_callback(None)
    questions = [one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert questions
    for question in questions:
        steps = [row[3] for row in ledger.connection.execute("EXPLAIN QUERY PLAN " + question)]
        scans = [step for step in steps if step.startswith("SCAN") and not step.startswith(FINE)]
        assert scans == [], question


def test_a_refresh_goes_by_event_and_arrival(ledger: Ledger) -> None:
    """The index holds both, so a refresh begins right behind what was seen and needs no sorting."""
    asked: list[str] = []
    ledger.connection.set_trace_callback(asked.append)
    list(ledger.entries(event="e", since=2))
    ledger.connection.set_trace_callback(None)
    steps = [row[3] for row in ledger.connection.execute("EXPLAIN QUERY PLAN " + asked[0])]
    assert steps == [
        "SEARCH c USING INDEX content_event (event=? AND seq>?)",
        "SEARCH e USING INTEGER PRIMARY KEY (rowid=?)",
    ]


def test_a_refresh_does_the_same_work_in_a_ledger_a_hundred_times_as_long(laptop: Laptop) -> None:
    """Counted in steps of SQLite's machine, which no other program on this computer can slow down."""
    ledger = laptop.open()
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def cost() -> int:
        nonlocal steps
        ledger.append([laptop.sign_in(f"p{n}", event="other") for n in range(5)])
        since = ledger.head_seq()
        ledger.append([laptop.sign_in(f"p{n}") for n in range(10)])
        steps = 0
        ledger.connection.set_progress_handler(count, 1)
        assert len(list(ledger.entries(event="e", since=since))) == 10
        ledger.connection.set_progress_handler(None, 1)
        return steps

    small = cost()
    for _ in range(20):
        ledger.append([laptop.sign_in(f"p{n}", event="other" if n % 3 else "e") for n in range(250)])
    assert cost() <= small * 1.05
