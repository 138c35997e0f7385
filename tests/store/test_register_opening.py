"""A register that is asked for and not there, damaged, or on a disk that takes nothing: one sentence, never an empty one."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.register import open_register
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Paper


@contextmanager
def as_nobody() -> Iterator[None]:
    """Who may write everywhere can't be told no."""
    if sys.platform == "win32" or os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def made(path: Path, clock: Clock) -> None:
    """A register with a few entries."""
    with closing(open_register(f"sqlite:///{path}", Chance())) as register:
        paper = Paper("one")
        for _ in range(300):
            paper.write(clock, "event", text="x" * 200)
        paper.packed().brought_to(register)


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.touch()], ids=["nothing", "an empty file"])
def test_who_asks_makes_no_register(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A slip in the address is said, and nothing is made there."""
    make(tmp_path / "registr.db")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match="There is no register"):
        open_register(f"sqlite:///{tmp_path / 'registr.db'}", Chance(), make=False)
    with pytest.raises(Refused, match="There is no register"):
        open_register(f"sqlite:///{tmp_path / 'offise' / 'register.db'}", Chance(), make=False)
    assert sorted(tmp_path.iterdir()) == before


def test_who_asks_makes_no_tables_on_a_server(postgres: Server) -> None:
    """The wrong database stays as it was; the right one is opened."""
    url = postgres.database()
    with pytest.raises(Refused) as no:
        open_register(url, Chance(), make=False)
    assert no.value.refusal.code == "register-missing"
    assert postgres.do("SELECT 1 FROM pg_namespace WHERE nspname = 'plfacilitate'", url.rpartition("/")[2]) == []
    open_register(url, Chance()).close()
    open_register(url, Chance(), make=False).close()


def test_a_damaged_register_is_one_sentence(tmp_path: Path, clock: Clock) -> None:
    """Also where the damage shows in the middle of the work; it says how a copy is put back."""
    path = tmp_path / "register.db"
    made(path, clock)
    pages = [path.read_bytes()[at : at + 4096] for at in range(0, path.stat().st_size, 4096)]
    path.write_bytes(b"".join(bytes(4096) if b"x" * 100 in page else page for page in pages))
    with closing(open_register(f"sqlite:///{path}", Chance(), make=False)) as register:
        with pytest.raises(Refused, match="office register restore") as no:
            register.entries("event")
        assert no.value.refusal.code == "register-damaged"
        assert "\n" not in str(no.value)


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows a folder's read-only mark does not bind its files")
def test_a_register_on_a_disk_that_takes_nothing_can_be_read(clock: Clock) -> None:
    """A copy on a share or a disc: the roll is there; what wants to write says so."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        made(place / "register.db", clock)
        (place / "register.db").chmod(0o444)
        place.chmod(0o555)
        with (
            as_nobody(),
            closing(open_register(f"sqlite:///{place / 'register.db'}", Chance(), make=False)) as register,
        ):
            assert len(register.entries("event")) == 300
            with pytest.raises(Refused, match="read only"):
                register.begin_epoch("another")
        place.chmod(0o755)
