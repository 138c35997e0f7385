"""A POP-up by phone: brought, joined, ideas, dots, the owner's words; with and without names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from plfacilitate.core.popup.picture import Problem
from plfacilitate.steps import popup as steps
from plfacilitate.store.ballots import box_of, lying
from tests.front.door.day import LAN, MARIA, SEAN, Day, Phone, open_day, open_door
from tests.front.door.popups import at_popup, begin, end, fields, first, opened, picture, popup_plan, send
from tests.played import Clock


@pytest.fixture
async def day(tmp_path: Path, clock: Clock) -> AsyncIterator[Day]:
    """A day whose plan takes problems of practice, without names."""
    async with open_day(tmp_path, clock, of=popup_plan()) as found:
        yield found


@pytest.fixture
async def named(tmp_path: Path, clock: Clock) -> AsyncIterator[Day]:
    """The same with names."""
    async with open_day(tmp_path, clock, of=popup_plan(names=True)) as found:
        yield found


async def test_somebody_brings_a_problem_and_another_joins_it(day: Day) -> None:
    """From the page after the sign-in; the owner is in the group at once."""
    owner = await at_popup(day, SEAN)
    assert "Nobody has brought a problem yet" in owner.text
    assert await send(owner, "/popup/new") == 200
    assert await send(owner, "/popup/new", problem="Talk dries up <b>", data="3 of 28 spoke") == 200
    assert "Talk dries up" in owner.text
    assert "3 of 28 spoke" in owner.text
    helper = await at_popup(day, LAN)
    assert "Sean O'Leary" in helper.text.replace("&#39;", "'")
    assert await send(helper, "/popup/join", g=first(day).id) == 200
    one = first(day)
    assert (one.owner, one.school, one.problem) == ("Sean O'Leary", "Lakeridge", "Talk dries up <b>")
    assert [(member.person, member.how) for member in one.members] == [(SEAN, "owner"), (LAN, "choice")]
    assert "<b>" not in helper.page.text.partition("<main")[2].replace("<b>Sean", "") if helper.page else True


async def test_a_problem_that_is_sent_again_is_one_and_the_newer_words_count(day: Day) -> None:
    """A phone whose first answer was lost, and one whose owner went back and put a word right."""
    phone = await at_popup(day, SEAN)
    await send(phone, "/popup/new")
    form = fields(phone, "/popup/new")
    for words in ("Talk dries up", "Talk dries up", "Talk stops"):
        await phone.post("/popup/new", **form, problem=words, data="3 of 28")
    assert [one.problem for one in picture(day).problems] == ["Talk stops"]
    assert len(day.entries("popup-opened", "popup-joined", "popup-changed")) == 3


async def test_a_problem_without_words_is_asked_for_again(day: Day) -> None:
    """What was typed beside it stays; nothing is written."""
    phone = await at_popup(day, SEAN)
    await send(phone, "/popup/new")
    assert await send(phone, "/popup/new", problem="  ", data="3 of 28") == 422
    assert "Please say what the problem is." in phone.text
    assert "3 of 28" in phone.text
    assert picture(day).problems == ()


async def test_who_does_not_choose_is_placed_and_reads_why(day: Day) -> None:
    """In the smallest group; the reason is kept."""
    one, two = opened(day), opened(day, "Bo Lind", "Homework is late")
    first_helper = await at_popup(day, SEAN)
    await send(first_helper, "/popup/join", g=one.id)
    helper = await at_popup(day, LAN)
    await send(helper, "/popup/join", g="?")
    assert picture(day).where == {SEAN: one.id, LAN: two.id}
    assert "You are in this group because: first in the group." in helper.text


async def test_whose_group_was_drawn_reads_when(day: Day) -> None:
    """In the language of the page; the desk has taken the groups over."""
    one = opened(day)
    joins = steps.join(day.hand, day.event, LAN, one.id, "drawn", reason="from the groups drawn at 10:12", taking="t")
    day.desk.append_one(joins)
    helper = await at_popup(day, LAN)
    assert "You are in this group because: your group was drawn at 10:12." in helper.text


async def test_ideas_without_a_name_leave_nothing_but_their_words(day: Day) -> None:
    """One a line, once however often they are sent; no entry before the close, then one that says nothing of who or when."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    await send(phone, "/popup")
    form = fields(phone, "/popup/ideas")
    before = day.desk.count()
    for _ in range(2):
        await phone.post("/popup/ideas", **form, ideas="pairs first\n<i>wait</i>\n\npairs first")
    assert "Saved: 2 ideas." in phone.text
    await phone.post("/popup/ideas", **form, ideas="pairs first\nask them")
    asked = first(day).ideas_round
    assert asked is not None
    assert lying(box_of(day.around.workspace.ledger), [asked.id]) == {asked.id: 3}
    assert day.desk.count() == before
    over = end(day, one, "ideas")
    assert [idea.text for idea in over.ideas] == ["<i>wait</i>", "ask them", "pairs first"]
    (counted,) = day.entries("popup-counted")
    assert counted.person is None
    assert LAN not in str(counted.content)
    assert "Lan" not in str(counted.content)


async def test_ideas_that_come_after_the_close_are_not_acknowledged(day: Day) -> None:
    """The page says so and keeps the words; nothing lies in the box."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    await send(phone, "/popup")
    form = fields(phone, "/popup/ideas")
    end(day, one, "ideas")
    page = await phone.post("/popup/ideas", **form, ideas="too late")
    assert page.status_code == 409
    assert "nothing was saved" in phone.text
    assert lying(box_of(day.around.workspace.ledger), [form["r"]]) == {}


async def test_a_long_idea_is_cut_and_the_page_says_so(day: Day) -> None:
    """At 5,000 letters."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    await send(phone, "/popup")
    assert await send(phone, "/popup/ideas", ideas="x" * 5_200) == 200
    assert "at most 5,000 letters" in phone.text
    assert len(end(day, one, "ideas").ideas[0].text) == 5_000


async def to_the_vote(day: Day, phone: Phone, one: Problem) -> None:
    """The phone joins a problem and gives it three ideas, `a`, `b` and `c`, on which dots are asked for."""
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    await send(phone, "/popup")
    await send(phone, "/popup/ideas", ideas="a\nb\nc")
    end(day, one, "ideas")
    begin(day, one, "vote")
    await send(phone, "/popup")


async def test_dots_are_hidden_and_a_second_vote_replaces_the_first(day: Day) -> None:
    """From the same phone, by the same form or by a new page; what came out is shown once the vote is closed."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await to_the_vote(day, phone, one)
    assert "Your dots: 2" in phone.text
    assert await send(phone, "/popup/vote", d0="1", d1="1", d2="1") == 422
    assert "Put one to 2 dots" in phone.text
    assert await send(phone, "/popup/vote", d0="1", d1="1") == 200
    assert await send(phone, "/popup/vote", d2="1") == 200
    assert "Your dots are saved" in phone.text
    again = await at_popup_again(day, LAN)
    assert await send(again, "/popup/vote", d1="1", d2="1") == 200
    over = end(day, one, "vote")
    assert over.vote is not None
    assert [option.dots for option in over.vote.options] == [0, 1, 1]
    assert over.vote.ballots == 1
    await send(phone, "/popup")
    assert "Your dots: 2" not in phone.text
    assert "Dots b 1 c 1 a 0" in phone.text


async def test_a_door_that_began_anew_takes_nobodys_dots_twice(day: Day) -> None:
    """It knows no numbers any more: another phone of the same person is told so, their own changes what it gave."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await to_the_vote(day, phone, one)
    assert await send(phone, "/popup/vote", d0="1", d1="1") == 200
    async with open_door(day.around, day.clock, day.event) as anew:
        other = await at_popup_again(anew, LAN)
        assert await send(other, "/popup/vote", d2="1") == 409
        assert "Your dots are in already." in other.text
    async with open_door(day.around, day.clock, day.event) as anew:
        mine = anew.phone()
        mine.http.cookies = phone.http.cookies
        mine = await at_popup_again(anew, LAN, mine)
        assert await send(mine, "/popup/vote", d2="1") == 200
    over = end(day, one, "vote")
    assert over.vote is not None
    assert (over.vote.ballots, [option.dots for option in over.vote.options]) == (1, [0, 0, 1])


async def at_popup_again(day: Day, person: str, phone: Phone | None = None) -> Phone:
    """The same person, who is in already, with that phone, else with one that remembers nothing."""
    phone = await day.scanned(phone)
    await phone.get("/me", t=phone.ticket, p=person)
    await send(phone, "/popup")
    return phone


async def test_two_dots_on_one_are_taken_where_the_plan_says_so_only(tmp_path: Path, clock: Clock) -> None:
    """Stacking is a word of the plan."""
    async with open_day(tmp_path, clock, of=popup_plan(stacking=True)) as day:
        one = opened(day)
        phone = await at_popup(day, LAN)
        await send(phone, "/popup/join", g=one.id)
        begin(day, one, "ideas")
        await send(phone, "/popup")
        await send(phone, "/popup/ideas", ideas="a\nb\nc")
        end(day, one, "ideas")
        begin(day, one, "vote")
        await send(phone, "/popup")
        assert await send(phone, "/popup/vote", d0="2") == 200
        over = end(day, one, "vote")
        assert over.vote is not None
        assert [option.dots for option in over.vote.options] == [2, 0, 0]


async def test_with_names_ideas_and_dots_are_entries_of_their_givers(named: Day) -> None:
    """A resend is one; of two votes the later counts; the box stays empty."""
    day, one = named, opened(named)
    phone = await at_popup(day, LAN)
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    await send(phone, "/popup")
    assert "Your name stands beside them." in phone.text
    form = fields(phone, "/popup/ideas")
    for _ in range(2):
        await phone.post("/popup/ideas", **form, ideas="a\nb")
    assert [(idea.text, idea.who) for idea in first(day).ideas] == [("a", "Lan Nguyễn"), ("b", "Lan Nguyễn")]
    end(day, one, "ideas")
    begin(day, one, "vote")
    await send(phone, "/popup")
    assert await send(phone, "/popup/vote", d0="1") == 200
    assert await send(phone, "/popup/vote", d1="1") == 200
    vote = first(day).vote
    assert vote is not None
    assert (vote.ballots, [option.dots for option in vote.options]) == (1, [None, None])
    over = end(day, one, "vote")
    assert over.vote is not None
    assert [option.dots for option in over.vote.options] == [0, 1]
    assert not box_of(day.around.workspace.ledger).exists() or lying(
        box_of(day.around.workspace.ledger), [over.vote.id]
    ) == {}  # fmt: skip


async def test_the_owner_writes_sentence_test_and_commitment(day: Day) -> None:
    """Nobody else sees the form or gets through with it; what the desk changed meanwhile is not undone by an old page."""
    owner = await at_popup(day, SEAN)
    await send(owner, "/popup/new")
    await send(owner, "/popup/new", problem="Talk dries up", data="")
    one = first(day)
    helper = await at_popup(day, LAN)
    await send(helper, "/popup/join", g=one.id)
    assert "/popup/words" not in str(helper.page and helper.page.text)
    form = fields(owner, "/popup/words")
    day.by_hand("popup-changed", body={"popup": one.id, "fields": {"how_might_we": "How might we hear all?"}})
    page = await owner.post(
        "/popup/words", **form, how_might_we="", test="Pairs for a week", what="Pairs first", first_step="Ask Bo",
        due="2023-12-20",
    )  # fmt: skip
    assert "It is saved." in owner.text, page.text
    now = first(day)
    assert (now.how_might_we, now.test) == ("How might we hear all?", "Pairs for a week")
    assert [(each.who, each.what, each.due) for each in now.commitments] == [
        ("Sean O'Leary", "Pairs first", "2023-12-20")
    ]
    stolen = {**fields(helper, "/popup"), "test": "no", "what": "no"}
    await helper.post("/popup/words", **stolen)
    assert first(day).test == "Pairs for a week"


async def test_the_group_of_a_problem_that_returned_reads_what_was_tried_before(day: Day) -> None:
    """In a line of its own, and nobody's name stands in it."""
    words = {"owner": "Ana Ruiz", "school": "", "problem": "Talk dries up", "data": "", "segment": ""}
    day.by_hand("popup-opened", body={**words, "before": "Wed 6 Dec 2023: Pairs first → <all> of them"})
    helper = await at_popup(day, LAN)
    await send(helper, "/popup/join", g=first(day).id)
    assert "What was promised and tried before" in helper.text
    assert "Wed 6 Dec 2023: Pairs first → &lt;all&gt; of them" in helper.text


async def test_who_is_not_in_gets_nothing(day: Day) -> None:
    """Neither before the sign-in nor after the sign-out, nor with somebody else's ticket."""
    opened(day)
    phone = await day.scanned()
    assert (await phone.post("/popup", t=phone.ticket, p=LAN)).status_code == 409
    inside = await at_popup(day, LAN)
    form = fields(inside, "/popup/join")
    assert (await inside.post("/popup/join", **{**form, "p": MARIA}, g="?")).status_code == 403
    day.clock.forward(minutes=5)
    day.by_hand("sign-out", person=LAN)
    assert (await inside.post("/popup/join", **form, g="?")).status_code == 409
    assert picture(day).where == {}


async def test_many_phones_at_once_lose_nothing(day: Day) -> None:
    """Sixty people, one step into the box for many of them; each idea is there."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    forms = []
    for _ in range(60):
        await send(phone, "/popup")
        forms.append(fields(phone, "/popup/ideas"))
    others = [day.phone() for _ in forms]
    pages = await asyncio.gather(
        *(other.post("/popup/ideas", **form, ideas=f"idea {at}\nmore {at}") for at, (other, form) in enumerate(zip(others, forms, strict=True)))
    )  # fmt: skip
    assert {page.status_code for page in pages} == {200}
    assert len(end(day, one, "ideas").ideas) == 120


async def test_what_comes_while_a_round_is_closed_is_taken_whole_or_refused(day: Day) -> None:
    """Whoever reads `saved` finds it in the count."""
    one = opened(day)
    phone = await at_popup(day, LAN)
    await send(phone, "/popup/join", g=one.id)
    begin(day, one, "ideas")
    forms = []
    for _ in range(20):
        await send(phone, "/popup")
        forms.append(fields(phone, "/popup/ideas"))
    sending = [
        asyncio.create_task(day.phone().post("/popup/ideas", **form, ideas=f"idea {at}"))
        for at, form in enumerate(forms)
    ]
    await asyncio.sleep(0.01)
    over = end(day, one, "ideas")
    pages = await asyncio.gather(*sending)
    saved = sum(page.status_code == 200 and "Saved: one idea." in page.text for page in pages)
    assert len(over.ideas) == saved


async def test_a_plan_without_popups_shows_nothing_of_them(tmp_path: Path, clock: Clock) -> None:
    """Until somebody brings one at the desk."""
    async with open_day(tmp_path, clock) as day:
        phone = await day.signed_in(LAN)
        assert "Problems of practice" not in phone.text
        opened(day)
        again = await day.scanned()
        await again.get("/me", t=again.ticket, p=LAN)
        assert "Problems of practice" in again.text
