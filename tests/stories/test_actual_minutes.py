"""A day that ran late, under an office that counts the minutes as they went: laptop, sheet and office say the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.steps import keeping
from plfacilitate.steps.events import read_fold
from tests.conftest import ROOT
from tests.laptops import TZ, Laptop
from tests.played import Clock

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"


def own_rule(laptop: Laptop) -> None:
    """The workspace has an office of the shipped one's name that counts actual minutes."""
    text = (ROOT / "exports" / "psesd.toml").read_text("utf-8")
    folder = laptop.workspace.create().exports
    folder.mkdir(exist_ok=True)
    changed = text.replace('agenda = "approved"', 'agenda = "actual"').replace('"2026-1"', '"ours-1"')
    (folder / "psesd.toml").write_text(changed, "utf-8")


def at(clock: Clock, time: str) -> None:
    """It is this time in Renton."""
    hour, minute = map(int, time.split(":"))
    clock.set(datetime(2023, 12, 6, hour, minute, tzinfo=ZoneInfo(TZ)))


def kept(laptop: Laptop, event: str, clock: Clock, *times: str) -> None:
    """The agenda is moved on at these times."""
    with closing(laptop.ledger()) as ledger:
        for time in times:
            at(clock, time)
            fold = read_fold(ledger, event)
            ledger.append_one(keeping.move_on(laptop.hand(), event, fold.run))


def hours(answers: list[Any]) -> Any:
    """The answer to the hours parcel."""
    (found,) = [one for one in answers if "-hours-" in one["file"]]
    return found


def later(minutes: int, by: int) -> str:
    """So many minutes after 8:30, and so many late."""
    return f"{(510 + minutes + by) // 60}:{(510 + minutes + by) % 60:02}"


def ends_of(laptop: Laptop, event: str) -> Iterator[int]:
    """Minutes after its start at which each segment of the plan ends."""
    with closing(laptop.ledger(readonly=True)) as ledger:
        session = read_fold(ledger, event).event
        assert session is not None
        gone = 0
        for segment in session.session.agenda:
            gone += segment.minutes
            yield gone


def test_a_day_that_began_late_is_worth_what_was_held_of_it(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Twelve minutes late, and ended on time: the last segment is twelve minutes short for everybody."""
    own_rule(laptop)
    at(clock, "8:00")
    event = laptop.opened()
    *inner, end = ends_of(laptop, event)
    kept(laptop, event, clock, later(0, 12), *(later(gone, 12) for gone in inner), later(end, 0))
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:20, 15:50")
    at(clock, "16:10")
    lines = laptop.lines(event)
    assert [lines[who]["minutes"] for who in (MARIA, DANA)] == [348, 348]
    said = laptop.do("credit", event, "--person", MARIA)
    assert "agenda as it went 8:42–15:45 = 423 min" in said
    assert "minutes as the agenda went; approved were 8:30–15:45" in said
    assert "under psesd ours-1" in said
    shown = laptop.json("event", "show", event)["agenda"]
    assert (shown[0]["began"], shown[0]["planned"], shown[0]["took"]) == ("08:42", inner[0], inner[0])
    assert shown[-1]["took"] == shown[-1]["planned"] - 12
    assert f"began 08:42, took {inner[0]} of {inner[0]} min" in laptop.do("event", "show", event)
    register = tmp_path / "register.db"
    laptop.finish(event, tmp_path / "mail")
    answer = hours(laptop.receive_at_office(register, tmp_path / "mail"))
    assert (answer["verdict"], answer["credit_differs"], answer["credit_changed_since"]) == ("accepted", [], [])


def test_the_same_day_under_the_shipped_office_is_worth_what_was_approved(laptop: Laptop, clock: Clock) -> None:
    """Its minutes do not depend on the keys that were pressed."""
    at(clock, "8:00")
    event = laptop.opened()
    kept(laptop, event, clock, "8:42", "10:30", "15:45")
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    at(clock, "16:10")
    assert laptop.lines(event)[MARIA]["minutes"] == 360
    assert "as it went" not in laptop.do("credit", event, "--person", MARIA)


def test_an_agenda_that_is_put_right_after_the_approval_is_a_change_where_it_counts(
    laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """The sheet says that something came after it; under an office that counts approved minutes nothing did."""
    own_rule(laptop)
    at(clock, "8:00")
    event = laptop.opened()
    kept(laptop, event, clock, "8:42")
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    at(clock, "16:10")
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    kept(laptop, event, clock, "16:20")
    (tmp_path / "mail").mkdir()
    assert "1" in laptop.do("pack", event)
