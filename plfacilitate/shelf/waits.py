"""Why bundles still wait in the outbox, and when they are tried again: one small file beside them.

Owns the words of `waiting.json`. It says nothing that the ledger needs: without it, everything waits just the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plfacilitate.core.entry import utc_moment, utc_text
from plfacilitate.shelf.jsonof import of, read_object, some
from plfacilitate.shelf.write import write_bytes

FILE = "waiting.json"


class Wait(NamedTuple):
    """A bundle that could not be handed over: where to, why not, when that was tried (UTC).

    `again_at` = when it is tried again by itself, None = when somebody sends it. `tries` = how often it was tried.
    """

    bundle: str
    address: str
    why: str
    tried_at: datetime
    again_at: datetime | None
    tries: int = 1


def read_waits(outbox: Path) -> list[Wait]:
    """Everything that is known to wait; nothing where the file is missing or spoilt."""
    try:
        return [_wait(one) for one in of(read_object((outbox / FILE).read_bytes()), "waiting", list)]
    except (OSError, ValueError):
        return []


def write_waits(outbox: Path, waits: Sequence[Wait]) -> None:
    """Put the file in place, or take it away where nothing waits. Refused: `not-written`."""
    path = outbox / FILE
    if not waits:
        path.unlink(missing_ok=True)
        return
    told = [
        {
            "bundle": one.bundle,
            "address": one.address,
            "why": one.why,
            "tried_at": utc_text(one.tried_at),
            "again_at": utc_text(one.again_at) if one.again_at else None,
            "tries": one.tries,
        }
        for one in waits
    ]
    write_bytes(path, (json.dumps({"waiting": told}, indent=1) + "\n").encode())


def _wait(value: object) -> Wait:
    again = some(value, "again_at", str)
    return Wait(
        of(value, "bundle", str),
        of(value, "address", str),
        of(value, "why", str),
        utc_moment(of(value, "tried_at", str)),
        utc_moment(again) if again else None,
        of(value, "tries", int),
    )
