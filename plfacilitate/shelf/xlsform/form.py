"""A form as a protocol: its head, its sections, what was left out, and the file that a person goes on editing.

Owns what stands in a protocol's head where a form says nothing of it. Never writes a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.protocol import Protocol, ProtocolKind, Section
from plfacilitate.core.refusal import Fault, refuse_faults
from plfacilitate.core.text import plain
from plfacilitate.shelf.protocol_text import protocol_text
from plfacilitate.shelf.protocols import MOST_ITEMS
from plfacilitate.shelf.xlsform.answers import Answers
from plfacilitate.shelf.xlsform.choices import Choice, levels_of, read_choices
from plfacilitate.shelf.xlsform.questions import Reader
from plfacilitate.shelf.xlsform.sections import Walk
from plfacilitate.shelf.xlsform.told import Remark, Told, together
from plfacilitate.shelf.xlsform.types import type_of
from plfacilitate.shelf.xlsform.words import Ids, slug, words
from plfacilitate.shelf.xlsform.workbook import SETTINGS, SURVEY, Workbook, read_workbook

_ASKED = frozenset({"one", "several", "integer", "range", "rank", "acknowledge"})
_QUESTIONS = _ASKED | {"text", "decimal", "date", "time", "datetime"}
_MINUTES: dict[ProtocolKind, int] = {"observation": 20, "interview": 30}
_HEAD = frozenset({"form_title", "form_id", "version", "default_language"})
_PURPOSE = "Say here what it helps to see, and how to go about it."


@dataclass(frozen=True, slots=True)
class Imported:
    """A form as a protocol. `left` could not be carried over, `notes` was, thus; `text` is the protocol's file."""

    protocol: Protocol
    left: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    said: tuple[str, ...]
    text: str


def read_xlsform(path: Path, *, kind: ProtocolKind | None = None, protocol_id: str = "") -> Imported:
    """The protocol that a form makes: of this kind, else an interview where it asks for words only.

    Refused: `faults`, and what keeps a workbook from being read.
    """
    told = Told()
    book = read_workbook(path, told)
    lists = read_choices(book, told)
    kind = kind or _kind(book)
    ladder = _ladder(book, lists) if kind == "interview" else ()
    reader = Reader(book, Answers(lists, told, Ids(), ladder), told, interview=kind == "interview")
    walk = Walk(reader)
    sections = walk.rows(book.survey.rows)
    reader.say_unknown_columns()
    _check(book, sections, told)
    _say_settings(book, told)
    if told.faults:
        raise refuse_faults(plain(str(path)), [one.fault(book.file) for one in sorted(told.faults, key=_place)])
    protocol = _protocol(book, path, kind, protocol_id, sections, " ".join(walk.purpose), ladder)
    left, notes = (sorted(remarks, key=_place) for remarks in (told.left, told.notes))
    said = tuple(together(left))
    text = protocol_text(protocol, _head(book, kind, said, tuple(together(notes))))
    return Imported(
        protocol,
        tuple(one.fault(book.file) for one in left),
        tuple(one.fault(book.file) for one in notes),
        said,
        text,
    )


def _place(one: Remark) -> tuple[int, int]:
    return (SURVEY, "choices", SETTINGS).index(one.sheet), one.row


def _kind(book: Workbook) -> ProtocolKind:
    kinds = {kind.kind for row in book.survey.rows if (kind := type_of(row.get("type")))}
    return "interview" if "text" in kinds and not kinds & _ASKED else "observation"


def _ladder(book: Workbook, lists: Mapping[str, Sequence[Choice]]) -> tuple[str, ...]:
    """The levels of an interview all of whose questions are answered on one and the same scale; () = there is none."""
    asked = [kind for row in book.survey.rows if (kind := type_of(row.get("type"))) and kind.kind in _QUESTIONS]
    scales = {(kind.kind, kind.list, kind.other) for kind in asked}
    if len(scales) != 1:
        return ()
    type_name, list_name, other = scales.pop()
    levels = levels_of(lists.get(list_name, ())) if type_name == "one" and not other else None
    return levels.texts if levels and not levels.beside else ()


def _check(book: Workbook, sections: list[Section], told: Told) -> None:
    if not book.survey.has("type"):
        told.fault(SURVEY, 0, "type", "is missing: its first row must hold the titles type, name and label.")
        return
    size = sum(len(section.items) + len(section.prompts) for section in sections)
    if size > MOST_ITEMS:
        told.fault(SURVEY, 0, "", f"asks {size} questions, at most {MOST_ITEMS}: make it several forms.")
    elif not size and not told.faults:
        told.fault(SURVEY, 0, "", "holds no question that could be noted here.")


def _say_settings(book: Workbook, told: Told) -> None:
    for column in book.settings:
        if column not in _HEAD:
            told.leave(SETTINGS, 0, column, "is a setting of other programs.")


def _protocol(
    book: Workbook,
    path: Path,
    kind: ProtocolKind,
    protocol_id: str,
    sections: list[Section],
    purpose: str,
    ladder: tuple[str, ...],
) -> Protocol:
    stem = slug(path.stem, "form")
    title = words(book.settings.get("form_title", "")).text or words(path.stem.replace("_", " ")).text or stem
    version = words(book.settings.get("version", "")).text
    return Protocol(
        id=protocol_id or slug(book.settings.get("form_id", ""), stem),
        title=title,
        kind=kind,
        purpose=purpose or _PURPOSE,
        source=f"XLSForm “{title}”{f', version {version}' if version else ''}, from the file {book.file}.",
        minutes=_MINUTES[kind],
        levels=ladder,
        sections=tuple(sections),
    )


def _head(book: Workbook, kind: ProtocolKind, left: tuple[str, ...], notes: tuple[str, ...]) -> list[str]:
    """What stands above the protocol, for whoever goes on with it."""
    lines = [
        f"Taken from the XLSForm {book.file}. The form says neither how long one takes nor, mostly, what it is for:"
    ]
    lines += [
        "look at `minutes`, `purpose` and `source`, then at what follows. These remarks change nothing: delete them."
    ]
    if kind == "interview":
        lines += ['Say whom it asks with a line such as who = ["student"] above the first section.']
    for title, said in (("Not carried over:", left), ("Understood so:", notes)):
        if said:
            lines += ["", title, *(f"- {one}" for one in said)]
    return lines
