"""A POP-up on the phone: bring a problem, join one, write ideas, put dots, and for its owner the sentence and the commitment.

Owns those pages and what is written from them. What is given without a name goes into the ballot box under its form's
random number and nowhere else. Nobody gets here without a ticket of the door, and nobody who is not in the room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plfacilitate.core.entry import Draft, stable_id
from plfacilitate.core.grouping import Member
from plfacilitate.core.keeping.standing import standing
from plfacilitate.core.localtime import parse_day
from plfacilitate.core.people import Person
from plfacilitate.core.popup.dots import MOST_IDEA, MOST_LINES, ideas_of, lawful
from plfacilitate.core.popup.picture import Problem, Round
from plfacilitate.core.popup.placing import placed
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import MOST_LETTERS, plain, tidy
from plfacilitate.front.door.dropping import Box
from plfacilitate.front.door.guests import Guest, Numbers, guest_of
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.popup_pages import MOST_WORDS, group_sheet, list_sheet, typed
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Handler, Visit
from plfacilitate.front.door.words import FAULTS
from plfacilitate.steps import popup as steps
from plfacilitate.store.ballots import Ballot, Fate

PLACE = "?"  # in place of a problem's id: wherever somebody is needed
_WORDS = ("how_might_we", "test")
_PROMISE = ("what", "first_step", "due")

_SAVED = mark("It is saved.")
_IDEAS_SAVED = mark("Saved: %(count)s ideas.")
_ONE_SAVED = mark("Saved: one idea.")
_CUT = mark("Something was too long and was cut: an idea has at most %(letters)s letters, a form %(lines)s ideas.")
_VOTED = mark("Your dots are saved. You can change them until the vote is closed.")
_OVER = mark("This was closed a moment ago, so nothing was saved from your page.")
_ELSEWHERE = mark("Your dots are in already. They can be changed only on the phone on which you put them.")
_TOO_MANY = mark("Put one to %(dots)s dots, not more.")
_NO_IDEA = mark("Write at least one idea.")
_VOTE_FAULTS: Mapping[Fate, str] = {"in": "", "shut": _OVER, "second": _ELSEWHERE}


@dataclass(slots=True)
class PopupDoor:
    """The pages."""

    desk: Reception
    box: Box
    numbers: Numbers = field(init=False)

    def __post_init__(self) -> None:
        """A second vote of somebody takes the place of their first."""
        self.numbers = Numbers(self.desk, "/popup")

    def saving(self, handler: Handler) -> Handler:
        """A page that says so where something could not be saved."""

        async def handle(visit: Visit) -> Answer:
            try:
                return await handler(visit)
            except Refused:
                return self.desk.notice(visit, "not_saved", 503)

        return handle

    # -- coming ----------------------------------------------------------------------------------------------------------

    async def home(self, visit: Visit) -> Answer:
        """The group's page, or the problems to choose from."""
        guest = await guest_of(self.desk, visit, coming=True)
        if isinstance(guest, Answer):
            return guest
        problem = self.desk.room.popups.picture().of(guest.person.id)
        if problem is None or visit.fields.get("other"):
            return self._list(visit, guest)
        return self._group(visit, guest, problem)

    async def _at_work(self, visit: Visit) -> tuple[Guest, Problem] | Answer:
        """Somebody and the problem that they work on."""
        guest = await guest_of(self.desk, visit)
        if isinstance(guest, Answer):
            return guest
        problem = self.desk.room.popups.picture().of(guest.person.id)
        return self._list(visit, guest) if problem is None else (guest, problem)

    # -- an open call ----------------------------------------------------------------------------------------------------

    async def new(self, visit: Visit) -> Answer:
        """Somebody brings a problem: the form, and what was sent with it."""
        guest = await guest_of(self.desk, visit)
        if isinstance(guest, Answer):
            return guest
        number = self.desk.gate.check_slip(visit.fields.get("b", ""), self.desk.hand.clock())
        if number is None or visit.switched:
            return self._new_page(visit, guest, {})
        fields = {
            "owner": guest.person.spoken, "school": guest.person.school,
            **{name: visit.fields.get(name, "")[:MOST_WORDS] for name in ("problem", "data")},
        }  # fmt: skip
        if not fields["problem"].strip():
            return self._new_page(visit, guest, {"problem": self.desk.pages(visit).say(FAULTS["say_what"])}, 422)
        problem = stable_id("door", number, guest.person.id, "popup")
        room, hand = self.desk.room, self.desk.hand
        known = room.popups.picture().problem(problem)
        if known is not None:  # sent again; what was put right meanwhile counts
            changed = steps.change(hand, room.event_id, known, {name: fields[name] for name in ("problem", "data")})
            drafts = [changed] if changed is not None else []
        else:
            joins = stable_id("door", number, guest.person.id, "owner")
            drafts = [
                steps.open_problem(hand, room.event_id, fields, segment=self._segment(), entry_id=problem),
                steps.join(hand, room.event_id, guest.person.id, problem, "owner", entry_id=joins),
            ]
        return await self._write(visit, guest, drafts, self.desk.pages(visit).say(_SAVED))

    def _segment(self) -> str:
        running = standing(self.desk.room.fold.run, self.desk.hand.clock()).running
        return running.span.segment.title if running is not None else ""

    def _new_page(self, visit: Visit, guest: Guest, faults: Mapping[str, str], status: int = 200) -> Answer:
        sheet = {
            "ticket": guest.ticket,
            "person": guest.person.id,
            "number": self._same_slip(visit),
            "values": {name: typed(visit.fields.get(name, ""), MOST_WORDS) for name in ("problem", "data")},
            "faults": faults,
            "most_words": MOST_WORDS,
        }
        return Answer(self.desk.pages(visit).after("popup_new", sheet), status)

    async def join(self, visit: Visit) -> Answer:
        """Somebody joins a problem, or is placed where somebody is needed."""
        guest = await guest_of(self.desk, visit)
        if isinstance(guest, Answer):
            return guest
        room, chosen = self.desk.room, visit.fields.get("g", "")
        picture, how, why = room.popups.picture(), "choice", ""
        if chosen == PLACE:
            chosen, why = self._placed(guest.person, [one for one in picture.problems if not one.taken_down])
            how = "placed"
        problem = picture.problem(chosen)
        if visit.switched or problem is None or problem.taken_down:
            return self._list(visit, guest)
        if picture.where.get(guest.person.id) == problem.id:
            return self._group(visit, guest, problem)
        draft = steps.join(self.desk.hand, room.event_id, guest.person.id, problem.id, how, reason=why)
        return await self._write(visit, guest, [draft], "")

    def _placed(self, person: Person, problems: Sequence[Problem]) -> tuple[str, str]:
        groups = {
            one.id: [self._someone(member.person) for member in one.members if member.person != person.id]
            for one in problems
        }
        found = placed([_someone(person)], groups)
        return (found[0].problem, found[0].why) if found else ("", "")

    def _someone(self, person_id: str) -> Member:
        person = self.desk.room.person(person_id)
        return _someone(person) if person is not None else Member(person_id)

    # -- at work ---------------------------------------------------------------------------------------------------------

    async def ideas(self, visit: Visit) -> Answer:
        """Ideas, one a line; each is one, however often the form comes."""
        found = await self._at_work(visit)
        if isinstance(found, Answer):
            return found
        guest, problem = found
        asked = problem.open_round
        number = self.desk.gate.check_slip(visit.fields.get("b", ""), self.desk.hand.clock())
        texts, cut = ideas_of(visit.fields.get("ideas", ""))
        if visit.switched or number is None:
            return self._group(visit, guest, problem)
        if asked is None or asked.kind != "ideas" or asked.id != visit.fields.get("r"):
            return self._group(visit, guest, problem, fault=_OVER, status=409)
        if not texts:
            return self._group(visit, guest, problem, fault=_NO_IDEA, status=422)
        if not await self._give(visit, guest, problem, asked, number, texts):
            return self._group(visit, guest, problem, fault=_OVER, status=409)
        pages = self.desk.pages(visit)
        said = pages.say(_ONE_SAVED) if len(texts) == 1 else pages.say(_IDEAS_SAVED, count=len(texts))
        if cut:
            said = f"{said} {pages.say(_CUT, letters=f'{MOST_IDEA:,}', lines=MOST_LINES)}"
        return self._group(visit._replace(fields={}), guest, problem, said=said)

    async def _give(
        self, visit: Visit, guest: Guest, problem: Problem, asked: Round, number: str, texts: Sequence[str]
    ) -> bool:
        """Bring ideas to where they belong; False = the box was shut meanwhile. Raises Refused."""
        if not asked.named:
            ballots = [Ballot(asked.id, _key(number, text), {"idea": text}) for text in texts]
            return all(fate == "in" for fate in await self.box.put(ballots))
        event, who = self.desk.room.event_id, guest.person
        drafts = [
            steps.idea(
                self.desk.hand, event, problem.id, text, person=who.id, who=who.spoken,
                entry_id=stable_id("door", number, who.id, text),
            )
            for text in texts
        ]  # fmt: skip
        await self.desk.writer.append(drafts)
        return True

    async def vote(self, visit: Visit) -> Answer:
        """Dots; a second vote of the same person takes the place of their first while the round is open."""
        found = await self._at_work(visit)
        if isinstance(found, Answer):
            return found
        guest, problem = found
        asked = problem.open_round
        if asked is None or asked.kind != "vote" or asked.id != visit.fields.get("r"):
            return self._group(visit, guest, problem, fault=_OVER, status=409)
        given = [one.id for at, one in enumerate(asked.options) for _ in range(_times(visit.fields.get(f"d{at}", "")))]
        dots = lawful(given, [one.id for one in asked.options], asked.dots, stacking=asked.stacking)
        if visit.switched:
            return self._group(visit, guest, problem)
        if dots is None:
            return self._group(visit, guest, problem, fault=_TOO_MANY, status=422)
        now, given_number = self.desk.hand.clock(), visit.fields.get("b", "")
        gate = self.desk.gate
        number = gate.check_slip(given_number, now) if asked.named else self.numbers.check(given_number, asked.id)
        if number is None:
            return self._group(visit, guest, problem, fault=_OVER, status=409)
        if not asked.named:
            voter = self.numbers.mark(guest.person.id, asked.id)
            (fate,) = await self.box.put([Ballot(asked.id, number, {"dots": list(dots)}, again=True, mark=voter)])
            fault = _VOTE_FAULTS[fate]
            said = "" if fault else self.desk.pages(visit).say(_VOTED)
            return self._group(visit, guest, problem, said=said, fault=fault, status=409 if fault else 200)
        body = {"popup": problem.id, "round": asked.id, "dots": list(dots)}
        draft = self.desk.hand.draft(
            "popup-vote", event=self.desk.room.event_id, person=guest.person.id, body=body,
            entry_id=stable_id("door", number, guest.person.id, *dots),
        )  # fmt: skip
        return await self._write(visit, guest, [draft], self.desk.pages(visit).say(_VOTED))

    async def words(self, visit: Visit) -> Answer:
        """What the owner writes: the sentence, the test, the commitment."""
        found = await self._at_work(visit)
        if isinstance(found, Answer):
            return found
        guest, problem = found
        if visit.switched or not owns(problem, guest.person):
            return self._group(visit, guest, problem)
        hand, event = self.desk.hand, self.desk.room.event_id
        # What stood there when the page was shown and was left so is nobody's word: the desk may have changed it since.
        given = {
            name: visit.fields[name][:MOST_WORDS]
            for name in (*_WORDS, *_PROMISE)
            if name in visit.fields and visit.fields[name] != visit.fields.get(f"o_{name}")
        }
        changed = steps.change(hand, event, problem, {name: given[name] for name in _WORDS if name in given})
        drafts = [changed] if changed is not None else []
        promised = {name: visit.fields.get(name, "")[:MOST_WORDS] for name in _PROMISE}
        if not given.keys().isdisjoint(_PROMISE) and tidy(promised["what"]):
            words = {**promised, "who": guest.person.spoken, "due": _day(promised["due"])}
            drafts.append(steps.commit(hand, event, problem, words))
        return await self._write(visit, guest, drafts, self.desk.pages(visit).say(_SAVED))

    # -- pages -----------------------------------------------------------------------------------------------------------

    async def _write(self, visit: Visit, guest: Guest, drafts: Sequence[Draft], said: str) -> Answer:
        """Durable, then the page that says so."""
        if drafts:
            await self.desk.writer.append(drafts)
        problem = self.desk.room.popups.picture().of(guest.person.id)
        if problem is None:
            return self._list(visit, guest)
        return self._group(visit._replace(fields={}), guest, problem, said=said)

    def _slip(self) -> str:
        return self.desk.gate.slip(self.desk.hand.clock(), self.desk.hand.chance)

    def _same_slip(self, visit: Visit) -> str:
        """That of the form, where it is good: a form that is put right stays the same form."""
        given = visit.fields.get("b", "")
        return given if self.desk.gate.check_slip(given, self.desk.hand.clock()) is not None else self._slip()

    def _list(self, visit: Visit, guest: Guest) -> Answer:
        picture, pages = self.desk.room.popups.picture(), self.desk.pages(visit)
        mine = picture.where.get(guest.person.id, "")
        return Answer(pages.after("popup", list_sheet(picture, mine, guest.ticket, guest.person.id, PLACE)))

    def _group(
        self, visit: Visit, guest: Guest, problem: Problem, *, said: str = "", fault: str = "", status: int = 200
    ) -> Answer:
        pages, asked = self.desk.pages(visit), problem.open_round
        number, cookie = self._slip(), ""
        if asked is not None and asked.kind == "vote" and not asked.named:
            number, cookie = self.numbers.of(visit, guest.person.id, asked.id)
        sheet = group_sheet(pages, problem, guest.person, guest.ticket, number, values=visit.fields)
        sheet |= {"said": said, "fault": pages.say(fault, dots=asked.dots if asked else 0) if fault else ""}
        return Answer(pages.after("popup_group", sheet), status, cookie=cookie)


def owns(problem: Problem, person: Person) -> bool:
    """Whether it is their problem: they brought it by phone."""
    return any(one.person == person.id and one.how == "owner" for one in problem.members)


def _someone(person: Person) -> Member:
    return Member(person.id, person.school, person.role)


def _key(number: str, text: str) -> str:
    """Where one line of a form lies in the box: the same line of the same form is one idea."""
    return hashlib.sha256(f"{number} {text}".encode("utf-8", "replace")).hexdigest()[:32]


def _times(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0


def _day(text: str) -> str:
    """A day as 2026-12-20 where it can be read, else the words."""
    found = parse_day(tidy(text))
    return found.isoformat() if found is not None else plain(tidy(text))[:MOST_LETTERS]
