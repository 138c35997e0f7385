"""`event began`: when a segment of the agenda really began."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from plfacilitate.core.entry import Draft
from plfacilitate.core.keeping.run import Run
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.events import find_event, read_fold
from plfacilitate.steps.keeping import began_at, moment_in
from plfacilitate.steps.keeping import start as start_segment
from tests.laptops import Laptop
from tests.played import Clock

WHY = ("--reason", "nobody pressed the key")


def run_of(laptop: Laptop, event: str) -> Run:
    """The agenda of an event as it went."""
    with closing(laptop.ledger(readonly=True)) as ledger:
        return read_fold(ledger, event).run


def begin(laptop: Laptop, event: str, place: int) -> Draft:
    """A segment begins now, at the desk."""
    with closing(laptop.ledger()) as ledger:
        draft = start_segment(laptop.hand(), event, read_fold(ledger, event).run, place)
        ledger.append_one(draft)
        return draft


def test_a_segment_is_said_to_have_begun_earlier(laptop: Laptop, clock: Clock) -> None:
    """By its number or the beginning of its title; what was before it was over then, and `show` has the new time."""
    event = laptop.opened()
    clock.set("2023-12-06T08:31:00-08:00")
    begin(laptop, event, 0)
    clock.set("2023-12-06T09:10:00-08:00")
    begin(laptop, event, 1)
    title = run_of(laptop, event).spans[1].segment.title
    said = laptop.json("event", "began", event, "2", "8:52", *WHY)
    assert {key: said[key] for key in ("event", "segment", "title", "began")} == {
        "event": event, "segment": 2, "title": title, "began": "08:52",
    }  # fmt: skip
    agenda = laptop.json("event", "show", event)["agenda"]
    assert (agenda[1]["began"], agenda[0]["took"]) == ("08:52", 21)
    assert f"{title} began at 08:50" in laptop.do("event", "began", event, title[:12].upper(), "08:50", *WHY)
    assert [piece.segment for piece in run_of(laptop, event).pieces] == [0, 1]


def test_a_segment_that_nobody_began_has_begun_then(laptop: Laptop, clock: Clock) -> None:
    """The day was kept by nobody until noon."""
    event = laptop.opened()
    clock.set("2023-12-06T12:00:00-08:00")
    laptop.do("event", "began", event, "1", "8:35", *WHY)
    assert laptop.json("event", "show", event)["agenda"][0]["began"] == "08:35"


@pytest.mark.parametrize(
    "segment, time, sentence",
    [
        ("2", "11:30", "That time is still to come: say when it really was."),
        ("2", "half past", "half past is no time: write it as 15:45."),
        ("2", "25:00", "25:00 is no time: write it as 15:45."),
        ("2", " ", "A time is needed, such as 15:45."),
        ("2", "2023-12-04 09:00", "did not begin then: that is more than half a day away from the agenda."),
        ("0", "9:00", "0 is no one segment of the agenda: say its number, 1 to"),
        ("99", "9:00", "99 is no one segment of the agenda: say its number, 1 to"),
        ("Singing", "9:00", "Singing is no one segment of the agenda"),
    ],
)
def test_impossible_times_and_segments_are_refused_in_one_sentence(
    laptop: Laptop, clock: Clock, segment: str, time: str, sentence: str
) -> None:
    """And nothing is written."""
    event = laptop.opened()
    clock.set("2023-12-06T10:00:00-08:00")
    assert sentence in laptop.no("event", "began", event, segment, time, *WHY)
    assert run_of(laptop, event).pieces == ()


def test_a_reason_is_asked_for(laptop: Laptop, clock: Clock) -> None:
    """Blanks are none."""
    event = laptop.opened()
    clock.set("2023-12-06T10:00:00-08:00")
    assert "reason" in laptop.no("event", "began", event, "1", "9:00", "--reason", "  ")


def test_a_title_that_several_have_is_asked_for_by_number(laptop: Laptop, clock: Clock) -> None:
    """The beginning of several titles is none of them."""
    event = laptop.opened()
    titles = [span.segment.title for span in run_of(laptop, event).spans]
    clock.set("2023-12-06T15:00:00-08:00")
    letter = next(one[0] for one in titles if sum(other[0] == one[0] for other in titles) > 1)
    assert f"1 to {len(titles)}" in laptop.no("event", "began", event, letter, "9:00", *WHY)


def test_after_midnight_belongs_to_an_agenda_that_goes_on_so_long(laptop: Laptop, clock: Clock) -> None:
    """0:20 of an evening is the next day's; a day later, or the morning before, nothing of it began."""
    event = laptop.opened()
    clock.set("2023-12-09T00:30:00-08:00")
    with closing(laptop.ledger(readonly=True)) as ledger:
        day, run = find_event(ledger, event), read_fold(ledger, event).run
    evening = replace(day.session, starts="20:00")
    late = replace(day, plan=replace(day.plan, sessions=(evening,)))
    assert moment_in(late, "0:20").astimezone(day.zone).strftime("%d %H:%M") == "07 00:20"
    assert moment_in(late, "20:05").astimezone(day.zone).strftime("%d %H:%M") == "06 20:05"
    assert moment_in(day, "0:20").astimezone(day.zone).strftime("%d %H:%M") == "06 00:20"
    for far in (day.starts_at - timedelta(hours=13), day.ends_at + timedelta(hours=13)):
        with pytest.raises(Refused, match="half a day"):
            began_at(laptop.hand(), event, run, 0, far, reason="forgotten")
