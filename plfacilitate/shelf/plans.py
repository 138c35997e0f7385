"""Plan files in: `sessions/*.toml` made into plans, with everything that is wrong in them by line and key.

Owns what such a file must say, and whose file counts where the workspace has one too. Never schedules anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.agenda import creditable_minutes
from plfacilitate.core.designation import Designation
from plfacilitate.core.minutes import hours_text, in_minutes
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Plan, PopupRules, Presenter, Question, ReadyPoll, Segment, Session
from plfacilitate.core.polls.asking import checked as checked_question
from plfacilitate.core.refusal import Refused, refuse_faults
from plfacilitate.core.text import plain
from plfacilitate.shelf.found import candidates
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.protocols import protocol_files
from plfacilitate.shelf.toml_files import Checked, TomlFile, checked, read_toml, taken
from plfacilitate.shelf.toml_lines import KeyPath

if TYPE_CHECKING:
    from plfacilitate.shelf.plan_shape import PlanShape, PollQuestionShape, QuestionShape

ATTENDED_AT_LEAST = 75
"""Per cent of a session that an all-sessions plan asks for where it does not say: our assumption."""
_DAY = 24 * 60


def find_plan(plan: str, own: Path, *, offices: Path, protocols: Path | None = None) -> Plan:
    """The plan of that id from the workspace's folder `own`, else the shipped one; or the plan of a file.

    `offices`, `protocols` = the workspace's folders of them; without `protocols` nobody looks whether those that the
    agenda names are there. Refused: `plan-unknown`, `faults`, and what keeps a file from being read.
    """
    if plan.endswith(".toml"):
        return _taken(Path(plan), offices, protocols)
    for path in sorted(candidates(own, "sessions"), key=lambda path: _rank(path, own, plan)):
        if path.stem == plan or _id(path) == plan:
            return _taken(path, offices, protocols)
    raise Refused("plan-unknown", plan=plain(plan))


def _rank(path: Path, own: Path, plan: str) -> tuple[bool, bool, str]:
    """The order in which files of one id count: yours first, then the one of that name."""
    return (path.parent != own, path.stem != plan, path.name)


def _id(path: Path) -> object:
    try:
        return read_toml(path).data.get("id")
    except Refused:
        return None


def list_plans(
    own: Path, *, offices: Path | None = None, protocols: Path | None = None
) -> tuple[list[Plan], list[Refused]]:
    """Every plan that there is, in order of their ids, and why others can't be used.

    Without `offices` nobody looks whether the office that a plan names is there, nor without `protocols` whether those
    of its agenda are.
    """
    found: dict[str, dict[Path, Plan]] = {}
    broken = []
    for path in candidates(own, "sessions"):
        try:
            plan = _taken(path, offices, protocols)
        except Refused as no:
            broken.append(no)
        else:
            found.setdefault(plan.id, {})[path] = plan
    plans = []
    for key in sorted(found):
        first, *others = sorted(found[key], key=lambda path: _rank(path, own, key))
        plans.append(found[key][first])
        # One in another folder is just replaced.
        broken += [_second(path, key, first) for path in others if path.parent == first.parent]
    return plans, broken


def _second(path: Path, plan: str, holder: Path) -> Refused:
    file = read_toml(path)
    file.fault(("id",), f'"{plan}" is the id of {plain(holder.name)} too, and that one counts: give this one another.')
    return refuse_faults(file.name, file.faults)


def _taken(path: Path, offices: Path | None, protocols: Path | None) -> Plan:
    return taken(path, check_plan_file(path, offices=offices, protocols=protocols))


def check_plan_file(path: Path, *, offices: Path | None, protocols: Path | None = None) -> Checked[Plan]:
    """The plan of a file, its faults (None and some, or a plan and none) and notes, by line.

    Refused: `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    return checked(path, lambda file: _plan(file, offices, protocols))


def _plan(file: TomlFile, offices: Path | None, protocols: Path | None) -> Plan | None:
    from plfacilitate.shelf.plan_shape import EXAMPLES, PlanShape
    from plfacilitate.shelf.shapes import fitted

    shape = fitted(PlanShape, file, EXAMPLES)
    if shape is None:
        return None
    _check_sessions(file, shape)
    approved = _approved(file, shape.approved_hours)
    plan = Plan(
        id=shape.id,
        title=shape.title,
        kind=shape.kind,
        office=shape.office,
        approved_hundredths=approved,
        credit=shape.credit or "each-session",
        sessions=_sessions(shape),
        attended_at_least=_share(file, shape),
        choice=tuple(shape.choice),
        designations=_designations(file, shape, approved),
        objectives=tuple(shape.objectives),
        presenters=tuple(Presenter(one.name, one.position, one.qualification) for one in shape.presenters),
        sponsor=shape.sponsor,
        source=shape.source,
        language=shape.language,
        questions=_questions(file, shape),
        names_on_wall=shape.names_on_wall,
        polls=_polls(file, shape),
        popup=PopupRules(shape.popup.names, shape.popup.stacking) if shape.popup is not None else None,
    )
    if offices is not None:
        _check_office(file, plan, offices)
    if protocols is not None:
        _check_protocols(file, plan, protocols)
    return plan


def _sessions(shape: PlanShape) -> tuple[Session, ...]:
    return tuple(
        Session(
            session.id,
            session.title or shape.title,
            session.starts,
            tuple(
                Segment(one.minutes, one.kind, one.title or one.kind, one.protocol or "", one.fixed)
                for one in session.agenda
            ),
        )
        for session in shape.session
    )


def _questions(file: TomlFile, shape: PlanShape) -> tuple[Question, ...]:
    for path, twin, line in file.twice((("question", at, "id"), one.id) for at, one in enumerate(shape.question)):
        file.fault(path, f'"{twin}" is the id of another question too (line {line}).')
    for place, one in enumerate(shape.question):
        _check_options(file, ("question", place), one)
    return tuple(
        Question(
            one.id, one.kind, one.ask, tuple(one.options), one.steps, one.low, one.high,
            {language: said.model_dump() for language, said in one.said.items()},
        )
        for one in shape.question
    )  # fmt: skip


def _polls(file: TomlFile, shape: PlanShape) -> tuple[ReadyPoll, ...]:
    for path, twin, line in file.twice((("poll", at, "id"), one.id) for at, one in enumerate(shape.poll)):
        file.fault(path, f'"{twin}" is the id of another poll too (line {line}).')
    segments = {segment.title for session in shape.session for segment in session.agenda}
    found = []
    for at, poll in enumerate(shape.poll):
        if poll.segment and poll.segment not in segments:
            file.fault(("poll", at, "segment"), f'no segment of the agenda is called "{plain(poll.segment)}".')
        questions = tuple(_poll_question(file, at, place, one) for place, one in enumerate(poll.question))
        if len({one.id for one in questions}) < len(questions):
            file.fault(("poll", at, "question"), "has two questions of one id.")
        found.append(ReadyPoll(poll.id, poll.title, questions, poll.exit, poll.names, poll.hidden, poll.segment))
    return tuple(found)


def _poll_question(file: TomlFile, poll: int, place: int, one: PollQuestionShape) -> Question:
    where = ("poll", poll, "question", place)
    _check_options(file, where, one)
    question = Question(
        one.id or f"q{place + 1}", one.kind, one.ask, tuple(one.options), one.steps, one.low, one.high,
        {language: said.model_dump() for language, said in one.said.items()},
    )  # fmt: skip
    try:
        return checked_question(question)
    except Refused as no:
        if len(one.options) > 1 or one.kind not in ("choice", "several"):  # else it was said above
            file.fault(where, f"can't be asked: {no}")
        return question


def _check_options(file: TomlFile, question: Sequence[str | int], one: QuestionShape | PollQuestionShape) -> None:
    where, chooses = (*question, "options"), one.kind in ("choice", "several")
    if chooses and len(one.options) < 2:
        file.fault(where, 'needs at least two answers for a choice: options = ["Yes", "No"].')
    if not chooses and one.options:
        file.fault(where, f"a {one.kind} has no options; only a choice has.")
    for language, said in one.said.items():
        if said.options and len(said.options) != len(one.options):
            at = (*question, "said", language, "options")
            file.fault(at, f"has {len(said.options)} answers, but the question has {len(one.options)}.")


def _check_sessions(file: TomlFile, shape: PlanShape) -> None:
    for path, twin, line in file.twice((("session", at, "id"), one.id) for at, one in enumerate(shape.session)):
        file.fault(path, f'"{twin}" is the id of another session too (line {line}).')
    for place, session in enumerate(shape.session):
        minutes = sum(segment.minutes for segment in session.agenda)
        if minutes > _DAY:
            file.fault(
                ("session", place, "agenda"), f"lasts {minutes} min, longer than a day: make it several sessions."
            )
    if shape.credit is None and len(shape.session) > 1:
        file.fault(("credit",), 'is missing: write credit = "all-sessions" or credit = "each-session"')


def _approved(file: TomlFile, hours: Decimal) -> int:
    if hours < 0:
        file.fault(("approved_hours",), f"{hours} is too little: at least 0.")
    return file.hundredths(("approved_hours",), hours)


def _designations(file: TomlFile, shape: PlanShape, approved: int) -> tuple[Designation, ...]:
    names = ((("designations", at), one.name.casefold()) for at, one in enumerate(shape.designations))
    for path, _, line in file.twice(names):
        file.fault(path, f"stands there twice (line {line} too).")
    return tuple(
        Designation(one.name, _part(file, ("designations", at, "hours"), one.hours, approved))
        for at, one in enumerate(shape.designations)
    )


def _part(file: TomlFile, where: KeyPath, hours: Decimal | None, approved: int) -> int | None:
    if hours is None:
        return None
    if hours <= 0:
        file.fault(where, f"{hours} is too little: more than 0, or leave it out where the whole offering carries it.")
        return None
    part = file.hundredths(where, hours)
    if part > approved:
        file.fault(where, f"is {hours_text(part)}, but only {hours_text(approved)} hours were approved.")
    return part


def _share(file: TomlFile, shape: PlanShape) -> int | None:
    share = shape.attended_at_least
    if share is None:
        return ATTENDED_AT_LEAST if shape.credit == "all-sessions" else None
    if not 0 <= share <= 1:
        file.fault(("attended_at_least",), f"is {share}: write a share between 0 and 1, such as 0.75.")
        return None
    return file.hundredths(("attended_at_least",), share)


def _check_office(file: TomlFile, plan: Plan, offices: Path) -> None:
    try:
        office = find_office(plan.office, offices)
    except Refused as no:
        file.fault(("office",), str(no))
        return
    counted = {place: creditable_minutes(office, session) for place, session in enumerate(plan.sessions)}
    approved = in_minutes(plan.approved_hundredths, office.minutes_per_hour)
    if 0 < approved < office.offering_minimum_minutes:
        least = office.offering_minimum_minutes
        file.fault(("approved_hours",), f"is less than the {least} min that {office.id} approves at least.")
    if approved:
        _note_minutes(file, plan, office, counted)


def _check_protocols(file: TomlFile, plan: Plan, protocols: Path) -> None:
    named = {
        ("session", place, "agenda", at, "protocol"): segment.protocol
        for place, session in enumerate(plan.sessions)
        for at, segment in enumerate(session.agenda)
        if segment.protocol
    }
    there = {path.stem for path in protocol_files(protocols)} if named else set()
    for path, protocol in named.items():
        if protocol not in there:
            file.fault(path, str(Refused("protocol-unknown", protocol=plain(protocol))))


def _note_minutes(file: TomlFile, plan: Plan, office: Office, counted: Mapping[int, int]) -> None:
    hundredths = sum(counted.values()) * 100 // office.minutes_per_hour
    if hundredths < plan.approved_hundredths:
        approved = hours_text(plan.approved_hundredths)
        sentence = f"is {approved}, but {office.id} counts only {hours_text(hundredths)} h of the agenda."
        file.note(("approved_hours",), sentence)
    for place, minutes in counted.items():
        if not minutes:
            file.note(("session", place, "agenda"), f"holds nothing that {office.id} counts.")
