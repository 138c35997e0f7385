"""The report of a visit: worked out, drawn and made into a page, beside the typesetter drawing the same pages alone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.figures import Figure, ms, paired
from plfacilitate.core.protocol import LOOK_FOR, Item, Prompt, Protocol
from plfacilitate.core.report.whole import VisitReport, visit_report
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.observation import Answer, Bout, Line, Notes, Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.shelf.protocols import check_protocol_file
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.visit_report import TEMPLATE, printed, report_pdf
from plfacilitate.shelf.visit_web import report_page

ZONE = ZoneInfo("America/Los_Angeles")
BEGIN = datetime(2026, 12, 2, 17, tzinfo=UTC)
ROOMS, LINES = 12, 60  # classrooms, and lines of the script in each sheet
_SAID = (
    "S1: why does the number of shadows change?", "T: decide which of the two you start with, and tell your partner why",
    "S2 fetches a second text and puts the first one back", "T looks at six slates, then forms a group of four at the window",
    "S3 to S4: you said it has to be even, but nine works", "Screen: a list with each student's next aim; three are ticked",
)  # fmt: skip


def figures() -> list[Figure]:
    """Twelve rooms, two observers, three instruments: 72 sheets of 60 lines, and five interviews."""
    import typst

    picture = visit(ROOMS, LINES)
    template = folder("exports") / "documents" / TEMPLATE
    turns = count()

    def ours() -> None:
        made = _report(picture, next(turns))
        report_pdf(made)
        report_page(made)

    def theirs() -> None:
        text = json.dumps(ready | {"name": f"Turn {next(turns)}", "school": f"School {next(turns)}"})
        typst.compile(template, format="pdf", sys_inputs={"report": text}, ignore_system_fonts=True,
                      timestamp=int(BEGIN.timestamp()), pdf_standards=["a-2a", "ua-1"])  # fmt: skip

    ready = printed(_report(picture, 0)) | {"paper": "us-letter"}
    ratio, mine, plain = paired(ours, theirs, runs=5)
    return [
        Figure(
            "visit", "report of 12 rooms, PDF and page ÷ typst drawing the same pages", ratio, most=2,
            detail=ms(mine, plain),
        )
    ]  # fmt: skip


def _report(picture: VisitPicture, turn: int) -> VisitReport:
    """Another school at each turn: the typesetter remembers pages that it has drawn."""
    made = visit_report(
        picture, title="Site visit", place="Renton", day=date(2026, 12, 2), zone=ZONE,
        made_at=BEGIN + timedelta(hours=6),
    )  # fmt: skip
    return replace(made, school=f"School {turn}")


def visit(rooms: int, lines: int) -> VisitPicture:
    """Two people in every room with three of the shipped instruments, and five people asked: the same every time."""
    dice = random.Random(7)
    way = tuple(
        Stop(f"s{n}", f"Room {100 + n}", minutes=20, host=f"Maria Teacher{n}", team=("Ada", "Ben"))
        for n in range(rooms)
    )
    observations = [
        _sheet(f"{stop.id}-{name}-{observer}", stop.id, observer, "", protocol, place, lines, dice)
        for place, stop in enumerate(way)
        for name, protocol in _shipped("observation", "psesd-lens", "four-attributes", "questions-and-talk")
        for observer in ("Ada", "Ben")
    ]
    observations += [
        _sheet(f"talk-{n}", "", "Ada", who, protocol, n, 0, dice)
        for name, protocol in _shipped("interview", "implementation-framework")
        for n, who in enumerate(("principal", "teacher leader", "teacher leader", "district leader", "coach"))
    ]
    purpose = "To see where students choose what and how they learn, and what makes that possible."
    look_fors = ("Who chooses topic, way and pace", "Students who can say what they work on, and why")
    parts = {
        "patterns": "Students choose the form of a product in most rooms, and the question in few.\n"
        "Where a record lay open on the desk, students could say what they would do next.",
        "adoption": "Lists with tasks of their own lie on desks in nine rooms.",
        "adherence": "In three rooms somebody changed the list while we were there.",
        "next": "Let every student propose one question a week, and let the class hear two of them.",
    }
    school = "Lakeridge Elementary"
    return VisitPicture("e", Visit(school, purpose, look_fors, stops=way), tuple(observations), {}, parts)


def _shipped(kind: str, *names: str) -> Iterator[tuple[str, Protocol]]:
    for name in names:
        protocol, _, _ = check_protocol_file(Path(folder("protocols") / kind / f"{name}.toml"))
        assert protocol is not None, name
        yield name, protocol


def _sheet(
    key: str, stop: str, observer: str, respondent: str, protocol: Protocol, place: int, lines: int, dice: random.Random
) -> Observation:
    begun = BEGIN + timedelta(minutes=25 * place)
    items = [item.id for item in protocol.items]
    script = tuple(
        Line(f"{key}-{n}", begun + timedelta(seconds=20 * n), dice.choice(_SAID), (dice.choice(items),), "facilitator",
             doubtful=False)
        for n in range(lines)
    )  # fmt: skip
    notes = {part.id: _noted(part, protocol, begun, dice) for part in protocol.parts}
    return Observation(
        key,
        "e",
        stop,
        observer,
        respondent,
        protocol,
        "facilitator",
        begun,
        begun + timedelta(minutes=20),
        script,
        notes,
    )


def _noted(part: Item | Prompt, protocol: Protocol, begun: datetime, dice: random.Random) -> Notes:
    def at(minute: float) -> datetime:
        return begun + timedelta(minutes=minute)

    if isinstance(part, Item) and part.kind == "tally":
        return Notes(taps=tuple(at(dice.random() * 20) for _ in range(dice.randint(0, 9))))
    if isinstance(part, Item) and part.kind == "state":
        begins = dice.random() * 15
        return Notes(bouts=(Bout(at(begins), at(begins + dice.random() * 5)),))
    note = dice.choice(_SAID) if isinstance(part, Prompt) and dice.random() < 0.4 else ""
    return Notes(answer=Answer(_answer(part, protocol, dice), note, "a", at(3)))


def _answer(part: Item | Prompt, protocol: Protocol, dice: random.Random) -> Any:
    if isinstance(part, Prompt):
        return dice.randint(1, len(protocol.levels))
    match part.kind:
        case "look-for":
            return dice.choice(LOOK_FOR)
        case "rating":
            return 1 + int(dice.random() ** 2 * len(part.levels))
        case "count":
            return dice.randint(2, 20)
        case "choice":
            return (dice.choice(part.options).id,)
        case _:
            return dice.choice(_SAID)
