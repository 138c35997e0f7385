"""Polls on the phone: found where people look, answered by a tap, changed until closed, and nobody's once they are given."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from plfacilitate.core.plan import Question, ReadyPoll
from plfacilitate.core.polls.picture import Poll, PollPicture
from plfacilitate.front.door.app import door_app
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.steps import polls as steps
from plfacilitate.steps.events import read_event
from plfacilitate.store.ballots import box_of, cast_ballot, cast_ballots, lying, peek
from tests.front.door.day import LAN, MARIA, SEAN, Day, Phone, open_day, plan
from tests.front.door.popups import fields, send
from tests.played import Clock

PACE = ReadyPoll("", "", (Question("q1", "choice", "How is the <b>pace</b>?", ("slow", "right", "fast")),))
TICKET = ReadyPoll(
    "ticket",
    "Exit ticket",
    (
        Question("clear", "scale", "How clear was it?"),
        Question("took", "several", "What do you take along?", ("a plan", "a doubt")),
        Question("word", "text", "One word"),
    ),
    exit=True,
)


def opened(day: Day, asked: ReadyPoll = PACE) -> Poll:
    """The desk asks the phones."""
    event = read_event(day.desk, day.event)
    entry = day.desk.append_one(steps.open_poll(day.hand, event, _fold(day), asked))
    found = _fold(day).poll(entry.id)
    assert found is not None
    return found


def _fold(day: Day) -> PollPicture:
    """All polls as anybody reads them."""
    return steps.read_polls(day.desk, day.event).picture()


def closed(day: Day, poll: Poll) -> Poll:
    """The desk asks no more."""
    steps.close_poll(day.desk, day.hand, day.event, poll)
    over = _fold(day).poll(poll.id)
    assert over is not None
    return over


def in_box(day: Day, poll: Poll) -> list[object]:
    """What lies there."""
    return [dict(one) for one in peek(box_of(day.around.workspace.ledger), [poll.id])[poll.id]]


def html(phone: Phone) -> str:
    """The page that is open, with its markup."""
    assert phone.page is not None
    return phone.page.text


async def at_poll(day: Day, person: str) -> Phone:
    """A phone whose owner is in and looks at what is asked."""
    phone = await day.signed_in(person)
    assert await send(phone, "/poll") == 200
    return phone


async def test_who_signs_in_finds_it_and_answers_by_a_tap(day: Day) -> None:
    """The page after the sign-in leads there; the answer is saved, in the box, under no name."""
    poll = opened(day)
    phone = await at_poll(day, SEAN)
    assert "How is the &lt;b&gt;pace&lt;/b&gt;?" in html(phone)
    assert "Nobody learns who answered what" in phone.text
    assert await send(phone, "/poll/answer", a_q1="2") == 200
    assert "Your answer is saved." in phone.text
    assert in_box(day, poll) == [{"q1": 2}]
    assert [entry for entry in day.entries() if entry.kind == "poll-answer"] == []


async def test_a_door_where_nothing_is_asked_says_nothing_of_it(day: Day) -> None:
    """No button on the page after the sign-in, nor on that of who scans again."""
    phone = await day.signed_in(SEAN)
    assert "/poll" not in html(phone)
    await phone.get(f"/{day.code}")
    assert "/poll" not in html(phone)


async def test_who_scans_again_finds_it(day: Day) -> None:
    """Signed in before anything was asked: the next scan leads there."""
    phone = await day.signed_in(SEAN)
    opened(day)
    await phone.get(f"/{day.code}")
    assert "Answer a question" in phone.text
    assert await send(phone, "/poll") == 200
    assert await send(phone, "/poll/answer", a_q1="1") == 200


async def test_a_page_that_was_left_open_finds_it(polled: Day) -> None:
    """Where the plan has polls ready, the page of the morning leads there all day, long after its form ran out."""
    phone = await polled.signed_in(SEAN)
    assert "Is something asked?" in phone.text
    polled.clock.forward(hours=3)
    assert await send(phone, "/poll") == 200
    assert "Nothing is asked now" in phone.text
    poll = opened(polled)
    assert await send(phone, "/poll") == 200
    assert await send(phone, "/poll/answer", a_q1="3") == 200
    assert in_box(polled, poll) == [{"q1": 3}]


async def test_two_answers_of_one_person_are_one(day: Day) -> None:
    """Changed, resent, and from another phone: the last word counts, once."""
    poll = opened(day)
    phone = await at_poll(day, SEAN)
    await send(phone, "/poll/answer", a_q1="1")
    form = fields(phone, "/poll/answer")
    for _ in range(2):
        await phone.post("/poll/answer", **form, a_q1="3")
    assert in_box(day, poll) == [{"q1": 3}]
    other = await day.scanned()
    await other.post("/in", t=other.ticket, p=SEAN)
    assert await send(other, "/poll") == 200
    assert "You have answered already." in other.text
    await send(other, "/poll/answer", a_q1="2")
    assert in_box(day, poll) == [{"q1": 2}]
    await send(await at_poll(day, LAN), "/poll/answer", a_q1="1")
    assert len(in_box(day, poll)) == 2


async def test_after_the_close_nothing_is_taken(day: Day) -> None:
    """The form of before says so, and so does the page."""
    poll = opened(day)
    phone = await at_poll(day, SEAN)
    closed(day, poll)
    assert await send(phone, "/poll/answer", a_q1="1") == 409
    assert "closed a moment ago" in phone.text
    assert "Nothing is asked now" in phone.text
    assert lying(box_of(day.around.workspace.ledger), [poll.id]) == {}


@pytest.mark.parametrize(
    "typed",
    [{}, {"a_q1": "0"}, {"a_q1": "9"}, {"a_q1": "-1"}, {"a_q1": "1e3"}, {"a_q1": "<script>"}, {"a_other": "1"}],
)
async def test_what_is_no_answer(day: Day, typed: dict[str, str]) -> None:
    """Nothing, a choice that is not there, markup: asked again, nothing in the box."""
    poll = opened(day)
    phone = await at_poll(day, SEAN)
    assert await send(phone, "/poll/answer", **typed) == 422
    assert "Answer at least one question." in phone.text
    assert in_box(day, poll) == []


async def test_several_questions_in_one_form(day: Day) -> None:
    """A scale, several choices and a long text with markup: cut, said so, kept as text."""
    poll = opened(day, replace(TICKET, exit=False))
    phone = await at_poll(day, SEAN)
    word = "<i>x</i>" + "y" * 5_000
    assert await send(phone, "/poll/answer", a_clear="4", a_took_1="1", a_took_2="1", a_word=word) == 200
    assert "was cut: 1,000 letters" in phone.text
    assert in_box(day, poll) == [{"clear": 4, "took": [1, 2], "word": word[:1_000]}]
    assert "<i>x" not in html(phone)


async def test_with_names_it_is_an_entry_of_theirs(day: Day) -> None:
    """Only where the plan says so; the page says it too, and nothing lies in the box."""
    poll = opened(day, replace(PACE, names=True))
    phone = await at_poll(day, SEAN)
    assert "Your name stands beside your answer." in phone.text
    await send(phone, "/poll/answer", a_q1="2")
    form = fields(phone, "/poll/answer")
    await phone.post("/poll/answer", **form, a_q1="1")
    await phone.post("/poll/answer", **form, a_q1="1")
    assert [(one.person, one.body["answers"]) for one in day.entries("poll-answer")] == [
        (SEAN, {"q1": 2}), (SEAN, {"q1": 1}),
    ]  # fmt: skip
    assert in_box(day, poll) == []
    assert [one.who for one in _fold(day).polls[0].said] == ["Sean O'Leary"]


async def test_nobody_gets_there_who_is_not_in(day: Day) -> None:
    """Without a ticket, with another's, out again, with a number of another poll."""
    poll = opened(day)
    sean, lan = await at_poll(day, SEAN), await at_poll(day, LAN)
    mine, theirs = fields(sean, "/poll/answer"), fields(lan, "/poll/answer")
    assert (await day.phone().post("/poll", p=SEAN)).status_code == 403
    assert (await sean.post("/poll", l=mine["l"], p=LAN)).status_code == 403
    assert (await sean.post("/poll/answer", **{**mine, "b": "x" * 56, "a_q1": "1"})).status_code == 409
    await lan.post("/out", t=(await day.scanned()).ticket, p=LAN)
    assert (await lan.post("/poll/answer", **theirs, a_q1="1")).status_code == 409
    assert "Sign in first" in lan.text
    assert in_box(day, poll) == []


async def test_the_box_says_nothing_of_who_and_when(day: Day) -> None:
    """Keys are random numbers; no person, no time, no order of arrival stands in its file."""
    poll = opened(day)
    for person, option in ((SEAN, "1"), (LAN, "2"), (MARIA, "3")):
        await send(await at_poll(day, person), "/poll/answer", a_q1=option)
    path = box_of(day.around.workspace.ledger)
    raw = path.read_bytes()
    assert not any(person.encode() in raw for person in (SEAN, LAN, MARIA))
    with sqlite3.connect(path) as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM ballot WHERE event = ?", (poll.id,))]
    assert keys == sorted(keys)
    assert {len(key) for key in keys} == {32}


async def test_spanish(day: Day) -> None:
    """The page is in the phone's language, and the switch keeps what was tapped."""
    opened(day)
    phone = await at_poll(day, SEAN)
    await send(phone, "/poll/answer", a_q1="2", to="es")
    assert '<html lang="es">' in html(phone)
    assert "Enviar mi respuesta" in phone.text
    assert 'value="2" checked' in html(phone)


# -- on the way out ------------------------------------------------------------------------------------------------------


async def leaving(day: Day, person: str) -> Phone:
    """Somebody signs out by the phone that signed them in."""
    phone = await day.signed_in(person)
    await phone.get(f"/{day.code}")
    await phone.post("/out", t=phone.ticket, p=person)
    if "/hours" in phone.page.text:  # type: ignore[union-attr]  # it was opened
        await send(phone, "/hours")
    return phone


async def test_who_leaves_is_shown_an_exit_ticket_and_may_skip_it(day: Day) -> None:
    """They are out already; answered it lies in the box, skipped it does not, and the record comes either way."""
    poll = opened(day, TICKET)
    sean = await leaving(day, SEAN)
    assert "Exit ticket" in sean.text
    assert not day.reception.room.presence(SEAN).is_in
    assert await send(sean, "/ticket", a_clear="5", a_took_2="1") == 200
    assert "Your times" in sean.text or "/record" in html(sean)
    assert in_box(day, poll) == [{"clear": 5, "took": [2]}]
    lan = await leaving(day, LAN)
    assert await send(lan, "/ticket", skip="1", a_clear="1") == 200
    assert "Exit ticket" not in lan.text
    assert len(in_box(day, poll)) == 1


async def test_who_answered_in_the_room_is_not_asked_again(day: Day) -> None:
    """And a quick poll that is no exit ticket stops nobody either."""
    poll = opened(day, TICKET)
    phone = await at_poll(day, SEAN)
    await send(phone, "/poll/answer", a_clear="3")
    await phone.get(f"/{day.code}")
    await phone.post("/out", t=phone.ticket, p=SEAN)
    await send(phone, "/hours")
    assert "/ticket" not in html(phone)
    closed(day, poll)
    opened(day)
    assert "/ticket" not in html(await leaving(day, LAN))


async def test_an_exit_ticket_that_is_closed_meanwhile_holds_nobody_up(day: Day) -> None:
    """Sent after the close: nothing is kept, and the record comes."""
    poll = opened(day, TICKET)
    phone = await leaving(day, SEAN)
    closed(day, poll)
    assert await send(phone, "/ticket", a_clear="5") == 200
    assert _fold(day).polls[0].came() == 0


# -- on the wall ---------------------------------------------------------------------------------------------------------


@pytest.fixture
async def wall(day: Day) -> Day:
    """A door that knows where it is, and looks into its box."""
    where = Whereabouts("http://192.168.1.20:8100", "Wi-Fi", reachable=True, own=("192.168.1.20",))
    box = box_of(day.around.workspace.ledger)
    day.app = door_app(
        day.reception, nonce="n0", hosts=Hosts(("door.test",)), cast=partial(cast_ballot, box, day.event),
        drop=partial(cast_ballots, box), peek=partial(peek, box), where=where,
    )  # fmt: skip
    return day


async def on_wall(day: Day) -> str:
    """The projector's page."""
    page = await day.phone(address="127.0.0.1").get("/wall/poll")
    assert page.status_code == 200
    return page.text


async def test_the_wall_hides_counts_until_a_key_or_the_close(wall: Day) -> None:
    """How many of those who are in, not what; then the counts, and what was written only by its own key."""
    assert "Nothing is asked now" in await on_wall(wall)
    poll = opened(wall, replace(TICKET, exit=False))
    await send(await at_poll(wall, SEAN), "/poll/answer", a_clear="5", a_word="<b>zest")
    await wall.signed_in(LAN)
    text = await on_wall(wall)
    assert "1 of 2 have answered" in text
    assert "What do you take along?" in text
    assert 'class="gone"' not in text
    assert "Written answers" not in text
    wall.desk.append_one(steps.show(wall.hand, wall.event, poll, counts=True, texts=False))
    text = await on_wall(wall)
    assert text.count('class="gone"') == 7
    assert "Written answers: 1" in text
    assert "zest" not in text
    over = closed(wall, poll)
    assert "zest" not in await on_wall(wall)
    wall.desk.append_one(steps.show(wall.hand, wall.event, over, counts=True, texts=True))
    assert "&lt;b&gt;zest" in await on_wall(wall)


async def test_the_wall_is_nobodys_but_this_laptops(wall: Day) -> None:
    """A phone gets nothing, and nobody's name stands there even where answers have names."""
    opened(wall, replace(PACE, names=True))
    await send(await at_poll(wall, SEAN), "/poll/answer", a_q1="2")
    assert (await wall.phone().get("/wall/poll")).status_code == 404
    text = await on_wall(wall)
    assert "1 of 1 have answered" in text
    assert "Sean" not in text


@pytest.fixture
async def polled(tmp_path: Path, clock: Clock) -> AsyncIterator[Day]:
    """A day whose plan has a poll ready."""
    async with open_day(tmp_path, clock, of=replace(plan(), polls=(TICKET,))) as day:
        yield day


async def test_a_door_that_began_anew_takes_nobody_twice(day: Day) -> None:
    """It has forgotten the number: the phone that answered still knows it and may change, another is told that it is in."""
    poll = opened(day)
    phone = await at_poll(day, SEAN)
    await send(phone, "/poll/answer", a_q1="1")
    box = box_of(day.around.workspace.ledger)
    day.app = door_app(
        day.reception, nonce="n1", hosts=Hosts(("door.test",)), cast=partial(cast_ballot, box, day.event),
        drop=partial(cast_ballots, box),
    )  # fmt: skip
    other = await at_poll(day, SEAN)
    assert await send(other, "/poll/answer", a_q1="3") == 409
    assert "Your answer is in already." in other.text
    again = Phone(phone.http)
    again.http._transport = other.http._transport
    await again.post("/poll", l=fields(other, "/poll/answer")["l"], p=SEAN)
    assert await send(again, "/poll/answer", a_q1="2") == 200
    assert in_box(day, poll) == [{"q1": 2}]
