"""Leading a protocol: which one, for how many; on, back, a minute more, the end.

Owns what is asked before. Where a group goes from where it stands is `core.running`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plfacilitate.core.entry import new_id
from plfacilitate.core.plan import Span
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.places import MOST_CLOCKS, MOST_TURNS, Place, Size, needed, reckoned, repeats, unfit
from plfacilitate.core.running.run import Group, Run
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import running as deeds
from plfacilitate.front.desk.dialogs.form import Check, Field, Form, Values, Wrong
from plfacilitate.front.desk.screens.run import RunScreen, draft_key
from plfacilitate.front.desk.threads.questions import Leading, Protocols, leading_at, protocol_of, protocols
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.front.widgets.dialogs.find import Find


async def show(desk: DeskBase) -> None:
    """The protocol that is led, else the running segment's, else any."""
    event = desk.event
    if event is not None:
        desk.feed.ask(leading_at(event.id), lambda found: desk.call_later(_which, desk, event.id, found.going))


async def _which(desk: DeskBase, event: str, going: Run | None) -> None:
    """Go on, or begin what the agenda says; where both could be meant, it is asked."""
    running = _running(desk)
    wanted = running.segment.protocol if running is not None else ""
    title = running.segment.title if running is not None else ""
    if going is None:
        await _begin_by(desk, wanted)
    elif not desk.may_write or going.segment == title or not wanted:
        await _open(desk, event, going.id)
    else:
        options = [
            Option(wanted, f"Begin what the agenda says now: {title}"),
            Option("", f"Go on with {going.protocol.title}", "has not ended"),
        ]

        def chosen(protocol: str) -> None:
            desk.call_later(_begin_by, desk, protocol) if protocol else desk.call_later(_open, desk, event, going.id)

        await ask(desk, Choose("Which protocol?", options), chosen)


async def _open(desk: DeskBase, event: str, run: str) -> None:
    await desk.push_screen(RunScreen(event, run))


async def go_on(desk: DeskBase, run: str) -> None:
    """The screen of a run in which a line was half typed."""
    if desk.watched is not None:
        await _open(desk, desk.watched, run)


async def _begin_by(desk: DeskBase, protocol: str) -> None:
    """Read the protocol of that id, and ask for how many; "" = ask which."""
    if not desk.may_write or not protocol:
        await other(desk)
        return
    desk.feed.ask(protocol_of(protocol), lambda found: desk.call_later(_read, desk, found))


async def _read(desk: DeskBase, found: Protocol | Refused) -> None:
    if isinstance(found, Refused) or not found.steps:
        no = found if isinstance(found, Refused) else Refused("not-led", title=plain(found.title))
        desk.say(str(no), severity="error")
        await other(desk)
    else:
        await _for_how_many(desk, found)


async def other(desk: DeskBase) -> None:
    """Any protocol, found by typing."""
    if desk.may_write:
        desk.feed.ask(protocols, lambda found: desk.call_later(_find, desk, found))


async def _find(desk: DeskBase, found: Protocols) -> None:
    led = [one for one in found.known if one.steps]
    by_id = {one.id: one for one in led}
    options = [Option(one.id, one.title, f"{one.minutes} min") for one in led]

    def chosen(protocol: str) -> None:
        desk.call_later(_for_how_many, desk, by_id[protocol])

    await ask(desk, Find("Lead which protocol?", options), chosen)


async def _for_how_many(desk: DeskBase, protocol: Protocol) -> None:
    """Groups at once, and who takes turns; then it begins."""
    if desk.event is not None:
        desk.feed.ask(
            leading_at(desk.event.id, protocol.id), lambda found: desk.call_later(_asked, desk, protocol, found)
        )


async def _asked(desk: DeskBase, protocol: Protocol, found: Leading) -> None:
    span = _running(desk)
    has = f" The segment has {span.segment.minutes}." if span is not None else ""
    form = Form(
        plain(protocol.title),
        _fields(protocol, Size(clocks=min(MOST_CLOCKS, max(1, found.groups)))),
        intro=f"{len(protocol.steps)} steps, {protocol.minutes} min as the protocol reckons.{has}{_known(found)}",
        check=_check(protocol, span),
        hint="Enter next, then it begins · F2 begins · Esc back",
    )
    await ask(desk, form, lambda values: desk.call_later(_begin, desk, protocol, _size(protocol, values)))


def _known(found: Leading) -> str:
    """What this laptop knows already: how many groups are drawn, how long it took before."""
    parts = [f"{found.groups} groups are drawn."] if found.groups else []
    if found.past is not None:
        times = "once" if found.past.runs == 1 else f"{found.past.runs} times"
        parts.append(f"Led {times} before: {found.past.minutes} min.")
    return f"\n{' '.join(parts)}" if parts else ""


async def _begin(desk: DeskBase, protocol: Protocol, size: Size) -> None:
    if desk.event is None:
        return
    event, span, run = desk.event.id, _running(desk), new_id(desk.around.chance)
    segment = span.segment.title if span is not None else ""
    desk.do_deed(deeds.begun(event, protocol, segment=segment, size=size, at=desk.now, run=run))
    if isinstance(desk.screen, RunScreen):
        await desk.pop_screen()
    await _open(desk, event, run)


# -- for how many ----------------------------------------------------------------------------------------------------

_ASKED = {"person": ("people", "People in turn"), "group": ("groups", "Groups in turn")}


def _fields(protocol: Protocol, size: Size) -> list[Field]:
    fields = [
        Field("clocks", "Groups at once", str(size.clocks), hint="groups that work at once, each by its own clock")
    ]
    for repeat in sorted(repeats(protocol), reverse=True):
        name, label = _ASKED[repeat]
        own = reckoned(protocol, repeat)
        given = getattr(size, name)
        fields.append(Field(name, label, str(given or own), hint="how many take a turn, one after the other"))
    return fields


def _size(protocol: Protocol, values: Values) -> Size:
    """What was typed; a number that is the protocol's own is left to it."""
    given: dict[str, int | None] = {}
    for repeat, (name, _) in _ASKED.items():
        number = int(values[name]) if name in values else None
        own = {step.times for step in protocol.steps if step.repeat == repeat}
        given[name] = None if number is None or own == {number} else number
    return Size(int(values["clocks"]), **given)


def _check(protocol: Protocol, span: Span | None) -> Check:
    """What is wrong with the numbers; what does not fit is said once, and the second Enter begins anyhow."""
    warned: list[Values] = []

    def check(values: Values) -> str:
        for name, text in values.items():
            most = MOST_CLOCKS if name == "clocks" else MOST_TURNS
            if not text.strip().isdecimal() or not 1 <= int(text) <= most:
                return Wrong(name, f"A number from 1 to {most} is needed here.")
        words = unfit(protocol, _size(protocol, values), span.segment.minutes if span is not None else None)
        if not words or dict(values) in warned:
            return ""
        warned.append(dict(values))
        return f"▲ {words}. Enter again takes it so."

    return check


async def resize(desk: DeskBase) -> None:
    """Another number of groups or people."""
    screen, run = _on(desk)
    if screen is None or run is None:
        return
    form = Form(
        "For how many?", _fields(run.protocol, run.size), check=_check(run.protocol, _running(desk)),
        intro="Groups that work at once, each by its own clock; and how many take turns.",
        hint="Enter next, then done · F2 done · Esc back",
    )  # fmt: skip

    def given(values: Mapping[str, str]) -> None:
        size = _size(run.protocol, values)
        said = f"{size.clocks} group{'s' if size.clocks > 1 else ''}, {needed(run.protocol, size)} min in all"
        desk.do_deed(deeds.sized(run, size, desk.now, said))

    await ask(desk, form, given)


# -- on and back -----------------------------------------------------------------------------------------------------


async def step_on(desk: DeskBase) -> None:
    """The next step, for the group that is looked at or for all."""
    _step(desk, 1)


async def all_on(desk: DeskBase) -> None:
    """The next step for all groups, each from where it is."""
    _step(desk, 1, everybody=True)


async def step_back(desk: DeskBase) -> None:
    """The step before; its clock goes on where it was left."""
    _step(desk, -1)


async def skip(desk: DeskBase) -> None:
    """The step after the next one: the next is left out."""
    _step(desk, 2)


def _step(desk: DeskBase, by: int, *, everybody: bool = False) -> None:
    screen, run = _on(desk)
    if screen is None or run is None:
        return
    groups = list(run.groups) if everybody else screen.groups
    moves = [(one, place) for one in groups if (place := run.step_from(one, by)) is not None]
    if not moves:
        desk.say(_nowhere(by), severity="error" if by < 0 else "information")
        return
    _go(desk, run, moves)


def _nowhere(by: int) -> str:
    if by < 0:
        return "This is the first step."
    return "This is the last step: e ends it." if by == 1 else "Nothing is left behind the next step: n or e."


def _go(desk: DeskBase, run: Run, moves: Sequence[tuple[Group, Place]]) -> None:
    names = {place.key: place.step.title for _, place in moves}
    where_to = plain(next(iter(names.values()))) if len(names) == 1 else "each its next step"
    who = f"{_who(run, [group for group, _ in moves])}: " if len(run.groups) > 1 else ""
    desk.do_deed(deeds.moved(run, [(group.number, place) for group, place in moves], desk.now, f"{who}{where_to}"))


async def jump(desk: DeskBase) -> None:
    """Any step, forwards or back."""
    screen, run = _on(desk)
    if screen is None or run is None or screen.group is None:
        return
    at = screen.group.at
    options = []
    for number, place in enumerate(run.places):
        beside = " · ".join(filter(None, (place.whose, "here" if number == at else "")))
        options.append(
            Option(f"p{number}", f"{number + 1} {plain(place.step.title)}", beside)
        )  # a digit is a step's number
    groups = screen.groups

    def chosen(number: str) -> None:
        _go(desk, run, [(group, run.places[int(number[1:])]) for group in groups])

    await ask(desk, Find("Go to which step?", options, hint="its number or its name"), chosen)


async def pause(desk: DeskBase) -> None:
    """The clock stands still, or goes on; of several all do what most of them have not done."""
    screen, run = _on(desk)
    if screen is None or run is None:
        return
    running = [one for one in screen.groups if one.now.watch.runs]
    groups = running or screen.groups
    said = "paused" if running else "goes on" if len(groups) == 1 else "go on"
    numbers = [one.number for one in groups]
    desk.do_deed(deeds.paused(run, numbers, desk.now, on=bool(running), said=f"{_who(run, groups)} {said}"))


async def more(desk: DeskBase) -> None:
    """A minute more for this step."""
    _minutes(desk, 1)


async def less(desk: DeskBase) -> None:
    """A minute less for this step."""
    _minutes(desk, -1)


def _minutes(desk: DeskBase, by: int) -> None:
    screen, run = _on(desk)
    if screen is not None and run is not None:
        said = f"{_who(run, screen.groups)}: a minute {'more' if by > 0 else 'less'}"
        desk.do_deed(deeds.minutes(run, [one.number for one in screen.groups], by, desk.now, said))


# -- lines and the end -----------------------------------------------------------------------------------------------


async def write_line(desk: DeskBase) -> None:
    """Type a line, tagged with the step."""
    if isinstance(desk.screen, RunScreen):
        if desk.screen.on_wall:
            desk.screen.turn_wall()
        desk.screen.write()


async def capture(desk: DeskBase, text: str) -> None:
    """A line was typed."""
    screen, run = _on(desk)
    if screen is None or run is None or screen.group is None:
        return
    draft = draft_key(screen.event, screen.run)
    number = screen.number if len(run.groups) > 1 else 0
    place = screen.group.now.place
    desk.drafts.keep(draft, {"text": text})
    desk.do_deed(deeds.captured(run, text, kind=screen.writes_as, group=number, place=place, at=desk.now), draft=draft)
    screen.kind = None


async def wall(desk: DeskBase) -> None:
    """Large, without anything private; the same keys work. Once more: all of it again."""
    if isinstance(desk.screen, RunScreen):
        desk.screen.turn_wall()


async def end(desk: DeskBase) -> None:
    """It is over, for all groups; asked where some are not at their last step."""
    screen, run = _on(desk)
    if screen is None or run is None:
        return
    before = [one for one in run.groups if one.at + 1 < len(run.places)]

    def sure(yes: bool) -> None:
        if yes:
            desk.do_deed(deeds.ended(run, desk.now))

    if not before:
        sure(True)
        return
    left = max(len(run.places) - one.at - 1 for one in before)
    words = f"{_who(run, before)}: {left} step{'s' if left > 1 else ''} left. End it? u takes it back."
    await ask(desk, Confirm("End this protocol?", words), sure)


def _who(run: Run, groups: Sequence[Group]) -> str:
    if len(run.groups) == 1:
        return "The clock"
    if len(groups) == len(run.groups):
        return "All groups"
    return f"Group{'s' if len(groups) > 1 else ''} {', '.join(str(one.number) for one in groups)}"


def _running(desk: DeskBase) -> Span | None:
    return desk.standing.running.span if desk.standing is not None and desk.standing.running is not None else None


def _on(desk: DeskBase) -> tuple[RunScreen | None, Run | None]:
    """The screen, and the run on it, where it may be changed."""
    screen = desk.screen
    if not isinstance(screen, RunScreen) or not desk.may_write:
        return None, None
    return screen, screen.led
