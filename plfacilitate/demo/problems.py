"""The demo's problems of practice of the weeks before: what was promised at past sessions, and what was heard since.

Owns the two problems and their history. Written while their sessions are still open, so that they travel with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plfacilitate.core.entry import Draft
from plfacilitate.steps import popup, problems
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.events import read_event
from plfacilitate.steps.problem_bank import find_problem, read_bank
from plfacilitate.steps.problems import Heard
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

_WORDS = {"owner", "school", "problem", "data"}
TALK: Mapping[str, str] = {
    "owner": "Hodan Abdi", "school": "Showalter Middle School",
    "problem": "In table talk the same three voices carry every group.",
    "data": "In a tally of two lessons, 9 of 27 students said nothing at all.",
    "how_might_we": "How might we make it normal that everybody speaks once before anybody speaks twice?",
    "test": "For one week each table begins with a minute of writing, then goes round once.",
}  # fmt: skip
FEEDBACK: Mapping[str, str] = {
    "owner": "Samuel Reed", "school": "Campbell Hill Elementary",
    "problem": "Students collect feedback on drafts and hand in the draft as it was.",
    "data": "11 of 30 second drafts differ from the first by more than a sentence.",
    "how_might_we": "How might we make using feedback part of the work, not an extra?",
    "test": "Hand in the draft together with one line: what I changed, and why.",
}  # fmt: skip
IDEAS = ("A minute of writing first", "Talking chips", "The quietest one reports", "Pairs before tables")
DOTS = ((0, 3), (0, 2), (0, 3), (3,))


@dataclass(frozen=True, slots=True)
class EarlierProblems:
    """What is written of them; each method of one past session."""

    ledger: Ledger
    around: Surroundings

    def talk(self, event: str, people: Sequence[str]) -> None:
        """Eight weeks ago: ideas with dots, a promise that was tried in part, and is asked after again: overdue by now."""
        hand = self.hand(self.ended(event))
        one = self.brought(hand, event, TALK)
        written(self.ledger.append(list(self.voted(hand, event, one, people))))
        due = self.day(-40)
        self.promised(hand, event, one, "Try the minute of writing at two tables", "Cards on the tables on Monday", due)
        row = find_problem(read_bank(self.ledger, self.around.today), one)
        heard = Heard(
            "partly", "It went well at one table; the other skipped the writing.", who="Hodan Abdi", due=self.day(-6)
        )
        then = self.around.today - timedelta(days=33)
        late = self.hand(self.around.clock() - timedelta(days=33))
        written(
            self.ledger.append(
                [
                    problems.file_under(late, row, theme="Student talk", attribute="flexible-learning-environments"),
                    problems.add_resource(
                        late, row, "Sentence starters, a card for each table", "shelf 2 of the library"
                    ),
                    problems.follow_up(late, problems.the_promise(row), heard, then, today=self.around.today),
                ]
            )
        )

    def feedback(self, event: str) -> None:
        """Four weeks ago: promised, and due in a few days."""
        hand = self.hand(self.ended(event))
        one = self.brought(hand, event, FEEDBACK)
        self.promised(
            hand, event, one, "Ask for the line with the next two drafts", "Change the cover sheet", self.day(4)
        )
        row = find_problem(read_bank(self.ledger, self.around.today), one)
        written(self.ledger.append([problems.file_under(hand, row, theme="Feedback")]))

    def hand(self, moment: datetime) -> Hand:
        """Who wrote at that moment."""
        return Hand(self.around.by, "facilitator", lambda: moment, self.around.chance)

    def ended(self, event: str) -> datetime:
        """Shortly before the end of a session."""
        return read_event(self.ledger, event).ends_at - timedelta(minutes=20)

    def day(self, days: int) -> str:
        """A day so many days from today."""
        return (self.around.today + timedelta(days=days)).isoformat()

    def brought(self, hand: Hand, event: str, words: Mapping[str, str]) -> str:
        """A problem with its sentence and its test; gives its id."""
        opened = popup.open_problem(hand, event, {name: words[name] for name in _WORDS})
        said = {name: words[name] for name in words if name not in _WORDS}
        changed = hand.draft("popup-changed", event=event, body={"popup": opened.id, "fields": said})
        written(self.ledger.append([opened, changed]))
        return opened.id

    def voted(self, hand: Hand, event: str, one: str, people: Sequence[str]) -> Iterator[Draft]:
        """Ideas that were typed at the desk, and a vote with names that is over."""
        ideas = [popup.idea(hand, event, one, text) for text in IDEAS]
        yield from ideas
        options = [{"id": idea.id, "text": text} for idea, text in zip(ideas, IDEAS, strict=True)]
        body = {"popup": one, "round": "vote", "named": True, "dots": 2, "options": options, "stacking": False}
        yield (begun := hand.draft("popup-round", event=event, body=body))
        for person, dots in zip(people, DOTS, strict=False):
            given = {"popup": one, "round": begun.id, "dots": [ideas[dot].id for dot in dots]}
            yield hand.draft("popup-vote", event=event, person=person, body=given)
        yield hand.draft(
            "popup-counted", event=event, body={"popup": one, "round": begun.id, "ballots": 0, "counts": {}}
        )

    def promised(self, hand: Hand, event: str, one: str, what: str, first_step: str, due: str) -> None:
        """The owner's commitment."""
        problem = popup.read_popup(self.ledger, event).picture().problem(one)
        assert problem is not None, "it was brought a moment ago"
        words = {"who": problem.owner, "what": what, "first_step": first_step, "due": due}
        written(self.ledger.append([popup.commit(hand, event, problem, words)]))
