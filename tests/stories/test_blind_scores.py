"""Two observers of one room on two laptops: blind until both are done and brought together, then one debrief."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.laptops import Laptop
from tests.played import Clock

Laptops = Callable[[str], Laptop]
VISIT = Visit(
    "Dimmitt", "Who chooses?", stops=(Stop("r4", "Room 204", team=("Ada", "Ben"), protocols=("four-attributes",)),)
)


@pytest.fixture
def both(laptops: Laptops, clock: Clock) -> tuple[Laptop, Laptop, str]:
    """Two laptops that know one visit to one room; Ada sits at the first, Ben at the second."""
    one, two = laptops("one"), laptops("two")
    event = one.opened("site-visit")
    with closing(one.ledger()) as ledger:
        written(ledger.append([observe.plan_visit(one.hand(), observe.read_visit(ledger, event), VISIT)]))
    two.json("receive", one.workspace.ledger)
    clock.set("2023-12-06T09:00:00-08:00")
    return one, two, event


def observes(laptop: Laptop, event: str, observer: str, levels: Mapping[str, int]) -> None:
    """Somebody rates Room 204 and is done."""
    laptop.played.forward(minutes=1)
    protocol = find_protocol("four-attributes", laptop.workspace.protocols)
    with closing(laptop.ledger()) as ledger:
        hand = laptop.hand()
        (begun,) = written(ledger.append([observe.begin(hand, event, protocol, observer=observer, stop="r4")]))
        seen = observe.read_visit(ledger, event).observation(begun.id)
        assert seen is not None
        notes = [observe.note(hand, seen, item, level) for item, level in levels.items()]
        written(ledger.append([*notes, observe.end(hand, seen)]))


def debrief(laptop: Laptop, event: str) -> Any:
    """The only debrief, as a laptop tells it."""
    (found,) = laptop.json("visit", "agreement", event)["debriefs"]
    return found


def test_what_the_other_noted_is_seen_when_both_are_done_and_brought_together(
    both: tuple[Laptop, Laptop, str], clock: Clock, tmp_path: Path
) -> None:
    """Each laptop is blind by itself; a bundle brings the two together, and a second one changes nothing."""
    one, two, event = both
    observes(one, event, "Ada", {"goals": 1, "plans": 3, "motivations": 2})
    assert debrief(one, event)["waiting_for"] == ["Ben"]
    observes(two, event, "Ben", {"goals": 4, "plans": 3})
    assert debrief(two, event)["waiting_for"] == ["Ada"]
    clock.set("2023-12-06T16:10:00-08:00")
    two.finish(event, tmp_path / "mail")
    one.json("receive", tmp_path / "mail")
    found = debrief(one, event)
    first = found["items"][0]
    assert (first["item"], first["said"]) == ("goals", {"Ada": "1 of 4", "Ben": "4 of 4"})
    assert [one["item"] for one in found["items"] if one["why"] == "Ben left it out"] == ["motivations"]
    assert found["all"][0]["measures"]["exact"] == {"value": 0.5, "n": 2, "few": True}
    one.json("receive", tmp_path / "mail")
    one.json("receive", two.workspace.ledger)
    assert debrief(one, event) == found


def test_what_is_agreed_on_one_laptop_is_known_on_the_other_beside_both_originals(
    both: tuple[Laptop, Laptop, str],
) -> None:
    """The level and why; Ada's 1 and Ben's 4 stay."""
    one, two, event = both
    observes(one, event, "Ada", {"goals": 1})
    observes(two, event, "Ben", {"goals": 4})
    one.json("receive", two.workspace.ledger)
    with closing(one.ledger()) as ledger:
        hand = one.hand()
        agreed = observe.agree(hand, event, stop="r4", protocol="four-attributes", item="goals", value=3, words="9:04")
        written(ledger.append([agreed]))
    two.json("receive", one.workspace.ledger)
    for laptop in (one, two):
        item = debrief(laptop, event)["items"][0]
        assert item["said"] == {"Ada": "1 of 4", "Ben": "4 of 4"}
        assert (item["agreed"]["value"], item["agreed"]["note"]) == (3, "9:04")


def test_what_another_laptop_changed_after_the_debrief_leaves_the_originals_and_is_said(
    both: tuple[Laptop, Laptop, str],
) -> None:
    """Ben, whose laptop has not seen Ada's notes, changes his 4 after they agreed: both laptops keep the 4."""
    one, two, event = both
    observes(one, event, "Ada", {"goals": 1})
    observes(two, event, "Ben", {"goals": 4})
    one.json("receive", two.workspace.ledger)
    one.played.forward(minutes=5)
    with closing(one.ledger()) as ledger:
        agreed = observe.agree(one.hand(), event, stop="r4", protocol="four-attributes", item="goals", value=3)
        written(ledger.append([agreed]))
    two.played.forward(minutes=10)
    with closing(two.ledger()) as ledger:
        (ben,) = observe.read_visit(ledger, event).observations
        observe.check_may_change(observe.read_visit(ledger, event), ben.id)
        written(ledger.append([observe.note(two.hand(), ben, "goals", 1)]))
    one.json("receive", two.workspace.ledger)
    two.json("receive", one.workspace.ledger)
    for laptop in (one, two):
        found = debrief(laptop, event)
        assert found["items"][0]["said"] == {"Ada": "1 of 4", "Ben": "4 of 4"}
        assert found["aside"] == [
            "Ben: 1 thing was changed after the debrief had begun, on another laptop: the originals count."
        ]


@pytest.mark.parametrize("whose", ["Ada", "Ben"])
def test_who_knows_both_notes_changes_neither(both: tuple[Laptop, Laptop, str], whose: str) -> None:
    """No other value, no line, no end taken back, by whatever step."""
    one, two, event = both
    observes(one, event, "Ada", {"goals": 1})
    observes(two, event, "Ben", {"goals": 4})
    one.json("receive", two.workspace.ledger)
    with closing(one.ledger()) as ledger:
        fold, hand = observe.read_visit(ledger, event), one.hand()
        seen = next(each for each in fold.observations if each.observer == whose)
        end = fold.newest(seen.id)
        assert end is not None
        for draft in (observe.note(hand, seen, "goals", 2), observe.line(hand, seen, "More")):
            with pytest.raises(Refused, match="laid open beside"):
                observe.check_may_write(ledger, fold, [draft])
        with pytest.raises(Refused, match="laid open beside"):
            observe.take_back_newest(ledger, hand, fold, seen.id)
        with pytest.raises(Refused, match="laid open beside"):
            observe.check_may_take_back(fold, [end])
