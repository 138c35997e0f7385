"""What PostgreSQL says when it says no, in words for people.

Owns these sentences. Never says a password, and never says less than what to do next.
"""

from __future__ import annotations

import psycopg
from psycopg import errors

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain


def refused(error: psycopg.Error, where: str) -> Refused:
    """The refusal for an error at the register `where`."""
    return Refused("register-away", where=where, detail=_words(error))


def _words(error: psycopg.Error) -> str:
    said = _said(error)
    if isinstance(error, errors.InsufficientPrivilege):
        return f"its user may not do that ({said}): the database's owner gives the right."
    if isinstance(error, errors.UndefinedTable):  # the tables are there: they were looked up in the catalogue
        return f"its user may not look into its schema ({said}): the database's owner gives the right."
    if isinstance(error, errors.DiskFull):
        return "its server's disk is full: nothing of this was taken."
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return "it can only be read there, as on a standby: name the server that is written to."
    if isinstance(error, errors.InsufficientResources):
        return f"its server has too much to do ({said}): try again later."
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:  # libpq repeats it, password and all
        return "its address can't be read: write it as postgresql://USER@HOST:PORT/DATABASE."
    if not isinstance(error, psycopg.OperationalError):
        return f"its server says {said}."
    return _connection_words(said)


def _connection_words(said: str) -> str:
    """Before it lets anybody in, libpq gives no code for what went wrong: its words are all there is."""
    if "password" in said:
        return (
            "the password is missing or wrong: `plfacilitate office register login URL` keeps it in the system's keyring,"
            " or set PGPASSWORD."
        )
    if "permission denied" in said:
        return f"its user may not do that ({said}): the database's owner gives the right."
    if "authentication failed" in said or "no pg_hba.conf entry" in said or ("role" in said and "not exist" in said):
        return f"it does not let this user in ({said})."
    if "database" in said and "does not exist" in said:
        return "there is no such database: make it with `createdb`."
    if "starting up" in said or "shutting down" in said:
        return "its server is just starting or stopping: nothing of this was taken, try again."
    if "refused" in said or "No such file" in said or "could not translate" in said or "timeout" in said:
        return "no server answers there: is it running, and is the address right?"
    return f"the connection ended ({said}): nothing of this was taken, try again."


def _said(error: psycopg.Error) -> str:
    """The server's own words in one line."""
    text = error.diag.message_primary or str(error)
    return plain(" ".join(text.split())).rstrip(".")
