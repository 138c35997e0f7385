"""Names that slipped into notes: found without a list of names, and replaced so that nothing of them is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.noting.unnamed import mentions, replaced, unnamed

SCRIPT = (
    "T: What do you notice about the map, Maria?",
    "Maria Lopez: the river turns north. Liam laughs.",
    "Students work in pairs. On Monday Math was in Room 12.",
    "S2 to Liam: I can't see the Chromebook.",
    "Walks to the board. Waits. Carefully she points at Seattle.",
    "Ms. Nguyễn hands Liam's paper back; Principal Brown comes in.",
    "STEM club meets. Can you read it, S1?",
)


def names(*texts: str, known: tuple[str, ...] = (), adults: tuple[str, ...] = ()) -> dict[str, str]:
    """What is listed for sure, with what it becomes."""
    return {one.name: one.proposed for one in unnamed(texts, known=known, adults=adults) if one.sure}


def test_students_and_adults_are_found_and_ordinary_words_are_not() -> None:
    """No day, subject, room, product or first word; who has a title is an adult; first and last name are one person."""
    found = names(*SCRIPT)
    adults = {"Nguyễn": "the teacher", "Brown": "the principal"}
    assert found == {"Maria": "S3", "Maria Lopez": "S3", "Liam": "S4"} | adults


def test_a_word_in_capitals_is_a_name_only_where_it_is_long() -> None:
    """Letters of an abbreviation name nobody, and what is written small elsewhere is a word that was shouted."""
    texts = ["the STEM lab, a QXYZW form, S1 shouts NOTEBOOKS", "notebooks out", "then XIOMARA nods"]
    assert [one.name for one in unnamed(texts, known=())] == ["XIOMARA"]


def test_how_often_and_where_is_said() -> None:
    """Liam three times, also with something hanging on; one place is shown."""
    (liam,) = [one for one in unnamed(SCRIPT, known=()) if one.name == "Liam"]
    assert liam.times == 3
    assert "north. Liam laughs" in liam.example


def test_people_of_the_list_are_left_alone_unless_rooms_are_anonymous() -> None:
    """A member of the team is no secret; a host of an anonymous room is, whoever's list they are on."""
    text = "Dana Brown asks Tomasz Zieliński to read."
    assert names(text, known=("Brown, Dana",)).keys() == {"Tomasz Zieliński"}
    assert names(text, known=("Brown, Dana", "Zieliński, Tomasz")) == {}
    assert names(text, known=("Brown, Dana",), adults=("Ms. Dana Brown",))["Dana Brown"] == "the teacher"


def test_a_host_s_last_name_beside_another_first_name_is_somebody_else() -> None:
    """Carlos Reyes is one student, though a host is Okonkwo-Reyes; Reyes alone, or with a title, is the host."""
    hosts = ("Ada Okonkwo-Reyes",)
    texts = (
        "Carlos Reyes reads to Mina",
        "asks Reyes for help",
        "Ada Okonkwo-Reyes listens",
        "then Carlos  Reyes nods",
    )
    found = names(*texts, adults=hosts)
    assert found == {"Carlos Reyes": "S1", "Mina": "S2", "Reyes": "the teacher", "Ada Okonkwo-Reyes": "the teacher"}
    (carlos,) = [one for one in unnamed(texts, known=(), adults=hosts) if one.name == "Carlos Reyes"]
    assert carlos.times == 2
    assert replaced("Carlos\n Reyes waits; Reyes looks", found) == "S1 waits; the teacher looks"


def test_a_name_alone_is_whoever_is_named_in_full_unless_there_are_two() -> None:
    """Maria is Maria Lopez, before or after she is named in full; with a Maria Chen too, nobody knows."""
    assert names("Then Maria sits.", "So Maria Lopez reads.") == {"Maria": "S1", "Maria Lopez": "S1"}
    assert len(set(names("Then Maria sits.", "So Maria Lopez reads.", "So Maria Chen reads.").values())) == 3
    assert names("Then Ms. Lee Wong reads.", "So Wong reads.") == {"Lee Wong": "the teacher", "Wong": "the teacher"}


def test_what_only_begins_a_sentence_is_asked_about_and_not_sure() -> None:
    """Zara or zinc: who knows; written small somewhere it is no name; in the middle it is one."""
    (zara,) = unnamed(["Zara hums."], known=())
    assert not zara.sure
    assert unnamed(["Zinc melts. It was zinc."], known=()) == ()
    assert unnamed(["Zinc melts."], known=(), ordinary=["how zinc melts"]) == ()
    assert names("Then Zara hums.") == {"Zara": "S1"}


@pytest.mark.parametrize(
    "text, after",
    [
        ("Maria reads, MARIA!", "S1 reads, S1!"),
        ("Maria Lopez: yes. Lopez's map", "S1: yes. S1's map"),
        ("Marianne and Mariahs stay", "Marianne and Mariahs stay"),
        ("Ms. Lee, Mr Lee and Lee", "the teacher, the teacher and the teacher"),
        ("Nguye\u0302\u0303n stands", "the host stands"),
        ("Anne-Marie and Maria-Luz", "Anne-Marie and S1-Luz"),
    ],
)
def test_a_name_is_replaced_as_a_whole_word(text: str, after: str) -> None:
    """In capitals, with a title, with accents in two pieces; never inside another word."""
    changes = {"Maria": "S1", "Lopez": "S1", "Lee": "the teacher", "Nguyễn": "the host"}
    assert replaced(text, changes) == after


@given(
    st.lists(
        st.sampled_from(["Maria", "Lopez", "Liam", "sits", "S1", "Ms.", "MARIA", ",", "Maria's", "Li"]), max_size=12
    )
)
def test_nothing_of_a_name_is_left(words: list[str]) -> None:
    """Whatever stands around it; a second time changes nothing; other words stay."""
    text, changes = " ".join(words), {"Maria": "S7", "Lopez": "S7", "Liam": "S8"}
    after = replaced(text, changes)
    assert not mentions(after, changes)
    assert replaced(after, changes) == after
    assert after.split().count("sits") == words.count("sits")
