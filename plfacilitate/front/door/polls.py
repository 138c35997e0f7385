"""Quick polls and exit tickets on the phone: what is asked now, the answer, and the same for who is about to leave.

Owns those pages and what is written from them. What is given without a name goes into the ballot box under its form's
random number and nowhere else. Nobody gets here without a ticket of the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plfacilitate.core.entry import stable_id
from plfacilitate.core.evaluation import Given
from plfacilitate.core.people import Person
from plfacilitate.core.polls.asking import MOST_SAID, answers_of, too_long
from plfacilitate.core.polls.picture import Poll
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.door.dropping import Box
from plfacilitate.front.door.guests import Guest, Numbers, guest_of
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Again
from plfacilitate.front.door.questions import asked_in
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.steps import polls as steps
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ballots import Ballot, Fate

_SAVED = mark("Your answer is saved. You can change it until the facilitator closes the questions.")
_CUT = mark("What you wrote was too long and was cut: %(letters)s letters at most.")
_OVER = mark("This was closed a moment ago, so nothing was saved from your page.")
_ELSEWHERE = mark("Your answer is in already. It can be changed only on the phone on which you gave it.")
_FAULTS: Mapping[Fate, str] = {"shut": _OVER, "second": _ELSEWHERE}
_NOTHING = mark("Answer at least one question.")
_MOST_TYPED = 4_000  # of one field that is shown again, so that a page stays one for a phone


@dataclass(slots=True)
class PollDoor:
    """The pages. `given` = who has answered which poll, in memory only: so nobody is asked again when they leave."""

    desk: Reception
    box: Box
    numbers: Numbers = field(init=False)
    given: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """A second answer of somebody takes the place of their first."""
        self.numbers = Numbers(self.desk, "/")

    async def home(self, visit: Visit) -> Answer:
        """What is asked now, or that nothing is."""
        guest = await guest_of(self.desk, visit, coming=True)
        return guest if isinstance(guest, Answer) else self._page(visit, guest)

    async def answer(self, visit: Visit) -> Answer:
        """An answer; a second one of the same person takes the place of their first while it is asked."""
        guest = await guest_of(self.desk, visit)
        if isinstance(guest, Answer):
            return guest
        asked, typed = self.asked(visit), visit.fields
        if visit.switched:
            return self._page(visit, guest, typed)
        if asked is None:
            return self._page(visit, guest, fault=_OVER, status=409)
        given = answers_of(asked.questions, typed)
        if not given:
            return self._page(visit, guest, typed, fault=_NOTHING, status=422)
        try:
            taken = await self.give(visit, asked, guest.person, given, self.desk.hand)
        except Refused:
            return self.desk.notice(visit, "not_saved", 503)
        if taken != "in":
            return self._page(visit, guest, fault=_FAULTS[taken], status=409)
        return self._page(visit, guest, typed, said=self._said(visit, asked))

    def _said(self, visit: Visit, asked: Poll) -> str:
        pages = self.desk.pages(visit)
        said = pages.say(_SAVED)
        cut = too_long(asked.questions, visit.fields)
        return f"{said} {pages.say(_CUT, letters=f'{MOST_SAID:,}')}" if cut else said

    # -- shared with who is leaving --------------------------------------------------------------------------------------

    def asked(self, visit: Visit) -> Poll | None:
        """The poll that a form belongs to, while it is asked; None = it is over."""
        now = self.desk.room.poll
        return now if now is not None and now.id == visit.fields.get("r") else None

    def exit_for(self, person: str) -> Poll | None:
        """The exit ticket that somebody has not answered yet; None = there is none."""
        now = self.desk.room.poll
        return now if now is not None and now.exit and not self.has_given(now, person) else None

    def has_given(self, asked: Poll, person: str) -> bool:
        """Whether somebody has answered, or did not want to, as far as this door remembers."""
        return (person, asked.id) in self.given or any(one.person == person for one in asked.said)

    async def give(self, visit: Visit, asked: Poll, person: Person, given: Mapping[str, Given], hand: Hand) -> Fate:
        """Bring answers to where they belong, and what became of them. Raises Refused."""
        number = self.numbers.check(visit.fields.get("b", ""), asked.id)
        if number is None:
            return "shut"
        if asked.named:
            entry_id = stable_id("door", number, person.id, str(sorted(given.items())))
            answer = steps.answer(
                hand, self.desk.room.event_id, asked, person.id, person.spoken, given, entry_id=entry_id
            )  # fmt: skip
            await self.desk.writer.append([answer])
            fate: Fate = "in"
        else:
            mine = self.numbers.mark(person.id, asked.id)
            (fate,) = await self.box.put([Ballot(asked.id, number, given, again=True, mark=mine)])
            if fate == "shut":
                return fate
        self.given.add((person.id, asked.id))
        return fate

    def sheet(self, visit: Visit, asked: Poll, number: str, typed: Mapping[str, str]) -> dict[str, Any]:
        """The questions, ready for a template. `typed` = what has to be shown again."""
        pages = self.desk.pages(visit)
        return {
            "round": asked.id,
            "ballot": number,
            "title": plain(asked.title),
            "asked": asked_in(pages.speech, asked.questions),
            "values": {name: _again(value) for name, value in typed.items() if name.startswith("a_")},
            "named": asked.named,
        }

    # -- the page --------------------------------------------------------------------------------------------------------

    def _page(
        self, visit: Visit, guest: Guest, typed: Mapping[str, str] | None = None, *, said: str = "", fault: str = "",
        status: int = 200,
    ) -> Answer:  # fmt: skip
        pages, asked, cookie = self.desk.pages(visit), self.desk.room.poll, ""
        person = guest.person.id
        sheet: dict[str, Any] = {"round": "", "title": "", "asked": [], "again": None, "before": False}
        if asked is not None:
            number, cookie = self.numbers.of(visit, person, asked.id)
            sheet |= self.sheet(visit, asked, number, typed or {})
            sheet["before"] = not said and self.has_given(asked, person)
        else:
            sheet["again"] = Again("post", "/poll", {"l": guest.ticket, "p": person})
        sheet |= {"ticket": guest.ticket, "person": person, "said": said, "fault": pages.say(fault) if fault else ""}
        return Answer(pages.after("poll", sheet), status, cookie=cookie)


def _again(value: str) -> str:
    """What somebody typed, to be shown in its field again, without what can't be seen."""
    return "\n".join(map(plain, value[:_MOST_TYPED].splitlines()))
