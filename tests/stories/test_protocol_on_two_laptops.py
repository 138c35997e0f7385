"""Two facilitators lead one protocol: groups on one laptop, groups on the other; brought together, and handed in."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from plfacilitate.core.running.places import Size
from plfacilitate.core.running.run import Run
from plfacilitate.shelf.protocols import find_protocol
from plfacilitate.steps import run as steps
from plfacilitate.steps.groups import read_groups
from plfacilitate.steps.run import read_runs
from tests.laptops import Laptop
from tests.played import Clock

Laptops = Callable[[str], Laptop]


def led(laptop: Laptop, event: str) -> Run:
    """What is led, as this laptop knows it."""
    ledger = laptop.ledger()
    (run,) = read_runs(ledger, event).runs
    ledger.close()
    return run


def write(laptop: Laptop, event: str, *what: Callable[[Run], list[object]]) -> None:
    """Say something about the run on this laptop."""
    ledger = laptop.ledger()
    for one in what:
        (run,) = read_runs(ledger, event).runs
        ledger.append(one(run))  # type: ignore[arg-type]  # drafts, whatever the function is called
    ledger.close()


def test_groups_led_on_two_laptops_are_one_run(laptops: Laptops, clock: Clock) -> None:
    """The second laptop takes the first one's ledger, leads two groups itself, and both end up with the same picture."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    clock.set("2023-12-06T09:00:00-08:00")
    ledger = one.ledger()
    troika = find_protocol("troika", one.workspace.protocols)
    ledger.append([steps.begin(one.hand(), event, troika, size=Size(4))])
    ledger.close()
    two.json("receive", one.workspace.ledger)
    clock.forward(minutes=2)
    write(one, event, lambda run: [steps.move(one.hand(), run, [1, 2], run.places[1])])
    clock.forward(seconds=20)
    write(
        two, event, lambda run: [steps.move(two.hand(), run, [3], run.places[1])],
        lambda run: [*steps.capture(two.hand(), run, "What if they choose?", kind="question", group=3, place=run.places[1])],
    )  # fmt: skip
    clock.forward(seconds=40)
    write(two, event, lambda run: [steps.pause(two.hand(), run, [4])])
    assert led(one, event) != led(two, event)
    one.json("receive", two.workspace.ledger)
    two.json("receive", one.workspace.ledger)
    first, second = led(one, event), led(two, event)
    assert first == second
    assert [group.at for group in first.groups] == [1, 1, 1, 0]
    assert [group.now.left(clock()) for group in first.groups] == [60, 60, 80, -60]
    assert [group.now.watch.paused for group in first.groups] == [False, False, False, True]
    assert [line.text for line in first.captured] == ["What if they choose?"]


def test_what_was_led_leaves_with_the_programme_and_not_with_the_hours(
    laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """Three tables in the programme parcel; who sat with whom is in neither."""
    event = laptop.opened()
    laptop.do("groups", "draw", event, "--of", "4")
    clock.set("2023-12-06T09:00:00-08:00")
    ledger = laptop.ledger()
    troika = find_protocol("troika", laptop.workspace.protocols)
    ledger.append([steps.begin(laptop.hand(), event, troika)])
    ledger.close()
    write(laptop, event, lambda run: [*steps.capture(laptop.hand(), run, "a line to keep", place=run.places[0])])
    clock.forward(minutes=30)
    write(laptop, event, lambda run: [steps.end(laptop.hand(), run)])
    clock.set("2023-12-06T16:30:00-08:00")
    laptop.finish(event, tmp_path / "mail")
    hours, programme = (
        next(path for path in laptop.outbox if f"-{name}-" in path.name) for name in ("hours", "programme")
    )
    ledger = laptop.ledger()
    seated = read_groups(ledger, event)
    ledger.close()
    assert seated.drawing is not None
    with zipfile.ZipFile(programme) as file:
        manifest = json.loads(file.read("datapackage.json"))
        named = {one["path"] for one in manifest["resources"]}
        assert {"runs.csv", "steps.csv", "captures.csv"} <= named
        rows = list(csv.DictReader(io.StringIO(file.read("captures.csv").decode("utf-8-sig"))))
        everything = b"".join(file.read(name) for name in file.namelist())
    assert [row["text"] for row in rows] == ["a line to keep"]
    assert b"group-joined" not in everything
    with zipfile.ZipFile(hours) as file:
        assert "captures.csv" not in file.namelist()
        content = b"".join(file.read(name) for name in file.namelist())
    assert b"a line to keep" not in content
    assert b"group-joined" not in content
