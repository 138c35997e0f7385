"""`visit agreement`: blind until all are done, then what to talk about and how far they agree."""

from __future__ import annotations

from contextlib import closing

import pytest

from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.core.test_debrief import ROOM
from tests.laptops import Laptop

VISIT = Visit("Dimmitt", "Who chooses?", stops=(Stop("r4", "Room 204", team=("Ada", "Ben")),))


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A site visit with one stop and a team of two."""
    found = laptop.schedule("site-visit")
    with closing(laptop.ledger()) as ledger:
        written(ledger.append([observe.plan_visit(laptop.hand(), observe.read_visit(ledger, found), VISIT)]))
    return found


def observes(laptop: Laptop, event: str, observer: str, level: int, *, done: bool = True) -> None:
    """Somebody rates the first item of Room 204."""
    laptop.played.forward(minutes=1)
    with closing(laptop.ledger()) as ledger:
        hand = laptop.hand()
        (begun,) = written(ledger.append([observe.begin(hand, event, ROOM, observer=observer, stop="r4")]))
        seen = observe.read_visit(ledger, event).observation(begun.id)
        assert seen is not None
        drafts = [observe.note(hand, seen, "what", level, words="she says so")]
        drafts += [observe.end(hand, seen)] if done else []
        written(ledger.append(drafts))


def test_nothing_is_said_before_anybody_has_observed(laptop: Laptop, event: str) -> None:
    """One sentence."""
    assert "nobody has observed anything yet" in laptop.do("visit", "agreement", event)


def test_notes_stay_blind_until_all_are_done(laptop: Laptop, event: str) -> None:
    """Names of whom it waits for, and not a word of what was noted."""
    observes(laptop, event, "Ada", 1)
    said = laptop.do("visit", "agreement", event)
    assert "Room A · The room · Ada" in said
    assert "blind until all are done: waiting for Ben" in said
    assert "1 of 4" not in said
    (facts,) = laptop.json("visit", "agreement", event)["debriefs"]
    assert facts["waiting_for"] == ["Ben"]
    assert "items" not in facts


def test_differences_come_first_with_what_was_agreed_and_how_far_they_agree(laptop: Laptop, event: str) -> None:
    """Both values, why, the agreed level with its note; one pair is too few to say."""
    observes(laptop, event, "Ada", 1)
    observes(laptop, event, "Ben", 3)
    with closing(laptop.ledger()) as ledger:
        draft = observe.agree(laptop.hand(), event, stop="r4", protocol="room", item="what", value=2, words="see 9:04")
        written(ledger.append([draft]))
    said = laptop.do("visit", "agreement", event)
    assert "What: Ada 1 of 4 · Ben 3 of 4 (2 levels apart) · agreed: 2 of 4 see 9:04" in said
    assert "Who chooses: ratings of 4 levels (Ada and Ben): exact 0 %, within one 0 %" in said
    assert "n 1: too few to say" in said
    (facts,) = laptop.json("visit", "agreement", event)["debriefs"]
    assert facts["items"][0]["said"] == {"Ada": "1 of 4", "Ben": "3 of 4"}
    assert facts["all"][0]["measures"]["within one"] == {"value": 0.0, "n": 1, "few": True}


def test_what_each_of_several_comes_to_is_told_and_whether_they_agree(laptop: Laptop, event: str) -> None:
    """Two who answered the same interview; each archetype by itself."""
    protocol = find_protocol("new-england-levers", laptop.workspace.protocols)
    groups = {group.id: group.items[:3] for group in protocol.results[0].groups}
    with closing(laptop.ledger()) as ledger:
        for who, first in (("principal", "leadership-driven"), ("teacher", "early-adoption")):
            hand = laptop.hand()
            (begun,) = written(ledger.append([observe.begin(hand, event, protocol, observer="Ada", respondent=who)]))
            seen = observe.read_visit(ledger, event).observation(begun.id)
            assert seen is not None
            drafts = [
                observe.note(hand, seen, item, 4 if group == first else 1)
                for group, items in groups.items()
                for item in items
            ]
            written(ledger.append([*drafts, observe.end(hand, seen)]))
            laptop.played.forward(minutes=1)
    said = laptop.do("visit", "agreement", event)
    assert "principal: Archetype: leadership-driven" in said
    assert "Archetype: They differ: principal: leadership-driven; teacher: early-adoption." in said
    (facts,) = laptop.json("visit", "agreement", event)["debriefs"]
    assert facts["results"][0]["said"] == {"principal": "leadership-driven", "teacher": "early-adoption"}
