"""A small site visit to report on: six rooms, two observers, three instruments, an interview; every figure is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.protocol import Item, Option, Prompt, Protocol, Section
from plfacilitate.core.report.whole import VisitReport, visit_report
from plfacilitate.core.visiting.fold import Agreed, Place, VisitPicture
from plfacilitate.core.visiting.observation import Answer, Bout, Glance, Line, Notes, Observation
from plfacilitate.core.visiting.plan import Stop, Visit

EXAMPLE = Path(__file__).parent / "visit.toml"
"""A way of five rooms for two observers, as a file."""
ZONE = ZoneInfo("America/Los_Angeles")
BEGIN = datetime(2023, 12, 6, 17, tzinfo=UTC)  # 9:00 at the place
MADE_AT = datetime(2023, 12, 6, 23, 30, tzinfo=UTC)

LESSON = Protocol(
    "lesson", "A lesson", "observation", "To see who chooses.", "The office's own.", 20,
    sections=(
        Section("choice", "Who chooses", items=(
            Item("says", "look-for", "Student says what to do next", attribute="learner-profiles", facet="who-chooses"),
            Item("what", "rating", "What: topic and text", levels=(
                "Teacher names topic and text.", "Student picks from a list.", "Student proposes a question."),
                attribute="personal-learning-paths", facet="who-chooses"),
            Item("heads", "count", "Different students who spoke"),
            Item("wall", "choice", "What hangs on the walls", several=True, options=(
                Option("work", "Student work"), Option("rules", "Bought rules"), Option("data", "Progress charts"))),
            Item("expects", "text", "What is said about what students can do", facet="strengths-and-needs"),
        )),
        Section("talk", "Who talks", items=(
            Item("why", "tally", "Asks why", facet="who-is-heard"),
            Item("fact", "tally", "Asks for a fact"),
            Item("teacher", "state", "The teacher speaks", group="floor"),
            Item("student", "state", "Students speak", group="floor", facet="who-is-heard"),
            Item("sweep", "snapshot", "Sweep", every=5, capture="count", options=(
                Option("on", "At work"), Option("off", "Does something else"))),
        )),
    ),
)  # fmt: skip
SYSTEM = Protocol(
    "system", "Where the work stands", "interview", "To place it.", "The office's own.", 30,
    levels=("Nobody can say.", "Somebody tells of it.", "A paper names it.", "Somebody shows it."),
    sections=(Section("strategy", "Strategy", prompts=(
        Prompt("vision", "We personalize so that …", "Vision", who=("principal", "teacher leader")),
        Prompt("plan", "Which grades begin?", "Rollout", attribute="flexible-learning-environments"),
        Prompt("money", "Who pays?", "Budget"),
    )),),
)  # fmt: skip
WAY = tuple(
    Stop(f"s{n}", room, starts=f"9:{n}0", minutes=20, host=host, subject="Chemistry", grade="Grade 11", team=("Ada", "Ben"))
    for n, (room, host) in enumerate(
        (
            ("Room 204", "Rosa Garcia"), ("Room 7", "Tom Müller-Ojeda"), ("Library", "Ms. Long"), ("Room 12", "Wei Chen"),
            ("Portable B", "Ana Silva"), ("Room 31", "Kofi Mensah"),
        )
    )
)  # fmt: skip
VISIT = Visit(
    school="Dimmitt Middle School",
    purpose="To see who chooses what students work on.",
    look_fors=("Who chooses", "Student says what to do next", "Robots dance"),
    hosts=("Principal Iris Vandermeer",),
    stops=WAY,
    debrief="14:00",
    event="walk 356",  # letters follow the way by chance: figures are easier to work out by hand
)


def at(minute: float) -> datetime:
    """So many minutes after nine."""
    return BEGIN + timedelta(minutes=minute)


def notes_of(answers: Mapping[str, Any], begun: datetime) -> dict[str, Notes]:
    """Notes by item, said shortly: a value, `(value, note)`, taps as a list, bouts as a list of pairs of minutes."""
    found: dict[str, Notes] = {}
    for item, value in answers.items():
        match item:
            case "why" | "fact":
                found[item] = Notes(taps=tuple(begun + timedelta(minutes=minute) for minute in value))
            case "teacher" | "student":
                ends = [(begun + timedelta(minutes=a), begun + timedelta(minutes=b)) for a, b in value]
                found[item] = Notes(bouts=tuple(Bout(a, b) for a, b in ends))
            case "sweep":
                glances = (Glance(n, begun + timedelta(minutes=5 * n), codes) for n, codes in enumerate(value, start=1))
                found[item] = Notes(glances=tuple(glances))
            case _:
                answer, note = value if isinstance(value, tuple) and len(value) == 2 else (value, "")
                kept = tuple(answer) if isinstance(answer, list) else answer
                found[item] = Notes(answer=Answer(kept, note, f"a-{item}", begun + timedelta(minutes=3)))
    return found


def observation(
    name: str,
    stop: str = "",
    observer: str = "Ada",
    *,
    protocol: Protocol = LESSON,
    respondent: str = "",
    begins: float = 0,
    lasts: float | None = 20,
    lines: Sequence[tuple[float, str, tuple[str, ...]]] = (),
    means: Any = "facilitator",
    **answers: Any,
) -> Observation:
    """An observation that begins so many minutes after nine; `lasts` None = nobody ended it."""
    begun = at(begins)
    script = (Line(f"{name}-{n}", begun + timedelta(minutes=m), text, items, "facilitator", doubtful=False)
              for n, (m, text, items) in enumerate(lines))  # fmt: skip
    return Observation(
        name, "e", stop, observer, respondent, protocol, means, begun, None if lasts is None else at(begins + lasts),
        tuple(script), notes_of(answers, begun),
    )  # fmt: skip


def lessons() -> tuple[Observation, ...]:
    """Five rooms that Ada saw; the first one Ben saw too; nobody saw the sixth."""
    values = (
        ("seen", 1, 4, ["work"]), ("seen", 3, 9, ["work", "rules"]), ("not seen", 1, 6, ["rules"]),
        ("seen", 2, 7, ["data"]), ("not applicable", 3, 5, ["work"]),
    )  # fmt: skip
    found = [
        observation(
            f"o{n}", f"s{n}", begins=30 * n, says=says, what=what, heads=heads, wall=wall,
            why=[2, 8] if n < 2 else [], fact=[1, 2, 3], teacher=[(0, 10)], student=[(10, 14)],
            sweep=[{"on": 18, "off": 2}, {"on": 15, "off": 5}],
            lines=[(1, f"S1: first question in lesson {n}?", ("why",)), (4.5, "T: you may decide", ("what", "says"))],
        )
        for n, (says, what, heads, wall) in enumerate(values)
    ]  # fmt: skip
    ben = observation("b0", "s0", "Ben", begins=0, says="seen", what=2, heads=6, wall=["work"], why=[2], fact=[1, 2, 3],
                      teacher=[(0, 10)], student=[(10, 14)], expects="You can all prove it, says T.")  # fmt: skip
    return (*found, ben)


def talks() -> tuple[Observation, ...]:
    """A principal and two teacher leaders on the same elements."""
    return (
        observation("t1", observer="Ben", protocol=SYSTEM, respondent="principal", vision=(4, "It hangs in the hall."), plan=2),
        observation("t2", observer="Ada", protocol=SYSTEM, respondent="teacher leader", vision=1, plan=2),
        observation("t3", observer="Ada", protocol=SYSTEM, respondent="teacher leader", vision=(None, "Which vision?")),
    )  # fmt: skip


SUMMARY = {
    "patterns": "Students choose the form, seldom the question.",
    "adoption": "Lists of tasks are in five rooms.",
    "adherence": "In two rooms a student changed the list.",
    "next": "Let students propose one question a week.",
}
AGREED: Mapping[Place, Agreed] = {("s0", "lesson", "what"): Agreed(2, "Ben saw the list.", "g")}


def picture(
    observations: Sequence[Observation] | None = None,
    visit: Visit | None = VISIT,
    agreed: Mapping[Place, Agreed] = AGREED,
    summary: Mapping[str, str] = SUMMARY,
) -> VisitPicture:
    """The visit as a fold would give it."""
    given = (*lessons(), *talks()) if observations is None else tuple(observations)
    return VisitPicture("e", visit, given, agreed, summary)


def report(shown: VisitPicture | None = None, **event: Any) -> VisitReport:
    """Its report."""
    of: dict[str, Any] = {"title": "Site visit", "place": "Renton", "day": date(2023, 12, 6), "zone": ZONE}
    return visit_report(shown or picture(), **({**of, "made_at": MADE_AT} | event))


def few(rooms: int) -> VisitPicture:
    """The same visit, of which only so many rooms were seen."""
    stops = {f"s{n}" for n in range(rooms)}
    return picture([one for one in lessons() if one.stop in stops], agreed={})


def named(shown: VisitPicture | None = None) -> VisitPicture:
    """The same visit with rooms named."""
    one = shown or picture()
    assert one.visit is not None
    return one._replace(visit=replace(one.visit, rooms="named"))
