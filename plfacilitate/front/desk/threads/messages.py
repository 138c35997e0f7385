"""What the threads tell the screens, in the past tense.

Owns the messages of the desk. Each carries one frozen value; a newer picture replaces an older one that still waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from plfacilitate.front.desk.painting.pictures import (
    Code,
    DayPicture,
    Door,
    Found,
    Match,
    PersonPicture,
    RoomPicture,
    Scan,
)

if TYPE_CHECKING:
    from plfacilitate.core.entry import Entry
    from plfacilitate.core.visiting.fold import VisitFold
    from plfacilitate.front.desk.painting.sheethours import Hours
    from plfacilitate.steps.arrivals import Arrivals
    from plfacilitate.steps.review import Review


class Newest(Message):
    """A message that makes older ones of its kind pointless."""

    def can_replace(self, message: Message) -> bool:
        """A newer picture is all that anybody wants."""
        return type(message) is type(self)


class RoomPainted(Newest):
    """The room looks different."""

    def __init__(self, picture: RoomPicture) -> None:
        super().__init__()
        self.picture = picture


class DayPainted(Newest):
    """Today looks different."""

    def __init__(self, picture: DayPicture) -> None:
        super().__init__()
        self.picture = picture


class PersonPainted(Newest):
    """The person on the screen looks different. None = nobody of that id is here."""

    def __init__(self, picture: PersonPicture | None) -> None:
        super().__init__()
        self.picture = picture


class ReviewPainted(Newest):
    """What is to be looked at before the day is closed looks different."""

    def __init__(self, picture: Review, hours: tuple[Hours, ...] = ()) -> None:
        super().__init__()
        self.picture = picture
        self.hours = hours


class FollowedPainted(Newest):
    """Something that a screen follows beside the room looks different (`threads.followed`)."""


class VisitRead(Message):
    """A visit was read for whoever asked; nobody else has this fold."""

    def __init__(self, fold: VisitFold) -> None:
        super().__init__()
        self.fold = fold


class Noted(Message):
    """What an observer noted is durable; or `sentence` says why it is not."""

    def __init__(self, ids: tuple[str, ...], sentence: str = "") -> None:
        super().__init__()
        self.ids = ids
        self.sentence = sentence


class TakenBack(Message):
    """Notes of an observer do not count any more, or count again; durable. No entries = there was nothing."""

    def __init__(self, undos: tuple[Entry, ...], said: str, *, again: bool = False) -> None:
        super().__init__()
        self.undos = undos
        self.said = said
        self.again = again


class TakenIn(Message):
    """Another laptop's file was taken in."""

    def __init__(self, account: Arrivals) -> None:
        super().__init__()
        self.account = account


class PeopleFound(Newest):
    """A search for people was answered."""

    def __init__(self, text: str, matches: tuple[Match, ...]) -> None:
        super().__init__()
        self.text = text
        self.matches = matches


class TextsFound(Newest):
    """A search for notes and problems was answered."""

    def __init__(self, text: str, hits: tuple[Found, ...]) -> None:
        super().__init__()
        self.text = text
        self.hits = hits


class LedgerFailed(Message):
    """The ledger can't be read; says why in one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class Written(Message):
    """An action was written down, durably. `said` is the toast; `draft` names the typed text that it used up."""

    def __init__(self, said: str, hint: str, draft: str = "", event: str = "") -> None:
        super().__init__()
        self.said = said
        self.hint = hint
        self.draft = draft
        self.event = event


class Scanned(Message):
    """A badge was scanned, and what it does is written down, durably."""

    def __init__(self, scan: Scan, hint: str) -> None:
        super().__init__()
        self.scan = scan
        self.hint = hint


class NotWritten(Message):
    """An action was refused; nothing of it was written."""

    def __init__(self, sentence: str, draft: str = "") -> None:
        super().__init__()
        self.sentence = sentence
        self.draft = draft


class CodeShown(Newest):
    """Another code is on the wall; None = none."""

    def __init__(self, code: Code | None) -> None:
        super().__init__()
        self.code = code


class DoorStood(Message):
    """The sign-in for phones began, ended, or was begun again."""

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door


class Working(Newest):
    """A longer piece of work is at this point; "" = it is over."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
