"""A protocol file that has changed since: old visits keep what it said then, beside new ones, and it is said which is which."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest

from plfacilitate.core.insights.yardsticks import yardsticks
from plfacilitate.core.noting.filled import shown
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.shelf.visit_web import report_page
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from tests.laptops import Laptop
from tests.played import Clock
from tests.visits import report

ITEM = """
[[section.item]]
id = "{id}"
kind = "rating"
text = "{text}"
levels = ["Told.", "Picked.", "Proposed."]
attribute = "learner-profiles"
"""
OLD = (
    """\
id = "our-room"
title = "Our room"
kind = "observation"
purpose = "To see."
source = "Our own."
minutes = 20

[[section]]
id = "one"
title = "One"
"""
    + ITEM.format(id="what", text="What")
    + ITEM.format(id="gone", text="Asked no more")
)
NEW = (
    OLD.replace("Asked no more", "Asked now").replace('"gone"', '"new"')
    + """
[[result]]
id = "ready"
title = "Ready"
rule = "readiness"
counts_from = 2

[[result.group]]
id = "choice"
title = "students choose"
items = ["what", "new"]
"""
)
VISIT = Visit("Dimmitt", "To see.", stops=(Stop("s1", "Room 4"), Stop("s2", "Room 9")))


def observes(laptop: Laptop, event: str, file: str, observer: str, stop: str, marks: Mapping[str, int]) -> Protocol:
    """The workspace has this file, and somebody observes with it to the end."""
    path = laptop.workspace.protocols / "our-room.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file, encoding="utf-8")
    protocol = find_protocol("our-room", laptop.workspace.protocols)
    ledger, hand = laptop.ledger(), laptop.hand()
    (begun,) = written(ledger.append([observe.begin(hand, event, protocol, observer=observer, stop=stop)]))
    laptop.played.forward(minutes=1)
    seen = observe.read_visit(ledger, event).observation(begun.id)
    assert seen is not None
    written(
        ledger.append(
            [*(observe.note(hand, seen, item, level) for item, level in marks.items()), observe.end(hand, seen)]
        )
    )
    ledger.close()
    return protocol


@pytest.fixture
def event(laptop: Laptop, clock: Clock) -> str:
    """Two rooms seen with the file as it was, then two with the file as it is; the first room with both."""
    event = laptop.opened("site-visit", on="2023-12-06")
    clock.set("2023-12-06T09:00:00-08:00")
    ledger = laptop.ledger()
    written(ledger.append([observe.plan_visit(laptop.hand(), observe.read_visit(ledger, event), VISIT)]))
    ledger.close()
    for stop in ("s1", "s2"):
        observes(laptop, event, OLD, "Ada", stop, {"what": 1, "gone": 3})
    for stop in ("s1", "s2"):
        observes(laptop, event, NEW, "Ben", stop, {"what": 2, "new": 2})
    return event


def picture(laptop: Laptop, event: str) -> VisitPicture:
    """The visit as it stands."""
    ledger = laptop.ledger(readonly=True)
    found = observe.read_visit(ledger, event).picture()
    ledger.close()
    return found


def of(laptop: Laptop, event: str, observer: str) -> Observation:
    """What somebody noted first."""
    return next(one for one in picture(laptop, event).observations if one.observer == observer)


def test_an_old_visit_is_read_as_its_file_was(laptop: Laptop, event: str) -> None:
    """Its own items, levels and version, whatever the file says today; what it had no rule for comes to nothing."""
    old, new = of(laptop, event, "Ada"), of(laptop, event, "Ben")
    assert old.protocol.id == new.protocol.id
    assert old.protocol.version != new.protocol.version
    assert [part.id for part in old.protocol.parts] == ["what", "gone"]
    assert [shown(part, old.of(part.id), old.started_at) for part in old.protocol.parts] == ["1", "3"]
    assert outcomes(old) == ()
    assert [one.said for one in outcomes(new)] == ["met: students choose"]


def test_the_report_tells_each_version_by_itself_and_says_so(laptop: Laptop, event: str) -> None:
    """Two instruments of one name with their versions; only the newer one comes to something; the gap is named."""
    made = report(picture(laptop, event))
    old, new = made.instruments
    assert (old.version, new.version) == (
        of(laptop, event, "Ada").protocol.version,
        of(laptop, event, "Ben").protocol.version,
    )
    assert (len(old.came), len(new.came)) == (0, 1)
    assert "Our room was used in 2 versions: each is told by itself, and they are not compared." in made.absent
    page = report_page(made).decode()
    assert "Asked no more" in page
    assert "Asked now" in page


def test_the_debrief_says_whose_version_is_another(laptop: Laptop, event: str) -> None:
    """Nothing is compared across two wordings, and nobody wonders where the other's notes are."""
    assert "used another version of “Our room”" in laptop.do("visit", "agreement", event)


def test_over_several_visits_the_same_items_are_counted_together(laptop: Laptop, event: str) -> None:
    """What was reworded stands apart, version by version, and the reader is told."""
    old, new = of(laptop, event, "Ada").protocol, of(laptop, event, "Ben").protocol
    first = {item for one in yardsticks(old) for item in one.items}
    second = {item for one in yardsticks(new) for item in one.items}
    assert {item for item, *_ in first & second} == {"what"}


def test_the_parcel_keeps_both_versions(laptop: Laptop, event: str) -> None:
    """Each observation with the version it was made with; results only where that version has a rule."""
    laptop.played.set("2023-12-06T16:10:00-08:00")
    for step in (("event", "close"), ("approve",), ("pack",)):
        laptop.do(*step, event)
    (path,) = laptop.workspace.outbox.glob("*-programme-*.zip")
    with zipfile.ZipFile(path) as archive:
        tables = {
            name: list(csv.DictReader(io.StringIO(archive.read(f"visit/{name}.csv").decode("utf-8-sig"))))
            for name in ("observations", "results")
        }
    assert len({row["version"] for row in tables["observations"]}) == 2
    made_with = {row["observation"]: row["version"] for row in tables["observations"]}
    assert {made_with[row["observation"]] for row in tables["results"]} == {of(laptop, event, "Ben").protocol.version}


def test_what_an_earlier_program_kept_has_the_version_it_had(laptop: Laptop) -> None:
    """An entry without the key for results, and without keys that items have had since, is the same version as ever."""
    protocol = replace(find_protocol("denver-readiness", laptop.workspace.protocols), results=())
    kept = protocol.to_json()
    assert "results" not in kept
    assert Protocol.from_json(kept).version == kept["version"]
    for section in kept["sections"]:
        for prompt in section["prompts"]:
            for key in ("judgement", "facet", "title"):
                prompt.pop(key) if not prompt[key] else None
    assert Protocol.from_json(kept).version == kept["version"]
