"""Finding people as they are typed, with a slip in it too; and notes by their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plfacilitate.core.text import fold
from plfacilitate.store import derived
from plfacilitate.store.connection import writing
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import by_badge, catch_up, find_people, find_texts, people, person
from tests.store.kit import Laptop

Make = Callable[[str], Laptop]
NAMES = [
    ("Garcia", "Maria"), ("Garcia", "Mario"), ("Garcia Lopez", "Ana"), ("O'Leary", "Pat"), ("Núñez", "Rosa"),
    ("Nguyễn", "Lan"), ("van der Berg", "Jo"), ("Martinez", "Wei"), ("Sukarno", ""), ("Alvarez", "Maria"),
    ("Le", "Rosa"), ("Zimmermann-Maria", "Kim"), ("Brown", "Dana"), ("Ng", "Wei Ming"),
]  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger with people of all sorts; only asked, never written."""
    laptop = Laptop(tmp_path_factory.mktemp("room"))
    ledger = laptop.open()
    ledger.append(
        [laptop.person(f"p{n:02}", last_name=last, first_name=first) for n, (last, first) in enumerate(NAMES)]
    )
    ledger.append([laptop.person("badge", last_name="Badger", badge="0042", former_name="Quimby")])
    catch_up(ledger.connection)
    return ledger


def _found(ledger: Ledger, text: str, **how: Any) -> list[str]:
    return [one.name for one in find_people(ledger.connection, text, **how)]


@pytest.mark.parametrize(
    "typed, found",
    [
        ("gar", ["Garcia, Maria", "Garcia, Mario", "Garcia Lopez, Ana"]),
        ("GARCÍA mar", ["Garcia, Maria", "Garcia, Mario"]),
        ("maria garcia", ["Garcia, Maria"]),
        ("mar", ["Martinez, Wei", "Alvarez, Maria", "Garcia, Maria", "Garcia, Mario", "Zimmermann-Maria, Kim"]),
        ("oleary", ["O'Leary, Pat"]),
        ("o’l", ["O'Leary, Pat"]),
        ("nunez", ["Núñez, Rosa"]),
        ("nguyen", ["Nguyễn, Lan"]),
        ("van d", ["van der Berg, Jo"]),
        ("berg jo", ["van der Berg, Jo"]),
        ("sukarno", ["Sukarno"]),
        ("lopez g", ["Garcia Lopez, Ana"]),
        ("quimby", ["Badger"]),
        ("nobody", []),
        ("", []),
        ("   ", []),
        ("'-.", []),
    ],
)
def test_names_are_found_by_the_beginnings_of_their_words(room: Ledger, typed: str, found: list[str]) -> None:
    """In any order, without case, accents or apostrophes; those whose last name begins so come first."""
    assert _found(room, typed) == found


@pytest.mark.parametrize(
    "typed, name",
    [
        ("garxia", "Garcia, Maria"),
        ("maria garcoa", "Garcia, Maria"),
        ("naria farcia", "Garcia, Maria"),  # a slip in the first letter of both words
        ("mraia garcia", "Garcia, Maria"),
        ("mariagarcia", "Garcia, Maria"),
        ("mariaxgarcia", "Garcia, Maria"),
        ("mar ia garcia", "Garcia, Maria"),
        ("mari agarcia", "Garcia, Maria"),
        ("ber jo", "van der Berg, Jo"),
        ("van er berg jo", "van der Berg, Jo"),
        ("oleart", "O'Leary, Pat"),
        ("nguyem", "Nguyễn, Lan"),
        ("sukarn0", "Sukarno"),
        ("ga cia maria", "Garcia, Maria"),
        ("maria ga cia", "Garcia, Maria"),
        ("quinby", "Badger"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(room: Ledger, typed: str, name: str) -> None:
    """Only where nothing begins as it was typed."""
    assert name in _found(room, typed)


def test_a_word_without_end_is_looked_for_by_its_beginning(laptop: Laptop) -> None:
    """Each of its letters could be a slip: whoever pastes a page into the field doesn't wait for all of them."""
    ledger = laptop.open()
    ledger.append([laptop.person("long", last_name="Llan" + "fair" * 12, first_name="Gwen")])
    catch_up(ledger.connection)
    found = _found(ledger, "Llan" + "fair" * 12 + "x" * 200)
    assert len(found) == 1
    assert _found(ledger, "x" * 100_000) == []


@given(data=st.data())
def test_one_slip_anywhere_in_a_full_name_is_forgiven(room: Ledger, data: st.DataObject) -> None:
    """A letter wrong, missing, too many, or two in each other's place: first name first or last name first."""
    last, first = data.draw(st.sampled_from([name for name in NAMES if len(name[0]) > 3]))
    whole = fold(data.draw(st.sampled_from([f"{last} {first}", f"{first} {last}"])))
    at = data.draw(st.integers(0, len(whole) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz "))
    typed = data.draw(
        st.sampled_from(
            [
                whole[:at] + letter + whole[at + 1 :],
                whole[:at] + whole[at + 1 :],
                whole[:at] + letter + whole[at:],
                whole[:at] + whole[at + 1 : at + 2] + whole[at] + whole[at + 2 :],
            ]
        )
    )
    assume(len(typed.split()[0]) > 1)
    found = _found(room, typed)
    begun = [
        one for one in NAMES if all(any(w.startswith(t) for w in fold(" ".join(one)).split()) for t in typed.split())
    ]
    if not begun:  # else somebody is called as it was typed, and that is what is shown
        assert (f"{last}, {first}" if first else last) in found


def test_the_expected_come_first(room: Ledger) -> None:
    """However many others begin so, and as many as were asked for."""
    assert _found(room, "garcia", first=["p01"])[0] == "Garcia, Mario"
    assert _found(room, "rosa", first=["p04"], limit=1) == ["Núñez, Rosa"]
    assert _found(room, "garxia", first=["p02"])[0] == "Garcia Lopez, Ana"


def test_the_expected_come_first_out_of_very_many(laptop: Laptop) -> None:
    """A common beginning in a long list: neither they nor the first of the alphabet are missed."""
    ledger = laptop.open()
    drafts = [laptop.person(f"p{n}", last_name=f"Ma{n % 97:02}x", first_name=f"Mia{n}") for n in range(1500)]
    ledger.append(
        [*drafts, laptop.person("late", last_name="Mzz", first_name="Zoe"), laptop.person("a", last_name="Maa")]
    )
    catch_up(ledger.connection)
    assert _found(ledger, "m", first=["late"], limit=3)[:2] == ["Mzz, Zoe", "Ma00x, Mia0"]
    assert _found(ledger, "maa") == ["Maa"]
    assert _found(ledger, "zoe m") == ["Mzz, Zoe"]
    assert len(_found(ledger, "m", limit=5)) == 5


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_is_only_text(room: Ledger, typed: str) -> None:
    """Quotes, stars, brackets and words that mean something to a search are letters like others."""
    find_people(room.connection, typed)
    find_people(room.connection, f'"{typed}" OR maria NOT (*')
    find_texts(room.connection, typed)


@pytest.mark.parametrize(
    "typed", ['" OR ""', "maria OR garcia", "NEAR(maria, 2)", "words:maria", "*", "x" * 5000, "\x00"]
)
def test_search_syntax_is_not_understood(room: Ledger, typed: str) -> None:
    """It finds nobody, and breaks nothing."""
    assert _found(room, typed) == []


def test_people_are_listed_and_looked_up(room: Ledger) -> None:
    """All in last-name order, some by id, one by id or badge."""
    names = [one.last_name for one in people(room.connection)]
    assert names == sorted(names, key=fold)
    assert [one.id for one in people(room.connection, {"p12", "p09", "nobody"})] == ["p09", "p12"]
    assert people(room.connection, []) == []
    one = person(room.connection, "badge")
    assert one is not None
    assert (one.badge, one.former_name) == ("0042", "Quimby")
    assert by_badge(room.connection, "0042") == one
    assert by_badge(room.connection, "42") is by_badge(room.connection, "") is person(room.connection, "x") is None


def test_a_changed_name_is_found_and_the_old_one_is_not(laptop: Laptop) -> None:
    """Undone, it is the other way round."""
    ledger = laptop.open()
    first = ledger.append_one(laptop.person("p", last_name="Quimby", first_name="Ann"))
    second = ledger.append_one(laptop.person("p", last_name="Zappa", replaces=[first.id]))
    assert catch_up(ledger.connection)
    assert (_found(ledger, "zappa"), _found(ledger, "quimby"), _found(ledger, "quinby")) == (["Zappa, Ann"], [], [])
    ledger.append([laptop.undo(second)])
    assert catch_up(ledger.connection)
    assert (_found(ledger, "zappa"), _found(ledger, "quimby")) == ([], ["Quimby, Ann"])
    ledger.append([laptop.undo(first)])
    catch_up(ledger.connection)
    assert people(ledger.connection) == []
    assert ledger.connection.execute("SELECT count(*) FROM name_word").fetchone() == (0,)


def test_there_is_nothing_to_do_twice(laptop: Laptop) -> None:
    """And sign-ins alone write nothing: a refresh of the search is no commit."""
    ledger, other = laptop.open(), laptop.open()
    ledger.append([laptop.person("p", last_name="Le")])
    assert catch_up(ledger.connection)
    assert not catch_up(ledger.connection)
    ledger.append([laptop.sign_in("p"), laptop.sign_out("p")])
    before = other.data_version()
    assert not catch_up(ledger.connection)
    assert other.data_version() == before


def test_what_another_brings_up_in_the_same_moment_is_not_done_again(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Door and desk see the same new names at once: the one that comes second writes nothing, and misses nothing."""
    desk, door = laptop.open(), laptop.open()
    desk.append([laptop.person("p", last_name="Le")])
    versions: list[int] = []

    @contextmanager
    def the_door_is_quicker(connection: sqlite3.Connection) -> Iterator[None]:
        if connection is desk.connection and not versions:
            catch_up(door.connection)
            versions.append(door.data_version())
        with writing(connection):
            yield

    monkeypatch.setattr(derived, "writing", the_door_is_quicker)
    catch_up(desk.connection)
    assert _found(desk, "le") == ["Le"]
    assert versions == [door.data_version()]


def test_a_reader_leaves_the_search_as_it_is(laptop: Laptop) -> None:
    """A second desk shows what the first one found."""
    ledger = laptop.open()
    ledger.append([laptop.person("p", last_name="Le")])
    reader = laptop.open(readonly=True)
    assert not catch_up(reader.connection)
    assert people(reader.connection) == []
    catch_up(ledger.connection)
    assert _found(reader, "le") == ["Le"]


def _picture(ledger: Ledger) -> Any:
    texts = ledger.connection.execute("SELECT entry, root, event, kind, text FROM text_now ORDER BY entry").fetchall()
    words = ledger.connection.execute("SELECT word FROM name_word ORDER BY word").fetchall()
    slips = ledger.connection.execute("SELECT n.word FROM name_word n JOIN name_slips s ON s.rowid = n.n").fetchall()
    return people(ledger.connection), texts, words, sorted(slips)


@given(data=st.data())
def test_bit_by_bit_the_search_holds_what_it_would_hold_made_anew(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever was said, corrected, undone or erased in whatever steps."""
    folder: Path = tmp_path_factory.mktemp("steps")
    laptop = Laptop(folder)
    ledger = laptop.open(marker=None)
    written: list[str] = []
    for _ in range(data.draw(st.integers(1, 8))):
        what = data.draw(st.sampled_from(["person", "note", "undo", "erase", "sign-in", "catch up"]))
        above = data.draw(st.lists(st.sampled_from(written), max_size=1)) if written else []
        if what == "person":
            name = data.draw(st.sampled_from(["Le", "Lee", "Garcia Lopez", "Núñez"]))
            draft = laptop.person(data.draw(st.sampled_from("pq")), last_name=name, replaces=above)
        elif what == "note":
            draft = laptop.note(data.draw(st.sampled_from(["warm", "cold"])), event=data.draw(st.sampled_from(["e", None])), replaces=above)  # fmt: skip
        elif what == "undo" and above:
            entry = ledger.entry(above[0])
            if entry is None:
                continue
            draft = laptop.undo(entry)
        elif what == "erase" and above:
            ledger.erase(above, reason="asked for", by="Ruth")
            continue
        elif what == "catch up":
            catch_up(ledger.connection)
            continue
        else:
            draft = laptop.sign_in("p")
        written.append(ledger.append_one(draft).id)
    catch_up(ledger.connection)
    anew = Laptop(folder, "anew").open(marker=None)
    anew.receive(ledger.sealed())
    catch_up(anew.connection)
    assert _picture(ledger) == _picture(anew)
    laptop.close()
    anew.close()


def test_a_long_list_is_taken_in_pages(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each its own transaction, so that the door is not kept waiting."""
    monkeypatch.setattr(derived, "PAGE", 10)
    ledger, other = laptop.open(), laptop.open()
    ledger.append([laptop.person(f"p{n:02}", last_name=f"Name{n:02}") for n in range(35)])
    commits: list[str] = []
    ledger.connection.set_trace_callback(lambda said: commits.append(said) if said == "COMMIT" else None)
    catch_up(ledger.connection)
    ledger.connection.set_trace_callback(None)
    assert len(commits) == 4
    assert len(people(other.connection)) == 35


# -- texts -----------------------------------------------------------------------------------------------------------


def test_notes_and_problems_are_found_by_their_words(laptop: Laptop) -> None:
    """All the words, in any order, by their beginnings; a problem by everything that was said about it."""
    ledger = laptop.open()
    problem = {
        "owner": "Dana Brown", "problem": "Students wait for the teacher", "how_might_we": "share the lead?",
        "ideas": ["rotating roles", "a wall of questions"],
        "commitment": {"what": "try roles", "first_step": "one class", "who": "Dana", "due": "2024-01-10"},
    }  # fmt: skip
    note = ledger.append_one(laptop.note("Cold room, ask about the heating", event="e"))
    pop = ledger.append_one(laptop.draft("popup", event="f", body=problem))
    ledger.append([laptop.draft("popup", body={"problem": "Nothing yet", "commitment": None})])
    catch_up(ledger.connection)

    def found(text: str) -> list[str]:
        return [hit.entry for hit in find_texts(ledger.connection, text)]

    assert found("heating cold") == found("heat") == [note.id]
    assert found("rotating") == found("dana role") == found("2024 class") == [pop.id]
    assert found("heating teacher") == found("") == []
    (hit,) = find_texts(ledger.connection, "wall")
    assert (hit.event, hit.kind, hit.text.split(" · ")[:2]) == (
        "f",
        "popup",
        ["Dana Brown", "Students wait for the teacher"],
    )


def test_a_corrected_note_is_found_by_its_new_words(laptop: Laptop) -> None:
    """Undone, by its old ones; and one that was undone altogether not at all."""
    ledger = laptop.open()
    first = ledger.append_one(laptop.note("zeppelin"))
    second = ledger.append_one(laptop.note("airship", replaces=[first.id]))
    catch_up(ledger.connection)
    assert [hit.entry for hit in find_texts(ledger.connection, "airship")] == [second.id]
    assert find_texts(ledger.connection, "zeppelin") == []
    ledger.append([laptop.undo(second)])
    catch_up(ledger.connection)
    assert [hit.entry for hit in find_texts(ledger.connection, "zeppelin")] == [first.id]
    ledger.append([laptop.undo(first)])
    catch_up(ledger.connection)
    assert find_texts(ledger.connection, "zeppelin") == []


def test_what_a_popup_brought_and_ended_with_is_found(laptop: Laptop) -> None:
    """The problem, its sentence, the promise; ideas are looked up at their problem. Undone, it is found no more."""
    ledger = laptop.open()
    told = {"owner": "Ana Silva", "school": "Lakeridge", "problem": "Talk dries up", "data": "3 of 28", "segment": ""}
    opened = ledger.append_one(laptop.draft("popup-opened", event="e", body=told))
    ledger.append(
        [
            laptop.draft(
                "popup-changed", event="e", body={"popup": opened.id, "fields": {"how_might_we": "HMW listen longer"}}
            ),
            laptop.draft("popup-idea", event="e", body={"popup": opened.id, "text": "talking sticks"}),
        ]
    )
    words = {
        "popup": opened.id,
        "who": "Ana",
        "what": "Wait ten seconds",
        "first_step": "Count aloud",
        "due": "2024-01-10",
    }
    promise = ledger.append_one(laptop.draft("commitment", event="e", body=words))
    catch_up(ledger.connection)

    def found(text: str) -> list[str]:
        return [hit.kind for hit in find_texts(ledger.connection, text)]

    assert (found("lakeridge talk"), found("listen longer"), found("count aloud")) == (
        ["popup-opened"], ["popup-changed"], ["commitment"],
    )  # fmt: skip
    assert found("sticks") == []
    ledger.append([laptop.undo(promise)])
    catch_up(ledger.connection)
    assert found("count aloud") == []
