"""`protocol led`."""

from __future__ import annotations

from plfacilitate.core.running.places import Size
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import run as steps
from plfacilitate.steps.run import read_runs
from tests.laptops import Laptop
from tests.played import Clock


def test_what_was_led_is_said(laptop: Laptop, clock: Clock) -> None:
    """Steps with what they took, lines with their group; as JSON the three tables. Nothing is said of an empty day."""
    event = laptop.opened()
    assert laptop.do("protocol", "led", event) == "No protocol was led here.\n"
    clock.set("2023-12-06T09:00:00-08:00")
    ledger = laptop.ledger()
    troika = find_protocol("troika", laptop.workspace.protocols)
    ledger.append([steps.begin(laptop.hand(), event, troika, size=Size(2))])
    (run,) = read_runs(ledger, event).runs
    clock.forward(minutes=2, seconds=30)
    ledger.append([steps.move(laptop.hand(), run, [1], run.places[1])])
    ledger.append(steps.capture(laptop.hand(), run, "=1+1 \x1b[31m", group=1, place=run.places[1]))
    ledger.append(steps.capture(laptop.hand(), run, "walk", kind="commitment", place=run.places[1]))
    clock.forward(minutes=1)
    ledger.append([steps.end(laptop.hand(), run)])
    ledger.close()
    said = laptop.do("protocol", "led", event)
    assert "Troika consulting, 30 minutes: 09:00–09:03, 2 group(s)" in said
    assert "1    2:30 of 2 min  What would I ask?" in said
    assert "2    3:30 of 2 min  What would I ask?" in said
    assert "- note, group 1: =1+1 ␛[31m" in said
    assert "- commitment, all: walk (who? by when?)" in said
    document = laptop.json("protocol", "led", event)
    assert {name: len(rows) for name, rows in document.items()} == {
        "runs": 1,
        "steps": 3,
        "captures": 2,
        "commitments": 1,
    }
    assert [row["seconds"] for row in document["steps"]] == [150, 60, 210]
