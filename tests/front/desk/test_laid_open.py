"""At the desk, what others were shown at the debrief can only be read."""

from __future__ import annotations

from plfacilitate.core.noting.filling import Said
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.front.desk.deeds import filling as deeds
from plfacilitate.front.desk.screens.fill import FillField
from plfacilitate.front.desk.threads.hands import Done
from plfacilitate.steps import observe
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_debrief import debriefed
from tests.front.desk.test_fill import open_form, rows, seen

WHY = "These notes are laid open beside Wei Chen's"


def visit(day: Day) -> VisitPicture:
    """The visit as its ledger has it."""
    return observe.read_visit(day.ledger, day.event).picture()


def of_dana(day: Day) -> str:
    """What Dana noted in Room 204."""
    return next(one.id for one in visit(day).observations if one.observer == "Dana Brown")


async def test_a_form_that_was_laid_open_can_be_read_and_says_why(busy: Day) -> None:
    """No letter is taken, nothing comes into the field, nothing is taken away; the arrows still lead through it."""
    day = debriefed(busy)
    before = visit(day)
    async with seat_of(day) as seat:
        await open_form(seat, of_dana(day))
        await seat.sees(WHY)
        await seat.sees("read only: laid open")
        first = rows(seat).at
        await seat.type("home", "4", "enter", "f2", "f8")
        assert seat.app.screen.query_one(FillField).value == ""
        at = rows(seat).at
        await seat.type("down")
        assert rows(seat).at != at or first == rows(seat).at
        assert seen(seat).of("what").answer is not None
    assert visit(day) == before


async def test_keying_in_over_it_taking_away_and_a_second_form_are_refused(busy: Day) -> None:
    """Whatever screen it comes from: the writer says no, and nothing is written."""
    day = debriefed(busy)
    before = visit(day)
    dana = before.observation(of_dana(day))
    assert dana is not None
    async with seat_of(day) as seat:
        found = (
            deeds.note(day.event, dana.id, "what", [Said(4)], whole=True),
            deeds.clear(day.event, dana.id, "what", 0),
            deeds.begin(day.event, "0" * 32, dana.protocol, observer="dana BROWN", stop="r4", means="paper"),
        )
        for deed in found:
            seat.app.do_deed(deed)
        await seat.told(WHY)
        seat.app.do_deed(lambda work: Done("All were answered"))
        await seat.told("All were answered")
    assert visit(day) == before


async def test_the_desks_undo_takes_no_end_back_that_laid_notes_open(busy: Day) -> None:
    """Wei's end was the last: `u` says why it stays, and what came before it stays too."""
    day = debriefed(busy, done=False)
    wei = next(one for one in visit(day).observations if one.observer == "Wei Chen")
    async with seat_of(day) as seat:
        seat.app.do_deed(deeds.note(day.event, wei.id, "what", [Said(2)], whole=True))
        seat.app.do_deed(deeds.end(day.event, wei.id))
        await seat.told("ended")
        await seat.type("u", "u")
        await seat.told("laid open beside Dana Brown's")
        await seat.type("u")
        await seat.told("nothing to take back in this sitting")
    after = visit(day).observation(wei.id)
    assert after is not None
    answer = after.of("what").answer
    assert (after.ended_at is not None, answer.value if answer is not None else None) == (True, 2)
