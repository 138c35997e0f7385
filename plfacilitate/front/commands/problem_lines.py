"""One problem of practice, line by line.

Owns the words of `plfacilitate problem show`. Never works anything out.
"""

from __future__ import annotations

from collections.abc import Iterator

from plfacilitate.core.problems.bank import Row
from plfacilitate.core.problems.story import Story
from plfacilitate.core.problems.words import heard_words, promise_words, when
from plfacilitate.core.protocol import TITLES


def story_lines(told: Story) -> Iterator[str]:
    """The problem from what was brought to what was heard last."""
    one = told.row.problem
    yield " · ".join(filter(None, (one.words, one.owner, one.school)))
    attribute = TITLES.get(one.attribute, one.attribute)
    yield " · ".join(filter(None, (f"[{one.id[:8]}] {told.row.words}", when(one.day), one.title, one.theme, attribute)))
    for name, text in (("data", one.data), ("how might we", one.how_might_we)):
        if text:
            yield f"{name}: {text}"
    for backed in told.backed:
        dots = "1 dot" if backed.dots == 1 else f"{backed.dots} dots"
        yield f"  {dots}: {backed.text}{' (' + '; '.join(backed.ideas) + ')' if backed.ideas else ''}"
    yield from (f"  idea: {idea}" for idea in told.ideas)
    if one.test:
        yield f"test: {one.test}"
    yield from held_lines(told.row)
    yield from (f"goal: {goal}" for goal in told.goals)
    yield from (f"helps: {' · '.join(filter(None, (each.title, each.where)))}" for each in one.helps)
    for name, rows in (("before", told.before), ("went on", told.after)):
        for row in rows:
            yield f"{name} [{row.problem.id[:8]}] {when(row.problem.day)} · {row.words}: {row.problem.words}"
            yield from (f"  {line}" for line in held_lines(row))


def held_lines(row: Row) -> Iterator[str]:
    """What was promised, and under it what was heard since."""
    for held in row.held:
        yield f"promised: {promise_words(held)}"
        if held.promise.first_step:
            yield f"  first step: {held.promise.first_step}"
        yield from (f"  {heard_words(one)}" for one in held.promise.followed)
