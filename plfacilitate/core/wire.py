"""Envelopes and contents that came from elsewhere, read with suspicion.

Owns what bytes must be to be taken into a ledger or a register: whoever reads an entry afterwards can rely on it.
Never changes a byte, and never refuses a kind because it does not know it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Never

from plfacilitate.core.entry import FORMAT, content_digest, digest, utc_moment
from plfacilitate.core.shapes import misshapen

_DIGEST = re.compile("[0-9a-f]{64}").fullmatch
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z").fullmatch
_LONGEST_ID = 200


class Unreadable(Exception):
    """These bytes can't be taken in; `str()` says why, as the end of a sentence that begins with "because"."""


class Envelope(NamedTuple):
    """The words of an envelope, and its own digest."""

    id: str
    device: str
    number: int
    previous: str | None
    recorded_at: str
    event: str | None
    content_digest: str
    digest: str


class Content(NamedTuple):
    """The words of a content."""

    kind: str
    person: str | None
    by: str
    means: str
    happened_at: str
    replaces: tuple[str, ...]
    body: Mapping[str, Any]


def read_envelope(envelope: bytes) -> Envelope:
    """The words of these bytes, which must be one line: a bundle holds one envelope a line. Raises Unreadable."""
    if b"\n" in envelope:
        raise Unreadable("its envelope is more than one line")
    value = _object(envelope, "its envelope")
    if value.get("format") != FORMAT:
        raise Unreadable("it was written by a newer plfacilitate")
    number: Any = value.get("number")
    previous: Any = value.get("previous")
    event: Any = value.get("event")
    sound = (
        is_id(value.get("id"))
        and is_id(value.get("device"))
        and type(number) is int
        and 1 <= number < 2**53
        and (previous is None if number == 1 else _is_digest(previous))
        and (event is None or is_id(event))
        and _is_digest(value.get("content_digest"))
        and _is_moment(value.get("recorded_at"))
    )
    if not sound:
        raise Unreadable("its envelope does not hold what an envelope holds")
    return Envelope(
        value["id"], value["device"], number, previous, value["recorded_at"], event, value["content_digest"],
        digest(envelope),
    )  # fmt: skip


def read_content(envelope: Envelope, salt: bytes, content: bytes) -> Content:
    """The words of a content that belongs to this envelope. Raises Unreadable."""
    if content_digest(salt, content) != envelope.content_digest:
        raise Unreadable("its content is not the one that its envelope names")
    value = _object(content, "its content")
    by: Any = value.get("by")
    means: Any = value.get("means")
    replaces: Any = value.get("replaces")
    body: Any = value.get("body")
    sound = (
        is_id(value.get("kind"))
        and (value.get("person") is None or is_id(value["person"]))
        and isinstance(by, str)
        and isinstance(means, str)
        and _is_moment(value.get("happened_at"))
        and isinstance(replaces, list)
        and all(map(is_id, replaces))
        and isinstance(body, dict)
    )
    if not sound:
        raise Unreadable("its content does not hold what a content holds")
    read = Content(value["kind"], value.get("person"), by, means, value["happened_at"], tuple(replaces), body)
    wrong = misshapen(read.kind, read.person, envelope.event, body)
    if wrong is not None:
        raise Unreadable(f"a {read.kind} needs a {wrong} that can be read")
    return read


def _no_number(name: str) -> Never:
    raise ValueError(name)


_decode = json.JSONDecoder(parse_constant=_no_number).raw_decode


def _object(data: bytes, what: str) -> dict[str, Any]:
    try:
        text = data.decode("utf-8")
        value, end = _decode(text)
        if "\\u" in text:  # half a character, which no text column takes
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Unreadable(f"{what} can't be read") from None
    if not isinstance(value, dict) or end != len(text):
        raise Unreadable(f"{what} can't be read")
    return value


def is_id(value: Any) -> bool:
    """Whether a value can be an id: a text without blanks, since ids stand beside each other in one column."""
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_ID and value.isprintable() and " " not in value


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and _DIGEST(value) is not None


def _is_moment(value: Any) -> bool:
    """Written as `utc_text` writes it, in a year that every calendar and zone can hold."""
    try:
        return (
            isinstance(value, str)
            and _MOMENT(value) is not None
            and "1970" <= value < "9000"
            and bool(utc_moment(value))
        )
    except ValueError:
        return False
