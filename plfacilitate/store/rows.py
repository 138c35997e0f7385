"""The columns beside an entry's bytes, read out of the bytes themselves.

Owns what makes received bytes an envelope or a content. Never trusts a column that somebody else wrote.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from plfacilitate.core.entry import digest, utc_moment


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """An envelope and its own words as columns."""

    id: str
    device: str
    number: int
    previous: str | None
    digest: str
    recorded_at: str
    event: str | None
    content_digest: str
    envelope: bytes

    @staticmethod
    def of(envelope: bytes) -> EnvelopeRow:
        """Read an envelope. Raises ValueError, KeyError or TypeError where it is none."""
        value = json.loads(envelope)
        number, event, previous = value["number"], value["event"], value["previous"]
        texts = [value["id"], value["device"], value["recorded_at"], value["content_digest"]]
        if type(number) is not int or number < 1 or not all(isinstance(text, str) and text for text in texts):
            raise ValueError("an envelope holds texts and a number")
        if not all(part is None or isinstance(part, str) for part in (event, previous)):
            raise ValueError("event and previous are texts or null")
        utc_moment(value["recorded_at"])
        return EnvelopeRow(
            id=value["id"],
            device=value["device"],
            number=number,
            previous=previous,
            digest=digest(envelope),
            recorded_at=value["recorded_at"],
            event=event,
            content_digest=value["content_digest"],
            envelope=envelope,
        )


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A content and its own words as columns. `replaces` is a row of ids; `erases` are the ids that it takes away."""

    kind: str
    person: str | None
    by: str
    means: str
    happened_at: str
    replaces: str
    erases: tuple[str, ...]
    content: bytes

    @staticmethod
    def of(content: bytes) -> ContentRow:
        """Read a content. Raises ValueError, KeyError or TypeError where it is none."""
        value = json.loads(content)
        body, person = value["body"], value["person"]
        if not isinstance(body, dict) or not (person is None or isinstance(person, str)):
            raise ValueError("a body is an object, a person a text or null")
        utc_moment(value["happened_at"])
        kind = str(value["kind"])
        return ContentRow(
            kind=kind,
            person=person,
            by=str(value["by"]),
            means=str(value["means"]),
            happened_at=value["happened_at"],
            replaces=" ".join(str(one) for one in value["replaces"]),
            erases=tuple(str(one) for one in body["ids"]) if kind == "erased" else (),
            content=content,
        )
