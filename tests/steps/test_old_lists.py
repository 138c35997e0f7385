"""A people list that is older than a correction made here."""

from __future__ import annotations

from plfacilitate.steps.capture import Hand
from plfacilitate.steps.intake import change_person, import_people
from plfacilitate.store.search import catch_up, people
from tests.laptops import Laptop

OLD = "last_name,first_name,email,school\nBrown,Dana,dana@example.org,Dimmitt\n"
NEW = "last_name,first_name,email,school\nBrown,Dana,dana@example.org,Lakeridge\n"


def _schools(laptop: Laptop, *lists: str, corrected: str = "") -> list[str]:
    """Import lists one after the other, with a correction after the first; the school after each list."""
    ledger = laptop.ledger()
    hand = Hand("Dana", "facilitator", laptop.played, laptop.chance)
    seen = []
    for place, text in enumerate(lists):
        path = laptop.folder / f"{place}.csv"
        path.write_text(text, "utf-8")
        import_people(ledger, hand, path)
        (one,) = people(ledger.connection)
        seen.append(one.school)
        if corrected and place == 0:
            change_person(ledger, hand, one.id, {"school": corrected}, reason="moved")
            catch_up(ledger.connection)
    ledger.close()
    return seen


def test_an_old_list_does_not_undo_a_correction(laptop: Laptop) -> None:
    """The value that was corrected comes again: the correction stays, and the summary says so."""
    assert _schools(laptop, OLD, OLD, corrected="Campbell Hill") == ["Dimmitt", "Campbell Hill"]
    ledger = laptop.ledger()
    hand = Hand("Dana", "facilitator", laptop.played, laptop.chance)
    found = import_people(ledger, hand, laptop.folder / "0.csv")
    ledger.close()
    assert (found.changed, found.same) == (0, 1)
    assert ["corrected here to Campbell Hill since" in note.sentence for note in found.notes] == [True]


def test_a_list_that_says_something_new_changes_even_a_correction(laptop: Laptop) -> None:
    """A value that was never here before is news."""
    assert _schools(laptop, OLD, NEW, corrected="Campbell Hill") == ["Dimmitt", "Lakeridge"]


def test_lists_alone_take_turns(laptop: Laptop) -> None:
    """Where nobody corrected anything by hand, the list that came last counts."""
    assert _schools(laptop, OLD, NEW, OLD) == ["Dimmitt", "Lakeridge", "Dimmitt"]
