"""Leaving: the hours that one attests, fewer of them, the questions without a name, the page to take home."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.plan import Plan, Question, Segment, Session
from plfacilitate.steps.events import close_event, read_event
from plfacilitate.steps.tally import event_credit
from plfacilitate.store.ballots import box_of
from tests.front.door.day import LAN, MARIA, OFFICE, PEOPLE, SEAN, Day, Phone, open_day, plan
from tests.played import Clock

QUESTIONS = (
    Question("useful", "scale", "How useful was today?", low="not at all", high="very",
             said={"es": {"ask": "¿Qué tan útil fue?", "low": "nada", "high": "mucho", "options": []}}),
    Question("next", "choice", "What next?", ("More of it", "Something else")),
    Question("say", "text", "Anything else?"),
)  # fmt: skip


def ticket(phone: Phone, name: str = "l") -> str:
    """The ticket that leads on, of the page that is open."""
    assert phone.page is not None
    found = re.search(rf'name="{name}" value="([^"]+)"', phone.page.text)
    assert found is not None, phone.text
    return found[1]


async def left(day: Day, person: str = MARIA, *, hours: int = 3) -> Phone:
    """A phone whose owner came and has just tapped *leaving now*."""
    phone = await day.signed_in(person)
    day.clock.forward(hours=hours)
    await day.scanned(phone)
    await phone.post("/out", t=phone.ticket, p=person)
    return phone


async def test_the_hours_are_attested_after_the_sign_out_is_safe(day: Day) -> None:
    """The page says out, what it makes and why; one tap says that it is right."""
    phone = await left(day)
    assert "You are out at 11:00" in phone.text
    assert "2.5 clock hours" in phone.text
    assert len(day.entries("sign-out")) == 1
    await phone.post("/hours", l=ticket(phone), p=MARIA)
    (said,) = day.entries("attested")
    assert (said.person, said.body) == (MARIA, {"hundredths": 250, "minutes": 150})
    assert "My record" in phone.text


async def test_attesting_again_is_one_entry(day: Day) -> None:
    """Back, reload, a double tap."""
    phone = await left(day)
    farewell = ticket(phone)
    for _ in range(3):
        await phone.post("/hours", l=farewell, p=MARIA, hours="2", reason="away")
    assert len(day.entries("attested")) == 1
    assert len(day.entries("request")) == 1


async def test_fewer_hours_are_asked_for_with_a_reason(day: Day) -> None:
    """The wish is an entry, and credit obeys it; without a reason the page asks for one."""
    phone = await left(day)
    farewell = ticket(phone)
    page = await phone.post("/hours", l=farewell, p=MARIA, hours="1,5")
    assert page.status_code == 422
    assert "Please say why" in phone.text
    await phone.post("/hours", l=farewell, p=MARIA, hours="1.5", reason="In a call for an hour")
    (wish,) = day.entries("request")
    assert wish.body == {"hundredths": 150, "reason": "In a call for an hour"}
    assert event_credit(day.desk, day.event, at=day.clock(), person=MARIA).lines[0].line.hundredths == 150
    assert "You asked for fewer hours 1.5" in phone.text


async def test_the_wish_can_be_taken_back(day: Day) -> None:
    """An empty field asks for all hours again."""
    phone = await left(day)
    farewell = ticket(phone)
    await phone.post("/hours", l=farewell, p=MARIA, hours="1", reason="away")
    await phone.post("/hours", l=farewell, p=MARIA, hours="", reason="")
    assert day.fold().request(MARIA) is None
    await phone.post("/hours", l=farewell, p=MARIA, hours="1", reason="away")
    request = day.fold().request(MARIA)
    assert request is not None
    assert request.hundredths == 100


@pytest.mark.parametrize("hours", ["9", "-1", "two", "1.255", "٣", "1e9", "<b>", "0x1"])
async def test_odd_hours_are_a_kind_page(day: Day, hours: str) -> None:
    """More than was earned, or no number: nothing is written, and what was typed is still there."""
    phone = await left(day)
    page = await phone.post("/hours", l=ticket(phone), p=MARIA, hours=hours, reason="because")
    assert page.status_code == 422
    assert "Type hours as a number" in phone.text
    assert 'value="because"' in page.text
    assert day.entries("request", "attested") == []


async def test_after_the_approval_nothing_changes(day: Day) -> None:
    """The page only shows; a form from before changes nothing."""
    phone = await left(day)
    farewell = ticket(phone)
    day.by_hand("approved", body={"by_name": "F", "sheet_version": 1, "as_of": {}})
    await phone.post("/hours", l=farewell, p=MARIA, hours="1", reason="away")
    assert day.entries("request") == []


async def test_a_farewell_is_for_one_person(day: Day) -> None:
    """With Maria's page nobody reads Sean's record or asks for fewer of his hours."""
    await day.signed_in(SEAN)
    phone = await left(day)
    farewell = ticket(phone)
    for path in ("/hours", "/answers", "/record"):
        page = await phone.post(path, l=farewell, p=SEAN)
        assert page.status_code == 403
    assert day.entries("attested") == []


async def test_another_phone_sees_the_time_and_nothing_more(day: Day) -> None:
    """Whoever picks Maria's name after she left reads neither hours nor her record."""
    await left(day)
    other = await day.scanned()
    await other.post("/out", t=other.ticket, p=MARIA)
    assert "You are out at 11:00" in other.text
    assert "clock hours" not in other.text


async def test_the_record_before_the_end_has_no_claim_code(day: Day) -> None:
    """Who leaves early reads that the code comes once the session has ended."""
    phone = await left(day)
    await phone.post("/hours", l=ticket(phone), p=MARIA)
    assert "Once the session has ended" in phone.text
    assert "Claim code" not in phone.text


async def test_the_record_after_the_end_says_what_to_claim(tmp_path: Path, clock: Clock) -> None:
    """Code, platform as text, hours to enter and the masked e-mail; nothing to tap that leads away."""
    async with open_day(tmp_path, clock) as day:
        phone = await left(day, hours=9)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        for part in ("Hours to enter 6.0", "m•••a@renton.example", "Claim code", "A mistake?"):
            assert part in phone.text
        assert phone.page is not None
        assert "<a " not in phone.page.text


async def test_the_record_is_saved_as_one_file(day: Day) -> None:
    """A download of its own, without forms, that asks for nothing from anywhere."""
    phone = await left(day)
    farewell = ticket(phone)
    page = await phone.post("/record", l=farewell, p=MARIA, save="1")
    assert page.headers["content-disposition"] == 'attachment; filename="clock-hours-2023-12-06.html"'
    assert "<form" not in page.text
    assert "<script" not in page.text
    assert "8:00 – 11:00" in phone.text


async def test_a_phone_that_was_here_finds_its_record_again(day: Day) -> None:
    """A new scan after leaving: one tap shows the record."""
    phone = await left(day)
    await day.scanned(phone)
    assert "My record" in phone.text
    await phone.post("/record", l=ticket(phone), p=MARIA)
    assert "8:00 – 11:00" in phone.text


async def test_near_the_end_the_code_means_leaving(day: Day) -> None:
    """A quarter of an hour before the end the first button signs out."""
    phone = await day.signed_in(MARIA)
    await day.scanned(phone)
    assert "Nothing to do now" in phone.text
    day.clock.forward(hours=8, minutes=1)  # 16:01; the end is 16:15
    await day.scanned(phone)
    assert "Sign me out" in phone.text
    other = await day.scanned()
    assert "Leaving? Find your name" in other.text


# -- hours or credits --------------------------------------------------------------------------------------------------


async def test_hours_or_credits_is_asked_once_and_can_be_changed(tmp_path: Path, clock: Clock) -> None:
    """Where the plan offers both, one has to be chosen; the newest word counts until the sheet is approved."""
    of = replace(plan(), choice=("clock-hours", "quarter-credits"))
    async with open_day(tmp_path, clock, of=of) as day:
        phone = await left(day)
        farewell = ticket(phone)
        page = await phone.post("/hours", l=farewell, p=MARIA)
        assert page.status_code == 422
        assert "Please choose one" in phone.text
        for choice in ("quarter-credits", "quarter-credits", "clock-hours", "quarter-credits"):
            await phone.post("/hours", l=farewell, p=MARIA, choice=choice)
        assert [one.body["choice"] for one in day.entries("choice")] == [
            "quarter-credits", "clock-hours", "quarter-credits",
        ]  # fmt: skip
        assert event_credit(day.desk, day.event, at=day.clock(), person=MARIA).lines[0].line.status == "none"


# -- questions ---------------------------------------------------------------------------------------------------------


async def test_the_questions_come_before_the_record(tmp_path: Path, clock: Clock) -> None:
    """Asked in the phone's language, taken once, and nobody's name is in the box."""
    async with open_day(tmp_path, clock, of=replace(plan(), questions=QUESTIONS)) as day:
        phone = await left(day)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        assert "How useful was today?" in phone.text
        farewell, ballot = ticket(phone), ticket(phone, "b")
        for text in ("Good", "Better"):
            await phone.post("/answers", l=farewell, p=MARIA, b=ballot, a_useful="4", a_next="2", a_say=text)
            assert "My record" in phone.text
        box = box_of(day.around.workspace.ledger).read_bytes()
        assert b"Good" in box
        assert b"Better" not in box
        assert MARIA.encode() not in box
        await phone.post("/hours", l=farewell, p=MARIA)
        assert "My record" in phone.text  # she is not asked twice


async def test_the_questions_speak_the_plan_s_other_language(tmp_path: Path, clock: Clock) -> None:
    """What the plan says in Spanish is asked in Spanish."""
    async with open_day(tmp_path, clock, of=replace(plan(), questions=QUESTIONS)) as day:
        phone = await left(day)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        assert phone.page is not None
        typed = {"l": ticket(phone), "p": MARIA, "b": ticket(phone, "b"), "a_say": "Hm"}
        await phone.post("/answers", **typed, to="es")
        assert "¿Qué tan útil fue?" in phone.text
        assert "Hm" in phone.text
        assert ticket(phone, "b") == typed["b"]


@pytest.mark.parametrize(
    "answers", [{"a_useful": "9"}, {"a_useful": "0"}, {"a_next": "3"}, {"a_next": "x"}, {"a_say": " "}]
)
async def test_odd_answers_are_none(tmp_path: Path, clock: Clock, answers: dict[str, str]) -> None:
    """A step that the scale has not is no answer, and no answer is no ballot."""
    async with open_day(tmp_path, clock, of=replace(plan(), questions=QUESTIONS)) as day:
        phone = await left(day)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        await phone.post("/answers", l=ticket(phone), p=MARIA, b=ticket(phone, "b"), **answers)
        assert "My record" in phone.text
        assert not box_of(day.around.workspace.ledger).exists()


async def test_a_forged_number_is_no_ballot(tmp_path: Path, clock: Clock) -> None:
    """The number has to be one that the door has signed."""
    async with open_day(tmp_path, clock, of=replace(plan(), questions=QUESTIONS)) as day:
        phone = await left(day)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        await phone.post("/answers", l=ticket(phone), p=MARIA, b="A" * 56, a_useful="1")
        assert not box_of(day.around.workspace.ledger).exists()


async def test_at_the_close_the_ballots_are_one_entry(tmp_path: Path, clock: Clock) -> None:
    """Five people answered: counts and sorted comments, and the box is gone."""
    async with open_day(tmp_path, clock, of=replace(plan(), questions=QUESTIONS)) as day:
        comments = ["zebra", "apple", "mango", "banana", "cherry"]
        for person, text in zip((MARIA, SEAN, LAN, *_browns(2)), comments, strict=True):
            phone = await left(day, person, hours=0)
            await phone.post("/hours", l=ticket(phone), p=person)
            await phone.post("/answers", l=ticket(phone), p=person, b=ticket(phone, "b"), a_useful="5", a_say=text)
        close_event(day.desk, day.hand, read_event(day.desk, day.event))
        (summary,) = day.entries("evaluation-summary")
        assert summary.body["ballots"] == 5
        assert summary.person is None
        useful, following, said = summary.body["questions"]
        assert useful["counts"] == {"1": 0, "2": 0, "3": 0, "4": 0, "5": 5}
        assert following["counts"] == {"More of it": 0, "Something else": 0}
        assert said["comments"] == sorted(comments)
        assert not box_of(day.around.workspace.ledger).exists()


def _browns(count: int) -> list[str]:
    from plfacilitate.core.people import person_id

    return [person_id(one) for one in PEOPLE if one["last_name"].startswith("Brown")][:count]


def _everything(root: Path) -> bytes:
    """All bytes of all files."""
    return b"".join(file.read_bytes() for file in root.rglob("*") if file.is_file())


async def _answered(root: Path, clock: Clock, order: Sequence[str], words: Mapping[str, str]) -> dict[str, Any]:
    """A day on which these people leave and answer in this order, closed; gives the counting's body.

    Looks on the way whether a file or an entry keeps a number, a moment or a person of an answer.
    """
    async with open_day(root, clock, of=replace(plan(), questions=QUESTIONS)) as day:
        forms, moments = [], []
        for person in order:
            phone = await left(day, person, hours=0)
            await phone.post("/hours", l=ticket(phone), p=person)
            day.clock.forward(seconds=37)  # nothing else happens at this moment
            forms.append(ticket(phone, "b"))
            moments.append(day.clock())
            await phone.post("/answers", l=ticket(phone), p=person, b=forms[-1], a_useful="5", a_say=words[person])
            day.clock.forward(minutes=1)
        with closing(sqlite3.connect(box_of(day.around.workspace.ledger))) as box:
            numbers = [str(number) for (number,) in box.execute("SELECT key FROM ballot")]
        assert len(numbers) == len(order)
        close_event(day.desk, day.hand, read_event(day.desk, day.event))
        entries = list(day.desk.entries())
        assert not {moment for one in entries for moment in (one.at, one.recorded_at)} & set(moments)
        told = [one for one in entries if any(word in str(one.body) for word in words.values())]
        assert [(one.kind, one.person) for one in told] == [("evaluation-summary", None)]
        kept = _everything(root)
        for text in (*forms, *numbers):
            assert text.encode() not in kept
        for number in numbers:
            assert bytes.fromhex(number) not in kept
        return dict(told[0].body)


async def test_nothing_that_is_kept_links_anybody_to_an_answer(tmp_path: Path) -> None:
    """Not by order: whoever leaves first, the counting is the same. Not by time or id: no file holds one of an answer's."""
    people = [MARIA, SEAN, LAN, *_browns(2)]
    words = dict(zip(people, ("zebra", "apple", "mango", "banana", "cherry"), strict=True))
    counted = [
        await _answered(tmp_path / str(turn), Clock(datetime(2023, 12, 6, 16, tzinfo=UTC)), order, words)
        for turn, order in enumerate((people, people[::-1], people[2:] + people[:2]))
    ]
    assert counted[0] == counted[1] == counted[2]


async def test_the_state_asks_where_the_office_says_so(tmp_path: Path, clock: Clock) -> None:
    """`evaluation = "door"`: four questions, in Spanish too."""
    async with open_day(tmp_path, clock, office=replace(OFFICE, evaluation="door")) as day:
        phone = await left(day)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        assert "Were the objectives of this session met?" in phone.text
        await phone.post("/answers", l=ticket(phone), p=MARIA, b=ticket(phone, "b"), to="es")
        assert "¿Se cumplieron los objetivos de esta sesión?" in phone.text


# -- a series ----------------------------------------------------------------------------------------------------------


async def test_the_record_says_where_one_stands_in_the_series(tmp_path: Path, clock: Clock) -> None:
    """One of two sessions: on course, and the hours wait for the other."""
    agenda = (Segment(465, "instruction", "All"),)
    of = Plan("two", "Two days", "institute", "psesd", 1200, "all-sessions",
              (Session("s1", "One", "08:30", agenda), Session("s2", "Two", "08:30", agenda)))  # fmt: skip
    async with open_day(tmp_path, clock, of=of) as day:
        phone = await left(day, hours=9)
        await phone.post("/hours", l=ticket(phone), p=MARIA)
        assert "1 of 2 sessions attended. On course." in phone.text
        assert "They count once all sessions" in phone.text
        assert "Hours to enter" not in phone.text


@pytest.mark.parametrize("path", ["/hours", "/answers", "/record"])
async def test_forms_that_are_none_are_a_page_in_the_phone_s_language(day: Day, path: str) -> None:
    """By the wrong method, too large, no form, no text, from another address: a Spanish page, and nothing written."""
    phone = day.phone()
    phone.http.headers["accept-language"] = "es"
    form = {"content-type": "application/x-www-form-urlencoded"}
    for status, page in (
        (405, await phone.http.get(path)),
        (413, await phone.http.post(path, content=b"p=" + b"x" * 40_000, headers=form)),
        (415, await phone.http.post(path, content=b"{}", headers={"content-type": "application/json"})),
        (403, await phone.http.post(path, content=b"l=\xff\xfe%ff%00&p=\xc3", headers=form)),
        (403, await phone.http.post(path, content=b"", headers=form)),
        (421, await phone.http.post(path, content=b"", headers=form | {"host": "evil.example"})),
    ):
        assert page.status_code == status
        assert '<html lang="es">' in page.text
    assert day.entries("attested", "request", "choice", "undo") == []


async def test_a_forged_or_old_farewell_opens_nothing(day: Day) -> None:
    """Twelve hours later, with a letter changed, of the sign-in form, of another event: each the same kind page."""
    phone = await left(day)
    farewell = ticket(phone)
    other = type(day.reception.gate)(day.reception.gate.secret, "another-event")
    forged = [
        farewell[:-1] + ("A" if farewell[-1] != "A" else "B"), farewell[::-1], "", (await day.scanned()).ticket,
        other.farewell(MARIA, day.clock(), day.around.chance),
    ]  # fmt: skip
    for one in forged:
        assert (await phone.post("/hours", l=one, p=MARIA)).status_code == 403
    day.clock.forward(hours=13)
    assert (await phone.post("/hours", l=farewell, p=MARIA)).status_code == 403
    assert day.entries("attested") == []
