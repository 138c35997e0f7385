"""Entries for tests of the core, said in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plfacilitate.core.entry import Entry, canonical


def entry(
    entry_id: str,
    kind: str = "sign-in",
    *,
    at: str = "17:00",
    person: str | None = None,
    event: str | None = "e",
    device: str = "d",
    number: int = 1,
    seq: int = 1,
    replaces: Sequence[str] = (),
    means: str = "own-phone",
    **body: Any,
) -> Entry:
    """An entry of 6 December 2023; `at` is UTC, `HH:MM` or `HH:MM:SS`."""
    moment = f"2023-12-06T{at if at.count(':') == 2 else at + ':00'}.000000Z"
    content = canonical({"body": body})
    return Entry(
        seq, entry_id, device, number, moment, event, kind, person, "door", means, moment, tuple(replaces), content
    )


def undo(entry_id: str, undoes: str, **parts: Any) -> Entry:
    """An entry that voids another."""
    return entry(entry_id, "undo", undoes=undoes, **parts)
