"""Names are taken out of a POP-up and of a protocol that was led: nothing of them is left, all else stands as it stood."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from plfacilitate.core.popup.picture import PopupPicture, Problem
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.run import Run
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import popup as steps
from plfacilitate.steps import run as running
from plfacilitate.steps.capture import note, undo
from plfacilitate.steps.events import read_event
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.popup import read_popup
from plfacilitate.steps.problem_bank import read_bank
from plfacilitate.steps.run import read_runs
from plfacilitate.steps.unname import Taken, names_noted, take_names_out
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots
from plfacilitate.store.ledger import Ledger
from tests.laptops import Laptop
from tests.played import Clock
from tests.steps.test_unname import on_disk

NAMES = {"Xiomara": "S1", "Vandermolen": "the teacher"}


def now(ledger: Ledger, event: str) -> Problem:
    """The first problem as it stands."""
    return read_popup(ledger, event).picture().problems[0]


def gave(ledger: Ledger, asked: str, *answers: dict[str, object]) -> None:
    """Phones put this into the box, without names."""
    ballots = [Ballot(asked, f"{at:032x}", answer) for at, answer in enumerate(answers)]  # type: ignore[arg-type]  # ideas or dots
    assert set(cast_ballots(box_of(ledger.path), ballots)) == {"in"}


def held(laptop: Laptop, clock: Clock) -> str:
    """A POP-up from the open call to the commitment, and a led protocol, with two names in every kind of text."""
    event = laptop.opened()
    clock.set("2023-12-06T09:00:00-08:00")
    hand = laptop.hand()
    with closing(laptop.ledger()) as ledger:

        def write(*drafts: object) -> str:
            clock.forward(minutes=1)
            return next(one.entry.id for one in ledger.append(drafts) if one.entry is not None)  # type: ignore[arg-type]  # drafts

        fields = {"owner": "Ana Ruiz", "school": "Dimmitt", "problem": "Then Xiomara stops talking", "data": "3 of 28"}
        problem = write(steps.open_problem(hand, event, fields))
        write(steps.join(hand, event, "p1", problem, "choice"))
        changed = steps.change(hand, event, now(ledger, event), {"data": "Ms. Vandermolen counted 3 of 28"})
        assert changed is not None
        write(changed)
        again = steps.change(
            hand, event, now(ledger, event), {"how_might_we": "How might we hear all?", "data": "3 of 27"}
        )
        assert again is not None
        write(again)
        one = read_event(ledger, event)
        asked = write(steps.begin_round(hand, one, now(ledger, event), "ideas"))
        gave(ledger, asked, {"idea": "ask Xiomara first"}, {"idea": "wait"})
        steps.end_round(ledger, hand, event, now(ledger, event), "ideas")
        write(steps.idea(hand, event, problem, "seat Xiomara in front", person="p1", who="Ana Ruiz"))
        ideas = {idea.text: idea.id for idea in now(ledger, event).ideas}
        write(steps.cluster(hand, event, problem, "What Xiomara needs", [ideas["ask Xiomara first"], ideas["wait"]]))
        write(steps.cluster(hand, event, problem, "Time", [ideas["wait"]]))
        asked = write(steps.begin_round(hand, one, now(ledger, event), "vote"))
        options = {option.text: option.id for option in (now(ledger, event).vote or pytest.fail("no vote")).options}
        dots = [options["What Xiomara needs"], options["Time"]]
        gave(ledger, asked, {"dots": dots}, {"dots": dots[:1]})
        steps.end_round(ledger, hand, event, now(ledger, event), "vote")
        words = {"who": "Ana Ruiz", "what": "call Xiomara", "first_step": "ask Vandermolen", "due": "2023-12-20"}
        promise = write(steps.commit(hand, event, now(ledger, event), words))
        write(
            hand.draft(
                "commitment-settled", body={"cohort": "", "popup": promise, "kept": True, "note": "Xiomara talks"}
            )
        )
        write(running.begin(hand, event, find_protocol("troika", Path("/nowhere"))))
        (run,) = read_runs(ledger, event).runs
        write(*running.capture(hand, run, "as Xiomara says", kind="question", group=1, place=run.places[0]))
        write(*running.capture(hand, run, "walk with Xiomara", kind="commitment", place=run.places[1]))
        write(note(hand, event, "Thank Vandermolen by mail"))
        taken_back = ledger.entry(write(note(hand, event, "Xiomara once more")))
        assert taken_back is not None
        write(undo(hand, taken_back))
    return event


def looked_at(laptop: Laptop, event: str) -> tuple[PopupPicture, Run, list[tuple[str, str, str]]]:
    """What POP-up, led protocol and bank show."""
    with closing(laptop.ledger(readonly=True)) as ledger:
        (run,) = read_runs(ledger, event).runs
        bank = [
            (one.id, one.what, one.followed[0].happened if one.followed else "")
            for row in read_bank(ledger, laptop.played().date()).rows
            for one in row.problem.promises
        ]
        return read_popup(ledger, event).picture(), run, bank


def take_out(laptop: Laptop, event: str, changes: dict[str, str] | None = None, *, owners: bool = False) -> Taken:
    """The names go."""
    with closing(laptop.ledger()) as ledger:
        changes = NAMES if changes is None else changes
        return take_names_out(ledger, laptop.workspace, laptop.hand(), event, changes, owners=owners)


def test_they_are_listed_with_where_they_stand(laptop: Laptop, clock: Clock) -> None:
    """Owners are meant to be named, and the words of the led protocol are no names."""
    event = held(laptop, clock)
    with closing(laptop.ledger(readonly=True)) as ledger:
        found = {one.name: one for one in names_noted(ledger, read_visit(ledger, event))}
    assert {name for name, one in found.items() if one.sure} == {"Xiomara", "Vandermolen"}
    assert found["Xiomara"].times == 11
    assert found["Vandermolen"].proposed == "the teacher"
    assert not {"Ana", "Ruiz", "Dimmitt"} & found.keys()


def test_nothing_of_a_name_is_left_and_all_else_stands(laptop: Laptop, clock: Clock) -> None:
    """Problem, members, rounds with their dots, clusters, promise and what was heard of it: by the same ids as before."""
    event = held(laptop, clock)
    before, run, promised = looked_at(laptop, event)
    taken = take_out(laptop, event)
    assert taken.left == {}
    said = on_disk(laptop.workspace.root)
    assert [name for name in NAMES if name in said] == []
    after, run_after, promised_after = looked_at(laptop, event)
    (one,), (was,) = after.problems, before.problems
    assert (one.id, one.owner, one.school, one.members, one.data, one.how_might_we) == (
        was.id, "Ana Ruiz", "Dimmitt", was.members, "3 of 27", "How might we hear all?",
    )  # fmt: skip
    assert one.problem == "Then S1 stops talking"
    assert after.where == before.where
    assert [(each.id, each.name, [(idea.id, idea.text, idea.who) for idea in each.ideas]) for each in one.clusters] == [
        (each.id, renamed(each.name), [(idea.id, renamed(idea.text), idea.who) for idea in each.ideas])
        for each in was.clusters
    ]
    assert [(idea.id, idea.text, idea.who) for idea in one.loose] == [
        (idea.id, renamed(idea.text), idea.who) for idea in was.loose
    ]
    assert one.vote is not None
    assert was.vote is not None
    assert (one.vote.id, one.vote.ballots) == (was.vote.id, 2)
    assert [(each.id, each.text, each.dots) for each in one.vote.options] == [
        (each.id, renamed(each.text), each.dots) for each in was.vote.options
    ]
    (kept,) = one.commitments
    assert (kept.root, kept.who, kept.what, kept.first_step) == (
        was.commitments[0].root,
        "Ana Ruiz",
        "call S1",
        "ask the teacher",
    )
    assert [(line.kind, line.text, line.at, line.group) for line in run_after.captured] == [
        (line.kind, renamed(line.text), line.at, line.group) for line in run.captured
    ]
    assert promised_after == [(root, renamed(what), renamed(heard)) for root, what, heard in promised]
    assert len(promised_after) == 2


def renamed(text: str) -> str:
    """As it reads without the two names."""
    return text.replace("Xiomara", "S1").replace("Vandermolen", "the teacher")


def test_another_laptop_that_receives_the_erasure_shows_the_same(laptop: Laptop, clock: Clock, laptops: object) -> None:
    """It had all of it with the names; afterwards it has the words that stand instead, and nothing twice."""
    event = held(laptop, clock)
    other = laptops("other")  # type: ignore[operator]  # the fixture makes laptops
    other.do("receive", laptop.workspace.ledger)
    take_out(laptop, event)
    other.do("receive", laptop.workspace.ledger)
    assert looked_at(other, event) == looked_at(laptop, event)
    assert "Xiomara" not in on_disk(other.workspace.root)


def test_taken_out_once_more_and_gone_on_with(laptop: Laptop, clock: Clock) -> None:
    """What stands instead can be replaced again, and a cluster, a commitment and a line can be changed afterwards."""
    event = held(laptop, clock)
    take_out(laptop, event)
    take_out(laptop, event, {"S1": "a student"})
    before = looked_at(laptop, event)[0].problems[0]
    assert before.problem == "Then a student stops talking"
    with closing(laptop.ledger()) as ledger:
        fold = read_popup(ledger, event)
        one = fold.picture().problems[0]
        ledger.append_one(steps.add_to_cluster(laptop.hand(), fold, one, one.clusters[0].id, "Needs", []))
        ledger.append_one(steps.commit(laptop.hand(), event, one, {"who": "Ana Ruiz", "what": "write"}))
    one = looked_at(laptop, event)[0].problems[0]
    assert {each.name for each in one.clusters} == {"Needs", "Time"}
    assert [(each.what, each.root) for each in one.commitments] == [("write", before.commitments[0].root)]


def test_an_owner_is_named_until_somebody_asks(laptop: Laptop, clock: Clock) -> None:
    """Whose problem, idea and promise it is stays with the field's name; asked for, it goes too."""
    event = held(laptop, clock)
    with pytest.raises(Refused, match="Ruiz"):
        take_out(laptop, event, {"Ana Ruiz": "A."})
    take_out(laptop, event, {"Ana Ruiz": "A."}, owners=True)
    one = looked_at(laptop, event)[0].problems[0]
    assert (one.owner, one.commitments[0].who) == ("A.", "A.")
    assert {idea.who for idea in one.ideas} == {"", "A."}
    assert "Ana Ruiz" not in on_disk(laptop.workspace.root)
