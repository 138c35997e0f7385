"""`plfacilitate poll …`: what phones are asked, opened, closed and read from the command line.

Owns how polls are printed, and their JSON contract. Never counts an answer by itself (`steps.polls`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from plfacilitate.core.evaluation import Answers
from plfacilitate.core.plan import Event, Question, QuestionKind, ReadyPoll
from plfacilitate.core.polls.asking import STEPS, choices_of, kind_of, question_of, steps_of
from plfacilitate.core.polls.picture import Ballot, Poll, answer_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.attendance import Name
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.steps import polls as steps
from plfacilitate.steps.events import find_event
from plfacilitate.store.ballots import box_of, peek
from plfacilitate.store.ledger import Ledger

app = typer.Typer(no_args_is_help=True, help="Polls and exit tickets by phone: list, open, close, show.")

Which = Annotated[
    str,
    typer.Argument(metavar="[POLL]", help="The poll's id or the beginning of it, or as the plan calls it; the newest."),
]


@app.command("list")
def list_(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """What the plan has ready, and what was asked."""
    with reading(ctx) as (_, ledger):
        found = find_event(ledger, event)
        polls = steps.read_polls(ledger, found.id).picture().polls
        boxes = _boxes(ledger, polls)
    if as_json:
        ready = [{"id": one.id, "title": one.title, "exit": one.exit, "names": one.names} for one in found.plan.polls]
        told = [_document(one, boxes.get(one.id, ())) for one in polls]
        say.document({"event": found.id, "ready": ready, "polls": told})
        return
    rows = [("ready", one.id, "exit ticket" if one.exit else "poll", "", _name(one)) for one in found.plan.polls]
    rows += [
        ("open" if one.open else "closed", one.id[:8], "exit ticket" if one.exit else "poll",
         str(one.came(len(boxes.get(one.id, ())))), plain(one.name))
        for one in polls
    ]  # fmt: skip
    if not rows:
        say.line(f"{found.title}: nothing was asked, and the plan has nothing ready.")
    else:
        say.table(("", "poll", "", "answered", "question"), rows)


@app.command("open")
def open_(
    ctx: typer.Context,
    event: Name,
    ready: Annotated[str, typer.Option(metavar="POLL", help="One that the plan has ready, by its id or title.")] = "",
    ask: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help='A question; with several, each as "How was it? good / bad", "How clear? 1-5" or in words.',
        ),
    ] = None,
    kind: Annotated[str, typer.Option(metavar="KIND", help="Of a single question: one, several, scale or text.")] = "",
    choice: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A choice of a single question.")] = None,
    exit_ticket: Annotated[bool, typer.Option("--exit", help="An exit ticket: who signs out is asked it too.")] = False,
    title: Annotated[str, typer.Option(metavar="TEXT", help="What it is called.")] = "",
    at_once: Annotated[bool, typer.Option("--show", help="The wall shows counts from the first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the phones of all who are in; one poll at a time."""
    with opened(ctx) as (around, ledger):
        found = find_event(ledger, event)
        if ready:
            asked = steps.ready_named(found, ready)
        else:
            asked = ReadyPoll(
                "", title, _questions(ask or [], kind, choice or []), exit=exit_ticket, hidden=not at_once
            )
        picture = steps.read_polls(ledger, found.id).picture()
        entry = ledger.append_one(steps.open_poll(hand(around), found, picture, asked))
    if as_json:
        say.document({"event": found.id, "poll": entry.id})
    else:
        say.line(f"Phones are asked: {_name(asked)}")
        say.aside(f"Close it and count: plfacilitate poll close {found.id[:8]}")


def _questions(asked: Sequence[str], kind: str, choices: Sequence[str]) -> tuple[Question, ...]:
    if len(asked) != 1 or not (kind or choices):
        return tuple(question_of(line, number) for number, line in enumerate(asked, start=1))
    options = tuple(dict.fromkeys(one for text in choices for one in choices_of(text)))
    meant: QuestionKind | None = kind_of(kind, options)
    if meant is None:
        raise Refused("poll-kind", kind=plain(kind))
    return (Question("q1", meant, asked[0], options, steps_of(kind) if meant == "scale" else STEPS),)


@app.command()
def close(
    ctx: typer.Context,
    event: Name,
    yes: Annotated[
        bool, typer.Option("--yes", help="Without asking: what was given without a name is counted for good.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Close what is asked now, and count it."""
    with opened(ctx) as (around, ledger):
        found = find_event(ledger, event)
        poll = steps.read_polls(ledger, found.id).picture().open
        if poll is None:
            raise Refused("poll-none")
        came = poll.came(len(_boxes(ledger, [poll]).get(poll.id, ())))
        if not yes:
            typer.confirm(f"{came} have answered. Close it? It can't be opened again. Go on?", abort=True, err=True)
        steps.close_poll(ledger, hand(around), found.id, poll)
        over = steps.read_polls(ledger, found.id).picture().poll(poll.id)
    assert over is not None, "it was there a moment ago"
    _show(found, over, (), as_json=as_json)


@app.command()
def show(ctx: typer.Context, event: Name, poll: Which = "", as_json: AsJson = False) -> None:
    """What was answered so far, of the newest poll or another."""
    with reading(ctx) as (_, ledger):
        found = find_event(ledger, event)
        picture = steps.read_polls(ledger, found.id).picture()
        if not poll and not picture.polls:
            raise Refused("poll-none")
        one = steps.poll_named(picture, poll) if poll else picture.open or picture.polls[-1]
        box = _boxes(ledger, [one]).get(one.id, ())
    _show(found, one, box, as_json=as_json)


def _boxes(ledger: Ledger, polls: Sequence[Poll]) -> dict[str, Sequence[Ballot]]:
    """What lies in the box for those that are open and without names."""
    return dict(peek(box_of(ledger.path), [one.id for one in polls if one.open and not one.named]))


def _show(event: Event, poll: Poll, box: Sequence[Ballot], *, as_json: bool) -> None:
    if as_json:
        say.document({"event": event.id, **_document(poll, box)})
        return
    state = "open" if poll.open else "closed"
    say.line(f"{plain(poll.name)} · {poll.came(len(box))} answered · {state}")
    for one in poll.results(box):
        say.line()
        _print(one)
    for said in poll.said:
        answers = (answer_text(one, said.answers[one.id]) for one in poll.questions if one.id in said.answers)
        say.line(f"  {plain(said.who)}: {plain(' · '.join(' + '.join(text.splitlines()) for text in answers))}")


def _print(one: Answers) -> None:
    say.line(f"{plain(one.ask)} ({one.given_text})")
    for at, (answer, count) in enumerate(one.counts):
        words = one.end(at)
        say.line(f"  {count:>4}  {plain(answer)}{f'  {plain(words)}' if words else ''}")
    for comment in one.comments:
        say.line(f"  - {plain(comment)}")


def _document(poll: Poll, box: Sequence[Ballot]) -> dict[str, object]:
    """A poll as JSON: a contract with whoever reads it. `said` = answers with names, [] where none are asked for."""
    return {
        "poll": poll.id,
        "title": poll.title,
        "exit": poll.exit,
        "names": poll.named,
        "open": poll.open,
        "answered": poll.came(len(box)),
        "questions": [
            {
                "id": one.id, "kind": one.kind, "ask": one.ask, "answered": one.given, "counts": dict(one.counts),
                "texts": list(one.comments),
            }
            for one in poll.results(box)
        ],
        "said": [{"person": one.person, "who": one.who, "answers": dict(one.answers)} for one in poll.said],
    }  # fmt: skip


def _name(asked: ReadyPoll) -> str:
    return plain(asked.title or asked.questions[0].ask)
