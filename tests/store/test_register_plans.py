"""What is asked for every bundle, sheet or receipt never looks across events, on either engine: its plan says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from plfacilitate.store.register import open_register
from plfacilitate.store.register.engine import Engine, Row
from plfacilitate.store.register.stored import StoredRegister
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Packed, Paper

CLOCK = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
# What each table is spread by: a question that does not name it would have to ask every machine of a cluster. The
# other tables are small, and the same on every machine.
SPREAD_BY = {
    "entry": "event", "content": "event", "id_seen": "id", "series": "series", "device_head": "device",
    "bundle": "bundle", "handed_in": "event",
}  # fmt: skip


class Spy:
    """Notes what is asked of an engine, and hands it on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked: list[tuple[str, tuple[object, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """A question."""
        self.asked.append((sql, values))
        return self._engine.rows(sql, *values)

    def run(self, sql: str, *values: object) -> int:
        """A deed."""
        self.asked.append((sql, values))
        return self._engine.run(sql, *values)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredRegister]:
    """A register with some thousand entries of forty events."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('plans') / 'register.db'}"
    else:
        server: Server = request.getfixturevalue("postgres")
        url = server.database()
    opened = open_register(url, Chance(1))
    assert isinstance(opened, StoredRegister)
    paper().packed().brought_to(opened)
    with opened._engine.writing():  # what is asked for every bundle once something was purged counts too
        opened._engine.lay_new("purged_event", [("gone", "gone", "purge")])
        opened._engine.lay_new("gone_record", [("gone", "gone")])
    opened._engine.run("ANALYZE")
    yield opened
    opened.close()


def paper() -> Paper:
    """A laptop that wrote a lot."""
    found = Paper("plans")
    for number in range(6000):
        found.write(CLOCK, f"event-{number % 40}", text=str(number))
    for number in range(300):
        found.write_person(CLOCK, f"person-{number}")
    return found


@contextmanager
def spied(register: StoredRegister) -> Iterator[Spy]:
    """Everything that is asked inside."""
    engine, spy = register._engine, Spy(register._engine)
    register._engine = spy
    try:
        yield spy
    finally:
        register._engine = engine


def plan(register: StoredRegister, sql: str, values: Sequence[object]) -> list[str]:
    """Each table that is looked at, with how: `TABLE by CONDITION`, or `TABLE whole`."""
    if "json_each" in register._engine.among:
        return [_sqlite_step(str(row[3])) for row in register._engine.rows("EXPLAIN QUERY PLAN " + sql, *values)]
    (found,) = register._engine.rows("EXPLAIN (FORMAT JSON) " + sql, *values)[0]
    plans = json.loads(found) if isinstance(found, str) else found
    return [*_nodes(plans[0]["Plan"])]


def _sqlite_step(step: str) -> str:
    verb, _, rest = step.partition(" ")
    name = rest.split(" ")[0]
    return f"{name} by {rest.partition('(')[2]}" if verb == "SEARCH" else f"{name} whole" if verb == "SCAN" else ""


def _nodes(node: dict[str, Any]) -> Iterator[str]:
    if "Relation Name" in node:
        by = " ".join(str(node.get(key, "")) for key in ("Index Cond", "Recheck Cond", "Index Name"))
        yield f"{node['Relation Name']} {'by ' + by if by.strip() else 'whole'}"
    for below in node.get("Plans", []):
        yield from _nodes(below)


def crossing(spy: Spy) -> list[str]:
    """What was asked without naming what its tables are spread by."""
    found = []
    for sql, _ in spy.asked:
        words = " ".join(sql.split())
        for table, column in SPREAD_BY.items():
            touched = any(f"{verb} {table}" in words for verb in ("FROM", "JOIN", "UPDATE"))
            named = any(f"{by}{column}{sign}" in words for by in (" ", ".", "(") for sign in (" =", " IN"))
            if touched and not named:
                found.append(words)
    return found


DAILY: dict[str, Callable[[StoredRegister, Packed], object]] = {
    "a delta": lambda register, bundle: bundle.brought_to(register),
    "the other parcel": lambda register, bundle: bundle.brought_to(register),
    "a receipt": lambda register, bundle: register.heads(bundle.covers),
    "a sheet": lambda register, bundle: (register.entries("event-1"), register.forked("event-1")),
    "who they are": lambda register, bundle: (register.people(["person-1"]), register.merged()),
    "a series": lambda register, bundle: register.events_of_series("x"),
    "how it was handed in": lambda register, bundle: (register.about("event-1"), register.handed_in("event-1")),
}


@pytest.mark.parametrize("what", DAILY)
def test_no_daily_question_crosses_events(register: StoredRegister, what: str) -> None:
    """Each names the key of every table that it touches, and an index answers it: no table of size is looked through."""
    laptop = Paper(f"daily {what}")
    for number in range(30):
        laptop.write(CLOCK, f"event-{number % 3}", text=str(number))
    first = laptop.packed()
    if what != "a delta":
        first.brought_to(register)
    else:
        laptop.packed(name="before").brought_to(register)
        laptop.write(CLOCK, "event-1", text="one more")
        first = laptop.packed(30)
    first.name = f"{what} once more"
    with spied(register) as spy:
        DAILY[what](register, first)
    assert spy.asked
    assert crossing(spy) == []
    looked = {step for sql, values in spy.asked if "INSERT" not in sql for step in plan(register, sql, values)}
    large = ("c ", "e ", "entry ", "content ", "id_seen ")
    assert [step for step in looked if step.startswith(large) and step.endswith("whole")] == []


def test_a_question_that_crosses_would_be_seen(register: StoredRegister) -> None:
    """Of two that do: one that looks a fork's chain up, and one through all contents."""
    with spied(register) as spy:
        register._engine.rows("SELECT 1 FROM entry WHERE device = ? AND number = 1", "x")
        register._engine.rows("SELECT count(*) FROM content WHERE means = ?", "badge")
    assert len(crossing(spy)) == 2
    assert any("whole" in step for step in plan(register, *spy.asked[1]))
