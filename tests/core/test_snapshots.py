"""The beginnings of observations: each as it is written, also where it was written to be taken for another."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry, canonical
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.visiting.snapshots import Snapshots
from tests.visits import LESSON, SYSTEM

WORDS = st.text() | st.sampled_from(['","protocol":{', '},"respondent":""', ',"protocol":{}', "\\", '"'])


def begins(content: bytes) -> Entry:
    """A beginning of these bytes."""
    return Entry(1, "o", "d", 1, "", "e", "observation-started", None, "", "facilitator", "", (), content)


def written(protocol: Any, observer: str = "Ada", **more: Any) -> bytes:
    """As a ledger has it."""
    body = {"observer": observer, "protocol": protocol, "respondent": "", "stop": "s1"} | more
    return canonical({"body": body, "by": "Ada", "kind": "observation-started", "replaces": []})


def test_snapshots_that_say_the_same_are_one_value() -> None:
    """Whoever observed where."""
    known = Snapshots()
    first = known.begun(begins(written(LESSON.to_json())))
    other = known.begun(begins(written(LESSON.to_json(), "Ben", stop="s2", respondent="principal")))
    assert first.protocol is other.protocol
    assert (other.stop, other.observer, other.respondent) == ("s2", "Ben", "principal")


def test_a_snapshot_that_only_claims_another_s_name_is_another() -> None:
    """In whatever order they come."""
    forged = LESSON.to_json() | {"title": "Another lesson"}
    contents = [written(LESSON.to_json()), written(forged)]
    for order in (contents, contents[::-1]):
        known = Snapshots()
        found = {known.begun(begins(content)).protocol.title for content in order}
        assert found == {"A lesson", "Another lesson"}


@given(WORDS, WORDS, WORDS, st.sampled_from([LESSON, SYSTEM]))
def test_words_that_look_like_the_marks_are_words(
    observer: str, respondent: str, purpose: str, protocol: Protocol
) -> None:
    """Typed by an observer, or written into a protocol."""
    said = protocol.to_json() | {"purpose": purpose}
    content = written(said, observer, respondent=respondent)
    found, body = Snapshots().begun(begins(content)), json.loads(content)["body"]
    assert (found.observer, found.respondent) == (body["observer"], body["respondent"])
    assert found.protocol == Protocol.from_json(body["protocol"])


@given(st.permutations(["observer", "protocol", "respondent", "stop", "x"]), st.booleans())
def test_a_content_in_any_order_is_read_whole(keys: list[str], nested: bool) -> None:
    """Other programs write keys as they like, and one inside the other."""
    inner = {"protocol": SYSTEM.to_json(), "respondent": "inner"}
    body = {
        "observer": "Ada",
        "protocol": LESSON.to_json(),
        "respondent": "r",
        "stop": "s1",
        "x": inner if nested else 1,
    }
    content = json.dumps({"body": {key: body[key] for key in keys}}, separators=(",", ":")).encode()
    known = Snapshots()
    known.begun(begins(written(SYSTEM.to_json())))
    found = known.begun(begins(content))
    assert (found.protocol, found.respondent, found.stop) == (LESSON, "r", "s1")
