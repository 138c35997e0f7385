"""A problem bank for the desk's tests: what was brought and promised at POP-ups some weeks before today."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from plfacilitate.core.popup.picture import Problem
from plfacilitate.core.problems.bank import Bank, Row
from plfacilitate.core.problems.values import Then, Tried
from plfacilitate.steps import popup as steps
from plfacilitate.steps import problems
from plfacilitate.steps.events import read_event
from plfacilitate.steps.problem_bank import read_bank
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots
from tests.front.desk.day import DAY, Day, busy_day

SCHOOLS = ("Lakeridge", "Dimmitt", "Campbell Hill")


def now(day: Day) -> Bank:
    """The bank as the ledger has it."""
    return read_bank(day.ledger, day.around.today)


def first(day: Day, owner: str) -> Row:
    """The problem of this owner."""
    return next(row for row in now(day).rows if row.problem.owner == owner)


def brings(day: Day, owner: str, problem: str, *, school: str = "", promised: str = "", due: str = "") -> str:
    """A problem is brought at the day's event, and something promised where that is said; gives its id."""
    day.clock.forward(seconds=1)
    fields = {"owner": owner, "school": school, "problem": problem, "data": "3 of 28 spoke on Monday"}
    opened = day.ledger.append_one(steps.open_problem(day.hand(), day.event, fields)).id
    if promised:
        one = steps.read_popup(day.ledger, day.event).picture().problem(opened)
        assert one is not None
        words = {"who": owner, "what": promised, "first_step": "tell both classes", "due": due}
        day.ledger.append_one(steps.commit(day.hand(), day.event, one, words))
    return opened


def voted(day: Day, problem: str) -> None:
    """Its group gave ideas and put dots on them."""
    hand, event = day.hand(), day.event

    def at_work() -> Problem:
        found = steps.read_popup(day.ledger, event).picture().problem(problem)
        assert found is not None
        return found

    for text in ("Write first, then talk", "Wait seven seconds", "A stick that goes round"):
        day.ledger.append_one(steps.idea(hand, event, problem, text))
    vote = day.ledger.append_one(steps.begin_round(hand, read_event(day.ledger, event), at_work(), "vote")).id
    best, second, _ = (idea.id for idea in at_work().ideas)
    ballots = [Ballot(vote, f"{at:032x}", {"dots": dots}) for at, dots in enumerate([[best], [best, second], [best]])]
    assert all(cast_ballots(box_of(day.ledger.path), ballots))
    steps.end_round(day.ledger, hand, event, at_work(), "vote")


def bank_day(folder: Path, *, many: int = 3) -> Day:
    """The busy morning, after a POP-up four weeks before: one promise overdue, one due, one problem without any."""
    day = busy_day(folder)
    today, back = day.event, DAY - timedelta(weeks=4)
    day.clock.set(day.moment("9:00") - timedelta(weeks=4))
    day.schedule("s2", back)
    if many:
        talk = brings(day, "Ana Ruiz", "Talk dries up after ten minutes", school="Lakeridge",
                      promised="pairs write before anybody speaks", due="2023-12-04")  # fmt: skip
        voted(day, talk)
        brings(day, "Bo Lind", "Homework comes late or not at all", school="Dimmitt",
               promised="ask five families what the evening looks like", due="2023-12-08")  # fmt: skip
        brings(day, "Siobhán O'Leary", "Nobody asks a question", school="Campbell Hill")
    drafts = []
    for number in range(3, many):
        fields = {
            "owner": f"Person {number}",
            "school": SCHOOLS[number % 3],
            "problem": f"Problem {number}",
            "data": "",
        }
        opened = day.hand().draft("popup-opened", event=day.event, body={**fields, "segment": ""})
        words = {"who": f"Person {number}", "what": f"try {number}", "first_step": "", "due": "2024-01-10"}
        drafts += [opened, day.hand().draft("commitment", event=day.event, body={"popup": opened.id, **words})]
    day.ledger.append(drafts)
    day.event = today
    day.at("10:42")
    return day


def heard(day: Day, owner: str, tried: Tried, then: Then, happened: str) -> None:
    """What became of the promise of this owner."""
    promise = problems.the_promise(first(day, owner))
    said = problems.Heard(tried, happened, then, owner)
    day.ledger.append_one(problems.follow_up(day.hand(), promise, said, DAY, today=DAY))


def later(day: Day, owner: str) -> None:
    """The problem of this owner is open again at the day's event."""
    day.ledger.append(problems.bring_back(day.hand(), now(day), first(day, owner), day.event))
