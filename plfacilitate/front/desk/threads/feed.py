"""The reader thread: follows the ledger and hands frozen pictures to the screens.

Owns the reading connection, the folds and the search. Never writes an entry, never touches a widget; what it has to
say it posts. A refresh reads what is new and nothing else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message

from plfacilitate.core.directory import masked
from plfacilitate.core.entry import Entry
from plfacilitate.core.fold import MARK_KINDS
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.front.desk.painting.daybook import Daybook
from plfacilitate.front.desk.painting.painter import Painter
from plfacilitate.front.desk.painting.pictures import DayPicture, Found, Match, RoomPicture
from plfacilitate.front.desk.threads import messages
from plfacilitate.front.desk.threads.followed import FOLLOWED, OF_ALL_EVENTS, Followed
from plfacilitate.front.desk.threads.pace import Pace
from plfacilitate.front.desk.threads.questions import Answer, Question
from plfacilitate.store import search
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.front.desk.painting.portrait import Gallery
    from plfacilitate.front.desk.painting.sheethours import Hours
    from plfacilitate.steps.review_visit import VisitReview

POLL_SECONDS = 0.1
GLANCE_SECONDS = 0.25
# However many come in, the screen is asked to draw no more often than that: a key that is pressed meanwhile finds it
# idle. Whoever has just written something sees it at once.
ROOM_SECONDS = 0.5
DAY_SECONDS = 1.0
FOLLOWED_SECONDS = 0.25
PAGE = 5000  # entries that are taken in at once, when very many come
_RECORDS = frozenset({"people-merged", "undo"})

Post = Callable[[Message], object]


class Feed:
    """Asked from the screens' thread, works in its own."""

    def __init__(self, around: Surroundings, *, readonly: bool) -> None:
        """Nothing is read before `start`."""
        self._around = around
        self._readonly = readonly
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._post: Post = lambda message: None
        self._painter: Painter | None = None
        self._writer: Ledger | None = None
        self._gallery: Gallery | None = None
        self._person = ""
        self._review_wanted = False
        self._visit_review: VisitReview | None = None
        self._visit_reviewed = ""  # the event of `_visit_review`, "" = it has to be read anew
        self._names_followed: Collection[str] = frozenset()
        self._followed: dict[str, Followed] = {}
        self._changed: set[str] = set()  # of what is followed, not told yet
        self._room_changed = self._days_changed = False
        self._room_pace, self._day_pace = Pace(ROOM_SECONDS), Pace(DAY_SECONDS)
        self._followed_pace, self._look_pace = Pace(FOLLOWED_SECONDS), Pace(POLL_SECONDS)
        self._pressed = 0.0
        self._seq = 0
        self.newest_room: RoomPicture | None = None  # whole values, put in place in one step: no lock is needed
        self.newest_day: DayPicture | None = None
        self.newest: dict[str, object] = {}  # of what is followed, by name
        self.ready = threading.Event()
        self.seen = threading.Event()  # the screen has drawn a picture

    # -- called by the screens ---------------------------------------------------------------------------------------

    def start(self, post: Post, event: str | None) -> None:
        """Begin to read; `event` is the room to paint first, None = none yet."""
        self._post = post
        if event is not None:
            self._jobs.put(partial(self._watch, event))
        self._thread.start()

    def watch(self, event: str) -> None:
        """Paint this event's room from now on."""
        self._jobs.put(partial(self._watch, event))

    def wake(self) -> None:
        """Look at once: something was written."""
        self._jobs.put(self._hurry)

    def pressed(self) -> None:
        """A key was pressed: what comes in from elsewhere waits for a pause."""
        self._pressed = monotonic()

    def find_people(self, text: str) -> None:
        """Answered by PeopleFound: people of the room first."""
        self._jobs.put(partial(self._find_people, text))

    def find_texts(self, text: str) -> None:
        """Answered by TextsFound."""
        self._jobs.put(partial(self._find_texts, text))

    def show_person(self, person: str) -> None:
        """Paint this person, now and whenever something of theirs changes; "" = nobody any more."""
        self._jobs.put(partial(self._show_person, person))

    def want_review(self, wanted: bool) -> None:
        """Answered by ReviewPainted, now and whenever the room changes, until it is not wanted any more."""
        self._jobs.put(partial(self._want_review, wanted))

    def follow(self, names: Collection[str]) -> None:
        """Keep these (of `threads.followed`) up to date from now on, and nothing else; FollowedPainted tells of each change."""
        self._jobs.put(partial(self._follow_only, frozenset(names)))

    def ask(self, question: Question[Answer], answer: Callable[[Answer], object]) -> None:
        """Give what a question (of `threads.questions`) finds to `answer`, in the reader's thread."""
        self._jobs.put(partial(self._ask, question, answer))

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    # -- in the thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._ledger = self._open()
        except Refused as refused:
            self._post(messages.LedgerFailed(str(refused)))
            self.ready.set()
            return
        try:
            self._days = Daybook(self._ledger, self._around.clock, self._around.tz)
            self._follow()
        except Exception as error:  # noqa: BLE001 (a thread that ends silently would look like an empty room)
            self._post(messages.LedgerFailed(str(Refused("ledger-unread", detail=f"{type(error).__name__}: {error}."))))
        finally:
            self.ready.set()
            self._ledger.close()
            if self._writer is not None:
                self._writer.close()

    def _open(self) -> Ledger:
        """A reading connection; the ledger is made or brought up to date first where that is needed and allowed."""
        if not self._readonly and not self._around.workspace.ledger.exists():
            self._around.workspace.create()
            self._writer = self._around.open_ledger()
        return self._around.open_ledger(readonly=True)

    def _follow(self) -> None:
        version = self._ledger.data_version()
        self._seq = self._ledger.head_seq()
        started = False
        while True:
            try:
                job = self._jobs.get(timeout=POLL_SECONDS if started else 0)
                if job is None:
                    return
                job()
            except Empty:
                if not started:
                    self._days.load()
                    self._post_day()
                    self._catch_up()
                    self.ready.set()
                    started = True
            if self._may(self._room_pace):  # before that nothing of it could be shown
                now = self._ledger.data_version()
                if now != version:
                    version = now
                    self._refresh()
            self._look()
            self._show_changes(everything=started)

    def _hurry(self) -> None:
        self._room_pace.hurry()
        self._day_pace.hurry()
        self._followed_pace.hurry()
        self._look_pace.hurry()

    def _look(self) -> None:
        """Look at what stands in no ledger, and at what is counted now and then; keys go first."""
        if self._may(self._look_pace):
            self._changed |= {name for name, one in self._followed.items() if one.look()}
            self._look_pace.shown(monotonic())

    def _may(self, pace: Pace) -> bool:
        return pace.allows(monotonic(), self._pressed)

    def _show_changes(self, *, everything: bool) -> None:
        """Say what looks different now, if it was not said a moment ago and nobody is pressing keys."""
        if self._room_changed and self._may(self._room_pace):
            self._post_room()
        if self._changed and self._may(self._followed_pace):
            self._post_followed()
        if everything and self._days_changed and self._may(self._day_pace):
            self._post_day()

    def _refresh(self) -> None:
        """Take in what is new."""
        while new := list(self._ledger.entries(since=self._seq, limit=PAGE)):
            self._seq = new[-1].seq
            self._take(new)
        if self._painter is not None and self._painter.lacks_names:
            self._room_changed = self._painter.take(()) or self._room_changed

    def _take(self, new: list[Entry]) -> None:
        if any(entry.kind not in MARK_KINDS for entry in new):  # who signs out at the end changes nothing of a visit
            self._visit_reviewed = ""
        renamed = {entry.person for entry in new if entry.event is None and entry.person}
        if renamed or not search.TEXT_KINDS.isdisjoint(entry.kind for entry in new):
            self._catch_up()
        if any(entry.kind == "cleared" for entry in new):
            self._read_anew()
        elif self._painter is not None:
            self._room_changed = self._painter.take(new, renamed) or self._room_changed
            if any(entry.event is None and entry.kind in _RECORDS for entry in new):
                self._room_changed = self._painter.read_as_one(self._merged()) or self._room_changed
        self._changed |= {name for name, one in self._followed.items() if one.take(new)}
        self._days_changed = self._days.take(new) or self._days_changed
        self._repaint_person(new)

    def _catch_up(self) -> None:
        """Bring names and texts up to date; where this desk may not write, another one or the door does it."""
        if self._readonly:
            return
        try:
            self._writer = self._writer or self._around.open_ledger()
            search.catch_up(self._writer.connection)
        except Refused:
            return  # somebody writes without a pause: the next entries bring the next try

    def _watch(self, event: str) -> None:
        if self._painter is None or self._painter.fold.event_id != event:
            self._painter = Painter(event, self._names)
            self._painter.read_as_one(self._merged())
            self._painter.begin(self._ledger.entries(event=event))
            glance = self._painter.glance(partial(search.first_people, self._ledger.connection))
            if glance.rows:
                self._show_room(glance)
                self.seen.wait(GLANCE_SECONDS)  # the first lines are drawn before the rest is worked out
            self._painter.finish()
            self._followed = {name: one for name, one in self._followed.items() if name in OF_ALL_EVENTS}
            self._follow_only(self._names_followed)
        self._post_room()

    def _read_anew(self) -> None:
        """What was cleared from the ledger must not stay behind in a picture here."""
        self._gallery = None
        if self._painter is not None:
            event, self._painter = self._painter.fold.event_id, None
            self._watch(event)

    def _merged(self) -> Mapping[str, str]:
        from plfacilitate.steps.merge import merged_people

        return merged_people(self._ledger)

    def _names(self, ids: Collection[str]) -> Mapping[str, Person]:
        return {person.id: person for person in search.people(self._ledger.connection, ids)}

    def _post_room(self) -> None:
        assert self._painter is not None
        self._room_changed = False
        self._room_pace.shown(monotonic())
        self._show_room(self._painter.picture(self._ledger.head_entry_seq()))
        self._post_review()

    def _show_room(self, picture: RoomPicture) -> None:
        self.newest_room = picture
        self._post(messages.RoomPainted(picture))

    def _post_day(self) -> None:
        self._days_changed = False
        self._day_pace.shown(monotonic())
        self.newest_day = self._days.picture(self._painter)
        self._post(messages.DayPainted(self.newest_day))

    def _ask(self, question: Question[Answer], answer: Callable[[Answer], object]) -> None:
        answer(question(self._ledger, self._around))

    def _follow_only(self, names: Collection[str]) -> None:
        self._followed = {name: one for name, one in self._followed.items() if name in names}
        self._names_followed = names
        event = self._painter.fold.event_id if self._painter is not None else ""
        for name in names - self._followed.keys():
            self._followed[name] = FOLLOWED[name](self._ledger, self._around, event)
            self._changed.add(name)
            self._followed_pace.hurry()

    def _post_followed(self) -> None:
        self._followed_pace.shown(monotonic())
        for name in self._changed & self._followed.keys():
            self.newest[name] = self._followed[name].picture()
        self._changed.clear()
        self._post(messages.FollowedPainted())

    def _want_review(self, wanted: bool) -> None:
        self._review_wanted = wanted
        self._post_review()

    def _post_review(self) -> None:
        painter = self._painter
        if self._review_wanted and painter is not None:
            from plfacilitate.steps.review import review
            from plfacilitate.steps.review_rounds import still_asked

            people = self._names(painter.fold.persons())
            asked = still_asked(self._ledger, painter.fold.event_id)
            found = replace(review(painter.fold, people), visit=self._review_visit(painter), asked=asked)
            self._post(messages.ReviewPainted(found, self._hours(painter, people)))

    def _review_visit(self, painter: Painter) -> VisitReview | None:
        from plfacilitate.steps.review_visit import review_visit

        event = painter.fold.event
        if event is None or self._visit_reviewed != event.id:
            self._visit_review = review_visit(self._ledger, event) if event is not None else None
            self._visit_reviewed = painter.fold.event_id
        return self._visit_review

    def _hours(self, painter: Painter, people: Mapping[str, Person]) -> tuple[Hours, ...]:
        """What an approval would speak for; nobody's before the event began."""
        from plfacilitate.front.desk.painting.sheethours import hours_of

        sheet = self._at_gallery().sheet(painter, people, self._around.clock())
        return hours_of(sheet, painter.picture(0).rows) if sheet is not None else ()

    # -- one person --------------------------------------------------------------------------------------------------

    def _show_person(self, person: str) -> None:
        self._person = person
        if person and self._painter is not None:
            picture = self._at_gallery().portrait(self._painter, person, self._around.clock())
            self._post(messages.PersonPainted(picture))

    def _repaint_person(self, new: list[Entry]) -> None:
        event = self._painter.fold.event_id if self._painter else None
        if self._person and any(entry.person in (self._person, None) or entry.event != event for entry in new):
            self._show_person(self._person)

    def _at_gallery(self) -> Gallery:
        if self._gallery is None:
            from plfacilitate.front.desk.painting.portrait import Gallery

            self._gallery = Gallery(self._ledger)
        return self._gallery

    # -- search ------------------------------------------------------------------------------------------------------

    def _find_people(self, text: str) -> None:
        painter = self._painter
        first = painter.fold.expected if painter else frozenset[str]()
        found = _by_badge(self._ledger, text) or search.find_people(self._ledger.connection, text, first=first)
        names = [person.name for person in found]
        matches = tuple(
            Match(
                person.id,
                person.name,
                person.school,
                told_apart(person, found) if names.count(person.name) > 1 else "",
                painter.row(person.id) if painter else None,
            )
            for person in found
        )
        self._post(messages.PeopleFound(text, matches))

    def _find_texts(self, text: str) -> None:
        hits = search.find_texts(self._ledger.connection, text)
        found = tuple(
            Found(hit.entry, hit.kind, hit.happened_at, self._days.title(hit.event), hit.text) for hit in hits
        )
        self._post(messages.TextsFound(text, found))


def _by_badge(ledger: Ledger, text: str) -> list[Person]:
    """The holder of a badge, where digits were typed or scanned."""
    found = search.by_badge(ledger.connection, text.strip()) if text.strip().isdigit() else None
    return [found] if found else []


def told_apart(person: Person, found: Sequence[Person]) -> str:
    """The masked e-mail; the whole one where it is masked like that of another of the same name; "" = there is none."""
    others = [one.email for one in found if one.name == person.name and one.id != person.id]
    alike = masked(person.email) in map(masked, filter(None, others))
    return (person.email if alike else masked(person.email)) if person.email else ""
