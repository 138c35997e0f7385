"""What the POP-up's pages show, ready for their templates.

Owns how long a text may get on a phone. Never shows a dot before its vote is closed, nor anybody's name but the owner's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plfacilitate.core.people import Person
from plfacilitate.core.popup.picture import Commitment, Member, PopupPicture, Problem, Round
from plfacilitate.core.text import plain
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Again, Pages

MOST_WORDS = 1_000
"""Letters of one field at most."""
MOST_SHOWN = 60  # problems on one page: with more of them it would no longer be a page for a phone
_LINE, _OPTION = 120, 160
_MOST_TYPED = 12_000  # of what is shown again, so that a page stays one for a phone

# What spoke for a group (core.popup.placing), in the language of the page.
WHY = (
    mark("first in the group"),
    mark("smallest group"),
    mark("nobody else of their school"),
    mark("nobody else in their role"),
)
_DRAWN = mark("your group was drawn at %(time)s")


def list_sheet(picture: PopupPicture, mine: str, ticket: str, person: str, place: str) -> dict[str, Any]:
    """The problems that one can join."""
    found = [one for one in picture.problems if not one.taken_down]
    return {
        "ticket": ticket,
        "person": person,
        "place": place,
        "problems": [
            {
                "id": one.id, "owner": plain(one.owner), "school": plain(one.school), "problem": short(one.problem, _LINE),
                "people": len(one.members), "mine": one.id == mine,
            }
            for one in found[:MOST_SHOWN]
        ],
        "more": max(0, len(found) - MOST_SHOWN),
        "again": Again("post", "/popup", {"l": ticket, "p": person, "other": "1"}),
    }  # fmt: skip


def _why(pages: Pages, mine: Member) -> str:
    """What spoke for somebody's group."""
    if mine.how == "drawn":
        return pages.say(_DRAWN, time=plain(mine.why.rpartition(" ")[2]))
    return ", ".join(pages.say(part) for part in mine.why.split(", "))


def group_sheet(
    pages: Pages, problem: Problem, person: Person, ticket: str, number: str, *, values: Mapping[str, str]
) -> dict[str, Any]:
    """One problem and what is asked now. `values` = what was typed and has to be shown again."""
    asked, mine = problem.open_round, next((one for one in problem.members if one.person == person.id), None)
    owner = mine is not None and mine.how == "owner"
    promised = problem.commitments[-1] if problem.commitments else None
    return {
        "ticket": ticket,
        "person": person.id,
        "number": number,
        "owner": plain(problem.owner),
        "school": plain(problem.school),
        "problem": short(problem.problem, MOST_WORDS),
        "data": short(problem.data, MOST_WORDS),
        "before": short(problem.before, MOST_WORDS),
        "how_might_we": short(problem.how_might_we, MOST_WORDS),
        "test": short(problem.test, MOST_WORDS),
        "why": _why(pages, mine) if mine is not None and mine.why else "",
        "asked": _asked(asked),
        "typed": typed(values.get("ideas", ""), _MOST_TYPED),
        "put": {name: plain(value)[:2] for name, value in values.items() if name[:1] == "d"},
        "result": _result(problem.vote),
        "promised": _promise(promised) if promised is not None else None,
        "owns": owner,
        "most_words": MOST_WORDS,
        "again": Again("post", "/popup", {"l": ticket, "p": person.id}) if asked is None else None,
    }


def _promise(one: Commitment) -> dict[str, str]:
    return {name: short(getattr(one, name), MOST_WORDS) for name in ("who", "what", "first_step", "due")}


def _asked(asked: Round | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    options = [short(one.text, _OPTION) for one in asked.options]
    return {
        "id": asked.id, "kind": asked.kind, "named": asked.named, "options": options, "dots": asked.dots,
        "stacking": asked.stacking,
    }  # fmt: skip


def _result(vote: Round | None) -> list[tuple[str, int]] | None:
    """What came out, most dots first; None while it is hidden."""
    if vote is None or vote.open:
        return None
    return [(short(one.text, _OPTION), one.dots or 0) for one in vote.by_dots]


def typed(text: str, most: int) -> str:
    """What somebody typed, to be shown in its field again: line by line, without what can't be seen."""
    return "\n".join(plain(line) for line in text.splitlines())[:most]


def short(text: str, most: int) -> str:
    """A text as a page shows it: at most so many letters, line breaks as blanks."""
    text = plain(" ".join(text.split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"
