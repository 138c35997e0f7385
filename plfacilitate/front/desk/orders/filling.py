"""Filling in at the desk: a form from paper, an interview, going on with what was begun, the end.

Owns what is asked once before an observation begins and before it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from plfacilitate.core.debrief.meetings import waiting_for
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.protocol import Prompt, Protocol, ProtocolKind
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import cut, fold, plain, tidy
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import filling as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.screens.fill import FillScreen
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.confirm import Confirm

NAMED = 3  # items without an answer that are named before the end


async def paper(desk: DeskBase, stop: str = "", protocol: str = "") -> None:
    """Key in a form that was filled on paper: which protocol, whose eyes, when; then item by item."""
    await _begin(desk, "observation", stop, protocol)


async def interview(desk: DeskBase, stop: str = "", protocol: str = "") -> None:
    """An interview, or somebody's self-assessment: which questions, who answers; then prompt by prompt."""
    await _begin(desk, "interview", stop, protocol)


async def go_on(desk: DeskBase, observation: str) -> None:
    """Go on with an observation or interview, item by item."""
    desk.observing = observation
    if isinstance(desk.screen, FillScreen):
        await desk.pop_screen()
    await desk.push_screen(FillScreen())


async def choose(desk: DeskBase) -> None:
    """Which of the visit's observations to go on with."""
    event = desk.event
    if event is not None:
        desk.feed.ask(
            questions.visit_of(event.id), lambda found: desk.call_later(_choose, desk, event, found.picture())
        )


async def _choose(desk: DeskBase, event: Event, picture: VisitPicture) -> None:
    visit = picture.visit
    options = [
        Option(
            one.id, plain(" · ".join(_of(one, visit.place(one.stop) if visit and one.stop else ""))), _left(one, event)
        )
        for one in reversed(picture.observations)
        if may_open(desk.around.by, picture, one)
    ]
    dialog = Choose("Go on with which?", options, "Nothing was observed or asked here yet.")
    await ask(desk, dialog, lambda key: desk.call_later(go_on, desk, key))


def may_open(by: str, picture: VisitPicture, one: Observation) -> bool:
    """Whoever goes on with an own one; what is ended is another's, and blind until all of that room are done."""
    if one.ended_at is None or fold(one.observer) == fold(by):
        return True
    return not waiting_for(picture, one.stop, one.protocol.id)


def _of(one: Observation, room: str) -> list[str]:
    return [part for part in (room, one.protocol.title, one.respondent or one.observer) if part]


def _left(one: Observation, event: Event) -> str:
    left = f"{len(one.left_out)} open" if one.left_out else "complete"
    return f"{clock(minute_of(one.started_at), event.zone)}, {left}"


# -- before it begins ------------------------------------------------------------------------------------------------


async def _begin(desk: DeskBase, kind: ProtocolKind, stop: str, protocol: str) -> None:
    if desk.event is None:
        return

    def answer(found: questions.Protocols) -> None:
        mine = [one for one in found.known if one.kind == kind or one.id == protocol]
        named = [one for one in mine if one.id == protocol]
        if named:
            desk.call_later(_ask, desk, named[0], stop)
        else:
            desk.call_later(_which, desk, mine, stop, found.broken)

    desk.feed.ask(questions.protocols, answer)


async def _which(desk: DeskBase, found: Sequence[Protocol], stop: str, broken: Sequence[str]) -> None:
    from plfacilitate.shelf.protocols import by_use

    if broken:
        desk.say(broken[0], severity="error")
    planned = _planned(desk, stop)
    found = sorted(by_use(found), key=lambda one: one.id not in planned)
    options = [Option(one.id, one.title, f"{one.size} items, {one.minutes} min") for one in found]
    by_id = {one.id: one for one in found}
    dialog = Choose("Which one?", options, "There is none here: put one into the folder protocols/.")
    await ask(desk, dialog, lambda key: desk.call_later(_ask, desk, by_id[key], stop))


def _planned(desk: DeskBase, stop: str) -> tuple[str, ...]:
    place = _stop(desk, stop)
    return place.protocols if place is not None else ()


def _stop(desk: DeskBase, stop: str) -> Stop | None:
    visit = desk.visit.visit if desk.visit is not None else None
    return visit.stop(stop) if visit is not None else None


async def _ask(desk: DeskBase, protocol: Protocol, stop: str) -> None:
    """Whose eyes or whose answers, and when: asked once."""
    event = desk.event
    if event is None:
        return
    talk = protocol.kind == "interview"
    intro = "Several who answer the same questions are entered one by one." if talk else "As it stands on the paper."

    def wrong(values: Values) -> str:
        if talk and not tidy(values["respondent"]):
            return Wrong("respondent", "Who answers? A role is enough.")
        if not tidy(values["observer"]):
            return Wrong("observer", str(Refused("observer-missing")))
        unreadable = _unreadable(event, values["at"])
        return Wrong("at", unreadable) if unreadable else ""

    draft = f"begin:{event.id}:{protocol.id}:{stop}"
    form = Form(plain(protocol.title), _fields(desk, event, stop, talk=talk), draft=draft, intro=intro, check=wrong)
    await ask(desk, form, lambda values: desk.call_later(_open, desk, protocol, stop, values, draft))


def _fields(desk: DeskBase, event: Event, stop: str, *, talk: bool) -> list[Field]:
    """Who and when; what the way of the visit says about the stop stands there already."""
    place, now = _stop(desk, stop), clock(minute_of(desk.now), event.zone)
    when = Field("at", "Made at", now, hint="when it was begun, such as 9:20")
    if talk:
        who = Field("respondent", "Who answers", hint="a role keeps the name out: principal, student")
        return [who, Field("observer", "Asked by", desk.around.by), when]
    team = place.team if place is not None else ()
    hint = ", ".join(team) if team else "the name on it"
    if place is not None and place.starts:
        when = when._replace(value=place.starts)
    return [Field("observer", "Observer", team[0] if len(team) == 1 else "", hint=hint), when]


def _unreadable(event: Event, text: str) -> str:
    from plfacilitate.steps.correct import moment_on

    try:
        moment_on(event, text)
    except Refused as no:
        return str(no)
    return ""


async def _open(desk: DeskBase, protocol: Protocol, stop: str, values: Values, draft: str) -> None:
    from plfacilitate.steps.correct import moment_on
    from plfacilitate.store.ledger import new_id

    event = desk.event
    if event is None:
        return
    observation = new_id(desk.around.chance)
    at = moment_on(event, values["at"])
    at = desk.now if minute_of(at) == minute_of(desk.now) else at  # several begun in one minute keep their order
    desk.do_deed(
        deeds.begin(
            event.id, observation, protocol, observer=values["observer"], stop=stop,
            respondent=values.get("respondent", ""), means="facilitator" if protocol.kind == "interview" else "paper",
            at=at,
        ),
        draft=draft,
    )  # fmt: skip
    await go_on(desk, observation)


# -- on the screen ---------------------------------------------------------------------------------------------------


async def change(desk: DeskBase) -> None:
    """What stands, in the field."""
    if isinstance(desk.screen, FillScreen):
        await desk.screen.change()


async def next_open(desk: DeskBase) -> None:
    """The next item without an answer."""
    if isinstance(desk.screen, FillScreen):
        await desk.screen.next_open()


async def away(desk: DeskBase) -> None:
    """The answer of this row goes."""
    if isinstance(desk.screen, FillScreen):
        desk.screen.take_away()


async def done(desk: DeskBase) -> None:
    """End it: named first what has no answer and what still runs; then whether somebody else answers the same."""
    screen, seen = desk.screen, desk.observed
    if not isinstance(screen, FillScreen) or seen is None:
        return
    await screen.leave_row()
    if screen.typed:
        rows = "1 row has" if len(screen.typed) == 1 else f"{len(screen.typed)} rows have"
        desk.say(f"{rows} text that was not taken yet (✎ ⚠): Enter takes it.")
        screen.to_typed()
        return
    question = open_words(seen)
    if seen.ended_at is not None:
        await _after(desk, seen)
    elif question:
        await ask(desk, Confirm("Done?", question), lambda yes: desk.call_later(_end, desk, seen) if yes else None)
    else:
        await _end(desk, seen)


def open_words(seen: Observation) -> str:
    """What an end leaves open, in words; "" = nothing."""
    words = []
    if seen.open_states:
        running = ", ".join(cut(item.text, 30).rstrip() for item in seen.open_states)
        words.append(f"Still running, and ended now by rule, marked so: {running}.")
    if seen.left_out:
        names = [
            cut(one.title or one.ask if isinstance(one, Prompt) else one.text, 30).rstrip() for one in seen.left_out
        ]
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        words.append(f"Without an answer: {', '.join(names[:NAMED])}{more}.")
    return "\n".join([*words, "End it all the same?"]) if words else ""


async def _end(desk: DeskBase, seen: Observation) -> None:
    desk.do_deed(deeds.end(seen.event, seen.id, _ended(desk, seen)))
    await _after(desk, seen)


def _ended(desk: DeskBase, seen: Observation) -> datetime | None:
    """On paper it took as long as the protocol says, unless that is not over yet; else it ends now."""
    if seen.means != "paper":
        return None
    return min(desk.now, seen.started_at + timedelta(minutes=seen.protocol.minutes))


async def _after(desk: DeskBase, seen: Observation) -> None:
    """Back; after an interview perhaps the next one who answers the same questions."""
    await desk.pop_screen()
    if seen.protocol.kind == "interview":
        words = "Does somebody else answer the same questions?"
        await ask(
            desk, Confirm(plain(seen.protocol.title), words),
            lambda yes: desk.call_later(_ask, desk, seen.protocol, seen.stop) if yes else None,
        )  # fmt: skip
