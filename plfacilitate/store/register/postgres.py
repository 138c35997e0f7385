"""PostgreSQL as a register's engine, for a region.

Owns the connection, the schema `plfacilitate` in the database that an address names, how it is made, and what only
PostgreSQL understands: COPY, locks of rows, its words for "no". Credentials stand in the address that it is given, or
come from where libpq looks for them (~/.pgpass, a service file); nothing here ever says a password.

Of two receivers that take entries of one device the second waits at that device's head, so all that is read while a
bundle is taken stands still. What may be there already goes by COPY into a table of the moment and from there with
`ON CONFLICT DO NOTHING`. What can't be there, because it comes after its device's head, is copied straight to where it
belongs; only an id can be given out by two devices: whoever loses then begins anew, carefully.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from psycopg import errors, sql

from plfacilitate.core.entry import Chance, new_id
from plfacilitate.core.refusal import Refused
from plfacilitate.store.register import readable
from plfacilitate.store.register.copying import BEGIN, END, copied
from plfacilitate.store.register.engine import Columns, Raced, Row
from plfacilitate.store.register.no_words import refused
from plfacilitate.store.register.tables import COLUMNS, VERSION, brought, statements
from plfacilitate.store.register.views import KEY, Words, gone, laid, mark_of

SCHEMA = "plfacilitate"
LOCK = 0x706C6672  # "plfr": shared by receivers, taken alone by one that erases or makes the tables
_RACED = (errors.DeadlockDetected, errors.SerializationFailure, errors.UniqueViolation)
_DIALECT = {"text": 'text COLLATE "C"', "number": "bigint", "data": "bytea", "end": "", "heap": ""}

# A NUL, which JSON can say and no text of PostgreSQL can hold, is shown as what can't be shown.
_JSON = r"replace(convert_from(c.content, 'UTF8'), '\u0000', '\ufffd')::json"
_WORDS = Words(
    body=f"({_JSON} #>> string_to_array('body.PATH', '.'))",
    parents=f"json_array_elements_text({_JSON} -> 'replaces') AS p(value)",
    fields=f"json_each_text({_JSON} -> 'body' -> 'fields') AS f(key, value)",
    lines="json_each(r.lines::json) AS l(key, value)",
    cell="(l.value ->> PATH)",
)


class PostgresEngine:
    """One connection."""

    among = " = ANY(ARRAY(SELECT json_array_elements_text(?::json)))"  # an array costs more to write and to read
    alone = False

    def __init__(self, address: str, where: str, chance: Chance, *, make: bool = True) -> None:
        """Connect, and `make` the tables where there are none. `where` is the address as people may read it."""
        self._where = where
        self._db = _connected(address, where)
        try:
            with self._refusing():
                self._set_up(chance, make=make)
        except BaseException:
            self._db.close()
            raise

    # -- the same as everywhere ----------------------------------------------------------------------------------------

    def listed(self, values: Iterable[str]) -> object:
        """A JSON list."""
        return json.dumps(list(values), ensure_ascii=False)

    def rows(self, sql: str, *values: object) -> list[Row]:
        """What a question is answered with."""
        with self._refusing(), self._db.cursor(binary=True) as cursor:
            return cursor.execute(_dialect(sql), values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Do something; how many rows that was."""
        with self._refusing():
            return self._db.execute(_dialect(sql), values).rowcount

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction. Raises Raced where another one was in its way."""
        with self._refusing(), self._db.transaction():
            yield

    def close(self) -> None:
        """End the connection."""
        self._db.close()

    # -- only here -------------------------------------------------------------------------------------------------------

    def lay(self, table: str, slices: Iterable[Columns]) -> None:
        """Copy rows in of which none is there yet; the server works on a slice while the next one is made."""
        with self._refusing():
            self._copy(table, table, slices)

    def lay_new(self, table: str, rows: Sequence[Row]) -> int:
        """Copy rows into a table of the moment, and from there those whose key is not there yet."""
        if not rows:
            return 0
        staged = f"staged_{table}"
        with self._refusing():
            self._db.execute(_sql(f"CREATE TEMP TABLE IF NOT EXISTS {staged} (LIKE {table}) ON COMMIT DELETE ROWS"))
            self._copy(staged, table, [tuple(zip(*rows, strict=True))])
            # in order: two that bring the same ids wait for each other, and never both at once
            found = self._db.execute(
                _sql(f"INSERT INTO {table} SELECT * FROM {staged} ORDER BY 1 ON CONFLICT DO NOTHING")
            ).rowcount
            self._db.execute(_sql(f"TRUNCATE {staged}"))
        return found

    def lock(self, devices: Iterable[str], *, alone: bool) -> Mapping[str, tuple[int, str]]:
        """Wait for whoever takes something of these devices; in one order for all."""
        wanted = sorted(devices)
        with self._refusing():
            self._db.execute(_sql(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}({LOCK})"))
            self._db.execute(
                "INSERT INTO device_head SELECT one, 0, '' FROM unnest(%s::text[]) one ON CONFLICT DO NOTHING", [wanted]
            )
            found = self._db.execute(
                "SELECT device, number, digest FROM device_head WHERE device = ANY(%s) ORDER BY device FOR UPDATE",
                [wanted],
            ).fetchall()
        return {device: (number, digest) for device, number, digest in found}

    def wipe(self) -> bool:
        """Let what was deleted be overwritten."""
        with self._refusing():
            self._db.execute("VACUUM content, aside, roll, handed_in, series, claim_decision")
        return True

    def _copy(self, into: str, table: str, slices: Iterable[Columns]) -> None:
        names = COLUMNS[table]
        statement = _sql(f"COPY {into} ({', '.join(names)}) FROM STDIN (FORMAT binary)")
        with self._db.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(BEGIN)
            for columns in slices:
                copy.write(copied(names, columns))
            copy.write(END)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except _RACED as error:
            raise Raced from error
        except psycopg.Error as error:
            raise refused(error, self._where) from error

    # -- making it -------------------------------------------------------------------------------------------------------

    def _set_up(self, chance: Chance, *, make: bool) -> None:
        self._db.execute(_sql(f"SET search_path = {SCHEMA}, pg_temp"))
        version = self._version()
        if not version and not make:
            raise Refused("register-missing", where=self._where)
        if version != VERSION:
            with self._db.transaction():
                self._db.execute(_sql(f"SELECT pg_advisory_xact_lock({LOCK})"))
                self._make(self._version(), chance)
        if make:
            self._lay_views()

    def _lay_views(self) -> None:
        """See that the views for people are those of this program."""
        mark = mark_of(_WORDS)
        if self._views() == mark:
            return
        with self._db.transaction():
            self._db.execute(_sql(f"SELECT pg_advisory_xact_lock({LOCK})"))
            if self._views() != mark:
                for statement in laid(_WORDS):
                    self._db.execute(_sql(statement))
                self.run(
                    "INSERT INTO register VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = ?", KEY, mark, mark
                )

    def _views(self) -> object:
        rows = self.rows("SELECT value FROM register WHERE key = ?", KEY)
        return rows[0][0] if rows else None

    def _version(self) -> int:
        """The version of its tables; 0 = there are none. Refused: `register-…`."""
        tables = {
            row[0]
            for row in self._db.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s",
                [SCHEMA],
            )
        }
        if not tables:
            return 0
        if not {"register", "device_head", "id_seen"} <= tables:
            raise Refused("register-foreign", where=self._where)
        version = int(self.rows("SELECT value FROM register WHERE key = 'version'")[0][0])
        if version > VERSION:
            raise Refused("register-newer", where=self._where, found=version, known=VERSION)
        return version

    def _make(self, version: int, chance: Chance) -> None:
        """Make the tables, or bring those of an older version up to date."""
        if version:
            for statement in [*gone(), *statements(brought(version), **_DIALECT)] if version < VERSION else ():
                self._db.execute(_sql(statement))
            self.run("UPDATE register SET value = ? WHERE key = 'version'", str(VERSION))
            return
        if self._db.execute("SHOW server_encoding").fetchone() != ("UTF8",):
            detail = "its database does not hold UTF-8: make one with `createdb --encoding UTF8 --template template0`."
            raise Refused("register-away", where=self._where, detail=detail)
        self._db.execute(_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        for statement in statements(brought(0), **_DIALECT):
            self._db.execute(_sql(statement))
        for key, value in (("id", new_id(chance)), ("epoch", new_id(chance)), ("version", str(VERSION))):
            self.run("INSERT INTO register VALUES (?, ?)", key, value)


def check_login(address: str) -> None:
    """Whether its server lets this user in; nothing is made there. Refused: `register-away`."""
    _connected(address, readable(address)).close()


def _connected(address: str, where: str) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        return psycopg.connect(address, autocommit=True, application_name="plfacilitate", connect_timeout=10)
    except psycopg.Error as error:
        raise refused(error, where) from error


@cache
def _dialect(text: str) -> sql.SQL:
    return _sql(text.replace("?", "%s"))


def _sql(text: str) -> sql.SQL:
    """A statement of our own, put together from our own names: values are bound, never part of it."""
    return sql.SQL(text)
