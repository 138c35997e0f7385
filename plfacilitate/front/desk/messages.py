"""What the threads tell the screens, in the past tense.

Owns the messages of the desk. Each carries one frozen value; a newer picture replaces an older one that still waits.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from plfacilitate.front.desk.pictures import Code, DayPicture, Door, Found, Match, PersonPicture, RoomPicture


class _Newest(Message):
    """A message that makes older ones of its kind pointless."""

    def can_replace(self, message: Message) -> bool:
        """A newer picture is all that anybody wants."""
        return type(message) is type(self)


@dataclass
class RoomPainted(_Newest):
    """The room looks different."""

    picture: RoomPicture


@dataclass
class DayPainted(_Newest):
    """Today looks different."""

    picture: DayPicture


@dataclass
class PersonPainted(_Newest):
    """The person on the screen looks different. None = nobody of that id is here."""

    picture: PersonPicture | None


@dataclass
class PeopleFound(_Newest):
    """A search for people was answered."""

    text: str
    matches: tuple[Match, ...]


@dataclass
class TextsFound(_Newest):
    """A search for notes and problems was answered."""

    text: str
    hits: tuple[Found, ...]


@dataclass
class LedgerFailed(Message):
    """The ledger can't be read; says why in one sentence."""

    sentence: str


@dataclass
class Written(Message):
    """An action was written down, durably. `said` is the toast; `draft` names the typed text that it used up."""

    said: str
    undoable: bool
    draft: str = ""
    event: str = ""


@dataclass
class NotWritten(Message):
    """An action was refused; nothing of it was written."""

    sentence: str
    draft: str = ""


@dataclass
class CodeShown(_Newest):
    """Another code is on the wall; None = none."""

    code: Code | None


@dataclass
class DoorStood(Message):
    """The sign-in for phones began, ended, or was begun again."""

    door: Door


@dataclass
class Working(_Newest):
    """A longer piece of work is at this point; "" = it is over."""

    words: str
