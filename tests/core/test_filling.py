"""A short text becomes an answer: all forms that people type, and every answer shown so that it reads back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.noting.filled import shown
from plfacilitate.core.noting.filling import MOST, MOST_MINUTES, Said, Unclear, beside, hint, read
from plfacilitate.core.protocol import LOOK_FOR, Capture, Item, ItemKind, Option, Prompt
from plfacilitate.core.text import tidy
from plfacilitate.core.visiting.observation import Answer, Bout, Glance, Notes

NOW = datetime(2023, 12, 6, 17, 0, tzinfo=UTC)
WALL = (Option("work", "Student work"), Option("rules", "Rules of the room"), Option("words", "Word lists"))


def item(
    kind: ItemKind, *, several: bool = False, capture: Capture = "tick", options: tuple[Option, ...] = WALL
) -> Item:
    """An item of a kind, with what the kind needs."""
    return Item(
        "one", kind, "One", levels=("No.", "A list.", "A question."), options=options, several=several, capture=capture
    )  # fmt: skip


ASK = Prompt("bell", "Which bell?")


@pytest.mark.parametrize(
    "kind, typed, said",
    [
        ("look-for", "y", Said("seen")),
        ("look-for", "N", Said("not seen")),
        ("look-for", "-", Said("not applicable")),
        ("look-for", "na: no texts today", Said("not applicable", "no texts today")),
        ("look-for", "not seen by me", Said("not seen", "by me")),
        ("look-for", "Yes S1 names it", Said("seen", "S1 names it")),
        ("rating", "3", Said(3)),
        ("rating", "3 student proposes the text", Said(3, "student proposes the text")),
        ("rating", "2: picks  from three", Said(2, "picks from three")),
        ("tally", "0", Said(0, total=True)),
        ("tally", "17", Said(17, total=True)),
        ("state", "12", Said(12, total=True)),
        ("state", "12 min", Said(12, total=True)),
        ("state", "3:29", Said(3, total=True)),
        ("state", "3:30", Said(4, total=True)),
        ("count", "24", Said(24)),
        ("count", "24 two left early", Said(24, "two left early")),
        ("choice", "rules", Said(("rules",))),
        ("choice", "2", Said(("rules",))),
        ("choice", "ru", Said(("rules",))),
        ("choice", "student", Said(("work",))),
        ("choice", "1: by the door", Said(("work",), "by the door")),
        ("text", "- two pairs", Said("- two pairs")),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(kind: ItemKind, typed: str, said: Said) -> None:
    """Short forms, whole words, and words behind a mark."""
    assert read(item(kind), typed) == (said,)


@pytest.mark.parametrize(
    "kind, typed, words",
    [
        ("look-for", "maybe", "type y, n or -"),
        ("rating", "4", "there is no level 4: type 1 to 3"),
        ("rating", "0", "there is no level 0: type 1 to 3"),
        ("rating", "3.5", "type 1 to 3"),
        ("rating", "good", "good begins with no level: type 1 to 3"),
        ("tally", "5 words", "type how many times in all"),
        ("tally", "-1", "type how many times in all"),
        ("tally", "99999999999999999999", "more than 9999 can't be"),
        ("state", "3:75", "type minutes, such as 12 or 3:30"),
        ("state", "9000", "more than 600 can't be"),
        ("count", "many", "type one, such as 24"),
        ("choice", "w", "w could be work or words: type one letter more"),
        ("choice", "4", "there is no 4: they go from 1 to 3"),
        ("choice", "1 2", "only one fits here"),
        ("choice", "st", "st is none of them"),
        ("choice", "doors", "doors is none of them: type a number, 1 to 3"),
        ("text", "   ", "words"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_type(kind: ItemKind, typed: str, words: str) -> None:
    """One sentence: what, and what instead."""
    with pytest.raises(Unclear, match=words.replace("?", r"\?")):
        read(item(kind), typed)


def test_a_prompt_takes_a_level_words_or_both() -> None:
    """A number at the beginning is a level, unless a dash says that it is none; without a ladder all is words."""
    assert read(ASK, "3 Room 4", levels=5) == (Said(3, "Room 4"),)
    assert read(ASK, "The second bell", levels=5) == (Said(None, "The second bell"),)
    assert read(ASK, "- 25 students said so", levels=5) == (Said(None, "25 students said so"),)
    assert read(ASK, "25 students said so") == (Said(None, "25 students said so"),)
    with pytest.raises(Unclear, match="there is no level 25: type 1 to 5, or - and words"):
        read(ASK, "25 students said so", levels=5)


def test_half_an_answer_leaves_the_other_half() -> None:
    """A level typed after words keeps the words; words typed after a level keep the level."""
    stands = Answer(2, "a list on the wall", "e", NOW)
    assert beside(Said(3), stands) == Said(3, "a list on the wall")
    assert beside(Said(None, "a question"), stands) == Said(2, "a question")
    assert beside(Said(3, "a question"), stands) == Said(3, "a question")
    assert beside(Said(3), None) == Said(3)


def test_a_glance_is_numbers_or_ticks_of_one_slot_or_of_several() -> None:
    """`1: on 20 off 4`, bare numbers in the options' order, ticks by number or name; `none` where nothing held."""
    codes = (Option("on", "At work"), Option("off", "Not at work"), Option("away", "Away"))
    counts, ticks = item("snapshot", capture="count", options=codes), item("snapshot", options=codes)
    assert read(counts, "1: on 20 off 4") == (Said({"slot": 1, "codes": {"on": 20, "off": 4}}),)
    assert read(counts, "20 4 1", slot=2) == (Said({"slot": 2, "codes": {"on": 20, "off": 4, "away": 1}}),)
    assert [one.value for one in read(counts, "1: on=20; 2: 19 5")] == [
        {"slot": 1, "codes": {"on": 20}}, {"slot": 2, "codes": {"on": 19, "off": 5}},
    ]  # fmt: skip
    assert read(ticks, "1 aw", slot=3) == (Said({"slot": 3, "codes": {"on": 1, "away": 1}}),)
    assert read(ticks, "none", slot=3) == (Said({"slot": 3, "codes": {}}),)
    for text, words in [
        ("on off 4", "on has no number behind it"), ("on 20 off", "off has no number"), ("1 2 3 4", "4 numbers for 3 codes"),
        ("x 3", "x is none of them"),
    ]:  # fmt: skip
        with pytest.raises(Unclear, match=words):
            read(counts, text, slot=1)
    with pytest.raises(Unclear, match="which one"):
        read(ticks, "on")
    with pytest.raises(Unclear, match="type only one"):
        read(item("snapshot", capture="one", options=codes), "1 2", slot=1)


def test_taps_and_stopwatches_show_their_sum() -> None:
    """Three taps are 3; three minutes and 42 seconds are 3:42, and keyed in they are 4; nothing shows nothing."""
    taps = Notes(taps=(NOW, NOW, NOW))
    assert (shown(item("tally"), taps, NOW), shown(item("tally"), Notes(), NOW)) == ("3", "")
    watch = Notes(bouts=(Bout(NOW - timedelta(seconds=222), None),))
    assert shown(item("state"), watch, NOW) == "3:42"
    assert read(item("state"), "3:42") == (Said(4, total=True),)


WORDS = st.text(max_size=30).map(tidy)
IDS = st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,8}", fullmatch=True), min_size=2, max_size=6, unique=True)


@given(st.sampled_from(LOOK_FOR), WORDS)
def test_a_shown_look_for_reads_back(value: str, words: str) -> None:
    """Whatever is written beside it."""
    one = item("look-for")
    assert read(one, shown(one, Notes(Answer(value, words, "e", NOW)), NOW)) == (Said(value, words),)


@given(st.integers(1, 3), WORDS, st.sampled_from(["rating", "prompt"]))
def test_a_shown_level_reads_back(level: int, words: str, kind: str) -> None:
    """Of a rating and of a prompt."""
    one: Item | Prompt = ASK if kind == "prompt" else item("rating")
    assert read(one, shown(one, Notes(Answer(level, words, "e", NOW)), NOW), levels=3) == (Said(level, words),)


@given(WORDS.filter(bool), st.sampled_from([0, 3]))
def test_shown_words_read_back(words: str, levels: int) -> None:
    """Of a text, and of a prompt without a level, even where they begin with a number or a dash."""
    answer = Notes(Answer(None, words, "e", NOW))
    assert read(ASK, shown(ASK, answer, NOW), levels=levels) == (Said(None, words),)
    one = item("text")
    assert read(one, shown(one, Notes(Answer(words, "", "e", NOW)), NOW)) == (Said(words),)


@given(st.integers(0, MOST), st.integers(0, MOST_MINUTES), WORDS)
def test_shown_numbers_read_back(number: int, minutes: int, words: str) -> None:
    """Counts with words beside them, tallies, minutes."""
    count, tally, state = item("count"), item("tally"), item("state")
    assert read(count, shown(count, Notes(Answer(number, words, "e", NOW)), NOW)) == (Said(number, words),)
    assert read(tally, shown(tally, Notes(total=number), NOW)) == (Said(number, total=True),)
    assert read(state, shown(state, Notes(total=minutes), NOW)) == (Said(minutes, total=True),)


@given(st.data(), IDS, WORDS)
def test_a_shown_choice_reads_back(data: st.DataObject, ids: list[str], words: str) -> None:
    """Whatever the options are called: one is the beginning of another, one is a number."""
    one = item("choice", several=True, options=tuple(Option(name, f"Text of {name}") for name in ids))
    chosen = tuple(data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)))
    assert read(one, shown(one, Notes(Answer(chosen, words, "e", NOW)), NOW)) == (Said(chosen, words),)


@given(st.data(), st.one_of(IDS, st.just(["none", "nothing", "7"])), st.sampled_from(["tick", "one", "count"]))
def test_a_shown_glance_reads_back(data: st.DataObject, ids: list[str], capture: Capture) -> None:
    """Ticks, the one that fits, numbers; and nothing at all."""
    one = item("snapshot", capture=capture, options=tuple(Option(name, f"Text of {name}") for name in ids))
    most = 1 if capture == "one" else None
    names = data.draw(st.lists(st.sampled_from(ids), max_size=most, unique=True))
    codes = {name: data.draw(st.integers(0, MOST)) if capture == "count" else 1 for name in names}
    slot = data.draw(st.integers(1, 300))
    text = shown(one, Notes(glances=(Glance(slot, NOW, codes),)), NOW, slot=slot)
    assert read(one, text, slot=slot) == (Said({"slot": slot, "codes": codes}),)
    assert read(one, f"{slot}: {text}") == (Said({"slot": slot, "codes": codes}),)


@given(
    st.sampled_from(["look-for", "rating", "tally", "state", "snapshot", "count", "choice", "text"]),
    st.sampled_from(["tick", "one", "count"]), st.one_of(st.text(max_size=20), st.from_regex(r"[-y0-9:=; a-z]{0,12}")),
)  # fmt: skip
def test_anything_typed_is_an_answer_or_a_sentence(kind: ItemKind, capture: Capture, text: str) -> None:
    """Never anything else, and the sentence is never empty."""
    one = item(kind, capture=capture)
    try:
        said = read(one, text, slot=1)
    except Unclear as no:
        sentence = str(no)
    else:
        sentence = "".join(map(repr, said))
    assert sentence
    assert hint(one)
