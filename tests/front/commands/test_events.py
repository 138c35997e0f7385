"""`event list|show|expect|open|close|reopen`."""

from __future__ import annotations

from pathlib import Path

from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

KEYS = {
    "event", "series", "plan", "session", "title", "date", "starts", "ends", "tz", "place", "in_service", "claim_code",
    "office", "state",
}  # fmt: skip


def test_no_event_is_no_error(laptop: Laptop) -> None:
    """An empty list, and what to do next on stderr."""
    assert laptop.json("event", "list") == []
    assert "No event is scheduled yet" in laptop.run("event", "list").err


def test_events_as_json(laptop: Laptop) -> None:
    """The earliest first; times are those of the place."""
    later = laptop.schedule(on="2023-12-13", session="pd2")
    first = laptop.schedule(on="2023-12-06")
    found = laptop.json("event", "list")
    assert [one["event"] for one in found] == [first, later]
    assert set(found[0]) == KEYS
    assert (found[0]["starts"], found[0]["ends"], found[0]["state"]) == ("08:30", "15:45", "scheduled")
    assert "2023-12-13" in laptop.do("event", "list")


def test_one_event_as_json(laptop: Laptop) -> None:
    """The facts, and how many are expected, came, are in, walked in."""
    event = laptop.opened()
    laptop.attend(event, "Maria Alvarez, 8:20,\nDana Brown, 8:20, 12:00")
    shown = laptop.json("event", "show", event)
    assert set(shown) == KEYS | {"expected", "came", "in", "walk_ins", "entries", "agenda", "parcels", "cleared"}
    assert (shown["state"], shown["expected"], shown["came"], shown["in"], shown["walk_ins"]) == ("open", 52, 2, 1, 0)
    assert shown["cleared"] is None
    text = laptop.do("event", "show", event)
    assert "08:30–08:50  instruction" in text
    assert "1 in, 52 expected" in text


def test_show_tells_how_far_the_parcels_came(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Packed, handed over, answered; and by when the office wants the sheet."""
    event = laptop.opened()
    clock.set("2023-12-06T16:10:00-08:00")
    mail = tmp_path / "mail"
    mail.mkdir()
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    assert "hours: packed" in laptop.do("event", "show", event)
    laptop.do("send", "--to", mail)
    assert "handed over" in laptop.do("event", "show", event)
    laptop.receive_at_office(tmp_path / "register.db", mail)
    laptop.json("receive", mail)
    text = laptop.do("event", "show", event)
    assert "accepted" in text
    (hours, _) = laptop.json("event", "show", event)["parcels"]
    assert (hours["parcel"], hours["verdict"], hours["newest"]) == ("hours", "accepted", True)


def test_people_are_expected_from_a_file_a_school_or_another_event(laptop: Laptop) -> None:
    """Each says how many it added and how many there are."""
    first, second = laptop.schedule(), laptop.schedule(on="2023-12-13", session="pd2")
    assert laptop.json("event", "expect", first, PEOPLE) == {"event": first, "added": 52, "expected": 52}
    found = laptop.json("event", "expect", second, "--school", "dimmitt middle school")
    assert found["added"] == found["expected"] > 5
    whole = laptop.json("event", "expect", second, "--same-as", first)
    assert whole["expected"] == 52
    assert laptop.json("event", "expect", second, "--same-as", first)["added"] == 0


def test_who_cannot_be_expected(laptop: Laptop, tmp_path: Path) -> None:
    """An unknown school, event or file; two sources at once; a file with faults."""
    event = laptop.schedule()
    faulty = tmp_path / "faulty.csv"
    faulty.write_text("last_name,badge\nDiaz,abc\n", "utf-8")
    assert "Nobody here is from Hogwarts" in laptop.no("event", "expect", event, "--school", "Hogwarts")
    assert "There is no event 12345678" in laptop.no("event", "expect", event, "--same-as", "12345678")
    assert "There is no event 12345678" in laptop.no("event", "expect", "12345678", PEOPLE)
    assert "is not there" in laptop.no("event", "expect", event, tmp_path / "nowhere.csv")
    assert "1 fault(s)" in laptop.no("event", "expect", event, faulty)
    assert laptop.run("event", "expect", event).code == 2
    assert laptop.run("event", "expect", event, PEOPLE, "--school", "x").code == 2
    assert laptop.json("event", "show", event)["expected"] == 0


def test_an_event_opens_once_closes_once_and_opens_again_with_a_reason(laptop: Laptop, clock: Clock) -> None:
    """Every second time is refused in one sentence."""
    event = laptop.schedule()
    assert laptop.json("event", "open", event)["state"] == "open"
    assert "is open already" in laptop.no("event", "open", event)
    clock.set("2023-12-06T16:10:00-08:00")
    assert laptop.json("event", "close", event)["state"] == "closed"
    assert "was closed at 16:10" in laptop.no("event", "close", event)
    assert "was closed at 16:10" in laptop.no("event", "open", event)
    assert "needs a reason" in laptop.no("event", "reopen", event, "--reason", " ")
    assert laptop.json("event", "reopen", event, "--reason", "two more came")["state"] == "open"
    assert "is not closed" in laptop.no("event", "reopen", event, "--reason", "again")


def test_the_door_opens_only_an_event_of_today(laptop: Laptop, clock: Clock) -> None:
    """On any other day somebody has to mean it; a closed one stays closed."""
    event = laptop.schedule(on="2023-12-13")
    assert "is on 2023-12-13 and not open yet" in laptop.no("door", event)
    assert laptop.json("event", "show", event)["state"] == "scheduled"
    laptop.do("event", "open", event)
    laptop.do("event", "close", event)
    assert "was closed at" in laptop.no("door", event)
    assert "There is no event 12345678" in laptop.no("door", "12345678")
