"""Contents taken out of a register for good.

Owns what goes with them. Envelopes stay, so chains can be proved as before. Never takes away what says that something
was erased.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256

from plfacilitate.store.register.engine import Engine


def erase_ids(engine: Engine, ids: Sequence[str]) -> int:
    """Take the contents of these ids away, now and whenever they come; how many were here. Inside a transaction."""
    engine.lay_new("erasure", [(one,) for one in ids])
    return drop_ids(engine, ids)


def drop_ids(engine: Engine, ids: Sequence[str]) -> int:
    """Take the contents of these ids away; how many were here. Inside a transaction."""
    listed = engine.listed(ids)
    engine.run(f"UPDATE aside SET salt = NULL, content = NULL WHERE id{engine.among}", listed)
    events: dict[str, list[str]] = {}
    for one, event in engine.rows(f"SELECT id, event FROM id_seen WHERE id{engine.among}", listed):
        events.setdefault(event, []).append(one)
    return sum(
        engine.run(
            f"DELETE FROM content WHERE event = ? AND id{engine.among} AND kind <> 'erased'",
            event,
            engine.listed(there),
        )
        for event, there in events.items()
    )


def drop_aside(engine: Engine, is_gone: Callable[[bytes, bytes], bool]) -> None:
    """Take contents away that stand aside for a decision, where envelope and content are told to be gone.

    There are few of them, and they are looked through: they may be of no entry that is known. Inside a transaction.
    """
    rows = engine.rows("SELECT digest, envelope, content FROM aside WHERE content IS NOT NULL")
    theirs = [digest for digest, envelope, content in rows if is_gone(bytes(envelope), bytes(content))]
    if theirs:
        engine.run(f"UPDATE aside SET salt = NULL, content = NULL WHERE digest{engine.among}", engine.listed(theirs))


def about(people: AbstractSet[str]) -> Callable[[bytes, bytes], bool]:
    """Whether a content that stands aside says that it is about one of these records."""

    def is_about(_: bytes, content: bytes) -> bool:
        try:
            said = json.loads(content)
        except ValueError:
            return False
        return isinstance(said, dict) and said.get("person") in people

    return is_about


def names_of(engine: Engine, people: Iterable[str]) -> dict[str, str]:
    """Name → record, where the name can be recognised and not read: a record's own id may be made from an e-mail."""
    ((register,),) = engine.rows("SELECT value FROM register WHERE key = 'id'")
    return {sha256(f"{register} {one}".encode()).hexdigest(): one for one in people}


def owe_wiping(engine: Engine) -> None:
    """Remember that contents were deleted and the place has still to be wiped, should nobody get so far."""
    engine.run("INSERT INTO register VALUES ('wipe', 'owed') ON CONFLICT DO NOTHING")
