"""What comes from elsewhere is read with suspicion: whatever is let in can be folded, shown and counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core import wire
from plfacilitate.core.entry import (
    KINDS,
    Draft,
    Entry,
    canonical,
    content_digest,
    content_of,
    digest,
    envelope_of,
    utc_text,
)
from plfacilitate.core.fold import EventFold
from plfacilitate.core.shapes import NEEDED, misshapen
from plfacilitate.core.versions import person_now
from plfacilitate.core.wire import Content, Unreadable, read_content, read_envelope, read_envelopes
from tests.core.plans import OFFICE, PLAN

NOON = datetime(2023, 12, 6, 20, 0, tzinfo=UTC)
SALT = bytes(16)
scheduled = {
    "plan": PLAN, "office": OFFICE, "session": "s1", "series": "x", "title": "One", "date": "2023-12-06",
    "tz": "America/Los_Angeles",
}  # fmt: skip
# What a body may hold where somebody plays with us: right parts, wrong parts, parts of the wrong sort.
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=5,
)
ENVELOPE_PARTS = ("format", "id", "device", "number", "previous", "event", "recorded_at", "content_digest", "surprise")
NAMES = sorted({name for _, needed in NEEDED.values() for name in needed} | {"ideas", "commitment", "reason", "about"})
right = st.sampled_from(
    [PLAN, OFFICE, "s1", "2023-12-06", "America/Los_Angeles", ["a"], {"last_name": "Le"}, 5, "clock-hours", "x", True]
)
bodies = st.dictionaries(st.sampled_from(NAMES), right | json_values, max_size=9) | st.just(scheduled)


def _content(kind: str = "note", **parts: Any) -> bytes:
    whole: dict[str, Any] = {
        "kind": kind, "person": None, "by": "Ruth", "means": "facilitator",
        "happened_at": "2023-12-06T20:00:00.000000Z", "replaces": [], "body": {"text": "x"},
    }  # fmt: skip
    return canonical(whole | parts)


def _envelope(content: bytes, **parts: Any) -> bytes:
    whole = {
        "format": 1, "id": "i", "device": "d", "number": 1, "previous": None, "event": "e",
        "recorded_at": "2023-12-06T20:00:00.000000Z", "content_digest": content_digest(SALT, content),
    }  # fmt: skip
    return canonical(whole | parts)


def test_what_a_ledger_wrote_is_read_word_by_word() -> None:
    """Envelope and content, with the digest of the very bytes."""
    draft = Draft("i", "sign-in", NOON, "Núñez", "paper", SALT, "p", "e", ("a", "b"), {"reason": "keyed in"})
    content = content_of(draft, utc_text(NOON))
    raw = envelope_of(draft, content_digest(SALT, content), "d", 2, "f" * 64, utc_text(NOON))
    words = read_envelope(raw)
    assert words[:6] == ("i", "d", 2, "f" * 64, "2023-12-06T20:00:00.000000Z", "e")
    assert words.digest == digest(raw)
    told = read_content(words, SALT, content)
    assert told[:6] == ("sign-in", "p", "Núñez", "paper", "2023-12-06T20:00:00.000000Z", ("a", "b"))
    assert told.body == {"reason": "keyed in"}


def test_an_envelope_is_one_line() -> None:
    """JSON allows a line break between two words; a bundle, which holds one envelope a line, could not carry it on."""
    raw = _envelope(_content())
    assert read_envelope(raw).id == "i"
    with pytest.raises(Unreadable, match="more than one line"):
        read_envelope(raw.replace(b',"device"', b',\n"device"'))


@pytest.mark.parametrize(
    "parts",
    [
        {"id": ""},
        {"id": "a b"},
        {"id": "a\nb"},
        {"id": 7},
        {"id": "x" * 300},
        {"device": None},
        {"number": 0},
        {"number": True},
        {"number": 1.0},
        {"number": 10**30},
        {"number": 2},  # without the digest of number 1
        {"previous": "f" * 64},  # a first entry follows nothing
        {"event": 5},
        {"event": ""},
        {"content_digest": "0" * 63},
        {"content_digest": "X" * 64},
        {"recorded_at": "2023-12-06"},
        {"recorded_at": "2023-12-06T20:00:00+01:00"},
        {"recorded_at": "2023-13-06T20:00:00.000000Z"},
        {"recorded_at": "0001-01-01T00:00:00.000000Z"},
        {"recorded_at": "9999-12-31T23:59:59.999999Z"},
        {"format": 2},
        {"format": None},
    ],
)
def test_an_envelope_that_is_none_is_refused(parts: dict[str, Any]) -> None:
    """Each word of it is looked at."""
    with pytest.raises(Unreadable):
        read_envelope(_envelope(_content(), **parts))


def test_a_newer_envelope_says_that_it_is_newer() -> None:
    """So that a person knows what to do."""
    with pytest.raises(Unreadable, match="newer"):
        read_envelope(_envelope(_content(), format=2, surprise="x"))


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"null", b"{", b"{} ", b"\xff\xfe{}", b" {}", b'{"a":NaN}', b'{"id":"\\ud800"}', b"[" * 100_000]
)
def test_bytes_that_are_no_object_are_refused(raw: bytes) -> None:
    """Half characters, numbers that are none, nests without end."""
    with pytest.raises(Unreadable):
        read_envelope(raw)
    words = read_envelope(_envelope(raw))
    with pytest.raises(Unreadable):
        read_content(words, SALT, raw)


@pytest.mark.parametrize(
    "parts",
    [
        {"kind": None},
        {"kind": "sign in"},
        {"person": 5},
        {"person": "a b"},
        {"by": None},
        {"by": "\ud800"},
        {"means": []},
        {"happened_at": "yesterday"},
        {"replaces": "x"},
        {"replaces": ["a b"]},
        {"replaces": [None]},
        {"body": []},
        {"body": None},
        {"body": {}},  # a note without a text
    ],
)
def test_a_content_that_is_none_is_refused(parts: dict[str, Any]) -> None:
    """Whoever reads an entry later relies on each of these."""
    raw = json.dumps(json.loads(_content()) | parts).encode()
    with pytest.raises(Unreadable):
        read_content(read_envelope(_envelope(raw)), SALT, raw)


def test_a_content_that_its_envelope_does_not_name_is_refused() -> None:
    """One byte is enough, and so is another salt."""
    raw = _content()
    words = read_envelope(_envelope(raw))
    assert read_content(words, SALT, raw).body == {"text": "x"}
    with pytest.raises(Unreadable, match="not the one"):
        read_content(words, SALT, raw.replace(b'"x"', b'"y"'))
    with pytest.raises(Unreadable, match="not the one"):
        read_content(words, b"1" * 16, raw)


def test_an_unknown_kind_is_let_in_whatever_it_holds() -> None:
    """A newer version knows what it means."""
    raw = _content("hologram", body={"people": 7, "plan": None})
    assert read_content(read_envelope(_envelope(raw)), SALT, raw).kind == "hologram"


def test_every_kind_has_its_shape() -> None:
    """A kind that is new to the list of kinds needs a line in the table of shapes."""
    assert set(NEEDED) == set(KINDS)


@pytest.mark.parametrize("part", ["plan", "office", "session", "series", "title", "date", "tz"])
def test_a_schedule_needs_each_of_its_parts(part: str) -> None:
    """Without one of them there is no event to show."""
    assert misshapen("event-scheduled", None, "e", scheduled) is None
    assert misshapen("event-scheduled", None, "e", {**scheduled, part: None}) == part
    assert misshapen("event-scheduled", None, "e", {k: v for k, v in scheduled.items() if k != part}) == part
    assert misshapen("event-scheduled", None, "e", {**scheduled, "session": "s9"}) == "session"
    assert misshapen("event-scheduled", None, None, scheduled) == "event"


@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(sorted({*KINDS, "hologram"})), st.sampled_from([None, "p"]), st.sampled_from([None, "e"]),
            bodies,
        ),
        max_size=6,
    )
)  # fmt: skip
def test_whatever_is_let_in_can_be_folded(told: list[tuple[str, str | None, str | None, dict[str, Any]]]) -> None:
    """No body that passes makes a screen, a credit or a search fail."""
    entries = []
    for n, (kind, person, event, body) in enumerate(told):
        if misshapen(kind, person, event, body) is None:
            moment = f"2023-12-06T20:{n:02}:00.000000Z"
            content = canonical({"body": body})
            entries.append(Entry(n, f"i{n}", "d", n, moment, event, kind, person, "x", "paper", moment, (), content))
    fold = EventFold("e")
    fold.apply(entries)
    for person in fold.persons() | {"p"}:
        fold.presence(person)
        fold.request(person)
        fold.choice(person)
        fold.walk_in(person)
        fold.doubtful(person)
    if fold.event is not None:
        assert fold.event.starts_at < fold.event.ends_at
    assert fold.head_count is None or isinstance(fold.head_count, int)
    fold.flags()
    fold.facts(*KINDS)
    person_now("p", entries)


some_words = st.text(max_size=6) | st.sampled_from(
    ["a b", 'a"b', "a\\b", "é", "\x00", "i", "2023-12-06T20:00:00.000000Z"]
)
some_parts = st.none() | st.integers(-1, 3) | st.just("a" * 64) | some_words


def _answer(read: Callable[[], object]) -> object:
    """What a reader comes to, its "no" included."""
    try:
        return read()
    except Unreadable as no:
        return str(no)


@given(
    st.dictionaries(st.sampled_from(ENVELOPE_PARTS), some_parts, max_size=2), st.sampled_from([b"", b" ", b"\n", b"}"])
)
def test_envelopes_are_read_alike_one_by_one_and_many_at_once(parts: dict[str, Any], tail: bytes) -> None:
    """The short way for envelopes as this program writes them never says anything else than the long one."""
    raw, good = _envelope(_content(), **parts) + tail, _envelope(_content())
    told = _answer(lambda: wire._carefully(raw))
    assert _answer(lambda: read_envelope(raw)) == told
    both = _answer(lambda: read_envelopes([good, raw]))
    assert both == (told if isinstance(told, str) else [read_envelope(good), told])


@given(st.dictionaries(st.sampled_from([*Content._fields, "surprise"]), some_parts | bodies, max_size=2), some_words)
def test_contents_are_read_alike_the_short_way_and_the_long_one(parts: dict[str, Any], text: str) -> None:
    """Whatever is in them."""
    content = _content(**{"body": {"text": text}, **parts})
    found = wire._told_plainly(content)
    assert found is None or found == wire._told(content)
    plain = _content(person="p")
    assert wire._told_plainly(plain) == wire._told(plain)
