"""The password of a register's server: said once, kept in the keyring, in no address, message or file."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from plfacilitate import machine
from plfacilitate.store.register import readable
from plfacilitate.store.register.login import has_password, let_in, server_of
from tests.laptops import Laptop
from tests.postgres import Server

SECRET = "p@ss:/?#% wörd"
_numbers = count(1)


@pytest.fixture
def url(postgres: Server) -> str:
    """An empty database of somebody who has to say a password."""
    who, address = f"clerk{next(_numbers)}", postgres.database()
    postgres.do(f"CREATE ROLE {who} LOGIN PASSWORD '{SECRET}'")
    postgres.do(f"GRANT CREATE ON DATABASE {address.rpartition('/')[2]} TO {who}")
    return address.replace("postgres@", f"{who}@")


def test_a_clerk_says_the_password_once(laptop: Laptop, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it one sentence says what to do; with it every command works; forgotten, none does. No file holds it."""
    ask = ("office", "laptop", "list", "--register", url)
    assert "plfacilitate office register login" in laptop.no(*ask)
    monkeypatch.setattr("typer.prompt", lambda *a, **k: "wrong")
    assert "password is missing or wrong" in laptop.no("office", "register", "login", url)
    assert laptop.secrets == {}
    monkeypatch.setattr("typer.prompt", lambda *a, **k: SECRET)
    said = laptop.do("office", "register", "login", url)
    assert SECRET not in said
    assert laptop.secrets == {url.rpartition("/")[0]: SECRET}
    laptop.do("office", "key", "psesd", "--register", url)
    assert laptop.json(*ask) == []
    for path in laptop.workspace.root.rglob("*"):
        assert path.is_dir() or SECRET.encode() not in path.read_bytes(), path
    laptop.do("office", "register", "forget", url)
    assert "password is missing or wrong" in laptop.no(*ask)


@pytest.mark.parametrize(
    "address, why",
    [
        ("postgresql://ruth:tops3cret@db.example/r", "Leave the password out"),
        ("postgresql://db.example/r?password=tops3cret", "Leave the password out"),
        ("postgresql:///r?service=office", "asks for no password"),
        ("sqlite:///register.db", "asks for no password"),
        ("postgresql://[db.example/r", "asks for no password"),
    ],
)
def test_only_an_address_that_needs_a_password_gets_one(laptop: Laptop, address: str, why: str) -> None:
    """Nothing is asked, and what stands in the address is not repeated."""
    for what in ("login", "forget"):
        said = laptop.no("office", "register", what, address)
        assert why in said
        assert "tops3cret" not in said


def test_where_no_keyring_is_the_environment_is_named(
    laptop: Laptop, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password was right, and would be gone."""
    monkeypatch.setattr("typer.prompt", lambda *a, **k: SECRET)
    monkeypatch.setattr(Laptop, "_keep", lambda *a: False)
    assert "PGPASSWORD" in laptop.no("office", "register", "login", url)
    assert "PGPASSWORD" in laptop.no("office", "register", "forget", url)


def test_the_environment_of_a_place_is_none_of_a_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who watches an SFTP server for a register on another one sends neither the other's password."""
    monkeypatch.setenv("PLFACILITATE_PLACE_SECRET", "of the place")
    monkeypatch.setenv("PGPASSWORD", "of the register")
    assert machine.secret("sftp://clerk@office.example.org") == "of the place"
    assert machine.secret("postgresql://clerk@db.example.org") == "of the register"


@pytest.mark.parametrize(
    "address, server",
    [
        ("postgresql://ruth@db/r", "postgresql://ruth@db"),
        ("postgres://ruth@DB.example:5433/r?sslmode=require", "postgresql://ruth@db.example:5433"),
        ("postgresql://db/r", "postgresql://db"),
        ("postgresql://one:5,two:6/r", "postgresql://one:5,two:6"),
        ("postgresql:///r?host=/run&port=5&user=a%20b", "postgresql://a%20b@/run:5"),
        ("postgresql://r%40x@[::1]:5/r", "postgresql://r%40x@[::1]:5"),
    ],
)
def test_the_password_goes_where_libpq_reads_it(address: str, server: str) -> None:
    """Everything else of the address stays as it is for libpq, and as people read it."""
    assert server_of(address) == server
    told = let_in(address, SECRET)
    assert conninfo_to_dict(told) == {**conninfo_to_dict(address), "password": SECRET}
    assert readable(told) == readable(address) == address
    assert has_password(told)
    assert server_of(told) == ""
    assert let_in(address, None) == address


def test_an_address_that_cannot_be_read_is_not_repeated(laptop: Laptop, tmp_path: Path) -> None:
    """The library would say it with the password in it."""
    said = laptop.no("office", "laptop", "list", "--register", "postgresql://ruth:tops3cret@[db/r")
    assert "can't be read" in said
    assert "tops3cret" not in said
