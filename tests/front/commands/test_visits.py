"""`visit check|plan|show|announce`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.shipped import folder
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from plfacilitate.steps.events import find_event
from plfacilitate.steps.visiting import take_back_beginning
from tests.laptops import Laptop
from tests.visits import EXAMPLE

NAMED_OFFICE = (folder("exports") / "psesd.toml").read_text("utf-8") + '\n[visits]\nrooms = "named"\n'


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A site visit on a day, nothing announced yet."""
    return laptop.schedule("site-visit")


def changed(laptop: Laptop, right: str, other: str) -> Path:
    """The example with one thing changed."""
    text = EXAMPLE.read_text("utf-8")
    assert right in text
    path = laptop.folder / "visit.toml"
    path.write_text(text.replace(right, other), "utf-8")
    return path


def observes(laptop: Laptop, event: str, observer: str, stop: str = "s1", *, ended: bool = False) -> None:
    """Somebody observes at a stop, with one line that nobody else is to read."""
    laptop.played.forward(minutes=1)
    ledger = laptop.ledger()
    protocol = find_protocol("psesd-lens", laptop.workspace.protocols)
    (begun,) = written(ledger.append([observe.begin(laptop.hand(), event, protocol, observer=observer, stop=stop)]))
    seen = observe.read_visit(ledger, event).observation(begun.id)
    assert seen is not None
    ledger.append([observe.line(laptop.hand(), seen, "S1: a word that stays here")])
    if ended:
        ledger.append([observe.end(laptop.hand(), seen)])
    ledger.close()


def test_files_are_checked_by_line_and_key(laptop: Laptop) -> None:
    """The example is right; a mistake is an exit code and a place in the file."""
    said = laptop.do("visit", "check", EXAMPLE)
    assert "visit.toml: right. Lakeridge Elementary, 5 stop(s), rooms anonymous." in said
    ran = laptop.run("visit", "check", changed(laptop, '"09:25"', '"09:15"'), EXAMPLE)
    assert ran.code == 1
    assert "stop[1].team[0]: Dana Whitfield is in Room 4 (s1) then, 09:00–09:20" in ran.out
    assert "right." in ran.out
    assert "is not there" in laptop.no("visit", "check", "nothing.toml")


def test_nothing_is_shown_or_printed_before_a_visit_is_planned(laptop: Laptop, event: str) -> None:
    """One sentence, and what to do."""
    for command in ("show", "announce"):
        assert f"`plfacilitate visit plan {event[:8]} FILE` plans one" in laptop.no("visit", command, event)


def test_a_visit_is_planned_once(laptop: Laptop, event: str) -> None:
    """The same file again changes nothing."""
    assert laptop.json("visit", "plan", event, EXAMPLE) == {
        "event": event, "stops": 5, "rooms": "anonymous", "changed": True,
    }  # fmt: skip
    before = laptop.json("event", "show", event)["entries"]
    assert not laptop.json("visit", "plan", event, EXAMPLE)["changed"]
    assert "as it was" in laptop.do("visit", "plan", event, EXAMPLE)
    assert laptop.json("event", "show", event)["entries"] == before


def test_a_changed_visit_is_announced_anew_and_the_old_one_kept(laptop: Laptop, event: str) -> None:
    """The new one counts; the ledger holds both."""
    laptop.do("visit", "plan", event, EXAMPLE)
    assert "announced anew" in laptop.do("visit", "plan", event, changed(laptop, "Room 4", "Room 40"))
    assert laptop.json("visit", "show", event)["stops"][0]["room"] == "Room 40"
    entries = list(laptop.ledger().entries(event=event, kinds={"visit-planned"}))
    assert [one.body["visit"]["stops"][0]["room"] for one in entries] == ["Room 4", "Room 40"]
    assert entries[1].replaces == (entries[0].id,)


def test_a_file_with_faults_announces_nothing(laptop: Laptop, event: str) -> None:
    """Not even what is right in it."""
    path = changed(laptop, '["questions-and-talk"]', '["questions"]')
    assert "visit.toml:33: stop[1].protocols[0]: " in laptop.no("visit", "plan", event, path)
    assert "No visit is planned" in laptop.no("visit", "show", event)


def test_show_says_who_is_where_and_never_what_was_noted(laptop: Laptop, event: str) -> None:
    """Names and states; the next stop is marked."""
    laptop.do("visit", "plan", event, EXAMPLE)
    observes(laptop, event, "Dana Whitfield", ended=True)
    observes(laptop, event, "Lan Nguyễn")
    observes(laptop, event, "Lan Nguyễn", "gone")
    shown = laptop.json("visit", "show", event)
    assert (shown["next"], shown["school"], shown["rooms"]) == ("s1", "Lakeridge Elementary", "anonymous")
    first, second, *_ = shown["stops"]
    assert (first["label"], first["state"], first["observing"], first["done"], first["people"]) == (
        "Room A", "observed", ["Lan Nguyễn"], 1, 2,
    )  # fmt: skip
    assert (second["state"], second["observing"]) == ("not-begun", [])
    assert [(one["observer"], one["state"]) for one in shown["observations"]] == [
        ("Dana Whitfield", "ended"), ("Lan Nguyễn", "open"), ("Lan Nguyễn", "open"),
    ]  # fmt: skip
    text = laptop.do("visit", "show", event)
    assert ">  09:00–09:20  Room 4" in text
    assert "Lan Nguyễn observes · 1 of 2 done" in text
    assert text.strip().endswith("Lan Nguyễn, open")
    assert "stays here" not in text + json.dumps(shown)


def test_a_stop_with_observations_does_not_go(laptop: Laptop, event: str) -> None:
    """One without them does."""
    laptop.do("visit", "plan", event, EXAMPLE)
    observes(laptop, event, "Ada")
    text = EXAMPLE.read_text("utf-8")
    starts = [text.index(f'[[stop]]\nid = "s{number}"') for number in (1, 2, 3)]
    path = laptop.folder / "visit.toml"
    path.write_text(text[: starts[0]] + text[starts[1] :], "utf-8")
    assert (
        laptop.no("visit", "plan", event, path).strip()
        == "Room 4 stays on the way: Ada observed there, and that is kept."
    )
    path.write_text(text[: starts[1]] + text[starts[2] :], "utf-8")
    assert laptop.json("visit", "plan", event, path)["stops"] == 4


def test_rooms_are_named_only_where_the_office_allows_it(laptop: Laptop) -> None:
    """By its file, as it was when the event was scheduled."""
    path = changed(laptop, 'debrief = "12:25"', 'debrief = "12:25"\nrooms = "named"')
    event = laptop.schedule("site-visit")
    assert "the office of this event keeps rooms anonymous" in laptop.no("visit", "plan", event, path)
    (laptop.workspace.exports / "psesd.toml").write_text(NAMED_OFFICE, "utf-8")
    other = laptop.schedule("site-visit", on="2023-12-07")
    assert laptop.json("visit", "plan", other, path)["rooms"] == "named"
    assert laptop.json("visit", "plan", other, EXAMPLE)["rooms"] == "named"
    assert laptop.json("visit", "show", other)["stops"][0]["label"] == "Room 4"


def test_the_announcement_is_one_page_with_all_that_the_school_asks(laptop: Laptop, event: str) -> None:
    """On the paper that is wanted."""
    laptop.do("visit", "plan", event, EXAMPLE)
    out = laptop.folder / "page.pdf"
    made = laptop.json("visit", "announce", event, "--out", out, "--paper", "a4")
    assert made == {"file": str(out), "event": event, "stops": 5, "paper": "a4"}
    (page,) = pypdf.PdfReader(out).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert "Site visit at Lakeridge Elementary" in page.extract_text()


def test_two_laptops_plan_and_observe_and_are_brought_together(laptops: Callable[[str], Laptop]) -> None:
    """Either way round both show the same: the way announced last, everybody's state."""
    one, two = laptops("one"), laptops("two")
    event = one.schedule("site-visit")
    assert two.schedule("site-visit") == event
    one.do("visit", "plan", event, EXAMPLE)
    two.do("receive", one.workspace.ledger)
    one.played.forward(minutes=5)
    two.do("visit", "plan", event, changed(two, '"Library"', '"Gym"'))
    observes(one, event, "Dana Whitfield", "s4")
    observes(two, event, "Lan Nguyễn", "s4", ended=True)
    one.do("receive", two.workspace.ledger)
    two.do("receive", one.workspace.ledger)
    first, second = (laptop.json("visit", "show", event) for laptop in (one, two))
    assert first == second
    stop = first["stops"][3]
    assert (stop["room"], stop["observing"], stop["state"]) == ("Gym", ["Dana Whitfield"], "observed")
    assert find_event(one.ledger(), event).id == event


def test_escape_codes_in_a_visit_stay_text(laptop: Laptop, event: str) -> None:
    """In what is checked, planned, shown and said no; JSON is ASCII anyhow."""
    nasty = "\\u001b[31m\\u202eRoom"
    path = changed(laptop, '"Room 4"', f'"{nasty}"')
    said = laptop.do("visit", "check", path) + laptop.do("visit", "plan", event, path)
    observes(laptop, event, "Ada\x1b[2J")
    said += laptop.do("visit", "show", event)
    said += laptop.no("visit", "plan", event, changed(laptop, '"s1"', '"other"'))
    assert "Room" in said
    assert not set(said) & {"\x1b", "\u202e"}
    assert laptop.json("visit", "show", event)["stops"][0]["room"] == "\x1b[31m\u202eRoom"


def test_a_beginning_with_notes_is_not_taken_back(laptop: Laptop, event: str) -> None:
    """What was written stays until it is taken back itself; one that is not there is no beginning."""
    observes(laptop, event, "Ada")
    ledger = laptop.ledger()
    fold = observe.read_visit(ledger, event)
    with pytest.raises(Refused, match="Ada has noted something in Whose strengths"):
        take_back_beginning(ledger, laptop.hand(), fold, fold.observations[0].id)
    with pytest.raises(Refused, match="nothing to take back"):
        take_back_beginning(ledger, laptop.hand(), fold, "nothing")
    observe.take_back_newest(ledger, laptop.hand(), fold, fold.observations[0].id)
    fold = observe.read_visit(ledger, event)
    written(ledger.append([take_back_beginning(ledger, laptop.hand(), fold, fold.observations[0].id)]))
    assert observe.read_visit(ledger, event).observations == []
