"""Calendar files, read back by a strict reader of our own (RFC 5545)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from plfacilitate.core.calendar import Dated, calendar, dated, escaped
from plfacilitate.core.entry import Entry, canonical
from plfacilitate.core.plan import Event, Plan, Segment, Session

CHANGED = datetime(2023, 11, 1, 12, 30, 5, tzinfo=UTC)
LINE = re.compile(r"([A-Z-]+):(.*)")
REQUIRED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS"}


def read(data: bytes) -> list[dict[str, str]]:
    """The events of a file, each value unescaped; anything that the RFC doesn't allow fails."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line and len(line) <= 75 for line in raw)
    assert [piece.decode() for piece in raw]  # never cut inside a letter
    unfolded = b"\r\n".join(raw).replace(b"\r\n ", b"").decode().split("\r\n")
    assert (unfolded[0], unfolded[1], unfolded[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    inside = False
    for line in unfolded[1:-1]:
        found = LINE.fullmatch(line)
        assert found is not None, line
        name, value = found.groups()
        assert all(ord(letter) >= 0x20 and letter != "\x7f" for letter in value)
        if name in ("BEGIN", "END"):
            assert value == "VEVENT"
            assert inside is (name == "END")
            inside = name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert name not in events[-1], f"{name} twice"
            events[-1][name] = unescaped(value)
    assert all(event.keys() >= REQUIRED for event in events)
    return events


def unescaped(value: str) -> str:
    """A text value; a bare comma or semicolon, or a backslash before anything else, is no text."""
    assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;nN])*", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(title: str = "Day one", place: str = "Renton", day: date = date(2023, 12, 6), starts: str = "8:30") -> Event:
    """A day of two hours."""
    session = Session("one", title, starts, (Segment(90, "instruction", "Work"), Segment(30, "meal", "Lunch, all")))
    plan = Plan("plan", "Cohort; a series", "cohort", "psesd", 600, "each-session", (session,))
    return Event(
        "event-id", "series", "one", title, day, "America/Los_Angeles", place, "PS-1", "123456", plan, office={}
    )


def test_an_event_is_read_back_as_it_is() -> None:
    """Its identity, its times in UTC, its place, its agenda, and no claim code."""
    data = calendar("Cohort", [Dated(event(), 0, CHANGED)])
    assert read(data) == [
        {
            "UID": "event-id@plfacilitate",
            "DTSTAMP": "20231101T123005Z",
            "LAST-MODIFIED": "20231101T123005Z",
            "SEQUENCE": "0",
            "DTSTART": "20231206T163000Z",
            "DTEND": "20231206T183000Z",
            "SUMMARY": "Cohort; a series: Day one",
            "LOCATION": "Renton",
            "DESCRIPTION": "8:30 Work\n10:00 Lunch, all\n10:30 end (America/Los Angeles)\n6.0 clock hours approved\n"
            "In-service no. PS-1",
            "STATUS": "CONFIRMED",
        }
    ]
    assert b"123456" not in data


@pytest.mark.parametrize(
    "text",
    ["a,b;c\\d", "end\r\nBEGIN:VALARM", "\x1b[31m", "\u202egnirts", "ü" * 80, "\U0001d518" * 60, "", "\\n", "x" * 500],
    ids=["marks", "line end", "escape", "bidi", "two octets", "four octets", "empty", "backslash", "long"],
)
def test_what_people_type_stays_a_value(text: str) -> None:
    """It ends no line, begins no part, and comes back with what can't be seen made visible."""
    (found,) = read(calendar(text, [Dated(event(title=text, place=text), 0, CHANGED)]))
    assert "BEGIN" not in found
    assert unescaped(escaped(text)) in found["SUMMARY"]


def test_the_clocks_switch_and_the_hour_is_right() -> None:
    """On the day itself, before and after the switch: the wall shows 1:00 and 4:00 although two hours pass."""
    spring = event(day=date(2024, 3, 10), starts="1:00")
    (found,) = read(calendar("", [Dated(spring, 0, CHANGED)]))
    assert (found["DTSTART"], found["DTEND"]) == ("20240310T090000Z", "20240310T110000Z")
    assert "4:00 end" in found["DESCRIPTION"]


def entry(number: int, kind: str, body: object, replaces: tuple[str, ...] = ()) -> Entry:
    """An entry of the event."""
    at = f"2023-11-0{number}T12:00:00.000000Z"
    content = canonical({"body": body})
    return Entry(0, f"e{number}", "d", number, at, "event-id", kind, None, "Ruth", "facilitator", at, replaces, content)


def scheduled(number: int, in_service: str, replaces: tuple[str, ...] = ()) -> Entry:
    """The event put on its day, under an approval."""
    one = event()
    body = {
        "plan": one.plan.to_json(), "office": {}, "session": "one", "series": "series", "title": one.title,
        "date": "2023-12-06", "tz": one.tz, "place": one.place, "in_service": in_service, "claim_code": "",
    }  # fmt: skip
    return entry(number, "event-scheduled", body, replaces)


def test_every_change_has_a_greater_number_and_the_same_identity() -> None:
    """Corrected once: 1; taken back: 2, cancelled; the taking back taken back: 3, on again."""
    steps = [
        scheduled(1, ""),
        scheduled(2, "PS-1", ("e1",)),
        entry(3, "undo", {"undoes": "e2", "reason": "wrong"}),
        entry(4, "undo", {"undoes": "e1", "reason": "cancelled"}),
        entry(5, "undo", {"undoes": "e4", "reason": "it takes place"}),
    ]
    said = []
    for count in range(1, 6):
        found = dated(steps[:count])
        assert found is not None
        (shown,) = read(calendar("", [found]))
        said.append((shown["SEQUENCE"], shown["STATUS"], shown["DTSTAMP"][:8], shown["UID"]))
    uid = "event-id@plfacilitate"
    assert said == [
        ("0", "CONFIRMED", "20231101", uid),
        ("1", "CONFIRMED", "20231102", uid),
        ("2", "CONFIRMED", "20231103", uid),
        ("3", "CANCELLED", "20231104", uid),
        ("4", "CONFIRMED", "20231105", uid),
    ]


def test_an_event_that_was_never_scheduled_has_no_place_in_a_calendar() -> None:
    """Only its closing has arrived."""
    assert dated([entry(1, "event-closed", {})]) is None


def test_an_agenda_that_is_another_one_at_the_opening_is_a_change() -> None:
    """The plan's file was changed in between: the calendar moves, under a greater number."""
    opened = event(starts="9:00").plan.to_json()
    found = dated([scheduled(1, ""), entry(4, "event-opened", {"plan": opened, "office": {}})])
    same = dated([scheduled(1, ""), entry(4, "event-opened", {"plan": event().plan.to_json(), "office": {}})])
    assert found is not None
    assert same is not None
    said = [(one["SEQUENCE"], one["DTSTART"], one["DTSTAMP"][:8]) for one in read(calendar("", [found]))]
    assert said == [("1", "20231206T170000Z", "20231104")]
    assert same.sequence == 0
