"""A register that was copied, lost and put back."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.store.register import open_register
from plfacilitate.store.register.keeping import backup_register, new_epoch, restore_register
from tests.played import Chance, Clock
from tests.postgres import Server
from tests.store.registers import Paper, told


def named(url: str) -> tuple[str, str]:
    """A register's id and epoch."""
    register = open_register(url, Chance(5))
    register.close()
    return register.id, register.epoch


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A register that is a file."""
    made = f"sqlite:///{tmp_path / 'office' / 'register.db'}"
    named(made)
    return made


def test_a_copy_put_back_is_the_same_register_in_a_new_epoch(url: str, tmp_path: Path) -> None:
    """What stood there is kept beside it, and the copy itself stays as it was."""
    before = named(url)
    backup_register(url, tmp_path / "copy.db")
    bytes_of_copy = (tmp_path / "copy.db").read_bytes()
    kept = restore_register(url, tmp_path / "copy.db", Chance(6), "20260201-080000")
    after = named(url)
    assert after[0] == before[0]
    assert after[1] != before[1]
    assert kept is not None
    assert named(f"sqlite:///{kept}") == before
    assert (tmp_path / "copy.db").read_bytes() == bytes_of_copy
    assert sorted(path.name for path in kept.parent.iterdir() if path.suffix == ".db") == sorted(
        [kept.name, "register.db"]
    )


def test_a_copy_is_taken_while_somebody_writes(url: str, tmp_path: Path) -> None:
    """It holds what was committed, and nobody waits."""
    path = Path(url.removeprefix("sqlite:///"))
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO erasure VALUES ('x')")
        backup_register(url, tmp_path / "copy.db")
        db.execute("COMMIT")
    db.close()
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM erasure").fetchone() == (0,)
    copy.close()


def test_a_register_where_there_was_none(tmp_path: Path, url: str) -> None:
    """A new computer: nothing is there to be kept."""
    backup_register(url, tmp_path / "copy.db")
    other = f"sqlite:///{tmp_path / 'new' / 'register.db'}"
    assert restore_register(other, tmp_path / "copy.db", Chance(6), "1") is None
    assert named(other)[0] == named(url)[0]


@pytest.mark.parametrize(
    "spoil, code",
    [
        (lambda copy: copy.unlink(), "file-missing"),
        (lambda copy: copy.write_text("This is no database. " * 300), "register-foreign"),
        (lambda copy: (copy.unlink(), copy.mkdir()), "file-is-folder"),
        (
            lambda copy: copy.write_bytes(copy.read_bytes()[:9000] + bytes(4096) + copy.read_bytes()[13096:]),
            "register-damaged",
        ),
    ],
)
def test_what_is_no_copy_is_never_put_back(
    url: str, tmp_path: Path, spoil: Callable[[Path], object], code: str
) -> None:
    """The register stays as it is."""
    copy, before = tmp_path / "copy.db", named(url)
    backup_register(url, copy)
    spoil(copy)
    with pytest.raises(Refused) as no:
        restore_register(url, copy, Chance(6), "1")
    assert no.value.refusal.code == code
    assert named(url) == before


def test_a_copy_never_replaces_another_file(url: str, tmp_path: Path) -> None:
    """Nor the register itself."""
    letter = tmp_path / "letter.txt"
    letter.write_text("dear office")
    for target in (letter, Path(url.removeprefix("sqlite:///"))):
        with pytest.raises(Refused) as no:
            backup_register(url, target)
        assert no.value.refusal.code == "file-in-the-way"
    assert letter.read_text() == "dear office"


def test_a_servers_register_is_put_back_by_its_own_tools(postgres: Server, tmp_path: Path) -> None:
    """`backup` and `restore` name them; after `pg_restore` the register gets its new epoch by command."""
    url = postgres.database()
    before = named(url)
    with pytest.raises(Refused, match="pg_dump") as no:
        backup_register(url, tmp_path / "x")
    assert no.value.refusal.code == "register-elsewhere"
    with pytest.raises(Refused, match="pg_restore"):
        restore_register(url, tmp_path / "x", Chance(), "1")
    if shutil.which("pg_dump"):
        _dump_and_restore(url, tmp_path / "dump")
    assert named(url) == before
    assert new_epoch(url, Chance(9)) == named(url)[1] != before[1]
    assert named(url)[0] == before[0]


def _dump_and_restore(url: str, dump: Path) -> None:
    subprocess.run(["pg_dump", "--format=custom", "--schema=plfacilitate", f"--file={dump}", url], check=True)
    subprocess.run(["pg_restore", "--clean", "--if-exists", f"--dbname={url}", str(dump)], check=True)


def test_a_register_of_an_older_program_is_brought_up_to_date(tmp_path: Path, clock: Clock) -> None:
    """At first use, by whoever comes first: its entries, heads and forks are as they were, and it takes what comes."""
    paper = Paper("one")
    for number in range(4):
        paper.write(clock, "event", text=str(number))
    fork = paper.copied()
    for one in (paper, fork):
        one.write(clock, "event", text="the fifth")
    new = open_register(f"sqlite:///{tmp_path / 'new.db'}", Chance(1))
    for one in (paper, fork):
        assert one.packed().brought_to(new).verdict == "accepted"
    _as_version_1(tmp_path / "new.db", tmp_path / "old.db")
    old = open_register(f"sqlite:///{tmp_path / 'old.db'}", Chance(2))
    assert (old.id, old.epoch) == (new.id, new.epoch)
    assert len(old.forked("event")) == 2
    assert old.forked("event") == new.forked("event")
    assert told(old, ["event"]) == told(new, ["event"])
    paper.write(clock, "event", text="one more")
    assert paper.packed(5).brought_to(old).verdict == "accepted"
    old.close()
    open_register(f"sqlite:///{tmp_path / 'old.db'}", Chance(3)).close()
    new.close()
    assert _shape(tmp_path / "old.db") == _shape(tmp_path / "new.db")


def _shape(file: Path) -> dict[str, str]:
    """What every table and index of a register is made of."""
    with closing(sqlite3.connect(file)) as db:
        return {name: " ".join(sql.split()) for name, sql in db.execute("SELECT name, sql FROM sqlite_schema") if sql}


def _as_version_1(source: Path, target: Path) -> None:
    """The same rows in the tables of the first version."""
    with sqlite3.connect(target) as db:
        db.executescript((Path(__file__).parent / "register_v1.sql").read_text(encoding="utf-8"))
        db.execute("ATTACH ? AS new", (str(source),))
        tables = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
        for table in tables:
            db.execute(f"INSERT INTO main.{table} SELECT * FROM new.{table}")
    db.close()
