"""POP-ups written down: rounds that are counted once, in whatever moment they were stopped, and leave no trace in the box."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plfacilitate.core import parcels
from plfacilitate.core.entry import HOURS_KINDS, KINDS, PROGRAMME_KINDS
from plfacilitate.core.plan import Plan, PopupRules
from plfacilitate.core.popup.fold import POPUP_KINDS
from plfacilitate.core.popup.picture import Problem
from plfacilitate.core.refusal import Refused
from plfacilitate.steps import popup as steps
from plfacilitate.steps import rounds
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import (
    Schedule,
    close_event,
    open_event,
    read_event,
    read_fold,
    schedule_event,
)
from plfacilitate.steps.pack_popup import popup_parts
from plfacilitate.steps.review_rounds import still_asked
from plfacilitate.steps.rounds import check_may_take_back
from plfacilitate.store import ballots
from plfacilitate.store.ballots import Ballot, Fate, box_of, cast_ballots, draw, lying
from plfacilitate.store.ledger import Ledger
from tests.front.door.day import OFFICE, plan, surroundings
from tests.played import Chance, Clock


class Table:
    """One laptop with an open event and one problem."""

    def __init__(self, folder: Path, of: Plan) -> None:
        around = surroundings(folder, Clock(datetime(2023, 12, 6, 20, 0, tzinfo=UTC)), Chance())
        self.ledger: Ledger = around.open_ledger()
        self.hand = Hand("facilitator", "facilitator", around.clock, around.chance)
        self.event = schedule_event(
            self.ledger, self.hand, of, OFFICE, Schedule("s1", date(2023, 12, 6), "UTC", "Here")
        )
        open_event(self.ledger, self.hand, read_event(self.ledger, self.event), of, OFFICE)
        fields = {"owner": "Ana", "problem": "Talk dries up", "data": "3 of 28"}
        self.ledger.append_one(steps.open_problem(self.hand, self.event, fields))
        self.box = box_of(self.ledger.path)

    @property
    def problem(self) -> Problem:
        """As it stands."""
        return steps.read_popup(self.ledger, self.event).picture().problems[0]

    def begin(self, kind: str) -> str:
        """Phones are asked; the round's id."""
        event = read_event(self.ledger, self.event)
        return self.ledger.append_one(steps.begin_round(self.hand, event, self.problem, kind)).id  # type: ignore[arg-type]  # ideas or vote

    def end(self, kind: str) -> Problem:
        """And not any more."""
        steps.end_round(self.ledger, self.hand, self.event, self.problem, kind)  # type: ignore[arg-type]  # ideas or vote
        return self.problem

    def give(self, asked: str, *ideas: str) -> list[Fate]:
        """Ideas without names."""
        return cast_ballots(self.box, [Ballot(asked, f"{at:032x}", {"idea": text}) for at, text in enumerate(ideas)])


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Without names."""
    return Table(tmp_path, replace(plan(), popup=PopupRules()))


def test_ideas_are_counted_once_and_the_box_is_gone_with_the_event(table: Table) -> None:
    """Sorted, one entry; what is left in the file afterwards is nothing, and then not even the file."""
    asked = table.begin("ideas")
    assert table.give(asked, "wait", "ask", "pairs") == ["in", "in", "in"]
    assert lying(table.box, [asked]) == {asked: 3}
    assert [idea.text for idea in table.end("ideas").ideas] == ["ask", "pairs", "wait"]
    assert lying(table.box, [asked]) == {}
    assert b"pairs" not in table.box.read_bytes()
    with pytest.raises(Refused, match="closed already"):
        table.end("ideas")
    close_event(table.ledger, table.hand, read_event(table.ledger, table.event))
    assert not table.box.exists()


def test_a_shut_box_takes_nothing_from_whichever_process(table: Table) -> None:
    """Whoever sent it is told so; other rounds go on."""
    asked = table.begin("ideas")
    table.end("ideas")
    later = table.begin("ideas")
    assert table.give(asked, "late") == ["shut"]
    assert table.give(later, "in time") == ["in"]
    assert [idea.text for idea in table.end("ideas").ideas] == ["in time"]


def test_a_count_that_was_stopped_is_done_again_and_is_one(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the entry, between the entry and the emptying, and after a close of the event: nothing twice, nothing lost."""
    asked = table.begin("ideas")
    table.give(asked, "a", "b")
    draw(table.box, asked)
    monkeypatch.setattr(rounds, "empty", lambda box, event: (_ for _ in ()).throw(OSError("pulled the plug")))
    with pytest.raises(OSError, match="plug"):
        table.end("ideas")
    monkeypatch.undo()
    assert lying(table.box, [asked]) == {asked: 2}
    close_event(table.ledger, table.hand, read_event(table.ledger, table.event))
    assert [idea.text for idea in table.problem.ideas] == ["a", "b"]
    assert not table.box.exists()


def test_a_round_that_nobody_closed_is_counted_when_the_event_closes(table: Table) -> None:
    """Ideas and dots alike."""
    asked = table.begin("ideas")
    table.give(asked, "a", "b", "c")
    close_event(table.ledger, table.hand, read_event(table.ledger, table.event))
    assert [idea.text for idea in table.problem.ideas] == ["a", "b", "c"]
    assert table.problem.open_round is None


def test_a_newer_vote_replaces_one_that_was_not_counted(table: Table) -> None:
    """By its number; the count says nothing of who."""
    asked = table.begin("ideas")
    table.give(asked, "a", "b", "c")
    table.end("ideas")
    vote = table.begin("vote")
    ids = {option.text: option.id for option in table.problem.vote.options}  # type: ignore[union-attr]  # it was begun
    for dots in (["a"], ["b", "c"]):
        cast_ballots(table.box, [Ballot(vote, "f" * 32, {"dots": [ids[one] for one in dots]}, again=True)])
    over = table.end("vote").vote
    assert over is not None
    assert ([option.dots for option in over.options], over.ballots) == ([0, 1, 1], 1)
    (_, counted) = table.ledger.entries(event=table.event, kinds=("popup-counted",))
    assert json.loads(counted.content or b"")["person"] is None


def test_the_box_knows_nothing_but_the_round_a_random_number_and_the_words(table: Table) -> None:
    """Its columns, also of what says that a round is shut."""
    asked = table.begin("ideas")
    table.give(asked, "a")
    with ballots._opened(table.box) as connection:
        assert [row[1] for row in connection.execute("PRAGMA table_info(ballot)")] == [
            "event",
            "key",
            "batch",
            "answers",
        ]
        assert [row[1] for row in connection.execute("PRAGMA table_info(shut)")] == ["event"]


def test_what_a_plan_says_of_names_holds_for_the_rounds_that_begin(tmp_path: Path) -> None:
    """And a plan that says nothing asks for none."""
    for of, named in ((replace(plan(), popup=PopupRules(names=True)), True), (plan(), False)):
        table = Table(tmp_path / str(named), of)
        table.begin("ideas")
        assert table.problem.ideas_round is not None
        assert table.problem.ideas_round.named is named


def test_two_rounds_at_once_and_dots_on_nothing_are_refused(table: Table) -> None:
    """Each in a sentence."""
    with pytest.raises(Refused, match="ideas first"):
        table.begin("vote")
    table.begin("ideas")
    with pytest.raises(Refused, match="close that first"):
        table.begin("ideas")


def test_what_phones_gave_is_not_lost_by_taking_its_round_back(table: Table) -> None:
    """A round with nothing in the box may go; of one with something it is said to close it."""
    asked = table.begin("ideas")
    begun = [table.ledger.entry(asked)]
    check_may_take_back(table.ledger, [one for one in begun if one is not None])
    table.give(asked, "a")
    with pytest.raises(Refused, match="close it instead"):
        check_may_take_back(table.ledger, [one for one in begun if one is not None])


def test_a_vote_has_as_many_options_as_a_phone_can_compare(table: Table) -> None:
    """Forty; more have to be clustered; a long idea is cut as an option and stays whole as an idea."""
    asked = table.begin("ideas")
    table.give(asked, "x" * 5_000, *(f"idea {at}" for at in range(40)))
    ideas = table.end("ideas").ideas
    with pytest.raises(Refused, match="clusters first"):
        table.begin("vote")
    table.ledger.append_one(
        steps.cluster(table.hand, table.event, table.problem.id, "Two", [one.id for one in ideas[:2]])
    )
    table.begin("vote")
    assert table.problem.vote is not None
    assert max(len(option.text) for option in table.problem.vote.options) == 200
    assert max(len(one.text) for one in table.problem.ideas) == 5_000


def test_a_problem_needs_words_and_a_commitment_too(table: Table) -> None:
    """Nothing is written otherwise; what says the same is no change."""
    with pytest.raises(Refused, match="whose problem"):
        steps.open_problem(table.hand, table.event, {"owner": "Ana", "problem": " "})
    with pytest.raises(Refused, match="whose problem"):
        steps.change(table.hand, table.event, table.problem, {"problem": ""})
    with pytest.raises(Refused, match="whose problem"):
        steps.commit(table.hand, table.event, table.problem, {"who": "Ana", "what": " "})
    assert steps.change(table.hand, table.event, table.problem, {"owner": " Ana "}) is None


def test_popups_travel_in_the_programme_parcel_only(table: Table) -> None:
    """No kind of theirs in the hours parcel, every one in the other; the tables hold ideas with cluster and dots."""
    mine = {kind for kind in KINDS if kind.startswith("popup")} | {"commitment"}
    assert mine <= PROGRAMME_KINDS
    assert mine.isdisjoint(HOURS_KINDS)
    assert mine <= POPUP_KINDS
    asked = table.begin("ideas")
    table.give(asked, "=1+1", "b", "c")
    ideas = table.end("ideas").ideas
    table.ledger.append_one(
        steps.cluster(table.hand, table.event, table.problem.id, "Both", [ideas[0].id, ideas[1].id])
    )
    vote = table.begin("vote")
    option = table.problem.vote.options[0].id  # type: ignore[union-attr]  # it was begun
    cast_ballots(table.box, [Ballot(vote, "f" * 32, {"dots": [option]})])
    table.end("vote")
    table.ledger.append_one(steps.commit(table.hand, table.event, table.problem, {"who": "Ana", "what": "Both"}))
    fold, picture = read_fold(table.ledger, table.event), steps.read_popup(table.ledger, table.event).picture()
    assert [row[2:] for row in parcels.popup_ideas(fold, picture)] == [
        ("=1+1", "", "Both", 1), ("b", "", "Both", 1), ("c", "", "", 0),
    ]  # fmt: skip
    assert [row[5:] for row in parcels.popup_groups(fold, picture)] == [(0, 1)]
    assert [row[2:4] for row in parcels.commitments(fold, picture)] == [("Ana", "Both")]
    assert len(list(popup_parts(fold, picture))) == 2


def test_rounds_that_are_open_are_named_before_the_doors_close(table: Table) -> None:
    """Ideas while phones give them, nothing once they are counted."""
    assert still_asked(table.ledger, table.event) == ()
    table.begin("ideas")
    assert still_asked(table.ledger, table.event) == ("ideas",)
    table.end("ideas")
    assert still_asked(table.ledger, table.event) == ()
