"""What is next for a school of a cohort, in words that somebody can act on.

Owns which steps there are, their order and their sentences. Never reads facts by itself: it is told where a school
stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from plfacilitate.core.cohort.gatherings import Gathering
from plfacilitate.core.cohort.goals import Aim, Commitment
from plfacilitate.core.cohort.standing import Attended, Stage
from plfacilitate.core.cohort.teams import TeamWarning
from plfacilitate.core.minutes import day_text
from plfacilitate.core.text import cut

QUIET = timedelta(days=60)
"""So long without any contact or visit, and somebody should call."""
PLAN_FROM = 2
"""From so many sessions on a school has goals: the second one drafts the action plan."""
_TEAM = ("team-none", "team-small", "team-large", "no-administrator", "no-teacher-leader")


class Step(NamedTuple):
    """Something to do or to come: a code, the sentence, and its day where it has one."""

    code: str
    words: str
    day: date | None = None


class Where(NamedTuple):
    """All that decides what is next. `coming` = what has a day, today or later, soonest first.

    `passed` = this school's own meetings whose day passed without anybody opening them. `touched` = the last day on
    which anybody worked with the school, None = never.
    """

    today: date
    stage: Stage
    warnings: Sequence[TeamWarning]
    sessions: Sequence[Attended]
    visits_held: int
    visits_wanted: int
    goals: Sequence[Aim]
    commitments: Sequence[Commitment]
    coming: Sequence[Gathering]
    passed: Sequence[Gathering]
    touched: date | None
    since: date


def steps_of(where: Where) -> tuple[Step, ...]:
    """What is next, the most urgent first; at least one step."""
    found = [
        *_overdue(where), *_dropped(where), *_team(where), *_missed(where), *_plan(where), *_passed(where),
        *_dates(where), *_visits(where), *_evidence(where), *_quiet(where),
    ]  # fmt: skip
    return tuple(found) or (Step("nothing", "nothing waits"),)


def _overdue(where: Where) -> Iterator[Step]:
    late = [one for one in where.commitments if one.state == "overdue" and one.due is not None]
    if late and late[0].due is not None:
        first = late[0]
        who = f" ({first.who})" if first.who else ""
        more = f", and {len(late) - 1} more" if len(late) > 1 else ""
        words = f"overdue since {day_text(late[0].due)}: “{_short(first.what)}”{who}{more}"
        yield Step("overdue", words, first.due)


def _dropped(where: Where) -> Iterator[Step]:
    for aim in where.goals:
        waiting = sum(one.waits for one in aim.commitments)
        if aim.goal.dropped and waiting:
            what = "a promise" if waiting == 1 else f"{waiting} promises"
            yield Step("dropped-goal", f"point {what} elsewhere: “{_short(aim.goal.text)}” was dropped")


def _short(text: str) -> str:
    """What somebody typed, cut so that a line of a board still says what to do."""
    return cut(text, 60).rstrip()


def _team(where: Where) -> Iterator[Step]:
    wrong = [one.words.removesuffix(" in the team") for one in where.warnings if one.code in _TEAM]
    if wrong and where.stage.code != "network":
        yield Step("team", f"complete the team: {', '.join(wrong)}")


def _missed(where: Where) -> Iterator[Step]:
    if where.sessions and where.stage.code == "year":
        last = where.sessions[-1]
        if last.team and not last.came:
            others = f", but {last.others} of the school" if last.others else ""
            words = f"catch up on {last.gathering.name}: nobody of the team was there{others}"
            yield Step("missed", words, last.gathering.day)


def _plan(where: Where) -> Iterator[Step]:
    standing = [aim for aim in where.goals if not aim.goal.dropped]
    if not standing and (where.stage.code == "network" or where.stage.held >= PLAN_FROM):
        yield Step("no-goal", "write the action plan: no goal is set")


def _passed(where: Where) -> Iterator[Step]:
    for one in where.passed if where.stage.code == "year" else ():
        yield Step("passed", f"{one.name} of {day_text(one.day)} was never opened: was it held?", one.day)


def _dates(where: Where) -> Iterator[Step]:
    for one in where.coming[:1]:
        when = "today" if one.day == where.today else f"on {day_text(one.day)}"
        yield Step("date", f"{one.name} {when}", one.day)
    parts = {one.part for one in where.coming}
    if where.stage.code == "network" and "network-meeting" not in parts:
        yield Step("no-network", "give the next network meeting a day")
    if where.stage.code != "network" and where.stage.held < where.stage.of and "session" not in parts:
        yield Step("no-session", f"give session {where.stage.held + 1} a day")


def _visits(where: Where) -> Iterator[Step]:
    fixed = where.visits_held + sum(one.part == "site-visit" for one in where.coming)
    if where.stage.code == "year" and fixed < where.visits_wanted:
        yield Step("no-visit", f"give site visit {fixed + 1} of {where.visits_wanted} a day")


def _evidence(where: Where) -> Iterator[Step]:
    for aim in where.goals:
        if aim.goal.dropped:
            continue
        if aim.doubtful:
            yield Step("two-versions", f"“{_short(aim.goal.text)}” was changed on two laptops at once: say which holds")
        if not aim.evidence and where.stage.held:
            late = aim.goal.due is not None and aim.goal.due < where.today
            how = f"was due {day_text(aim.goal.due)} and" if late and aim.goal.due else "so far"
            yield Step(
                "no-evidence", f"look for evidence of “{_short(aim.goal.text)}”: {how} nothing seen points at it"
            )


def _quiet(where: Where) -> Iterator[Step]:
    last = where.touched or where.since
    if where.stage.code != "before" and where.today - last > QUIET:
        said = f"last worked with on {day_text(where.touched)}" if where.touched else "nobody has worked with it yet"
        yield Step("quiet", f"call the school: {said}")
