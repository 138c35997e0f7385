"""Handing over at the desk: in the background, patient, stoppable, and gone on with after the desk was closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.courier import patience
from plfacilitate.front.desk.commands import BY_NAME
from plfacilitate.front.desk.deeds import closing
from plfacilitate.front.desk.deeds.handing import hand_over, write_mail
from plfacilitate.front.desk.orders.closing import stop_sending
from plfacilitate.front.desk.orders.office_keys import _compare
from plfacilitate.seal.keys import load_or_make
from plfacilitate.shelf.office_key import OfficeKey, write_office_key
from plfacilitate.shelf.waits import read_waits
from plfacilitate.steps import events
from plfacilitate.steps.approve import approve
from plfacilitate.steps.capture import everyone_out
from plfacilitate.steps.deliver import parcels_of
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.steps.office_keys import key_of
from plfacilitate.steps.pack import pack
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


@pytest.fixture
def packed(busy: Day) -> Day:
    """A day that is approved and packed."""
    busy.at("15:50")
    fold = events.read_fold(busy.ledger, busy.event)
    busy.ledger.append(everyone_out(busy.hand(), fold, at=busy.clock(), reason="the end"))
    events.close_event(busy.ledger, busy.hand(), read_event(busy.ledger, busy.event))
    approve(busy.ledger, busy.hand(), busy.event)
    workspace = busy.around.workspace
    key = load_or_make(workspace.keys, busy.ledger.device, busy.around.chance)
    pack(busy.ledger, workspace, busy.hand(), key, busy.event)
    return busy


def handed(day: Day) -> bool:
    """Whether both parcels are handed over."""
    return all(one.handed_over for one in parcels_of(read_fold(day.ledger, day.event)))


def words(seat: Seat, day: Day) -> str:
    """Why it waits."""
    return seat.app.carrier.words(day.event)


async def test_a_place_that_comes_back_is_served_by_itself(
    packed: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is plugged in later: why it waits and when it is tried again stands there; then it arrives."""
    monkeypatch.setattr(patience, "FIRST", 0.05)
    stick = tmp_path / "stick"
    async with seat_of(packed) as seat:
        await seat.type("c")
        seat.app.do_deed(hand_over(packed.event, str(stick), seat.app.carrier))
        await seat.told("the folder is not there")
        await seat.until(lambda: "Again at" in words(seat, packed))
        waits = read_waits(packed.around.workspace.outbox)
        assert len(waits) == 2
        assert all(one.again_at and one.again_at > one.tried_at for one in waits)
        stick.mkdir()
        await seat.told("Handed over: 7 files")
        await seat.until(lambda: handed(packed))
    assert len(list(stick.iterdir())) == 7
    assert read_waits(packed.around.workspace.outbox) == []


async def test_it_is_stopped_and_nothing_is_lost(packed: Day, tmp_path: Path) -> None:
    """From the palette; it then waits for a person."""
    async with seat_of(packed) as seat:
        await seat.type("c")
        assert not seat.app.carrier.busy(packed.event)
        seat.app.do_deed(hand_over(packed.event, str(tmp_path / "stick"), seat.app.carrier))
        await seat.until(lambda: "Again at" in words(seat, packed))
        assert BY_NAME["stop-sending"].run == "closing:stop_sending"
        await stop_sending(seat.app)
        await seat.told("Stopped: what did not arrive yet waits")
        assert not seat.app.carrier.busy(packed.event)
    waits = read_waits(packed.around.workspace.outbox)
    assert [one.again_at for one in waits] == [None, None]
    assert not handed(packed)


async def test_a_desk_that_was_closed_goes_on(packed: Day, tmp_path: Path) -> None:
    """What was on its way is brought when the desk is open again."""
    stick = tmp_path / "stick"
    async with seat_of(packed) as seat:
        seat.app.do_deed(hand_over(packed.event, str(stick), seat.app.carrier))
        await seat.until(lambda: "Again at" in words(seat, packed))
    stick.mkdir()
    async with seat_of(packed) as seat:
        await seat.until(lambda: handed(packed), "handed over")


async def test_a_password_is_not_kept_with_what_was_typed(packed: Day) -> None:
    """Neither as a draft nor in the outbox; the form says where it goes."""
    async with seat_of(packed) as seat:
        await seat.type("c")
        await seat.app.give("closing:hand_over")
        await seat.type("sftp://clerk:geheim@office/in", "enter", "enter")
        await seat.sees("Leave the password out")
        seat.app.drafts.save()
    for path in packed.around.workspace.root.rglob("*"):
        assert path.is_dir() or b"geheim" not in path.read_bytes(), path


async def test_the_mail_is_written_and_opened(packed: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or its place is said, where the system knows no mail program."""
    shown: list[str] = []

    def no_program(address: str) -> bool:
        shown.append(address)
        return False

    monkeypatch.setattr("webbrowser.open", no_program)
    async with seat_of(packed) as seat:
        await seat.type("c")
        seat.app.do_deed(write_mail(packed.event))
        await seat.told("The mail is written and lies at")
    assert shown
    assert shown[0].endswith(".eml")


async def test_the_offices_key_is_taken_after_comparing(packed: Day, tmp_path: Path) -> None:
    """The five groups stand there; Enter means no; after y what is packed is sealed. Another file is one sentence.

    A new key of the office later: what was sealed to the one before, and not answered, wants to be packed again.
    """
    key = load_or_make(tmp_path / "register" / "keys", "office", packed.around.chance)
    path = tmp_path / "psesd.officekey"
    write_office_key(path, OfficeKey("psesd", "The Office", key.public, packed.clock()), sign=key.sign)
    keys = packed.around.workspace.keys
    other = tmp_path / "notes.officekey"
    other.write_text("hello", "utf-8")
    async with seat_of(packed) as seat:
        await _compare(seat.app, other)
        await seat.told("is not the key file that an office wrote")
        for answer, taken in (("enter", False), ("y", True)):
            await _compare(seat.app, path)
            await seat.sees(key.fingerprint)
            await seat.type(answer)
            if taken:
                await seat.told("is sealed from now on")
            assert (key_of(keys, "psesd") is not None) == taken
        await seat.type("c")
        seat.app.do_deed(closing.pack(packed.event, seat.app.work))
        await seat.told("Packed: ")
        new = load_or_make(tmp_path / "new keys", "office", packed.around.chance)
        write_office_key(path, OfficeKey("psesd", "The Office", new.public, packed.clock()), sign=new.sign)
        await _compare(seat.app, path)
        await seat.sees("ANOTHER key")
        await seat.type("y")
        await seat.told("Pack again what was not answered")
    assert len(list(packed.around.workspace.outbox.glob("*.zip.age"))) == 2
