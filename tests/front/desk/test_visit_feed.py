"""The visit on the desk's side: what is written is seen, what another laptop wrote too, and of the room's event only."""

from __future__ import annotations

from dataclasses import replace

from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.core.test_observation import ROOM
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


def begun(event: str, observer: str) -> Deed:
    """An observation begins."""

    def deed(work: Work) -> Done:
        entries = work.write([observe.begin(work.hand, event, ROOM, observer=observer, stop="r4")])
        return Done(f"{observer} begins", entries, event)

    return deed


def stamped(event: str, text: str) -> Deed:
    """A line in the first observation."""

    def deed(work: Work) -> Done:
        seen = work.visit(event).observations[0]
        return Done("Line kept", work.write([observe.line(work.hand, seen, text)]), event)

    return deed


def lines(seat: Seat) -> list[str]:
    """The script of the first observation, as the desk knows it."""
    visit = seat.app.visit
    return [line.text for line in visit.observations[0].lines] if visit is not None and visit.observations else []


async def test_what_an_observer_writes_is_seen_at_once_and_can_be_taken_back(busy: Day) -> None:
    """Begin, a line, undo: the picture follows."""
    async with seat_of(busy) as seat:
        assert lines(seat) == []
        seat.app.feed.follow({"visit"})
        seat.app.do_deed(begun(busy.event, "Ada"))
        seat.app.do_deed(stamped(busy.event, "T: What do you notice?"))
        await seat.until(lambda: lines(seat) == ["T: What do you notice?"])
        visit = seat.app.visit
        assert visit is not None
        seat.app.observing = visit.observations[0].id
        assert seat.app.observed == visit.observations[0]
        seat.app.hands.undo()
        await seat.until(lambda: lines(seat) == [])


async def test_what_another_laptop_wrote_is_seen_and_another_event_s_is_not(busy: Day) -> None:
    """An entry that comes in from elsewhere is in the picture; one of another event never."""
    async with seat_of(busy) as seat:
        seat.app.feed.follow({"visit"})
        await seat.until(lambda: seat.app.visit is not None)
        hand = replace(busy.hand(), by="elsewhere")
        mine = observe.begin(hand, busy.event, ROOM, observer="Ben")
        other = replace(observe.begin(hand, busy.event, ROOM, observer="Cy"), event="another")
        written(busy.ledger.append([other, mine]))
        await seat.until(lambda: bool(seat.app.visit and seat.app.visit.observations))
        assert seat.app.visit is not None
        assert [one.observer for one in seat.app.visit.observations] == ["Ben"]
