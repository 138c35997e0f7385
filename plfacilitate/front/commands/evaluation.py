"""`plfacilitate evaluation EVENT`: what was answered at the end, without names.

Owns how it is printed, and its JSON contract. Never counts a ballot.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.evaluation import Answers, Evaluation, said
from plfacilitate.core.plan import Event
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, reading
from plfacilitate.steps.evaluation import read_evaluation
from plfacilitate.steps.events import find_event


def evaluation(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    as_json: AsJson = False,
) -> None:
    """What people answered at the end, without names."""
    with reading(ctx) as (_, ledger):
        found = find_event(ledger, event)
        answered = read_evaluation(ledger, found)
    if as_json:
        say.document(document(found, answered))
        return
    say.line(f"{found.title} · {found.day}")
    say.line(said(answered))
    for one in answered.questions:
        say.line()
        _print(one)


def _print(one: Answers) -> None:
    say.line(f"{one.ask} ({one.given_text})")
    for at, (answer, count) in enumerate(one.counts):
        words = one.end(at)
        say.line(f"  {count:>4}  {answer}{f'  {words}' if words else ''}")
    for comment in one.comments:
        say.line(f"  - {comment}")


def document(event: Event, found: Evaluation) -> dict[str, object]:
    """The answers as JSON: a contract with whoever reads it. `middle` is the median of a scale, null = nobody answered."""
    return {
        "event": event.id,
        "standing": found.standing,
        "ballots": found.ballots,
        "kept": found.kept,
        "questions": [
            {
                "id": one.id,
                "kind": one.kind,
                "ask": one.ask,
                "answered": one.given,
                "counts": dict(one.counts),
                "middle": one.middle_twice / 2 if one.middle_twice is not None else None,
                "comments": list(one.comments),
            }
            for one in found.questions
        ],
    }
