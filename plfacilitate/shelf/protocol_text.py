"""A protocol as the text of a protocol file, as a person would write it: their keys in their order, one act a line.

Owns how values are written as TOML. Never writes a file, and leaves out whatever says nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from plfacilitate.core.protocol import Item, Option, Prompt, Protocol, Section
from plfacilitate.core.text import plain

_WIDTH = 118
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def protocol_text(protocol: Protocol, remarks: Sequence[str] = ()) -> str:
    """The file of an observation or an interview; its results are not written.

    `remarks` stand above it as comments, a line each, "" = a blank one.
    """
    lines = [*_comments(remarks), ""] if remarks else []
    lines += _pairs(
        id=protocol.id, title=protocol.title, kind=protocol.kind, purpose=protocol.purpose, source=protocol.source,
        minutes=protocol.minutes, levels=protocol.levels,
    )  # fmt: skip
    for section in protocol.sections:
        lines += _section(section)
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield from ("", "[[section]]")
    yield from _pairs(id=section.id, title=section.title, about=section.about)
    for item in section.items:
        yield from ("", "[[section.item]]")
        yield from _item(item)
    for prompt in section.prompts:
        yield from ("", "[[section.prompt]]")
        yield from _prompt(prompt)


def _item(item: Item) -> Iterator[str]:
    capture = item.capture if item.kind == "snapshot" else ""
    yield from _pairs(
        id=item.id, kind=item.kind, text=item.text, help=item.help, levels=item.levels, several=item.several,
        every=item.every, capture=capture, options=item.options, group=item.group, attribute=item.attribute,
        facet=item.facet, judgement=item.judgement,
    )  # fmt: skip


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield from _pairs(
        id=prompt.id, title=prompt.title, ask=prompt.ask, who=prompt.who, show=prompt.show, attribute=prompt.attribute,
        facet=prompt.facet, judgement=prompt.judgement,
    )  # fmt: skip


def _pairs(**values: str | int | bool | Sequence[str] | Sequence[Option] | None) -> Iterator[str]:
    """`key = value`, a line each; a list has a line for each of its parts. Nothing, none, no and 0 are not written."""
    for key, value in values.items():
        if not value:
            continue
        if isinstance(value, (bool, int)):
            yield f"{key} = {str(value).lower()}"
        elif isinstance(value, str):
            yield f"{key} = {quoted(value)}"
        else:
            yield f"{key} = ["
            yield from (f"  {_option(one) if isinstance(one, Option) else quoted(one)}," for one in value)
            yield "]"


def _option(option: Option) -> str:
    judgement = f", judgement = {quoted(option.judgement)}" if option.judgement else ""
    return f"{{ id = {quoted(option.id)}, text = {quoted(option.text)}{judgement} }}"


def quoted(text: str) -> str:
    """A text as TOML has it, on one line."""
    return f'"{"".join(map(_character, text))}"'


def _character(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\u{ord(char):04x}" if char < " " or char == "\x7f" else char


def _comments(remarks: Iterable[str]) -> Iterator[str]:
    for remark in remarks:
        indent = "  " if remark.startswith("- ") else ""
        lines = textwrap.wrap(plain(remark), _WIDTH, subsequent_indent=indent, break_on_hyphens=False)
        yield from (f"# {line}" for line in lines)
        if not lines:
            yield "#"
