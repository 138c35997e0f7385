"""The protocols that observations kept whole: those that say the same are read once, and are one value.

Owns how the beginning of an observation is read. Never believes a name or a version: two snapshots are the same where
their bytes are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from plfacilitate.core.entry import Entry
from plfacilitate.core.protocol import Protocol

_FROM, _TO = b',"protocol":{', b'},"respondent":'


class Begun(NamedTuple):
    """What the beginning of an observation says. `respondent` "" = it is no interview, `stop` "" = it has no stop."""

    stop: str
    observer: str
    respondent: str
    protocol: Protocol


class Snapshots:
    """Reads beginnings. A visit has a snapshot a sheet, and they are most of its bytes."""

    def __init__(self) -> None:
        """None is known yet."""
        self._made: dict[bytes, Protocol] = {}

    def begun(self, entry: Entry) -> Begun:
        """The beginning of an observation. Raises what a content of another make raises when it is read."""
        found = _taken_apart(entry.content or b"")
        if found is None:
            return _begun(entry.body, Protocol.from_json(entry.body["protocol"]))
        body, snapshot = found
        protocol = self._made.get(snapshot)
        if protocol is None:
            protocol = self._made[snapshot] = Protocol.from_json(entry.body["protocol"])
        return _begun(body, protocol)


def _begun(body: Mapping[str, Any], protocol: Protocol) -> Begun:
    return Begun(str(body.get("stop", "")), str(body["observer"]), str(body.get("respondent", "")), protocol)


def _taken_apart(content: bytes) -> tuple[Mapping[str, Any], bytes] | None:
    """The body without its snapshot, and the snapshot's bytes; None = only reading all of it tells them apart.

    No text can hold either mark, for a quote inside a text has a backslash before it. Where both stand once, and what is
    left without that piece is a content again, the piece is the snapshot and all of it.
    """
    begins, ends = content.find(_FROM), content.rfind(_TO) + 1
    if not 0 < begins < ends or content.count(_FROM) > 1 or content.count(_TO) > 1:
        return None
    try:
        body = json.loads(content[:begins] + content[ends:])["body"]  # all of it: nothing may be left over
    except (KeyError, TypeError, ValueError):
        return None
    whole = isinstance(body, dict) and "respondent" in body and "protocol" not in body
    return (body, content[begins:ends]) if whole else None
