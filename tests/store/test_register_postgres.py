"""A server that is not there, lets nobody in, or holds something else: one sentence each, never with the password in it."""

from __future__ import annotations

import socket
from itertools import count
from pathlib import Path

import psycopg
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.register import open_register, readable
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Paper

SECRET = "tops3cret"
_numbers = count(1)


def no(url: str) -> Refused:
    """What opening a register at an address is refused with."""
    with pytest.raises(Refused) as refused:
        open_register(url, Chance())
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)
    return refused.value


def test_nobody_answers() -> None:
    """The address is wrong, or the server is down."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        said = no(f"postgresql://ruth:{SECRET}@127.0.0.1:{closed.getsockname()[1]}/register")
    assert said.refusal.code == "register-away"
    assert "no server answers there" in str(said)


def test_an_address_that_makes_no_sense() -> None:
    """A port that is none, an option that nobody knows: said by libpq, shown without the password."""
    for url in (f"postgresql://ruth:{SECRET}@127.0.0.1:lots/register", f"postgresql://127.0.0.1/x?pasword={SECRET}"):
        assert no(url).refusal.code == "register-away"


@pytest.fixture
def ruth(postgres: Server) -> str:
    """Somebody who has a password, and may not make anything."""
    name = f"ruth{next(_numbers)}"
    postgres.do(f"CREATE ROLE {name} LOGIN PASSWORD '{SECRET}'")
    return name


def test_a_password_comes_from_where_libpq_looks_for_it(
    postgres: Server, ruth: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong or missing: one sentence that says where to lay it down; right: in, by ~/.pgpass too."""
    url = postgres.database().replace("postgres@", f"{ruth}@")
    database = url.rpartition("/")[2]
    postgres.do(f"GRANT CREATE ON DATABASE {database} TO {ruth}")
    assert "PGPASSWORD" in str(no(url))
    assert "PGPASSWORD" in str(no(url.replace(f"{ruth}@", f"{ruth}:wrong{SECRET}@")))
    monkeypatch.setenv("PGPASSWORD", SECRET)
    open_register(url, Chance()).close()
    monkeypatch.delenv("PGPASSWORD")
    lines = tmp_path / "pgpass"
    lines.write_text(f"*:*:*:{ruth}:{SECRET}\n")
    lines.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(lines))
    open_register(url, Chance()).close()


def test_no_such_database(postgres: Server) -> None:
    """It is not made behind anybody's back."""
    assert "there is no such database: make it with `createdb`" in str(no(postgres.address("nowhere")))


def test_who_may_make_no_tables_is_told(postgres: Server, ruth: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right is the database's owner's to give."""
    monkeypatch.setenv("PGPASSWORD", SECRET)
    said = no(postgres.database().replace("postgres@", f"{ruth}@"))
    assert "the database's owner gives the right" in str(said)


def test_a_schema_of_somebody_else_is_left_alone(postgres: Server) -> None:
    """Its name is taken: nothing in it changes."""
    url = postgres.database()
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE SCHEMA plfacilitate")
        db.execute("CREATE TABLE plfacilitate.entry (x int)")
        assert no(url).refusal.code == "register-foreign"
        assert db.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'plfacilitate'").fetchone() == (1,)


def test_a_newer_register_is_refused(postgres: Server) -> None:
    """Rather than written to by a program that does not know its shape."""
    url = postgres.database()
    open_register(url, Chance()).close()
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("UPDATE plfacilitate.register SET value = '99' WHERE key = 'version'")
    assert no(url).refusal.code == "register-newer"


def test_who_may_not_look_into_the_schema_is_told(postgres: Server, ruth: str) -> None:
    """PostgreSQL says that the tables are not there; they are, for others. Nor may everybody come into a database."""
    url = postgres.database()
    open_register(url, Chance()).close()
    hers = url.replace("postgres@", f"{ruth}:{SECRET}@")
    assert "the database's owner gives the right" in str(no(hers))
    postgres.do(f"REVOKE CONNECT ON DATABASE {url.rpartition('/')[2]} FROM public")
    assert "the database's owner gives the right" in str(no(hers))


def test_a_database_that_cannot_hold_every_name_is_refused(postgres: Server) -> None:
    """Before a name of somebody comes that it can't hold."""
    name = f"latin{next(_numbers)}"
    postgres.do(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
    assert "createdb --encoding UTF8" in str(no(postgres.address(name)))


def test_a_server_that_can_only_be_read_is_said(postgres: Server, clock: Clock) -> None:
    """A standby, for example."""
    url = postgres.database()
    open_register(url, Chance()).close()
    postgres.do(f"ALTER DATABASE {url.rpartition('/')[2]} SET default_transaction_read_only = on")
    register, paper = open_register(url, Chance()), Paper("one")
    paper.write(clock, "event", text="x")
    with pytest.raises(Refused, match="name the server that is written to"):
        paper.packed().brought_to(register)
    register.close()


def test_a_character_of_nothing_is_no_hindrance(postgres: Server, clock: Clock) -> None:
    """No text of PostgreSQL holds one: the copies beside the content do without it, the content is as it was."""
    paper = Paper("one\x00two")
    paper.write(clock, "event", text="a\x00b")
    register = open_register(postgres.database(), Chance())
    assert paper.packed(name="bundle").brought_to(register).verdict == "accepted"
    (entry,) = register.entries("event")
    assert (entry.by, entry.body["text"], entry.content) == ("one\ufffdtwo", "a\x00b", paper.written[0].content)
    register.close()


@pytest.mark.parametrize(
    "url, shown",
    [
        (f"postgresql://ruth:{SECRET}@db.example/register", "postgresql://ruth@db.example/register"),
        (f"postgresql://ruth:{SECRET}%40@[::1]:5/r?sslmode=require", "postgresql://ruth@[::1]:5/r?sslmode=require"),
        (f"postgres:///r?host=/run&password={SECRET}&user=u", "postgres:///r?host=/run&password=…&user=u"),
        (f"postgresql://db/r?sslpassword={SECRET}", "postgresql://db/r?sslpassword=…"),
        (f"postgresql://db/r?pasword={SECRET}", "postgresql://db/r?pasword=…"),
        ("sqlite:///home/office@home/register.db", "sqlite:///home/office@home/register.db"),
        ("register\x1b.db", "register␛.db"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    """Wherever it stands in it."""
    assert readable(url) == shown
