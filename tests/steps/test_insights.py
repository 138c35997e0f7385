"""Insights out of a ledger: read once, kept up to date, the same as if they were read anew; the script is read where it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from plfacilitate.core.entry import Entry
from plfacilitate.core.insights.marks import Figure
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.steps import observe
from plfacilitate.steps.capture import undo, written
from plfacilitate.steps.insights import InsightsReader, read_insights
from plfacilitate.steps.unname import take_names_out
from plfacilitate.store.ledger import Ledger
from tests.front.commands.test_insights import SCHOOL, walked
from tests.laptops import Laptop


def first(ledger: Ledger, event: str) -> Observation:
    """One sheet of a visit."""
    return observe.read_visit(ledger, event).observations[0]


def new(ledger: Ledger, since: int) -> list[Entry]:
    """What came after."""
    return list(ledger.entries(since=since))


def test_what_is_followed_is_what_would_be_read_anew(laptop: Laptop) -> None:
    """An answer, one taken back, what was agreed, a word erased for good, another visit, one that is announced only."""
    event = walked(laptop, "2023-10-04")
    ledger, hand = laptop.ledger(), laptop.hand()
    reader = InsightsReader(ledger)

    def agree() -> None:
        at = {"stop": "s1", "protocol": "psesd-lens", "item": "names"}
        written(ledger.append([observe.agree(hand, event, **at, value="not seen")]))

    def take_back() -> None:
        ended = next(ledger.entries(event=event, kinds=("observation-ended",)))
        written(ledger.append([undo(hand, ended)]))

    def more() -> None:
        one = first(ledger, event)
        written(ledger.append([observe.note(hand, one, "names", "seen", words="as Zebulon did")]))

    def erase() -> None:
        take_names_out(ledger, laptop.workspace, hand, event, {"Zebulon": "S1"})

    def other() -> None:
        walked(laptop, "2023-12-06", seen=5)

    def elsewhere() -> None:
        laptop.do("note", "of no visit")

    deeds: list[Callable[[], None]] = [take_back, more, agree, erase, other, elsewhere]
    for deed in deeds:
        before, seen = ledger.head_seq(), reader.picture()
        deed()
        changed = reader.take(new(ledger, before))
        assert reader.picture() == read_insights(ledger), deed.__name__
        assert changed or reader.picture() == seen, deed.__name__
    assert [len(one.visits) for one in reader.picture().schools] == [2]
    ledger.close()


def test_a_sheet_that_holds_a_script_only_counts_as_in_the_report(laptop: Laptop) -> None:
    """It was begun last by the same observer in the same room: the one before it does not count any more."""
    event = walked(laptop, "2023-10-04", rooms=5, seen=5)
    ledger, hand = laptop.ledger(), laptop.hand()
    assert [one.value for one in shares(ledger)] == [100]
    protocol = first(ledger, event).protocol
    laptop.played.forward(minutes=1)
    began = observe.begin(hand, event, protocol, observer="Ada", stop="s0")
    written(ledger.append([began]))
    assert [one.n for one in shares(ledger)] == [5]  # nothing is in it yet
    one = observe.read_visit(ledger, event).observation(began.id)
    assert one is not None
    written(ledger.append([observe.line(hand, one, "S1: may I?")]))
    assert [one.n for one in shares(ledger)] == [4]
    ledger.close()


def shares(ledger: Ledger) -> list[Figure]:
    """What stands at learner profiles."""
    (school,) = read_insights(ledger).schools
    return [line.whole for line in school.patterns[0].lines if line.by.scale == "look-for"]


def test_a_day_before_is_left_out(laptop: Laptop) -> None:
    """The day itself is in it."""
    walked(laptop, "2023-10-04")
    walked(laptop, "2023-12-06")
    ledger = laptop.ledger()
    found = read_insights(ledger, since=date(2023, 12, 6)).school(SCHOOL)
    assert found is not None
    assert [one.day for one in found.visits] == [date(2023, 12, 6)]
    ledger.close()
