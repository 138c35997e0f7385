"""Two laptops without a common network: the other one's ledger taken in at the desk, and what has to be decided then."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from plfacilitate.core.entry import Entry
from plfacilitate.core.people import person_id
from plfacilitate.front.desk.deeds import receiving
from plfacilitate.front.desk.dialogs.path import PickFile, offered
from plfacilitate.front.desk.screens.person import PersonScreen
from plfacilitate.front.desk.screens.received import ArrivalList, ReceivedScreen, account_lines
from plfacilitate.steps import capture
from plfacilitate.steps.arrivals import Arrivals, arrivals
from plfacilitate.steps.intake import receive_file
from plfacilitate.steps.merge import merged_people
from plfacilitate.store import search
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import NAMES, Day
from tests.front.desk.test_room import row
from tests.played import Chance


def at(names: tuple[str, str, str]) -> str:
    """The id of somebody on the list."""
    last, first, school = names
    return person_id({"last_name": last, "first_name": first, "school": school, "district": "Renton"})


@pytest.fixture
def other(busy: Day, tmp_path: Path) -> Path:
    """The ledger of another laptop at the same session."""
    return another_laptop(busy, tmp_path)


def another_laptop(busy: Day, tmp_path: Path) -> Path:
    """Another laptop at the same session: it began with a copy of nothing but the list, and has its own sign-ins."""
    there = Day.begin(tmp_path / "there", "7:55", chance=Chance(99), machine="second door")
    ids = there.people()
    there.schedule()
    assert there.event == busy.event
    there.expect(ids)
    there.open()
    there.comes(at(NAMES[3]), "8:40")  # Diaz, who is not in on the first laptop
    there.comes(at(NAMES[1]), "8:02")  # Brown, who is in there too
    walked = {"last_name": "Quispe", "first_name": "Ines", "school": "Sierra Heights"}
    _, drafts = capture.walk_in(there.hand(), there.event, walked, at=there.moment("8:30"))
    capture.written(there.ledger.append(drafts))
    mark = next(one for one in busy.ledger.entries(event=busy.event, kinds=("sign-in",)) if one.person == at(NAMES[2]))
    receive_file(there.ledger, there.hand(), busy.around.workspace.ledger)
    corrects(there, mark, "8:31", reason="saw them")
    corrects(busy, mark, "8:59", reason="they said so")
    search.catch_up(there.ledger.connection)
    there.ledger.close()
    return there.around.workspace.ledger


def corrects(day: Day, mark: Entry, at: str, *, reason: str) -> None:
    """One laptop's other time for a sign-in."""
    again = day.hand().draft(
        "sign-in",
        event=day.event,
        person=mark.person,
        at=day.moment(at),
        replaces=[mark.id],
        body={"reason": reason},
    )
    day.ledger.append_one(again)


def taken(busy: Day, file: Path) -> Arrivals:
    """The account of a file that was taken in."""
    before = busy.ledger.head_seq()
    received = receive_file(busy.ledger, busy.hand(), file)
    return arrivals(busy.ledger, before, received, file.name)


def test_the_account_says_who_came_and_what_is_to_be_decided(busy: Day, other: Path) -> None:
    """Kinds, people with times, two versions, people in both, a walk-in who may be on the list."""
    found = taken(busy, other)
    assert found.received.new == sum(count for _, count in found.kinds)
    assert dict(found.kinds)["sign-in"] == 4
    told = {one.person.name: one.words for one in found.people}
    assert told["Diaz, Rosa"].startswith("in 8:40")
    assert {(one.why, one.person.name) for one in found.doubts} == {
        ("two-versions", "Chen, Wei"),
        ("both", "Brown, Dana"),
    }
    assert "second door" in found.laptops


def test_the_same_file_again_brings_nothing(busy: Day, other: Path) -> None:
    """Twice is once: nothing new, nothing to decide."""
    taken(busy, other)
    again = taken(busy, other)
    assert (again.received.new, again.kinds, again.people, again.doubts, again.pairs) == (0, (), (), (), ())
    assert account_lines(again) == []


async def take_in(seat: Seat, file: Path) -> None:
    """Name the file at the desk."""
    await seat.type("R")
    await seat.sees("Tab completes")
    dialog = seat.app.screen
    assert isinstance(dialog, PickFile)
    dialog.path_field.value = str(file)
    await seat.type("enter")
    await seat.until(lambda: isinstance(seat.app.screen, ReceivedScreen), "the account")


async def test_another_laptop_is_taken_in_and_looked_through(busy: Day, other: Path) -> None:
    """File, account, Enter on the doubt, v keeps one version, Esc, and the next."""
    async with seat_of(busy) as seat:
        await take_in(seat, other)
        await seat.sees("To decide")
        await seat.sees("two versions of a time")
        await seat.sees("signed in at both laptops")
        await seat.until(lambda: row(seat, "Diaz").came == "8:40")
        lines = seat.app.screen.query_one(ArrivalList)
        assert lines.current is not None
        while lines.current.text != "Chen, Wei":
            await seat.type("down")
        await seat.type("enter")
        await seat.until(lambda: isinstance(seat.app.screen, PersonScreen))
        await seat.sees("two versions: v keeps this one")
        await seat.type("v", "asked them", "enter")
        await seat.told("it is")
        await seat.type("escape")
        await seat.sees("What came")
        await seat.sees("? help")
        await seat.type("escape")
        await seat.sees("In the room")


async def test_a_pair_that_came_is_decided_on_the_account(busy: Day, other: Path) -> None:
    """Brought by the other laptop, the same as somebody here: `m`, and the question is gone."""
    async with seat_of(busy) as seat:
        busy.around.chance(16)
        await take_in(seat, other)
        lines = seat.app.screen.query_one(ArrivalList)
        asks = [one for one in lines.items if one.ask is not None]
        if not asks:
            pytest.fail(seat.text())
        lines.move_to(list(lines.items).index(asks[0]))
        await seat.type("m")
        await seat.told("One person now")
        await seat.until(lambda: merged_people(busy.ledger))
        await seat.until(lambda: len([one for one in lines.items if one.ask is not None]) < len(asks))


async def test_a_file_that_is_none_of_ours_is_one_sentence(busy: Day, tmp_path: Path) -> None:
    """The dialog of the work closes, nothing is taken in."""
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(b"no bundle at all")
    before = busy.ledger.head_seq()
    async with seat_of(busy) as seat:
        await seat.type("R")
        dialog = seat.app.screen
        assert isinstance(dialog, PickFile)
        dialog.path_field.value = str(wrong)
        await seat.type("enter")
        await seat.told("wrong.zip")
        await seat.until(lambda: not seat.app.screen.is_modal, "the dialog is closed")
    assert busy.ledger.head_seq() == before


async def test_taking_in_can_be_stopped(busy: Day, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc: what is in stays in and is shown, and the same file again brings the rest."""
    monkeypatch.setattr(receiving, "EVERY", 1)
    gate, begun = threading.Event(), threading.Event()
    real = receiving.receive

    def slow(path: Path, progress: object, stop: threading.Event, came: object) -> object:
        def waiting(words: str) -> None:
            progress(words)  # type: ignore[operator] # the desk's own
            if " 10 entries" in words:
                begun.set()
                gate.wait(20)

        return real(path, waiting, stop, came)  # type: ignore[arg-type] # as above

    monkeypatch.setattr("plfacilitate.front.desk.orders.receiving.deeds.receive", slow)
    async with seat_of(busy) as seat:
        await seat.type("R")
        dialog = seat.app.screen
        assert isinstance(dialog, PickFile)
        dialog.path_field.value = str(other)
        await seat.type("enter")
        await seat.until(begun.is_set)
        await seat.sees("10 entries")
        await seat.type("escape")
        await seat.sees("Stopping")
        gate.set()
        await seat.sees("Stopped before the end")
    rest = taken(busy, other)
    assert rest.received.new > 0
    assert taken(busy, other).received.new == 0


async def test_a_path_is_completed_letter_by_letter(busy: Day, tmp_path: Path) -> None:
    """Tab completes a folder, then the file in it; Enter takes it."""
    folder = tmp_path / "stick"
    (folder / "bundles").mkdir(parents=True)
    (folder / "bundles" / "day.zip").write_bytes(b"")
    (folder / "bundles" / "letter.docx").write_bytes(b"")
    async with seat_of(busy) as seat:
        await seat.type("R")
        dialog = seat.app.screen
        assert isinstance(dialog, PickFile)
        dialog.path_field.value = f"{folder}{os.sep}bu"
        await seat.until(lambda: [Path(one.text).name for one in dialog.places.items] == ["bundles"])
        await seat.type("tab")
        await seat.until(lambda: [Path(one.text).name for one in dialog.places.items] == ["day.zip"])
        await seat.type("tab")
        assert dialog.path_field.value == str(folder / "bundles" / "day.zip")


def test_what_is_offered(tmp_path: Path) -> None:
    """Folders first, then files that may be ours; nothing hidden; a folder that is not there offers nothing."""
    folder = tmp_path / "stick"
    (folder / "sub").mkdir(parents=True)
    for name in ("b.zip", "a.db", "x.txt", ".hidden.zip"):
        (folder / name).write_bytes(b"")
    found = offered(f"{folder}{os.sep}", (".zip", ".db"))
    assert [Path(one.text).name for one in found] == ["sub", "a.db", "b.zip"]
    assert offered(str(tmp_path / "nowhere" / "x"), (".zip",)) == []
