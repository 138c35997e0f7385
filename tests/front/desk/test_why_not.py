"""A key that can't do anything now says why; one that means nothing here stays silent."""

from __future__ import annotations

import pytest

from plfacilitate.front.desk import commands
from plfacilitate.front.desk.desklock import DeskLock
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day


@pytest.mark.parametrize(
    "key, words",
    [("v", "This event is no site visit"), ("B", "This event is no site visit"), ("T", "A phone has come through")],
)
async def test_a_greyed_key_says_what_it_waits_for(busy: Day, key: str, words: str) -> None:
    """In the room of a session: no visit, and phones come through."""
    async with seat_of(busy) as seat:
        await seat.type(key)
        await seat.told(words)


async def test_a_key_that_means_nothing_stays_silent(busy: Day) -> None:
    """`y` is nobody's key in the room, and `i` does what it says."""
    async with seat_of(busy) as seat:
        await seat.type("y")
        assert seat.toasts() == []
        await seat.type("i")
        assert seat.app.screen.is_modal
        assert seat.toasts() == []


async def test_letters_typed_into_a_field_are_no_keys(busy: Day) -> None:
    """`v` in the name that is looked for brings no sentence about visits."""
    async with seat_of(busy) as seat:
        await seat.type("i", "v")
        assert seat.toasts() == []


async def test_a_second_desk_says_that_it_only_reads(busy: Day) -> None:
    """The reason stands in the status line; a key repeats it."""
    first, second = DeskLock.take(busy.around), DeskLock.take(busy.around)
    try:
        async with seat_of(busy, lock=second) as seat:
            await seat.sees("READ ONLY")
            await seat.type("i")
            assert seat.toasts() == [seat.app.why_not_write]
    finally:
        first.release()
        second.release()


def test_every_need_has_its_sentence() -> None:
    """Whatever a command can wait for is said in a sentence, and no sentence is for nothing."""
    assert set(commands.WHY_NOT) == set(commands.NEEDS)
    assert all(words.endswith(".") and words[0].isupper() for words in commands.WHY_NOT.values())


def test_every_command_is_found_by_its_name() -> None:
    """No two of them are called the same: a key would do what the other one does."""
    assert len(commands.BY_NAME) == len(commands.COMMANDS)
