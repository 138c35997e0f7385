"""The bytes of an entry: canonical, bound by digests, the same wherever they are made."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import (
    HOURS_KINDS,
    KINDS,
    PROGRAMME_KINDS,
    Draft,
    Entry,
    canonical,
    content_digest,
    content_of,
    digest,
    envelope_of,
    new_id,
    stable_id,
    utc_moment,
    utc_text,
)  # fmt: skip
from tests.played import Chance

NOON = datetime(2023, 12, 6, 20, 0, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=()), max_size=20)
moments = st.datetimes(datetime(1970, 1, 2), datetime(8999, 1, 1), timezones=st.timezones())  # noqa: DTZ001 (drawn)
bodies = st.dictionaries(
    texts, st.recursive(st.none() | st.booleans() | st.integers() | texts, lambda part: st.lists(part, max_size=3)),
    max_size=4,
)  # fmt: skip
drafts = st.builds(
    Draft,
    id=texts,
    kind=texts,
    happened_at=moments,
    by=texts,
    means=st.sampled_from(["own-phone", "paper"]),
    salt=st.binary(min_size=16, max_size=16),
    person=st.none() | texts,
    event=st.none() | texts,
    replaces=st.lists(texts, max_size=3).map(tuple),
    body=bodies,
)


def _draft(**parts: Any) -> Draft:
    whole: dict[str, Any] = {"id": "i", "kind": "note", "happened_at": NOON, "by": "Ruth", "means": "facilitator"}
    whole.update(salt=bytes(16), **parts)
    return Draft(**whole)


def _content(draft: Draft) -> bytes:
    return content_of(draft, utc_text(draft.happened_at))


@given(draft=drafts)
def test_the_content_put_together_by_hand_is_what_canonical_json_says(draft: Draft) -> None:
    """The fast way and the plain way give the same bytes, whatever people typed."""
    plainly = {
        "kind": draft.kind,
        "person": draft.person,
        "by": draft.by,
        "means": draft.means,
        "happened_at": utc_text(draft.happened_at),
        "replaces": list(draft.replaces),
        "body": draft.body,
    }
    assert _content(draft) == canonical(plainly)


@given(draft=drafts, device=texts, number=st.integers(1, 2**60), previous=st.none() | texts)
def test_the_envelope_put_together_by_hand_is_what_canonical_json_says(
    draft: Draft, device: str, number: int, previous: str | None
) -> None:
    """The same for the envelope."""
    bound = content_digest(draft.salt, _content(draft))
    made = envelope_of(draft, bound, device, number, previous, utc_text(NOON))
    plainly = {
        "format": 1,
        "id": draft.id,
        "device": device,
        "number": number,
        "previous": previous,
        "recorded_at": "2023-12-06T20:00:00.000000Z",
        "event": draft.event,
        "content_digest": bound,
    }
    assert made == canonical(plainly)


def test_bytes_are_pinned() -> None:
    """These bytes are in ledgers and bundles already: a change here is a new format."""
    draft = _draft(id="a-1", kind="sign-in", person="p", event="e", replaces=("x", "y"), body={"reason": 'O"Lear\n→'})
    content = _content(draft)
    assert content.decode() == (
        '{"body":{"reason":"O\\"Lear\\n→"},"by":"Ruth","happened_at":"2023-12-06T20:00:00.000000Z",'
        '"kind":"sign-in","means":"facilitator","person":"p","replaces":["x","y"]}'
    )
    envelope = envelope_of(draft, content_digest(draft.salt, content), "d", 7, "00ff", utc_text(NOON))
    assert envelope.decode() == (
        f'{{"content_digest":"{sha256(bytes(16) + content).hexdigest()}","device":"d","event":"e","format":1,"id":"a-1",'
        '"number":7,"previous":"00ff","recorded_at":"2023-12-06T20:00:00.000000Z"}'
    )
    assert digest(envelope) == sha256(envelope).hexdigest()


@given(moment=moments)
def test_a_moment_comes_back_as_the_same_instant(moment: datetime) -> None:
    """UTC, microseconds, Z: one way to write an instant, in any zone it was taken."""
    text = utc_text(moment)
    assert len(text) == len("2023-12-06T20:00:00.000000Z")
    assert utc_moment(text) == moment.astimezone(UTC)
    assert utc_text(utc_moment(text)) == text


def test_the_two_half_past_ones_of_autumn_are_an_hour_apart() -> None:
    """Equal as Python compares them within a zone, but not the same instant."""
    zone = ZoneInfo("America/Los_Angeles")
    first, second = (datetime(2023, 11, 5, 1, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    assert utc_text(first) == "2023-11-05T08:30:00.000000Z"
    assert utc_text(second) == "2023-11-05T09:30:00.000000Z"


def test_a_moment_of_an_odd_offset_is_written_in_utc() -> None:
    """Nepal is 5:45 ahead."""
    assert utc_text(datetime(2023, 12, 6, 1, 45, tzinfo=timezone(timedelta(hours=5, minutes=45)))).startswith(
        "2023-12-05T20:00"
    )


def test_a_new_id_is_a_random_uuid() -> None:
    """As `uuid` would make it from the same bytes."""
    for seed in range(50):
        made = new_id(Chance(seed))
        assert made == str(uuid.UUID(bytes=Chance(seed)(16), version=4))
        assert uuid.UUID(made).version == 4


def test_a_stable_id_is_the_same_everywhere_and_tells_parts_apart() -> None:
    """Where one part ends and the next begins counts."""
    assert stable_id("person", "email", "a@b") == stable_id("person", "email", "a@b")
    assert stable_id("ab", "c") != stable_id("a", "bc")
    assert stable_id("person", "email", "maria.garcia@renton.example") == "761bd88b-c3db-5250-9f81-3c169052d47c"


def test_an_entry_without_content_has_an_empty_body() -> None:
    """Erased, or not arrived."""
    entry = Entry(0, "i", "d", 1, "", None, None, None, "", "", "2023-12-06T20:00:00.000000Z", (), None)
    assert entry.body == {}
    assert entry.at == NOON


def test_an_entry_reads_its_body_from_its_content() -> None:
    """Once, when it is first asked for."""
    content = _content(_draft(body={"text": "Núñez"}))
    entry = Entry(1, "i", "d", 1, "", None, "note", None, "Ruth", "facilitator", "", (), content)
    assert entry.body == {"text": "Núñez"}
    assert entry.body is entry.body
    assert json.loads(content)["body"] == entry.body


def test_every_kind_that_travels_is_a_known_kind() -> None:
    """A kind that a parcel shows but that nothing says about would be counted as unknown at the other end."""
    assert set(KINDS) >= HOURS_KINDS | PROGRAMME_KINDS
    assert not HOURS_KINDS & {"note", "popup"}, "the clock-hour office sees no notes"
    assert not PROGRAMME_KINDS & {"person", "sign-in", "sign-out", "request"}, "the programme sees nobody's hours"
