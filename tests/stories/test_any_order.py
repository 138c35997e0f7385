"""Two laptops' day, dealt out to a third in any order and any repetition: the same room and the same hours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Sealed
from plfacilitate.steps.tally import event_credit
from plfacilitate.store.ledger import Ledger
from tests.laptops import Laptop
from tests.played import Chance, Clock

MARIA, DANA, WEI = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen"))


@settings(max_examples=25)
@given(data=st.data())
def _deal(data: st.DataObject, *, folder: Path, whole: list[Sealed], event: str, clock: Clock, wanted: object) -> None:
    path = folder / f"{len(list(folder.glob('*.db')))}.db"
    ledger = Ledger.open(path, clock=clock, chance=Chance(9))
    dealt = data.draw(st.permutations(whole + whole[:20]))
    ledger.receive(dealt, page=data.draw(st.integers(1, 60)))
    assert event_credit(ledger, event, at=clock()).lines == wanted
    ledger.close()


def test_the_hours_come_from_the_set_of_entries(laptops: Callable[[str], Laptop], clock: Clock, tmp_path: Path) -> None:
    """Corrections, undone ones too, lists that were imported twice and a person who was merged included."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    assert two.opened() == event
    one.attend(event, f"{MARIA}, 8:20,\n{DANA}, 8:37, 15:31")
    two.attend(event, f"{WEI}, 8:20, 10:00\n{WEI}, 10:30, 15:45")
    two.json("receive", one.workspace.ledger)
    one.do("attendance", "correct", event, DANA, "--in", "8:25", "--reason", "stood in the queue")
    two.do("attendance", "correct", event, DANA, "--in", "9:00", "--reason", "said so")
    two.do("attendance", "correct", event, MARIA, "--out", "15:40", "--reason", "seen")
    clock.set("2023-12-06T16:10:00-08:00")
    one.do("event", "close", event)
    one.json("receive", two.workspace.ledger)
    ledger = one.ledger()
    whole = list(ledger.sealed())
    wanted = event_credit(ledger, event, at=clock()).lines
    ledger.close()
    assert {line.line.status for line in wanted} == {"earned", "pending", "none"}
    folder = tmp_path / "dealt"
    folder.mkdir()
    _deal(folder=folder, whole=whole, event=event, clock=clock, wanted=wanted)
