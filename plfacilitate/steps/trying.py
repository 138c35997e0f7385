"""Trying a place out, and making its server known.

Owns what is kept of a server that a person compared. Never leaves a file behind at a place.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

from plfacilitate.core.entry import new_id
from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.core.text import plain
from plfacilitate.courier.address import SFTP, missing, where_of
from plfacilitate.courier.hosts import show_key
from plfacilitate.courier.places import place_of
from plfacilitate.courier.send import bring
from plfacilitate.shelf.write import write_bytes
from plfacilitate.steps.sending import access_of
from plfacilitate.store.surroundings import Surroundings


def key_shown(address: str) -> tuple[str, str]:
    """The key that an SFTP server shows now: its fingerprint, and the line that makes it known.

    Refused: `address-unknown`, `place-password`, `place-extra`, `not-sent` where it can't be reached.
    """
    where = where_of(address)
    if where.scheme not in SFTP:
        raise Refused("nothing-to-do", what="only SFTP servers have a key to be known by")
    try:
        return show_key(where)
    except ImportError as error:
        raise missing("sftp", "asyncssh") from error


def make_known(known_hosts: Path, line: str) -> None:
    """Know a server by this line, and by no other any more. Refused: `not-written`."""
    host = line.partition(" ")[0]
    try:
        before = known_hosts.read_text("utf-8").splitlines() if known_hosts.exists() else []
    except (OSError, UnicodeDecodeError):
        before = []
    kept = [one for one in before if one.partition(" ")[0] != host]
    write_bytes(known_hosts, "\n".join([*kept, line.strip(), ""]).encode())


def try_out(around: Surroundings, address: str) -> None:
    """Bring a small file to a place, read it back and take it away.

    Refused: `place-not-ready`, else as `place_of` and `courier.send.bring`.
    """
    with tempfile.TemporaryDirectory() as folder, closing(place_of(address, access_of(around))) as place:
        path = Path(folder) / f"plfacilitate-{new_id(around.chance)[:8]}.txt"
        path.write_bytes(b"A test of plfacilitate. This file may be deleted.\n")
        try:
            place.remove(bring(path, place).name)
        except OSError as error:
            raise Refused("place-not-ready", place=plain(place.shown), detail=disk_words(error)) from error
        except Refused as no:
            if no.refusal.code != "not-sent":
                raise
            raise Refused("place-not-ready", **no.refusal.details) from no  # nothing waits: it was only a test
