"""The door is killed in a burst: no acknowledged sign-in is missing, and none is doubled when the phones try again."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from contextlib import closing
from dataclasses import dataclass, replace
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import httpx
import pytest

from plfacilitate.core.people import person_id
from plfacilitate.core.plan import PopupRules
from plfacilitate.shelf import door_file
from plfacilitate.steps import popup as steps
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import read_event, read_fold
from plfacilitate.store.ballots import box_of, lying
from plfacilitate.store.surroundings import Surroundings
from tests.front.desk.test_doorkeeper import keeping, until
from tests.front.door.day import Phone, plan
from tests.front.door.popups import send
from tests.front.door.running import Door, running, ticket_of, today

PHONES = 160
AT_ONCE = 40
MOMENTS = int(os.environ.get("PLFACILITATE_MOMENTS", "4"))  # more of them prove more, and take longer
PEOPLE = [{"last_name": f"Person{n:03}", "first_name": "Pat", "email": f"p{n}@x.example"} for n in range(PHONES)]
IDS = [person_id(fields) for fields in PEOPLE]


@dataclass
class Kept:
    """A door that a desk's keeper has begun; it is killed once."""

    url: str
    pid: int
    killed: bool = False

    @property
    def process(self) -> Kept:
        """What can be killed."""
        return self

    def kill(self) -> None:
        """As the system does it, without a word."""
        if not self.killed:
            self.killed = True
            os.kill(self.pid, signal.SIGKILL)


async def burst(
    door: Door | Kept, forms: dict[str, str], *, kill_after: int = 0, kill_at: float | None = None
) -> dict[str, str]:
    """Every phone sends its form; gives what those read who were told that they are in.

    Kills the door on the way: after so many answers, or after so many seconds.
    """
    if kill_at is not None:
        asyncio.get_running_loop().call_later(kill_at, door.process.kill)
    told: dict[str, str] = {}
    gate = asyncio.Semaphore(AT_ONCE)

    async def phone(person: str, ticket: str) -> None:
        async with gate:
            try:
                page = await http.post("/in", data={"t": ticket, "p": person})
            except httpx.TransportError:
                return  # the door has gone: this phone knows nothing
        if page.status_code == 200 and "You are in" in page.text:
            told[person] = page.text
            if kill_after and len(told) >= kill_after:
                door.process.kill()

    async with httpx.AsyncClient(base_url=door.url, timeout=30) as http:
        http.cookies.jar.set_policy(
            DefaultCookiePolicy(allowed_domains=[])
        )  # many phones, one client: no cookie of all
        await asyncio.gather(*(phone(person, ticket) for person, ticket in forms.items()))
    return told


def marks(around: Surroundings, event: str) -> dict[str, int]:
    """Person → number of sign-ins in the ledger."""
    ledger = around.open_ledger(readonly=True)
    fold = read_fold(ledger, event)
    marks = {person: len(fold.marks(person)) for person in IDS if fold.marks(person)}
    flags = fold.flags()
    ledger.close()
    assert flags == []
    return marks


def test_killed_in_aburst(tmp_path: Path) -> None:
    """Killed after 60 answers; the next door answers the resends with the same times, one entry each."""
    around, event = today(tmp_path, people=PEOPLE)
    forms = {person: ticket_of(around, event) for person in IDS}
    with running(around, event) as door:
        told = asyncio.run(burst(door, forms, kill_after=60))
        door.process.wait(30)
    assert 60 <= len(told) < PHONES
    before = marks(around, event)
    assert set(told) <= set(before)
    with running(around, event) as again:
        told_again = asyncio.run(burst(again, forms))
        assert again.end() == 0
    assert set(told_again) == set(IDS)
    assert all(told_again[person] == page for person, page in told.items())
    assert marks(around, event) == dict.fromkeys(IDS, 1)


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    """Before the first answer, between two, while many are on their way to the disk."""
    around, event = today(tmp_path, people=PEOPLE)
    forms = {person: ticket_of(around, event) for person in IDS}
    with running(around, event) as door:
        told = asyncio.run(burst(door, forms, kill_at=random.Random(seed).uniform(0.0, 0.5)))
        door.process.kill()
        door.process.wait(30)
    assert set(told) <= set(marks(around, event))
    with running(around, event) as again:
        told_again = asyncio.run(burst(again, forms))
        assert again.end() == 0
    assert all(told_again[person] == page for person, page in told.items())
    assert marks(around, event) == dict.fromkeys(IDS, 1)


def _kept(around: Surroundings) -> Kept:
    """The door that the workspace's file speaks of."""
    found = door_file.read(around.workspace.door)
    assert found is not None
    return Kept(f"http://127.0.0.1:{found.port}", found.pid)


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_the_desk_brings_it_back_and_the_next_desk_adopts_it(tmp_path: Path, seed: int) -> None:
    """Killed at any moment under a desk: another process is there by itself, takes the resends, and outlives the desk."""
    around, event = today(tmp_path, people=PEOPLE)
    forms = {person: ticket_of(around, event) for person in IDS}
    with keeping(around) as (keeper, ear):
        keeper.want(event)
        until(lambda: "open" in ear.states, "the door stands")
        first = _kept(around)
        told = asyncio.run(burst(first, forms, kill_at=random.Random(seed).uniform(0.0, 0.5)))
        first.kill()
        until(lambda: "restarted" in ear.states, "it is in service again")
        assert set(told) <= set(marks(around, event))
        second = _kept(around)
        assert second.pid != first.pid
        told_again = asyncio.run(burst(second, forms))
        child = keeper._child
        assert child is not None
        keeper.leave()
        with keeping(around) as (_, next_ear):
            until(lambda: "adopted" in next_ear.states, "the next desk adopts it")
            assert _kept(around).pid == second.pid
        child.wait(30)  # the next desk has ended it
    assert all(told_again[person] == page for person, page in told.items())
    assert marks(around, event) == dict.fromkeys(IDS, 1)


def test_killed_again_and_again(tmp_path: Path) -> None:
    """Three doors die in one arrival; when the fourth has answered everybody, everybody is in once."""
    around, event = today(tmp_path, people=PEOPLE)
    forms = {person: ticket_of(around, event) for person in IDS}
    acknowledged: set[str] = set()
    for kill_after in (10, 70, 120, 0):
        with running(around, event) as door:
            acknowledged |= set(asyncio.run(burst(door, forms, kill_after=kill_after)))
            if kill_after:
                door.process.wait(30)
        assert acknowledged <= set(marks(around, event))
    assert acknowledged == set(IDS)
    assert marks(around, event) == dict.fromkeys(IDS, 1)
    ledger = around.open_ledger(readonly=True)
    numbers: dict[str, list[int]] = {}
    for entry in ledger.entries():
        numbers.setdefault(entry.device, []).append(entry.number)
    ledger.close()
    # The desk's, which scheduled, and the doors'; one that died between marker and commit leaves the next a new device.
    assert 2 <= len(numbers) <= 5
    assert all(run == list(range(1, len(run) + 1)) for run in numbers.values())


async def voted(door: Door, ticket: str, person: str, dot: str, cookies: httpx.Cookies | None = None) -> Phone:
    """Somebody signs in, or comes again, with a phone of those cookies, and puts one dot."""
    async with httpx.AsyncClient(base_url=door.url, timeout=30, cookies=cookies) as http:
        phone = Phone(http)
        page = await phone.post("/in", t=ticket, p=person)
        if "Problems of practice" not in page.text:
            await phone.get("/me", t=ticket, p=person)
        await send(phone, "/popup")
        await send(phone, "/popup/vote", **{dot: "1"})
        return phone


def test_killed_during_a_vote_nobody_puts_dots_twice(tmp_path: Path) -> None:
    """The next door has forgotten whose number is whose: another phone of the same person is refused, their own changes."""
    of = replace(plan(minutes=2 * 1440, starts="00:00"), popup=PopupRules())
    around, event = today(tmp_path, people=PEOPLE[:2], of=of)
    hand = Hand("facilitator", "facilitator", around.clock, around.chance)
    with closing(around.open_ledger()) as ledger:
        brought = steps.open_problem(hand, event, {"owner": "Ana", "problem": "Talk dries up"})
        ledger.append([brought, *(steps.idea(hand, event, brought.id, text) for text in "abc")])
        ledger.append([steps.join(hand, event, one, brought.id, "choice") for one in IDS[:2]])
        (problem,) = steps.read_popup(ledger, event).picture().problems
        asked = ledger.append_one(steps.begin_round(hand, read_event(ledger, event), problem, "vote"))
    first, second = (ticket_of(around, event) for _ in range(2))
    with running(around, event) as door:
        phone = asyncio.run(voted(door, first, IDS[0], "d0"))
        assert "Your dots are saved" in phone.text
        door.process.kill()
        door.process.wait(30)
    box = box_of(around.workspace.ledger)
    with running(around, event) as again:
        assert "Your dots are in already" in asyncio.run(voted(again, first, IDS[0], "d1")).text
        assert "Your dots are saved" in asyncio.run(voted(again, second, IDS[1], "d1")).text
        assert lying(box, [asked.id]) == {asked.id: 2}
        assert again.end() == 0
    with running(around, event) as third:
        assert "Your dots are saved" in asyncio.run(voted(third, first, IDS[0], "d2", phone.http.cookies)).text
        assert third.end() == 0
    with closing(around.open_ledger()) as ledger:
        (problem,) = steps.read_popup(ledger, event).picture().problems
        counted = steps.end_round(ledger, hand, event, problem, "vote").body["counts"]
    assert sorted(counted.values()) == [1, 1]
