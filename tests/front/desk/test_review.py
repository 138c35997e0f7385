"""Who is really here, before a day is closed: pairs decided with one key each, doubts one after the other."""

from __future__ import annotations

import pytest

from plfacilitate.core.people import person_id
from plfacilitate.front.desk.lists.closing import Step, steps
from plfacilitate.front.desk.lists.concerned import Ask, Concerned, Wish
from plfacilitate.front.desk.painting.sheethours import still_open
from plfacilitate.front.desk.screens.close import Checklist
from plfacilitate.front.desk.screens.person import PersonScreen
from plfacilitate.front.desk.screens.room import room_title
from plfacilitate.steps import capture
from plfacilitate.steps.events import read_fold
from plfacilitate.steps.merge import merged_people
from plfacilitate.steps.review import review
from plfacilitate.store import search
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_close import stand_on
from tests.front.desk.test_room import row


def walks_in(day: Day, at: str, **fields: str) -> str:
    """Somebody on no list comes in; gives their id."""
    person, drafts = capture.walk_in(day.hand("own-phone"), day.event, fields, at=day.moment(at))
    capture.written(day.ledger.append(drafts))
    search.catch_up(day.ledger.connection)
    return person


@pytest.fixture
def doubled(busy: Day) -> Day:
    """Diaz walked in beside her own record; two lists brought Brown and Chen twice, with the same e-mails."""
    walks_in(busy, "8:20", last_name="Dias", first_name="Rosa", school="Lakeridge", email="rosa@example.org")
    for number, name in enumerate(("Brown", "Chen")):
        known = busy.person(name)
        fields = {"last_name": name, "first_name": known.first_name, "certificate": f"C{number}"}
        other = person_id(fields)
        for person in (known.id, other):
            body = {"fields": {**fields, "email": f"{name}@example.org".lower()}}
            busy.ledger.append_one(busy.hand().draft("person", person=person, body=body))
        busy.expect([other])
    search.catch_up(busy.ledger.connection)
    return busy


def step(seat: Seat, name: str) -> Step:
    """A step of the checklist."""
    return next(one for one in seat.app.screen.query_one(Checklist).items if one.name == name)


def asked(seat: Seat, name: str) -> list[Ask]:
    """What is asked at a step."""
    return [one for one in step(seat, name).rows if isinstance(one, Ask)]


async def close_at(seat: Seat, name: str) -> None:
    """Begin to close the day, and stand on the step once it asks something."""
    await seat.type("c")
    await seat.until(lambda: asked(seat, name), f"a question at {name}")
    await stand_on(seat, name)


async def test_a_walk_in_who_is_on_the_list_is_matched_by_one_key(doubled: Day) -> None:
    """`m`: one person, with the times of the walk-in and the e-mail they gave; `u` takes it apart again."""
    async with seat_of(doubled) as seat:
        await close_at(seat, "walk-ins")
        await seat.sees("Dias, Rosa walked in, on the list as Diaz, Rosa (Lakeridge)")
        await seat.type("m")
        await seat.told("One person now: Diaz, Rosa and Dias, Rosa · u undoes")
        await seat.until(lambda: row(seat, "Diaz").came == "8:20")
        assert not any(one.name.startswith("Dias") for one in seat.app.room.rows)
        assert doubled.person("Diaz").email == "rosa@example.org"
        await seat.until(lambda: not asked(seat, "walk-ins"))
        await seat.type("u")
        await seat.until(lambda: any(one.name.startswith("Dias") for one in seat.app.room.rows))
        assert not row(seat, "Diaz").came


async def test_two_people_are_not_asked_about_again(doubled: Day) -> None:
    """`x`: the question is gone, at a desk that is opened anew too, until it is taken back."""
    async with seat_of(doubled) as seat:
        await close_at(seat, "walk-ins")
        await seat.type("x")
        await seat.told("Two people: Diaz, Rosa and Dias, Rosa")
        await seat.until(lambda: not asked(seat, "walk-ins"))
    assert not row(seat, "Dias").doubtful
    async with seat_of(doubled) as seat:
        await seat.type("c")
        await seat.until(lambda: seat.app.review is not None)
        assert not asked(seat, "walk-ins")
    fold = read_fold(doubled.ledger, doubled.event)
    seen = review(fold, {one.id: one for one in search.people(doubled.ledger.connection, fold.persons())})
    assert not [one for one in seen.pairs if one.walk_in]


async def test_all_that_are_as_good_as_sure_are_one_question(doubled: Day) -> None:
    """The same e-mail, twice: one `m` for both pairs, one `u` for both."""
    async with seat_of(doubled) as seat:
        await close_at(seat, "doubles")
        await seat.sees("All 2 with the same e-mail or certificate: one person each?")
        assert len(asked(seat, "doubles")[0].pairs) == 2
        await seat.type("m")
        await seat.told("2 pairs are one person each")
        await seat.until(lambda: len(merged_people(doubled.ledger)) == 2)
        await seat.until(lambda: all(not one.pairs[0].exact for one in asked(seat, "doubles")))
        await seat.type("u")
        await seat.until(lambda: not merged_people(doubled.ledger))


async def test_doubles_without_a_proof_are_asked_one_by_one(doubled: Day) -> None:
    """Two of one name in two schools: `x` goes on to the next question."""
    async with seat_of(doubled) as seat:
        await close_at(seat, "doubles")
        await seat.type("x")
        await seat.told("One by one")
        await seat.type("tab", "end")
        await seat.sees("Garcia, Maria and Garcia, Maria")
        count = len(asked(seat, "doubles"))
        await seat.type("x")
        await seat.until(lambda: len(asked(seat, "doubles")) == count - 1)


async def test_g_goes_from_doubt_to_doubt_and_y_settles(busy: Day) -> None:
    """From the room: `g`, `y`, Enter, Enter, and the next `g` says that none is left."""
    async with seat_of(busy) as seat:
        assert row(seat, "Evers").word == "shared phone"
        await seat.type("g")
        await seat.sees("same phone as Brown, Dana")
        assert isinstance(seat.app.screen, PersonScreen)
        await seat.type("y", "enter", "they share one", "enter")
        await seat.told("All is well: same phone as Brown, Dana")
        await seat.until(lambda: not row(seat, "Evers").doubtful)
        await seat.app.give("reviewing:next_doubt")
        await seat.told("No doubt is left.")


async def test_g_goes_round_and_keeps_one_way_back(busy: Day) -> None:
    """Three doubts, `g` three times: the first again, and Esc leads to the room."""
    for name in ("Brown", "Tran"):
        person = busy.person(name).id
        flag = capture.flag(busy.hand(), busy.event, person, "two-rooms", f"{name} in two rooms", [])
        busy.ledger.append_one(flag)
    async with seat_of(busy) as seat:
        await seat.until(lambda: sum(one.doubtful for one in seat.app.room.rows) == 3)
        for name in ("Brown", "Evers", "Tran", "Brown"):
            await seat.type("g")
            await seat.until(lambda: seat.app.portrait is not None and seat.app.portrait.person.name.startswith(name))  # noqa: B023
        await seat.type("escape")
        await seat.sees("In the room")


async def test_a_doubt_about_nobody_is_said_and_settled(busy: Day) -> None:
    """The phones say that the laptop's clock is wrong: a toast, a place among the doubts, and the word on it."""
    body = {"code": "laptop-clock", "text": "The phones say that this laptop's clock is 7 minutes behind.", "about": []}
    async with seat_of(busy) as seat:
        busy.ledger.append_one(busy.hand().draft("flag", event=busy.event, body=body))
        await seat.told("clock is 7 minutes behind. g settles it.")
        assert still_open(seat.app.room).startswith("⚑ 2 to be decided")
        await seat.type("c")
        await seat.until(lambda: step(seat, "doubts").detail.startswith("2 to be decided"))
        await seat.type("g")
        await seat.sees("clock is 7 minutes behind.")
        await seat.type("escape", "g")
        await seat.sees("same phone as Brown, Dana")
        await seat.type("g")
        await seat.sees("Settle the doubt")
        await seat.type("n", "enter", "put right at noon", "enter")
        await seat.told("Doubt confirmed")
        await seat.until(lambda: not seat.app.room.about_nobody)
    (word,) = busy.ledger.entries(event=busy.event, kinds=("flag-decided",))
    assert (word.body["accepted"], word.body["reason"]) == (False, "put right at noon")


async def test_wishes_for_fewer_hours_are_listed(busy: Day) -> None:
    """Who asks for how many, and why; Enter opens the person."""
    asks = capture.request(busy.hand(), busy.event, busy.person("Chen").id, 250, reason="the choir meets")
    busy.ledger.append_one(asks)
    async with seat_of(busy) as seat:
        await seat.type("c")
        await seat.until(lambda: step(seat, "requests").rows)
        await stand_on(seat, "requests")
        await seat.sees("asks for 2.5 h")
        assert [one.name for one in step(seat, "requests").rows if isinstance(one, Wish)] == ["Chen, Wei"]
        await seat.type("enter", "enter")
        await seat.sees("minutes of agenda")


async def test_the_gap_of_the_head_count_is_shown(busy: Day) -> None:
    """In the room and on the checklist, in words; who leaves afterwards makes it no bigger."""
    async with seat_of(busy) as seat:
        await seat.sees("head count 24 ⚠ +1")
        busy.at("11:30")
        busy.leaves(busy.person("Brown").id, "11:30")
        await seat.sees("In the room 22")
        await seat.sees("head count 24 ⚠ +1")
        assert room_title(seat.app.room, 100).endswith(" · head count 24 at 10:42 ⚠ +1")
        await seat.type("c")
        await seat.sees("24 counted at 10:42, 23 signed in then: 1 more in the room")
        await seat.type("h", "26", "enter")
        await seat.sees("26 counted at 11:30, 22 signed in then: 4 more in the room")


async def test_a_merge_by_another_process_is_seen_in_the_room(doubled: Day) -> None:
    """What a command or another desk merged is one line here, without a key."""
    from plfacilitate.steps.merge import merge_people

    async with seat_of(doubled) as seat:
        diaz, dias = doubled.person("Diaz"), doubled.person("Dias")
        merge_people(doubled.ledger, doubled.hand(), diaz, dias, reason="one person")
        await seat.until(lambda: row(seat, "Diaz").came == "8:20")
        assert len([one for one in seat.app.room.rows if one.name.endswith("Rosa")]) == 1


def test_the_checklist_without_a_review_is_whole(busy: Day) -> None:
    """Pairs are worked out a moment later: until then the other steps stand."""
    from tests.front.desk.test_close import room

    names = [one.name for one in steps(room(busy))]
    assert names[:3] == ["still-in", "not-seen", "walk-ins"]
    assert Concerned.HELP
