"""A register that an older program made gets what it lacks at first use, on each engine, and keeps what it has."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from plfacilitate.store.connection import connect
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.postgres import SCHEMA
from plfacilitate.store.register.retention import Hold
from plfacilitate.store.register.tables import SHOWN, VERSION
from tests.played import Chance
from tests.postgres import Server

BROUGHT = {
    3: ("claim_title", "claim_decision"),
    4: ("hold", "purge", "purged", "purged_event", "leaving", "gone_record", "forgotten"),
}
"""The tables that a version brought."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty register, of each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.mark.parametrize("version", [one - 1 for one in BROUGHT])
def test_a_register_of_before_gets_the_tables(url: str, version: int) -> None:
    """And keeps its id and its epoch."""
    with closing(open_register(url, Chance(1))) as made:
        kept = (made.id, made.epoch)
    _make_older(url, version)
    for seed in (2, 3):
        with closing(open_register(url, Chance(seed), make=False)) as again:  # it is there
            assert (again.id, again.epoch) == kept
            _use(again, seed)


def _use(register: Register, seed: int) -> None:
    """Write into a table of each version."""
    register.keep_claim_titles({"hrs": "hours"})
    register.hold(Hold(f"series-{seed}", "hours are disputed", "2023-12-07T00:00:00Z", "Ruth"))
    assert register.claim_titles() == {"hrs": "hours"}
    assert len(register.holds()) == seed - 1


def _make_older(url: str, version: int) -> None:
    """Take away what came after a version."""
    assert max(BROUGHT) == VERSION
    gone = [table for number, tables in BROUGHT.items() if number > version for table in tables]
    indexes = re.findall(r"CREATE INDEX (\w+)", SHOWN)
    if url.startswith("sqlite"):
        with closing(connect(Path(url.removeprefix("sqlite:///")))) as db:
            for table in gone:
                db.execute(f"DROP TABLE {table}")
            for index in indexes:
                db.execute(f"DROP INDEX {index}")
            db.execute(f"PRAGMA user_version = {version}")
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP INDEX {', '.join(f'{SCHEMA}.{index}' for index in indexes)}".encode())
        server.execute(f"DROP TABLE {', '.join(f'{SCHEMA}.{table}' for table in gone)} CASCADE".encode())
        server.execute(f"UPDATE {SCHEMA}.register SET value = '{version}' WHERE key = 'version'".encode())
