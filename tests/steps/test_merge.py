"""Two records of one person: merged once, whoever is named first, and taken apart one at a time."""

from __future__ import annotations

from plfacilitate.steps.capture import Hand
from plfacilitate.steps.intake import change_person
from plfacilitate.steps.merge import merged_people, take_apart
from plfacilitate.store.search import catch_up, person
from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

DANA, WEI, MARIA = "Brown, Dana", "Chen, Wei", "Alvarez, Maria"


def _ids(laptop: Laptop) -> dict[str, str]:
    laptop.do("people", "import", PEOPLE)
    return {name: laptop.json("people", "show", name)[0]["person"] for name in (DANA, WEI, MARIA)}


def test_records_that_are_one_already_are_not_merged_again(laptop: Laptop) -> None:
    """Nor the other way round, nor over a third one: that would be a circle."""
    ids = _ids(laptop)
    laptop.do("people", "merge", ids[DANA], ids[WEI], "--reason", "one person")
    laptop.do("people", "merge", ids[DANA], ids[MARIA], "--reason", "one person")
    entries = laptop.ledger().count()
    for one, other in ((DANA, WEI), (WEI, DANA), (WEI, MARIA), (MARIA, WEI)):
        assert "are one person already" in laptop.no("people", "merge", ids[one], ids[other], "--reason", "again")
    assert laptop.ledger().count() == entries


def test_one_of_two_merges_is_taken_apart(laptop: Laptop, clock: Clock) -> None:
    """The other stands."""
    ids = _ids(laptop)
    for other in (WEI, MARIA):
        laptop.do("people", "merge", ids[DANA], ids[other], "--reason", "one person")
    ledger = laptop.ledger()
    hand = Hand("Ruth", "facilitator", clock, laptop.chance)
    take_apart(ledger, hand, ids[DANA], other=ids[WEI], reason="two people")
    assert merged_people(ledger) == {ids[MARIA]: ids[DANA]}
    ledger.close()


def test_a_change_of_a_person_settles_all_versions_of_it(laptop: Laptop, clock: Clock) -> None:
    """Two laptops said different things: whoever looks at it and decides has decided about both."""
    dana = _ids(laptop)[DANA]
    ledger = laptop.ledger()
    hand = Hand("Ruth", "facilitator", clock, laptop.chance)
    first = next(ledger.entries(person=dana, kinds=("person",)))
    for school in ("Dimmitt", "Nelsen"):
        ledger.append_one(hand.draft("person", person=dana, body={"fields": {"school": school}}, replaces=(first.id,)))
    catch_up(ledger.connection)
    before = person(ledger.connection, dana)
    assert before is not None
    assert before.doubtful == ("school",)
    change_person(ledger, hand, dana, {"school": "McKnight"}, reason="asked her")
    catch_up(ledger.connection)
    after = person(ledger.connection, dana)
    assert after is not None
    assert (after.school, after.doubtful) == ("McKnight", ())
    ledger.close()
