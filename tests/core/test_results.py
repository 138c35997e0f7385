"""What answers come to: archetype, criteria, level, counts; a tie lies between, what is open is said, nothing is averaged."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.protocol import Group, Item, Prompt, Protocol, Result, Section, Share
from plfacilitate.core.results.outcomes import Outcome, known, worked_out
from plfacilitate.core.results.raters import Rated, rated
from plfacilitate.core.results.readings import Sheet
from plfacilitate.core.results.words import follows, group_words, rule, said, why
from plfacilitate.core.shapes import misshapen

LEVELS = ("Told.", "Planned.", "Counted.", "Shown.")
PROMPTS = tuple(
    Prompt(f"{kind}{n}", f"{kind} {n}?", f"{kind.upper()}{n}", who=("student",) if n == 3 else ("principal", "teacher"))
    for kind in "abc"
    for n in (1, 2, 3)
)
TALK = Protocol(
    "talk", "Talk", "interview", "p", "s", 20, levels=LEVELS, sections=(Section("one", "One", prompts=PROMPTS),)
)
GROUPS = tuple(
    Group(kind, f"the {kind}", (f"{kind}1", f"{kind}2", f"{kind}3"), counts_from=3, about=f"begin with {kind}")
    for kind in "abc"
)
ARCHETYPE = Result("archetype", "Archetype", "archetype", GROUPS)
READINESS = Result("ready", "Readiness", "readiness", GROUPS, partly_from=2)
LEVEL = Result("level", "Exposure", "level", (replace(GROUPS[0], items=()), *GROUPS[1:]), holds="most", between="some")
ROOM = Protocol(
    "room", "Room", "observation", "p", "s", 20,
    sections=(Section("one", "One", items=(
        Item("plan", "look-for", "A plan"), Item("council", "look-for", "A council"), Item("virtual", "look-for", "Virtual"),
        Item("steers", "rating", "Who steers", levels=LEVELS), Item("uses", "rating", "What for", levels=LEVELS),
    )),),
)  # fmt: skip
COUNTS = Result(
    "dimensions", "Dimensions", "counts",
    (
        Group("adoption", "adoption", ("plan", "council", "virtual")),
        Group("adherence", "adherence", ("steers", "uses"), counts_from=3),
        Group("achievement", "achievement", elsewhere="from records"),
    ),
)  # fmt: skip


def of(result: Result, who: str = "", /, protocol: Protocol = TALK, **values: Any) -> Outcome:
    """What one sheet comes to."""
    return worked_out(result, protocol, [Sheet(who, values)])


def answers(*levels: int | None) -> dict[str, Any]:
    """Levels of the nine questions in their order; None = not answered."""
    return {one.id: level for one, level in zip(PROMPTS, levels, strict=True) if level is not None}


def test_the_archetype_is_what_its_answers_speak_for_most() -> None:
    """Named with what led there, answer by answer."""
    found = of(ARCHETYPE, **answers(3, 4, 1, 2, 3, 2, 1, 1, 1))
    assert (found.said, found.named, found.settled) == ("the a", ("a",), True)
    assert next(iter(why(found))) == ("the a: most", "2 of 3 count; yes: A1 3, A2 4; not: A3 1")
    assert follows(found.result, found.named) == "the a: begin with a."


def test_a_tie_is_between_the_two() -> None:
    """As many answers of one as of the other name both, in the file's order."""
    found = of(ARCHETYPE, **answers(3, 3, 1, 1, 1, 1, 1, 4, 4))
    assert (found.said, found.named) == ("between the a and the c", ("a", "c"))
    assert of(ARCHETYPE, **answers(*[4] * 9)).said == "between the a, the b and the c"


def test_where_no_answer_counts_no_archetype_is_named() -> None:
    """Three shares of nothing are no tie."""
    assert of(ARCHETYPE, **answers(*[1] * 9)).said == "none: no answer counts for one"


def test_what_is_not_answered_is_said_and_waited_for() -> None:
    """Words without a level are no answer to a rule."""
    found = of(ARCHETYPE, **answers(3, 3, 3, 1, 1, 1, None, None, None) | {"c1": None})
    assert (found.said, found.settled) == ("can't say yet: 3 of 9 not answered", False)
    assert said(found) == "Archetype: can't say yet: 3 of 9 not answered"


def test_enough_answers_may_be_fewer_than_all() -> None:
    """What is open is said all the same; below it nothing is told."""
    some = replace(ARCHETYPE, needs=2)
    found = of(some, **answers(3, 3, None, 1, 1, 3, 1, 1, None))
    assert (found.said, said(found)) == ("the a", "Archetype: the a (2 of 9 not answered)")
    assert of(some, **answers(3, None, None, 1, 1, 3, 1, 1, None)).said == "can't say yet: 3 of 9 not answered"


@pytest.mark.parametrize(
    "who, asked",
    [
        ("principal", 6),
        ("Student, grade 4", 3),
        ("Principal/two students", 9),
        ("3 students", 3),
        ("neighbor", 9),
        ("", 9),
    ],
)
def test_nobody_is_waited_for_who_was_not_asked(who: str, asked: int) -> None:
    """Questions that name whom they are for are open for those only; of others all may be asked."""
    assert of(ARCHETYPE, who).asked == asked


def test_the_longer_name_is_who_somebody_is() -> None:
    """A teacher leader is not asked what teachers are."""
    prompts = (Prompt("x", "?", who=("teacher",)), Prompt("y", "?", who=("teacher leader",)))
    protocol = replace(TALK, sections=(Section("one", "One", prompts=prompts),))
    result = Result("r", "R", "readiness", (Group("g", "g", ("x", "y"), counts_from=2),))
    assert of(result, "Teacher leader", protocol=protocol, y=2).said == "met: g"
    assert of(result, "Teacher leader and teacher", protocol=protocol, y=2).said == "can't say yet: 1 of 2 not answered"


def test_too_few_questions_for_somebody_are_said_as_such() -> None:
    """A student is asked one of each list: nothing is open, and nothing can be said."""
    found = of(replace(ARCHETYPE, needs=2), "student", a3=4, b3=1, c3=1)
    assert found.said == "can't say yet: too few of its questions were asked"


def test_readiness_is_said_criterion_by_criterion() -> None:
    """Met, partly, not yet; each with what is missing, and no number of all of them."""
    found = of(READINESS, **answers(3, 3, 4, 3, 1, 1, 1, 1, 1))
    assert found.states == ("met", "partly", "not yet")
    assert found.said == "met: the a; partly: the b; not yet: the c"
    assert dict(why(found))["the b: partly"] == "1 of 3 count; yes: B1 3; missing: B2 1, B3 1"


def test_a_criterion_is_partly_there_from_its_own_level_on() -> None:
    """Planned everywhere and counted nowhere: partly; without such a level, not yet."""
    assert of(READINESS, **answers(*[2] * 9)).states == ("partly",) * 3
    assert of(replace(READINESS, partly_from=0), **answers(*[2] * 9)).states == ("not yet",) * 3


def test_a_criterion_without_answers_is_left_open_beside_the_others() -> None:
    """The others are told; a criterion that only others are asked about says so."""
    found = of(READINESS, **answers(3, 3, 3, None, 3, 3, 1, 1, 1))
    assert (found.states, found.settled) == (("met", "can't say yet", "not yet"), False)
    only = replace(READINESS, groups=(GROUPS[0], replace(GROUPS[1], items=("b3",))))
    assert of(only, "principal", a1=3, a2=3).states == ("met", "asked of others")


def test_where_nothing_applies_nothing_is_waited_for() -> None:
    """A criterion, a dimension whose look-fors don't apply here is settled, and said as such."""
    result = replace(READINESS, groups=(Group("g", "g", ("plan",)), Group("h", "h", ("council",))))
    found = of(result, "", ROOM, plan="not applicable", council="seen")
    assert (found.states, found.settled) == (("does not apply", "met"), True)
    counted = of(
        COUNTS, "", ROOM, plan="not applicable", council="not applicable", virtual="not applicable", steers=4, uses=4
    )
    assert (counted.states[0], counted.settled) == ("does not apply", True)


def test_several_people_taken_together_leave_no_criterion_averaged() -> None:
    """Met only where everybody's answer counts; what nobody at all has answered is open."""
    sheets = [Sheet("principal", {"a1": 4, "a2": 4}), Sheet("teacher", {"a1": 1, "a2": 4}), Sheet("student", {"a3": 3})]
    found = worked_out(replace(READINESS, groups=GROUPS[:2]), TALK, sheets, whole=True)
    assert found.states == ("partly", "can't say yet")
    assert next(iter(why(found)))[1] == "4 of 5 count; yes: A1 4, A2 4/4, A3 3; missing: A1 1"
    assert worked_out(READINESS, TALK, sheets[:1], whole=True).states[0] == "can't say yet"


@pytest.mark.parametrize(
    "levels, expected",
    [
        ((1, 1, 1, 1, 1, 1), "1, the a"),
        ((3, 3, 1, 1, 1, 1), "2, the b"),
        ((3, 3, 1, 3, 3, 1), "3, the c"),
        ((3, 1, 1, 1, 1, 1), "between 1 and 2"),
        ((3, 3, 3, 3, 1, 1), "between 2 and 3"),
        ((1, 1, 1, 3, 3, 3), "between 1 and 3"),
    ],
)
def test_a_level_holds_with_all_before_it_or_lies_between(levels: tuple[int, ...], expected: str) -> None:
    """More than half of its answers; one of a higher level, or a gap below it, makes it between."""
    assert of(LEVEL, **answers(1, 1, 1, *levels)).said == expected


@pytest.mark.parametrize("share, counting", [("all", 4), ("most", 3), ("half", 2), ("some", 1)])
def test_how_many_answers_a_level_takes(share: Share, counting: int) -> None:
    """Of four answers so many make it hold, and one fewer does not."""
    group = Group("b", "b", ("b1", "b2", "b3", "c1"), counts_from=3)
    result = Result("l", "L", "level", (Group("a", "a"), group), holds=share, between=share)
    for many in (counting, counting - 1):
        values: dict[str, Any] = dict(zip(group.items, [3] * many + [1] * (4 - many), strict=True))
        assert of(result, **values).said == ("2, b" if many == counting else "1, a")


def test_dimensions_are_counted_apart() -> None:
    """Seen of those that apply, levels of those that were rated; what no visit shows says where it is read."""
    found = of(COUNTS, "", ROOM, plan="seen", council="not seen", virtual="not applicable", steers=4, uses=2)
    assert found.states == ("1 of 2 seen", "1 of 2 on level 3 or higher", "from records")
    assert found.said == "adoption 1 of 2 seen; adherence 1 of 2 on level 3 or higher"
    assert dict(why(found))["adherence: 1 of 2 on level 3 or higher"] == "yes: Who steers 4; not: What for 2"
    assert found.settled
    open_ = of(COUNTS, "", ROOM, plan="seen")
    assert (open_.states[0], open_.settled, open_.open) == ("1 of 1 seen", False, 4)
    assert of(COUNTS, "", ROOM).said == "can't say yet: 5 of 5 not answered"


def test_the_rule_is_told_in_words() -> None:
    """Cut points, ties and what is never done, for each of the four."""
    assert "level 3 or higher" in rule(ARCHETYPE, TALK)
    assert "between A and B" in rule(ARCHETYPE, TALK)
    assert "stands on level 2" in rule(READINESS, TALK)
    assert "No sum and no average" in rule(READINESS, TALK)
    assert "more than half" in rule(LEVEL, TALK)
    assert "never added up" in rule(COUNTS, ROOM)
    assert "2 answers must be there" in rule(replace(ARCHETYPE, needs=2), TALK)


def test_a_rule_of_a_later_version_is_passed_over() -> None:
    """It is kept with its protocol, and works nothing out here."""
    later = Protocol.from_json(
        replace(TALK, results=(ARCHETYPE,)).to_json()
        | {"results": [{"id": "x", "title": "X", "rule": "oracle", "groups": [], "new": 1}]}
    )
    assert (len(later.results), known(later)) == (1, ())


@pytest.mark.parametrize(
    "otherwise", [{"groups": ()}, {"groups": GROUPS[:1]}, {"holds": "two-thirds"}, {"between": "nearly"}]
)
def test_a_rule_that_is_put_otherwise_is_passed_over_too(otherwise: Mapping[str, Any]) -> None:
    """A level among one, a share that is not known here: nothing is worked out, and nothing breaks."""
    assert known(replace(TALK, results=(replace(LEVEL, **otherwise),))) == ()


# -- properties ------------------------------------------------------------------------------------------------------

MARKS = st.dictionaries(st.sampled_from([one.id for one in PROMPTS]), st.sampled_from([None, 1, 2, 3, 4, "words"]))
RULES = st.sampled_from(
    [ARCHETYPE, READINESS, LEVEL, replace(ARCHETYPE, needs=1), replace(LEVEL, needs=2, holds="all")]
)


@given(RULES, MARKS, st.sampled_from(["", "principal", "student", "neighbor"]))
def test_every_sheet_comes_to_something_that_can_be_said(result: Result, values: Mapping[str, Any], who: str) -> None:
    """Total: a sentence for the whole and a word for each group, whatever was answered; open is never more than asked."""
    found = of(result, who, **values)
    assert found.said
    assert len(found.states) == len(result.groups)
    assert set(found.named) <= {one.id for one in result.groups}
    assert 0 <= found.open <= found.asked <= len(PROMPTS)
    assert all(words for _, words in why(found)) or found.said.startswith("can't say") or not found.settled


@given(RULES, MARKS, st.randoms())
def test_the_order_of_answers_changes_nothing(result: Result, values: Mapping[str, Any], chance: random.Random) -> None:
    """Nor that of the items in a group."""
    pairs = list(values.items())
    chance.shuffle(pairs)
    groups = tuple(replace(one, items=tuple(chance.sample(one.items, len(one.items)))) for one in result.groups)
    again = of(replace(result, groups=groups), **dict(pairs))
    first = of(result, **values)
    assert (again.said, again.states, again.named) == (first.said, first.states, first.named)
    assert list(why(again)) == list(why(first))


@given(MARKS, st.permutations(GROUPS))
def test_ties_are_symmetric(values: Mapping[str, Any], groups: list[Group]) -> None:
    """Whichever archetype stands first in the file, the same ones are named."""
    turned = of(replace(ARCHETYPE, groups=tuple(groups)), **values)
    first = of(ARCHETYPE, **values)
    assert set(turned.named) == set(first.named)
    assert turned.settled == first.settled


@given(MARKS, st.integers(min_value=0, max_value=2))
def test_a_better_answer_never_lowers_a_criterion_or_a_level(values: Mapping[str, Any], place: int) -> None:
    """All answers of one group at the top: it is met; and a level's place does not fall."""
    item = GROUPS[place].items
    better = {**values, **dict.fromkeys(item, 4)}
    assert of(READINESS, **better).states[place] == "met"
    low, high = of(LEVEL, **values), of(LEVEL, **better)
    if low.settled and high.settled:
        assert high.named[0] >= low.named[0]
        assert high.named[-1] >= low.named[-1]


def test_what_all_items_of_a_group_begin_with_is_said_once() -> None:
    """`Adoption: a plan`, `Adoption: a council`: the group is what begins so, and its items are called by the rest."""
    items = (Item("plan", "look-for", "Adoption: a plan"), Item("council", "look-for", "Adoption: a council"))
    protocol = replace(ROOM, sections=(Section("one", "One", items=items),))
    group = Group("adoption", "adoption", ("plan", "council"), about="go on")
    result = Result("d", "D", "counts", (group,))
    assert group_words(group, result, protocol) == "“Adoption: …”. Go on"
    assert (
        dict(why(of(result, "", protocol, plan="seen")))["adoption: 1 of 1 seen"]
        == "yes: a plan; not answered: a council"
    )
    one = replace(group, items=("plan",))
    assert group_words(one, result, protocol) == "Adoption: a plan. Go on"


# -- several people --------------------------------------------------------------------------------------------------


def several(result: Result, protocol: Protocol = TALK, /, **people: Mapping[str, Any]) -> Rated:
    """One result of several people."""
    sheets = [(name, Sheet(name, values)) for name, values in people.items()]
    (found,) = rated(replace(protocol, results=(result,)), sheets)
    return found


def test_several_people_stand_side_by_side_and_are_never_averaged() -> None:
    """Each has a result of their own; those who come to the same are named together."""
    first, second = answers(3, 3, 3, 1, 1, 1, 1, 1, 1), answers(1, 1, 1, 1, 1, 1, 3, 3, 3)
    found = several(ARCHETYPE, ada=first, ben=second, cy=first)
    assert [one.said for _, one in found.each] == ["the a", "the c", "the a"]
    assert found.said == "They differ: ada and cy: the a; ben: the c."
    assert found.together is None
    assert several(ARCHETYPE, ada=first, cy=first).said == "ada and cy agree: the a."


def test_who_can_not_be_placed_yet_neither_agrees_nor_differs() -> None:
    """One person alone says nothing about agreement."""
    assert several(ARCHETYPE, ada=answers(*[3] * 9), ben={}).said == ""


def test_readiness_is_compared_criterion_by_criterion_and_told_of_all_together() -> None:
    """Where they agree, who differs on what; together a criterion is met only where everybody's answers count."""
    found = several(READINESS, ada=answers(3, 3, 3, 3, 3, 3, 1, 1, 1), ben=answers(3, 3, 3, 2, 2, 2, None, 1, 1))
    assert found.said == "They agree on the a. They differ on the b (ada met, ben partly)."
    assert found.together is not None
    assert found.together.states == ("met", "partly", "not yet")


def test_counts_of_rooms_are_told_of_all_together() -> None:
    """So many look-fors of so many that apply, over all rooms; each dimension apart."""
    found = several(COUNTS, ROOM, a={"plan": "seen", "steers": 3}, b={"plan": "not seen", "council": "not applicable"})
    assert found.together is not None
    assert found.together.said == "adoption 1 of 2 seen; adherence 1 of 1 on level 3 or higher"


@given(RULES, st.lists(MARKS, min_size=2, max_size=4), st.randoms())
def test_the_order_of_people_changes_nothing_but_the_order_of_names(
    result: Result, marks: list[Mapping[str, Any]], chance: random.Random
) -> None:
    """What each comes to, and what all of them together do."""
    sheets = [(str(n), Sheet("", values)) for n, values in enumerate(marks)]
    turned = chance.sample(sheets, len(sheets))
    protocol = replace(TALK, results=(result,))
    (first,), (again,) = rated(protocol, sheets), rated(protocol, turned)
    assert {(name, one.said) for name, one in first.each} == {(name, one.said) for name, one in again.each}
    assert bool(first.said) == bool(again.said)
    assert ("differ" in first.said) == ("differ" in again.said)
    assert (first.together and first.together.states) == (again.together and again.together.states)


# -- what another laptop sends ---------------------------------------------------------------------------------------

GROUP = {"id": "g", "title": "G", "items": ["a1"], "counts_from": 2, "about": "", "elsewhere": ""}
RESULT = {"id": "r", "title": "R", "ask": "", "rule": "readiness", "groups": [GROUP], "partly_from": 0, "holds": "all",
          "between": "some", "needs": 0}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": 5}, {"title": None}, {"groups": None}, {"groups": [5]}, {"groups": [GROUP | {"items": [{}]}]},
        {"groups": [GROUP | {"items": 3}]}, {"groups": [GROUP | {"counts_from": "2"}]}, {"needs": None}, {"holds": []},
        {"partly_from": "x"}, {"groups": [{}]},
    ],
)  # fmt: skip
def test_a_rule_that_nobody_could_work_out_does_not_get_in(wrong: Mapping[str, Any]) -> None:
    """Whoever opens the observation relies on words where words belong, and numbers where numbers do."""
    told = TALK.to_json() | {"results": [RESULT]}
    assert misshapen("observation-started", None, "e", {"observer": "Ada", "protocol": told}) is None
    bad = told | {"results": [{**RESULT, **wrong}]}
    assert misshapen("observation-started", None, "e", {"observer": "Ada", "protocol": bad}) == "protocol"


@given(
    st.lists(
        st.dictionaries(st.sampled_from([*RESULT, "new"]), st.sampled_from([*RESULT.values(), [], 3, None, "x"])),
        max_size=3,
    )
)
def test_whatever_rule_is_let_in_can_be_worked_out(results: list[dict[str, Any]]) -> None:
    """Any mixture of keys and values that passes comes to something, or to nothing."""
    told = TALK.to_json() | {"results": [{**RESULT, **one} for one in results]}
    if misshapen("observation-started", None, "e", {"observer": "Ada", "protocol": told}) is None:
        protocol = Protocol.from_json(told)
        for one in known(protocol):
            assert worked_out(one, protocol, [Sheet("", {"a1": 3})]).said
            assert rule(one, protocol)
