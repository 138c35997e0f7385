"""What leaves the building after a site visit: tables without a name of a teacher or a room, and no empty ones."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from plfacilitate.core.visiting.observation import Observation
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import capture, observe
from plfacilitate.steps.capture import written
from plfacilitate.store.ledger import Ledger
from tests.laptops import Laptop
from tests.played import Clock
from tests.visits import EXAMPLE

NAMES = (
    "Maria", "Garcia", "Emi", "Nakamura", "Okonkwo", "Adaeze", "Evans", "Patricia", "Jordan", "Smith-Walker", "Siobhán",
    "Room 4", "Room 9", "Library",
)  # fmt: skip


@pytest.fixture
def event(laptop: Laptop, clock: Clock) -> str:
    """A visit that is announced and open."""
    event = laptop.opened("site-visit", on="2023-12-06")
    laptop.do("visit", "plan", event, EXAMPLE)
    clock.set("2023-12-06T09:00:00-08:00")
    return event


def observes(laptop: Laptop, ledger: Ledger, event: str, observer: str, stop: str, protocol: str) -> Observation:
    """Somebody begins."""
    found = find_protocol(protocol, laptop.workspace.protocols)
    (begun,) = written(ledger.append([observe.begin(laptop.hand(), event, found, observer=observer, stop=stop)]))
    seen = observe.read_visit(ledger, event).observation(begun.id)
    assert seen is not None
    return seen


def noted(laptop: Laptop, event: str) -> None:
    """Two observers in the first room, one asked the principal, and what they agreed on."""
    ledger, hand = laptop.ledger(), laptop.hand()
    for observer, level in (("Dana Whitfield", 2), ("Lan Nguyễn", 3)):
        seen = observes(laptop, ledger, event, observer, "s1", "psesd-lens")
        laptop.played.forward(minutes=2)
        ledger.append([
            observe.line(hand, seen, "=Ms Garcia in Room 4: S1, why?", items=["chooses-what"]),
            observe.note(hand, seen, "chooses-what", level, words="Maria names the topic"),
            observe.note(hand, seen, "called-volunteer", 1), observe.note(hand, seen, "called-volunteer", 1),
            observe.note(hand, seen, "work-shown", ["drafts", "data"]), observe.note(hand, seen, "languages", "seen"),
        ])  # fmt: skip
        laptop.played.forward(minutes=18)
        ledger.append([observe.end(hand, seen)])
    talk = observes(laptop, ledger, event, "Dana Whitfield", "", "implementation-framework")
    ledger.append([
        observe.note(hand, talk, "vision", 4, words="Siobhán shows it"), observe.end(hand, talk),
        observe.agree(hand, event, stop="s1", protocol="psesd-lens", item="chooses-what", value=2, words="as Maria said"),
        observe.sum_up(hand, event, {"patterns": "Emi and Jordan let students choose."}),
        capture.note(hand, event, "Ask Maria Garcia for the list of Room 4."),
    ])  # fmt: skip
    ledger.close()


def packed(laptop: Laptop, event: str, parcel: str = "programme") -> dict[str, bytes]:
    """The files of a parcel, packed now."""
    laptop.played.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    (path,) = laptop.workspace.outbox.glob(f"*-{parcel}-*.zip")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of a table of the visit."""
    return list(csv.DictReader(io.StringIO(files[f"visit/{name}.csv"].decode("utf-8-sig"))))


def test_the_tables_hold_what_was_noted(laptop: Laptop, event: str) -> None:
    """Stops, sheets, lines, notes with their unit, what was agreed, how far they agree, what the team wrote."""
    noted(laptop, event)
    files = packed(laptop, event)
    assert [(row["room"], row["observations"]) for row in table(files, "stops")] == [
        ("Room A", "2"), ("Room B", "0"), ("Room C", "0"), ("Room D", "0"), ("Room E", "0"),
    ]  # fmt: skip
    sheets = table(files, "observations")
    assert [(row["room"], row["observer"], row["protocol"], row["seconds"], row["ended"]) for row in sheets] == [
        ("Room A", "1", "psesd-lens", "1200", "yes"), ("Room A", "2", "psesd-lens", "1200", "yes"),
        ("", "1", "implementation-framework", "0", "yes"),
    ]  # fmt: skip
    assert {row["began"] for row in sheets} == {""}
    first = [row for row in table(files, "noted") if row["observation"] == sheets[0]["observation"]]
    assert [(row["item"], row["kind"], row["value"], row["unit"], row["second"]) for row in first] == [
        ("work-shown", "choice", "drafts data", "options", "120"), ("languages", "look-for", "seen", "answer", "120"),
        ("chooses-what", "rating", "2", "level", "120"), ("called-volunteer", "tally", "2", "times", "120"),
    ]  # fmt: skip
    assert [(row["item"], row["value"], row["note"]) for row in table(files, "agreed")] == [
        ("chooses-what", "2", "as [teacher] said")
    ]
    exact = [
        row for row in table(files, "agreement") if row["figure"] == "exact" and row["scale"] == "ratings of 4 levels"
    ]
    assert [(row["value"], row["pairs"]) for row in exact] == [("0.0000", "1")]
    assert [row["text"] for row in table(files, "lines")] == ["'=[teacher] in [room]: S1, why?"] * 2
    assert [row["part"] for row in table(files, "summary")] == ["patterns"]


def test_no_table_names_a_teacher_or_a_room(laptop: Laptop, event: str) -> None:
    """Nor does an entry: where the way goes is in neither parcel, only its envelope is."""
    noted(laptop, event)
    files = packed(laptop, event)
    told = {name: data.decode("utf-8-sig") for name, data in files.items() if name.startswith("visit/")}
    assert len(told) == 7
    told |= {name: files[name].decode("utf-8-sig") for name in ("notes.csv", "popups.csv", "commitments.csv")}
    assert "Ask [teacher] for the list of [room]." in told["notes.csv"]
    assert [(name, word) for name, text in told.items() for word in NAMES if word.casefold() in text.casefold()] == []
    assert b"observation-started" in files["entries/contents.ndjson"]
    assert b"Nakamura" not in files["entries/contents.ndjson"]
    for parcel in (files, packed_again(laptop, "hours")):
        assert b"visit-planned" not in parcel["entries/contents.ndjson"]


def test_what_became_of_a_problem_of_a_visit_names_no_teacher_either(laptop: Laptop, event: str) -> None:
    """Also where it leaves with another event: the way of the visit that it is from decides."""
    noted(laptop, event)
    ledger, hand = laptop.ledger(), laptop.hand()
    promised = {"what": "Sit in with Ms Garcia", "first_step": "", "who": "Lan Nguyễn", "due": ""}
    told = {
        "owner": "Lan Nguyễn",
        "problem": "Room 4 is silent",
        "how_might_we": "",
        "ideas": [],
        "commitment": promised,
    }
    problem = ledger.append_one(capture.popup(hand, event, told)).id
    ledger.close()
    laptop.do("problem", "follow", problem, "--tried", "yes", "--what", "Maria let them choose")
    laptop.do("problem", "resource", problem, "Ms Garcia's cards", "Room 4")
    files = packed(laptop, event)
    texts = {name: data.decode("utf-8-sig") for name, data in files.items() if name.startswith("problems/")}
    assert len(texts) == 3
    assert "[teacher] let them choose" in texts["problems/follow-ups.csv"]
    assert [(name, word) for name, text in texts.items() for word in NAMES if word.casefold() in text.casefold()] == []


def packed_again(laptop: Laptop, parcel: str) -> dict[str, bytes]:
    """The files of the other parcel of the same pack."""
    (path,) = laptop.workspace.outbox.glob(f"*-{parcel}-*.zip")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_column_is_described(laptop: Laptop, event: str) -> None:
    """The data dictionary of the parcel says what each column of each table means."""
    noted(laptop, event)
    files = packed(laptop, event)
    described = json.loads(files["datapackage.json"])
    resources = {one["path"]: one for one in described["resources"]}
    for name in files:
        if name.startswith("visit/"):
            header = files[name].decode("utf-8-sig").split("\r\n")[0].split(",")
            fields = resources[name]["schema"]["fields"]
            assert [field["name"] for field in fields] == header
            assert all(field.get("description") for field in fields)


def test_a_visit_without_observations_adds_no_empty_table(laptop: Laptop, event: str) -> None:
    """Only its stops; and an event that is no visit adds none at all."""
    assert [name for name in packed(laptop, event) if name.startswith("visit/")] == ["visit/stops.csv"]


def test_an_event_that_is_no_visit_adds_no_table(laptop: Laptop, clock: Clock) -> None:
    """Its parcel is what it always was."""
    other = laptop.opened()
    clock.set("2023-12-06T16:00:00-08:00")
    assert not [name for name in packed(laptop, other) if name.startswith("visit/")]


def test_whoever_reads_the_parcel_reads_the_observations(laptop: Laptop, event: str, tmp_path: Path) -> None:
    """The bundle verifies, and the entries of the visit but for its way are in it."""
    noted(laptop, event)
    packed(laptop, event)
    (path,) = laptop.workspace.outbox.glob("*-programme-*.zip")
    assert laptop.json("verify", path)["parcel"] == "programme"


def test_what_an_interview_came_to_leaves_with_it(laptop: Laptop, event: str) -> None:
    """A table of results, with what each column means; the rule itself stands in the protocol of the observation."""
    ledger, hand = laptop.ledger(), laptop.hand()
    talk = observes(laptop, ledger, event, "Dana Whitfield", "", "new-orleans-exposure")
    levels = {"seen-where": 2, "without-word": 2, "page": 2, "ten-oclock": 2, "unclear": 1, "student-hour": 2,
              "student-vision": 2, "runs-where": 3, "test-dates": 3, "hears": 1, "student-only-here": 1}  # fmt: skip
    ledger.append([observe.note(hand, talk, item, level) for item, level in levels.items()])
    ledger.append([observe.end(hand, talk)])
    ledger.close()
    files = packed(laptop, event)
    told = [(row["group"], row["said"], row["counts"], row["answers"], row["named"]) for row in table(files, "results")]
    assert told == [
        ("", "between 2 and 3", "", "11", "yes"), ("curious", "holds", "0", "0", "no"),
        ("refines", "holds", "6", "7", "yes"), ("engaged", "on the way", "2", "4", "yes"),
    ]  # fmt: skip
    described = json.loads(files["datapackage.json"])
    (resource,) = (one for one in described["resources"] if one["path"] == "visit/results.csv")
    assert all(field["description"] for field in resource["schema"]["fields"])
