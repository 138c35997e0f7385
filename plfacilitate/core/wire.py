"""Envelopes and contents that came from elsewhere, read with suspicion.

Owns what bytes must be to be taken into a ledger or a register: whoever reads an entry afterwards can rely on it.
Never changes a byte, and never refuses a kind because it does not know it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, Never

from plfacilitate.core.entry import FORMAT, content_digest, digest, utc_moment
from plfacilitate.core.shapes import misshapen

_DIGEST = re.compile("[0-9a-f]{64}").fullmatch
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z").fullmatch
_LONGEST_ID = 200
_PLAIN = {
    "SHA": "[0-9a-f]{64}",
    "ID": rf"[!#-\[\]-~]{{1,{_LONGEST_ID}}}",
    "WORD": r'[^"\\\x00-\x1f]*',
    "AT": '[^"]{27}',
}


def _as_written(text: str) -> re.Pattern[str]:
    """The pattern of a line as this program writes it; in it stand names of _PLAIN."""
    return re.compile(re.sub("|".join(_PLAIN), lambda name: _PLAIN[name[0]], text))


_ENVELOPE = _as_written(
    r'{"content_digest":"(SHA)","device":"(ID)","event":(?:null|"(ID)"),"format":'
    + str(FORMAT)
    + r',"id":"(ID)","number":([1-9][0-9]{0,14}),"previous":(?:null|"(SHA)"),"recorded_at":"(AT)"}'
).fullmatch
_BODY = '{"body":'
_BEHIND_BODY = _as_written(
    r',"by":"(WORD)","happened_at":"(AT)","kind":"(ID)","means":"(WORD)","person":(?:null|"(ID)"),"replaces":\[\]}'
).fullmatch
_make = tuple.__new__


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


_new_envelope = partial(_make, Envelope)


def read_envelope(envelope: bytes) -> Envelope:
    """The words of these bytes, which must be one line: a bundle holds one envelope a line. Raises Unreadable."""
    found = _plainly([envelope])
    return found[0] if found else _carefully(envelope)


def read_envelopes(envelopes: Sequence[bytes]) -> list[Envelope]:
    """`read_envelope` of many, which costs half as much."""
    found = _plainly(envelopes)
    return found if len(found) == len(envelopes) else list(map(read_envelope, envelopes))


def _plainly(envelopes: Sequence[bytes]) -> list[Envelope]:
    """Of envelopes as this program writes them, their ids plain letters; nothing where one of them is another."""
    found = [_ENVELOPE(envelope.decode("latin-1")) for envelope in envelopes]
    if not all(found):
        return []
    bound, devices, events, ids, digits, previous, at = zip(*(one.groups() for one in found if one), strict=True)
    numbers = list(map(int, digits))
    begins = [number == 1 for number in numbers]
    if [one is None for one in previous] != begins or not all(map(_is_moment, at)):
        return []
    digests = map(digest, envelopes)
    return list(map(_new_envelope, zip(ids, devices, numbers, previous, at, events, bound, digests, strict=True)))


def _carefully(envelope: bytes) -> Envelope:
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
    told = _told_plainly(content) or _told(content)
    wrong = misshapen(told.kind, told.person, envelope.event, told.body)
    if wrong is not None:
        raise Unreadable(f"a {told.kind} needs a {wrong} that can be read")
    return told


def _told_plainly(content: bytes) -> Content | None:
    """Of a content as this program writes it that replaces nothing; None for all others, right or wrong."""
    try:
        text = content.decode("utf-8")
        if "\\u" in text or not text.startswith(_BODY):
            return None
        body, end = _decode(text, len(_BODY))
    except (ValueError, RecursionError):
        return None
    found = _BEHIND_BODY(text, end)
    if found is None or not isinstance(body, dict):
        return None
    by, happened_at, kind, means, person = found.groups()
    return _make(Content, (kind, person, by, means, happened_at, (), body)) if _is_moment(happened_at) else None


def _told(content: bytes) -> Content:
    value = _object(content, "its content")
    told: tuple[Any, ...] = tuple(map(value.get, Content._fields))
    kind, person, by, means, happened_at, replaces, body = told
    sound = (
        is_id(kind)
        and (person is None or is_id(person))
        and isinstance(by, str)
        and isinstance(means, str)
        and _is_moment(happened_at)
        and isinstance(replaces, list)
        and all(map(is_id, replaces))
        and isinstance(body, dict)
    )
    if not sound:
        raise Unreadable("its content does not hold what a content holds")
    return _make(Content, (kind, person, by, means, happened_at, tuple(replaces), body))


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
