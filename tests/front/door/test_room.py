"""The event in the door's memory: what it reads, and what it need not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from plfacilitate.core.entry import Entry
from plfacilitate.front.door.room import Room
from plfacilitate.steps import capture
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ledger import Ledger
from tests.front.door.day import LAN, MARIA, SEAN, prepare, surroundings
from tests.played import Chance, Clock


class Written:
    """A room, and two who write: the door itself and a desk."""

    def __init__(self, root: Path, clock: Clock, reads: list[int]) -> None:
        self.around = surroundings(root, clock, Chance())
        self.event = prepare(self.around)
        self.ledger = self.around.open_ledger()
        self.hand = Hand("door", "own-phone", clock, self.around.chance)
        self.room = Room(self.around.open_ledger(readonly=True), self.event)
        self.reads = reads
        self.reads.clear()

    def write(self, person: str) -> list[Entry]:
        """Sign somebody in; nobody is told."""
        outcomes = self.ledger.append([capture.sign_in(self.hand, self.event, person)])
        return [outcome.entry for outcome in outcomes if outcome.entry is not None]

    def are_in(self, *persons: str) -> list[bool]:
        """Who is in, as the room sees it."""
        return [self.room.presence(person).is_in for person in persons]


@pytest.fixture
def written(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """A room that counts how often it reads entries from the file."""
    reads: list[int] = []
    read = Ledger.entries

    def counted(self: Ledger, **asked: object) -> Iterator[Entry]:
        reads.append(1)
        return read(self, **asked)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Ledger, "entries", counted)
    made = Written(tmp_path, clock, reads)
    yield made
    made.ledger.close()
    made.room.close()


def test_what_the_door_wrote_is_not_read_again(written: Written) -> None:
    """It was told; the file is looked at only when somebody else wrote."""
    written.room.written(written.write(MARIA))
    written.room.refresh()
    assert written.are_in(MARIA, SEAN) == [True, False]
    assert written.reads == []
    assert not written.room.behind


def test_what_a_desk_wrote_between_two_batches_is_read(written: Written) -> None:
    """A gap in what the door was told means that it is behind; then it reads."""
    written.write(SEAN)
    written.room.written(written.write(MARIA))
    assert written.room.behind
    assert written.are_in(MARIA, SEAN) == [True, False]
    written.room.refresh()
    assert written.are_in(MARIA, SEAN) == [True, True]
    assert not written.room.behind


def test_being_told_late_of_what_was_read_already_changes_nothing(written: Written) -> None:
    """The file may have been read before the word of the own batch came."""
    late = written.write(LAN)
    written.room.refresh()
    written.room.written(late)
    assert written.are_in(LAN) == [True]
    assert not written.room.behind


def test_a_room_that_could_not_be_read_is_read_the_next_time(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is away for a moment loses nobody."""
    written.write(MARIA)
    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "entries", lambda self, **asked: (_ for _ in ()).throw(OSError("away")))
        with pytest.raises(OSError, match="away"):
            written.room.refresh()
    written.room.refresh()
    assert written.are_in(MARIA) == [True]
