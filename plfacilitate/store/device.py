"""Which device writes: the one that this ledger knows, unless the ledger is a copy.

Owns how a copied, moved or restored ledger is told from the one that this laptop wrote last. Never appends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.entry import Chance, Clock, Draft, new_id
from plfacilitate.store.marker import Marker

_RESTORED = "restored"  # in `local`: this file came out of a backup


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes: the laptop's name for people, and how to make the key of a new device (device id → public key)."""

    name: str
    public_key: Callable[[str], str] = lambda device: ""


def device_of(connection: sqlite3.Connection) -> str:
    """The device that writes to this ledger, "" before there is one."""
    row = connection.execute("SELECT value FROM local WHERE key = 'device'").fetchone()
    return str(row[0]) if row else ""


def head_of(connection: sqlite3.Connection, device: str) -> tuple[int, str | None]:
    """The highest number of a device and that entry's digest; (0, None) before its first."""
    row = connection.execute(
        "SELECT number, digest FROM entry WHERE device = ? ORDER BY number DESC, seq DESC LIMIT 1", (device,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, None)


def may_go_on(connection: sqlite3.Connection, device: str, path: Path, marker: Marker | None) -> bool:
    """Whether this ledger may write on as this device.

    It may where the marker knows the device on this machine and in this place, and nothing was written beyond what
    the ledger holds. Without a marker only a backup says of itself that it is one.
    """
    if not device or connection.execute("SELECT 1 FROM local WHERE key = ?", (_RESTORED,)).fetchone():
        return False
    if marker is None:
        return True
    mark = marker.read(device)
    if mark is None or mark.machine != marker.machine or mark.ledger != str(path):
        return False
    return bool(
        connection.execute(
            "SELECT 1 FROM entry WHERE device = ? AND number = ? AND digest = ?", (device, mark.number, mark.digest)
        ).fetchone()
    )


def begin_device(
    connection: sqlite3.Connection, parent: str, identity: Identity, clock: Clock, chance: Chance
) -> tuple[str, Draft]:
    """A new device and the draft of its first entry, which names its parent's head; inside a transaction."""
    device = new_id(chance)
    draft = Draft(
        id=new_id(chance),
        kind="device-started",
        happened_at=clock(),
        by="system",
        means="system",
        salt=chance(16),
        body={
            "name": identity.name,
            "public_key": identity.public_key(device),
            "parent_device": parent or None,
            "parent_digest": head_of(connection, parent)[1] if parent else None,
        },
    )
    connection.execute("INSERT OR REPLACE INTO local VALUES ('device', ?)", (device,))
    connection.execute("DELETE FROM local WHERE key = ?", (_RESTORED,))
    return device, draft


def mark_restored(connection: sqlite3.Connection) -> None:
    """Say in a copy that it is one: whoever opens it to write starts a new device."""
    connection.execute("INSERT OR REPLACE INTO local VALUES (?, 'yes')", (_RESTORED,))
