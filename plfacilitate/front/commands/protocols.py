"""`plfacilitate protocol …`: which protocols there are, whether they are right, what they say, and on paper; forms in.

Owns how protocols and their faults are printed. Never judges a protocol (`shelf.protocols`).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.protocol import LOOK_FOR, Item, Prompt, Protocol, Result, Step, tags
from plfacilitate.core.results.outcomes import known
from plfacilitate.core.results.words import group_words, rule
from plfacilitate.front.commands import protocol_import, say
from plfacilitate.front.commands.common import AsJson, given
from plfacilitate.shelf.protocols import check_protocol_file, find_protocol, list_protocols, protocol_files

app = typer.Typer(no_args_is_help=True, help="Protocols: list, check, show, print, import, led.")

Which = Annotated[str, typer.Argument(metavar="PROTOCOL", help="The protocol's id, or a protocol file.")]


class PaperSize(StrEnum):
    """What the printer holds."""

    LETTER = "us-letter"
    A4 = "a4"


@app.command("list")
def listed(ctx: typer.Context, as_json: AsJson = False) -> None:
    """The protocols that can be used: yours and the shipped ones."""
    found, broken = list_protocols(given(ctx).workspace.protocols)
    for no in broken:
        say.aside(str(no))
    if as_json:
        say.document([_known(one) for one in found])
        return
    rows = [(one.kind, one.id, one.size, one.minutes, one.version, one.title) for one in found]
    say.table(("kind", "protocol", "items", "minutes", "version", "title"), rows)


def _known(protocol: Protocol) -> dict[str, object]:
    return {
        "protocol": protocol.id,
        "kind": protocol.kind,
        "title": protocol.title,
        "items": protocol.size,
        "minutes": protocol.minutes,
        "version": protocol.version,
    }


@app.command()
def check(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILES", help="Protocol files; yours and the shipped ones unless given."),
    ] = None,
) -> None:
    """Say what is wrong with protocol files, by file, line and key."""
    wrong = 0
    for path in files or protocol_files(given(ctx).workspace.protocols):
        protocol, faults, notes = check_protocol_file(path)
        for remark in [*faults, *notes]:
            say.line(str(remark))
        wrong += len(faults)
        if protocol is not None:
            say.line(f"{path}: right. {protocol.size} {_PARTS[protocol.kind]}, version {protocol.version}.")
    raise typer.Exit(1 if wrong else 0)


_PARTS = {"observation": "item(s)", "interview": "prompt(s)", "facilitation": "step(s)"}


@app.command()
def show(ctx: typer.Context, protocol: Which, as_json: AsJson = False) -> None:
    """What a protocol says, from its purpose to its last item."""
    found = find_protocol(protocol, given(ctx).workspace.protocols)
    if as_json:
        say.document(found.to_json())
        return
    for line in _lines(found):
        say.line(line)


@app.command("print")
def print_(
    ctx: typer.Context,
    protocol: Which,
    paper: Annotated[PaperSize, typer.Option(metavar="PAPER", help="The paper: us-letter or a4.")] = PaperSize.LETTER,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the PDF goes; named after the protocol unless given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """A form of one page, to be filled in by hand."""
    from plfacilitate.shelf.protocol_form import TEMPLATE, form
    from plfacilitate.shelf.write import write_bytes

    around = given(ctx)
    found = find_protocol(protocol, around.workspace.protocols)
    place = out or Path(f"{found.id}.pdf")
    write_bytes(place, form(found, around.clock(), paper=paper.value, template=around.workspace.document(TEMPLATE)))
    if as_json:
        say.document({"file": str(place), "protocol": found.id, "version": found.version, "paper": paper.value})
    else:
        say.line(f"{found.title}, version {found.version}: {place}")


app.command("import")(protocol_import.import_)


def _lines(protocol: Protocol) -> Iterator[str]:
    yield f"{protocol.title} ({protocol.kind}, {protocol.minutes} min, version {protocol.version})"
    yield protocol.purpose
    yield f"Source: {protocol.source}"
    yield from _numbered(protocol.levels, "")
    for section in protocol.sections:
        yield ""
        yield f"{section.title}"
        if section.about:
            yield section.about
        for item in section.items:
            yield from _item(item)
        for prompt in section.prompts:
            yield from _prompt(prompt)
    for step in protocol.steps:
        yield from _step(step)
    for result in known(protocol):
        yield from _result(result, protocol)


def _numbered(levels: tuple[str, ...], indent: str) -> Iterator[str]:
    return (f"{indent}  {number}  {level}" for number, level in enumerate(levels, start=1))


def _item(item: Item) -> Iterator[str]:
    kind = f"snapshot every {item.every} min, {item.capture}" if item.kind == "snapshot" else item.kind
    group = f", excludes others of {item.group}" if item.group else ""
    yield f"  {item.text} [{item.id}: {kind}{group}]{_tags(item)}"
    if item.help:
        yield f"      {item.help}"
    if item.kind == "look-for":
        yield f"      {' / '.join(LOOK_FOR)}"
    yield from _numbered(item.levels, "    ")
    for option in item.options:
        yield f"      {option.id}: {option.text}{f' (here: {option.judgement})' if option.judgement else ''}"
    yield from _here(item)


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield f"  {f'{prompt.title}: ' if prompt.title else ''}{prompt.ask} [{prompt.id}]{_tags(prompt)}"
    if prompt.who:
        yield f"      asked: {', '.join(prompt.who)}"
    if prompt.show:
        yield f"      ask to see: {prompt.show}"
    yield from _here(prompt)


def _step(step: Step) -> Iterator[str]:
    yield ""
    yield f"{step.title} [{step.id}] {step.minutes} min{step.whom and f' {step.whom}'}"
    yield f"  speaks: {step.speaks}{f'; silent: {step.silent}' if step.silent else ''}"
    if step.prompt:
        yield f"  {step.prompt}"
    if step.captured:
        yield f"  write down: {step.captured}"


def _result(result: Result, protocol: Protocol) -> Iterator[str]:
    yield ""
    yield f"{result.title}{f': {result.ask}' if result.ask else ''} [{result.id}: {result.rule}]"
    yield f"  {rule(result, protocol)}"
    for number, group in enumerate(result.groups, start=1):
        name = f"{number}  {group.title}" if result.rule == "level" else f"·  {group.title}"
        words = group_words(group, result, protocol)
        yield f"  {name}{f': {words}' if words else ''}"


def _tags(one: Item | Prompt) -> str:
    found = tags(one)
    return f" ({', '.join(found)})" if found else ""


def _here(one: Item | Prompt) -> Iterator[str]:
    if one.judgement:
        yield f"      here: {one.judgement}"
