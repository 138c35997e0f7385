"""One POP-up led from two laptops, each with a door and a box of its own: brought together both ways, it is one picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing

import pytest

from plfacilitate.core.entry import Draft
from plfacilitate.core.popup.picture import PopupPicture, Problem
from plfacilitate.steps import popup as steps
from plfacilitate.steps.capture import undo
from plfacilitate.steps.events import read_event
from plfacilitate.steps.popup import read_popup
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots, lying
from plfacilitate.store.ledger import Ledger
from tests.laptops import Laptop
from tests.played import Clock

Laptops = Callable[[str], Laptop]


class Table:
    """One laptop of the two, and what is done at it."""

    def __init__(self, laptop: Laptop, event: str, clock: Clock) -> None:
        self.laptop, self.event, self.clock = laptop, event, clock
        self.hand = laptop.hand()

    def write(self, *what: Callable[[Ledger], Draft | Iterable[Draft]]) -> str:
        """Write it down, one thing a minute; the id of the last."""
        with closing(self.laptop.ledger()) as ledger:
            for one in what:
                self.clock.forward(minutes=1)
                made = one(ledger)
                outcomes = ledger.append([made] if isinstance(made, Draft) else list(made))
        (*_, last) = (one.entry.id for one in outcomes if one.entry is not None)
        return last

    @property
    def picture(self) -> PopupPicture:
        """All problems, as this laptop knows them."""
        with closing(self.laptop.ledger(readonly=True)) as ledger:
            return read_popup(ledger, self.event).picture()

    def problem(self, owner: str) -> Problem:
        """Somebody's problem, as this laptop knows it."""
        return next(one for one in self.picture.problems if one.owner == owner)

    def ask(self, owner: str, kind: str) -> str:
        """Phones of the group are asked; the round."""
        one = self.problem(owner)
        return self.write(lambda ledger: steps.begin_round(self.hand, read_event(ledger, self.event), one, kind))  # type: ignore[arg-type]  # ideas or vote

    def phones(self, asked: str, *answers: Mapping[str, list[str] | str]) -> None:
        """Phones at this laptop's door put this into its box."""
        ballots = [Ballot(asked, f"{at:031x}{self.laptop.name[0]}", one) for at, one in enumerate(answers)]
        with closing(self.laptop.ledger(readonly=True)) as ledger:
            assert set(cast_ballots(box_of(ledger.path), ballots)) == {"in"}

    def count(self, owner: str, kind: str) -> None:
        """The round is over here."""
        with closing(self.laptop.ledger()) as ledger:
            self.clock.forward(minutes=1)
            steps.end_round(ledger, self.hand, self.event, self.problem(owner), kind)  # type: ignore[arg-type]  # ideas or vote

    def close(self) -> None:
        """The event is closed here: whatever lies in the box is counted."""
        self.laptop.do("event", "close", self.event)

    def receive(self, other: Table) -> None:
        """Take the other's ledger in."""
        self.laptop.json("receive", other.laptop.workspace.ledger)


@pytest.fixture
def tables(laptops: Laptops, clock: Clock) -> tuple[Table, Table]:
    """Two laptops that opened the same event without ever having met."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    assert two.opened() == event
    clock.set("2023-12-06T09:00:00-08:00")
    return Table(one, event, clock), Table(two, event, clock)


def brings(table: Table, owner: str, problem: str) -> str:
    """Somebody brings a problem at this laptop."""
    fields = {"owner": owner, "problem": problem, "data": "3 of 28"}
    return table.write(lambda _: steps.open_problem(table.hand, table.event, fields))


def together(one: Table, two: Table) -> PopupPicture:
    """Both take in the other's ledger; what both show then, which taking in once more does not change."""
    two.receive(one)
    one.receive(two)
    two.receive(one)
    assert one.picture == two.picture
    return one.picture


def test_a_popup_led_from_two_laptops_is_one_picture(tables: tuple[Table, Table]) -> None:
    """Problems, joins, ideas in two boxes, clusters, dots and promises of both; in whatever order they are brought together."""
    one, two = tables
    ana, bo = brings(one, "Ana", "Talk dries up"), brings(two, "Bo", "Homework is late")
    one.write(lambda _: steps.join(one.hand, one.event, "lan", ana, "choice"))
    assert [each.owner for each in together(one, two).problems] == ["Ana", "Bo"]

    # Somebody changes over at the other laptop, later: the last word counts.
    two.write(lambda _: steps.join(two.hand, two.event, "lan", bo, "choice"))
    asked = one.ask("Ana", "ideas")
    two.receive(one)
    one.phones(asked, {"idea": "pairs first"}, {"idea": "ask them"})
    two.phones(asked, {"idea": "wait longer"})
    one.count("Ana", "ideas")
    two.count("Ana", "ideas")  # it has not heard yet that it is over
    found = together(one, two)
    assert found.where == {"lan": bo}
    talk = found.problems[0]
    assert sorted(idea.text for idea in talk.ideas) == ["ask them", "pairs first", "wait longer"]
    assert talk.ideas_round is not None
    assert (talk.ideas_round.open, talk.ideas_round.ballots) == (False, 3)

    # Both cluster at once, and both put the same idea somewhere: where it was put last it lies.
    ideas = {idea.text: idea.id for idea in talk.ideas}
    one.write(
        lambda _: steps.cluster(one.hand, one.event, ana, "Alone first", [ideas["pairs first"], ideas["ask them"]])
    )
    two.write(lambda _: steps.cluster(two.hand, two.event, ana, "Time", [ideas["wait longer"], ideas["ask them"]]))
    clusters = {each.name: sorted(idea.text for idea in each.ideas) for each in together(one, two).problems[0].clusters}
    assert clusters == {"Alone first": ["pairs first"], "Time": ["ask them", "wait longer"]}

    vote = two.ask("Ana", "vote")
    one.receive(two)
    (first, second) = (option.id for option in (two.problem("Ana").vote or pytest.fail("no vote")).options)
    one.phones(vote, {"dots": [first, second]}, {"dots": [first]})
    two.phones(vote, {"dots": [second]})
    assert together(one, two).problems[0].vote == one.problem("Ana").vote
    two.count("Ana", "vote")
    one.receive(two)  # now it is over here too, and two votes lie in the box still
    assert lying(box_of(one.laptop.workspace.ledger), [vote]) == {vote: 2}
    one.close()
    two.receive(one)
    counted = together(one, two).problems[0].vote
    assert counted is not None
    assert (counted.ballots, [option.dots for option in counted.options]) == (3, [2, 2])
    assert lying(box_of(one.laptop.workspace.ledger), [vote]) == {}


def test_words_of_both_stand_and_an_undo_of_one_holds_on_both(tables: tuple[Table, Table]) -> None:
    """Another word for the problem on each, a promise on each, one of them taken back on the laptop that did not write it."""
    one, two = tables
    brings(one, "Ana", "Talk dries up")
    two.receive(one)
    for table, words in ((one, {"how_might_we": "How might we hear all?"}), (two, {"test": "Pairs for a week"})):
        changed = steps.change(table.hand, table.event, table.problem("Ana"), words)
        assert changed is not None
        table.write(lambda _, draft=changed: draft)  # type: ignore[misc]  # the draft of this turn
        promised = {"who": "Ana", "what": f"try it at {table.laptop.name}"}
        table.write(lambda _, at=table, said=promised: steps.commit(at.hand, at.event, at.problem("Ana"), said))  # type: ignore[misc]  # of this turn
    (problem,) = together(one, two).problems
    assert (problem.how_might_we, problem.test) == ("How might we hear all?", "Pairs for a week")
    assert [each.what for each in problem.commitments] == ["try it at one", "try it at two"]

    def takes_back(ledger: Ledger) -> Draft:
        promise = ledger.entry(problem.commitments[0].id)
        assert promise is not None
        return undo(two.hand, promise)

    two.write(takes_back)
    (problem,) = together(one, two).problems
    assert [each.what for each in problem.commitments] == ["try it at two"]
