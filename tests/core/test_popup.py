"""A POP-up folded out of its entries: what stands, what is hidden, in whatever order it came."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.grouping import Member
from plfacilitate.core.popup.dots import MOST_IDEA, dots_for, ideas_of, lawful
from plfacilitate.core.popup.fold import PopupFold
from plfacilitate.core.popup.picture import Problem
from plfacilitate.core.popup.placing import placed
from tests.core.entries import entry, undo
from tests.core.popups import (
    CLUSTER,
    IDEAS_BEGIN,
    IDEAS_END,
    OPENED,
    OPTIONS,
    PROMISE,
    SENTENCE,
    VOTE_BEGIN,
    VOTE_END,
    WHOLE,
    joined,
    picture,
)


def problem(*entries: Entry) -> Problem:
    """The first problem of these."""
    return picture(*entries).problems[0]


def test_a_whole_popup_stands_as_it_was_done() -> None:
    """Sentence, ideas in their clusters, dots, commitment."""
    one = problem(*WHOLE)
    assert (one.owner, one.data, one.how_might_we) == ("Ana Ruiz", "3 of 28 spoke", "How might we hear everybody?")
    assert [(each.name, [idea.text for idea in each.ideas]) for each in one.clusters] == [
        ("Before they speak", ["pairs first", "wait longer"])
    ]
    assert [idea.text for idea in one.loose] == ["ask them"]
    assert one.vote is not None
    assert [(option.text, option.dots) for option in one.vote.by_dots] == [
        ("Before they speak", 3),
        ("ask them", 1),
    ]
    assert one.commitments[0].due == "2023-12-20"
    assert one.open_round is None


@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_any_order_and_any_repetition_gives_the_same_picture(dice: random.Random, pieces: int) -> None:
    """Also where it comes piece by piece, with pictures between, an undo before what it takes back, and a join."""
    more = [
        joined("j1", "ann", "p", number=1),
        joined("j2", "ann", "q", at="18:06", number=2),
        undo("u", "m", at="18:31"),
    ]
    wanted = picture(*WHOLE, *more)
    shuffled = [*WHOLE, *more, *dice.sample(WHOLE, 3)]
    dice.shuffle(shuffled)
    fold = PopupFold("e")
    for at in range(pieces + 1):
        fold.apply(shuffled[at :: pieces + 1])
        fold.picture()
    assert fold.picture() == wanted


def test_dots_are_hidden_until_the_vote_is_counted() -> None:
    """Of an open vote one sees the options; of a named one how many voted."""
    begun = problem(OPENED, VOTE_BEGIN).vote
    assert begun is not None
    assert begun.open
    assert {option.dots for option in begun.options} == {None}
    named = entry("v", "popup-round", popup="p", round="vote", named=True, dots=2, options=OPTIONS)
    votes = [
        entry("v1", "popup-vote", at="18:20:10", person="ann", popup="p", round="v", dots=["k"], number=1),
        entry("v2", "popup-vote", at="18:20:20", person="ann", popup="p", round="v", dots=["c:0"], number=2),
        entry("v3", "popup-vote", at="18:20:15", person="bo", popup="p", round="v", dots=["c:0", "k"], number=3),
    ]
    hidden = problem(OPENED, named, *votes).vote
    assert hidden is not None
    assert (hidden.ballots, [option.dots for option in hidden.options]) == (2, [None, None])
    over = problem(OPENED, named, *votes, entry("w", "popup-counted", popup="p", round="v", ballots=0)).vote
    assert over is not None
    assert (over.ballots, [option.dots for option in over.options]) == (2, [1, 2])


def test_what_was_counted_stays_counted() -> None:
    """An undo of the count gives nobody's ballot back, so it changes nothing; an erasure does."""
    assert picture(*WHOLE, undo("u", "c")) == picture(*WHOLE)
    gone = problem(*WHOLE, entry("x", "erased", event=None, ids=["c"]))
    assert gone.ideas == ()
    assert gone.ideas_round is not None
    assert gone.ideas_round.open


def test_two_laptops_that_counted_one_round_add_up() -> None:
    """Each had a box of its own."""
    again = entry(
        "c2", "popup-counted", at="18:15", device="b", popup="p", round="r", ballots=2, ideas=["ask them", "sing"]
    )
    one = problem(OPENED, IDEAS_BEGIN, IDEAS_END, again)
    assert one.ideas_round is not None
    assert one.ideas_round.ballots == 5
    assert [idea.text for idea in one.ideas] == ["ask them", "pairs first", "wait longer", "ask them", "sing"]


def test_an_idea_lies_where_it_was_put_last() -> None:
    """Two clusters, one idea in both: the later has it; taken back, the earlier has it again."""
    later = entry("k2", "popup-cluster", at="18:17", number=2, popup="p", name="Other", ideas=["c:1", "c:0"])
    assert [(one.name, len(one.ideas)) for one in problem(*WHOLE, later).clusters] == [
        ("Before they speak", 1), ("Other", 2),
    ]  # fmt: skip
    assert problem(*WHOLE, later, undo("u", "k2")).clusters == problem(*WHOLE).clusters


def test_a_cluster_keeps_its_id_when_it_is_named_anew() -> None:
    """A vote that began before the new name counts for it."""
    renamed = entry("k2", "popup-cluster", at="18:40", replaces=("k",), popup="p", name="First alone", ideas=["c:1"])
    assert [(one.id, one.name) for one in problem(*WHOLE, renamed).clusters] == [("k", "First alone")]


def test_a_problem_that_was_opened_by_mistake_is_gone_with_who_joined_it() -> None:
    """And is there again when that is taken back."""
    ann = joined("j", "ann", "p")
    assert picture(OPENED, SENTENCE, ann, undo("u", "p")).problems == ()
    assert picture(OPENED, SENTENCE, ann, undo("u", "p")).where == {}
    assert picture(OPENED, SENTENCE, ann, undo("u", "p"), undo("u2", "u")) == picture(OPENED, SENTENCE, ann)


def test_a_problem_said_anew_without_a_name_is_taken_back_by_the_id_of_its_first_words() -> None:
    """Also on a laptop that never saw these, and has shown the problem already."""
    fold = PopupFold("e")
    fold.apply([entry("x", "erased", event=None, ids=["p"]), OPENED._replace(id="p2", replaces=("p",))])
    assert [one.id for one in fold.picture().problems] == ["p"]
    fold.apply([undo("u", "p")])
    assert fold.picture().problems == ()


def test_a_person_works_on_one_problem_at_a_time() -> None:
    """The last word counts; on none is a word too; taken back, they are where they were."""
    one, two = joined("j1", "ann", "p", number=1), joined("j2", "ann", "q", at="18:05", number=2)
    found = picture(*WHOLE, one, two)
    assert found.where == {"ann": "q"}
    assert [len(each.members) for each in found.problems] == [0, 1]
    assert picture(*WHOLE, one, two, undo("u", "j2")).where == {"ann": "p"}
    assert picture(*WHOLE, one, joined("j3", "ann", "", at="18:07", number=3)).where == {}


def test_a_problem_that_was_written_down_in_one_piece_is_shown_beside_the_others() -> None:
    """As versions before wrote it, with its ideas and its commitment; its last version counts."""
    old = entry(
        "o", "popup", at="17:00", owner="Cy", problem="Noise", how_might_we="", ideas=["a", "b"],
        commitment={"what": "listen", "first_step": None, "who": "Cy", "due": "14 Dec"}, segment="Work",
    )  # fmt: skip
    new = entry("o2", "popup", at="17:05", number=2, replaces=("o",), owner="Cy", problem="Noise in the hall")
    found = picture(*WHOLE, old).problems[0]
    assert (found.taken_down, [idea.text for idea in found.ideas], found.commitments[0].due) == (
        True,
        ["a", "b"],
        "14 Dec",
    )
    assert picture(old, new).problems[0].problem == "Noise in the hall"


def test_an_erased_idea_leaves_its_cluster() -> None:
    """A named idea of somebody who asked to be forgotten."""
    mine = entry("i", "popup-idea", at="18:11", person="ann", popup="p", text="mine", who="Ann")
    lies = entry("k", "popup-cluster", at="18:16", popup="p", name="One", ideas=["i"])
    assert problem(OPENED, mine, lies).clusters[0].ideas[0].who == "Ann"
    assert problem(OPENED, mine, lies, entry("x", "erased", event=None, ids=["i"])).clusters == ()


def test_a_commitment_said_anew_is_one() -> None:
    """The version that counts."""
    later = entry("m2", "commitment", at="18:33", replaces=("m",), popup="p", what="pairs", due="2024-01-08", who="Ana")
    assert [one.due for one in problem(OPENED, PROMISE, later).commitments] == ["2024-01-08"]


def test_parts_of_a_problem_that_never_came_show_nothing() -> None:
    """They wait for it."""
    assert picture(SENTENCE, IDEAS_BEGIN, IDEAS_END, CLUSTER, VOTE_END, joined("j", "ann", "p")).problems == ()


def test_dots_go_by_rule() -> None:
    """A quarter of the options, at least two, five at most, never more than there are."""
    assert [dots_for(options) for options in (0, 1, 2, 3, 8, 10, 12, 17, 18, 40)] == [0, 1, 2, 2, 2, 3, 3, 4, 5, 5]


def test_a_vote_is_lawful_or_none() -> None:
    """Not stacked unless that is allowed; dots on what is no option are passed over; order says nothing."""
    assert lawful(["b", "a"], {"a", "b"}, 2, stacking=False) == ("a", "b")
    assert lawful(["a", "a"], {"a", "b"}, 2, stacking=False) is None
    assert lawful(["a", "a"], {"a", "b"}, 2, stacking=True) == ("a", "a")
    assert lawful(["a", "b", "c"], {"a", "b", "c"}, 2, stacking=False) is None
    assert lawful(["z"], {"a"}, 2, stacking=False) is None
    assert lawful(["a", "z"], {"a"}, 1, stacking=False) == ("a",)


def test_ideas_come_one_a_line() -> None:
    """Blank lines and repetitions are none; markup stays text; what is too long or too much is cut, and that is said."""
    assert ideas_of("  one \n\n<b>two</b>\none\n") == (("one", "<b>two</b>"), False)
    long, cut = ideas_of("x" * 6000)
    assert (len(long[0]), cut) == (MOST_IDEA, True)
    many, cut = ideas_of("\n".join(f"idea {n}" for n in range(60)))
    assert (len(many), cut) == (40, True)
    assert ideas_of(" \n\t") == ((), False)


def test_whoever_did_not_choose_comes_to_the_smallest_group_and_to_other_schools() -> None:
    """Size first, then school, then role; the reason says which of it held."""
    groups = {"p": [Member("a", "Lakeridge", "teacher")], "q": [Member("b", "Dimmitt", "teacher")]}
    found = placed([Member("c", "Dimmitt", "coach"), Member("d", "Dimmitt", "teacher"), Member("e")], groups)
    assert [(one.person, one.problem) for one in found] == [("c", "p"), ("d", "q"), ("e", "p")]
    assert found[0].why == "smallest group, nobody else of their school, nobody else in their role"
    assert (found[1].why, found[2].why) == ("smallest group", "smallest group")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("tu")), max_size=30), st.integers(1, 6))
def test_groups_differ_by_one_at_most(people: list[tuple[str, str]], groups: int) -> None:
    """However the schools are spread."""
    some = [Member(str(at), school, role) for at, (school, role) in enumerate(people)]
    sizes = dict.fromkeys((str(one) for one in range(groups)), 0)
    for one in placed(some, dict.fromkeys(sizes, ())):
        sizes[one.problem] += 1
    assert sum(sizes.values()) == len(people)
    assert max(sizes.values()) - min(sizes.values()) <= 1
