"""Problems of practice at the desk: bring, edit, ask the phones, cluster, vote, commit.

Owns what is asked of the facilitator. What was typed is kept until it is in the ledger.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from plfacilitate.core.drawn import Drawing
from plfacilitate.core.popup.picture import Problem, RoundKind
from plfacilitate.core.popup.placing import in_order
from plfacilitate.core.text import cut, plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import popup as deeds
from plfacilitate.front.desk.dialogs.bring import BringForm
from plfacilitate.front.desk.dialogs.form import Field, Form, Values, Wrong
from plfacilitate.front.desk.orders import notes
from plfacilitate.front.desk.orders.duedays import dated, due_field
from plfacilitate.front.desk.screens.popup import PopupScreen
from plfacilitate.front.desk.threads.questions import drawn_groups
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm

_KEPT = "Tab next field · F2 keeps it · Esc back, the text is kept"
_BRING = "Tab next field · F2 keeps it · F3 one from the bank · Esc back"
_ONE = "Enter next, then kept · Esc back, the text is kept"


async def show(desk: DeskBase, problem: str = "") -> None:
    """The problems of the event; where there is none, one is taken down by itself."""
    if isinstance(desk.screen, PopupScreen):
        return
    if desk.event is not None:
        await desk.push_screen(PopupScreen(problem))
    elif desk.may_write:
        await notes.popup(desk)


def _screen(desk: DeskBase) -> tuple[PopupScreen, Problem] | None:
    problem = desk.problem
    return (desk.screen, problem) if isinstance(desk.screen, PopupScreen) and problem is not None else None


async def bring(desk: DeskBase) -> None:
    """Whose problem, what happens, one piece of data."""
    event = desk.event
    if event is None:
        return
    draft, segment = f"popup-new:{event.id}", notes.segment_of(desk)
    fields = (
        Field("owner", "Owner", hint="whose problem it is"),
        Field("school", "School"),
        Field("problem", "Problem", lines=4, hint="what happens, and what was tried"),
        Field("data", "Data", lines=3, hint="a number, a quotation, a piece of work"),
    )
    form = BringForm("A problem of practice", fields, draft=draft, check=_problem_wrong, hint=_BRING)
    screen = desk.screen

    def brought(values: Values) -> None:
        if isinstance(screen, PopupScreen):
            screen.awaits_new()
        desk.do_deed(deeds.bring(event.id, values, segment), draft=draft)

    await ask(desk, form, brought)


def _problem_wrong(values: Values) -> str:
    missing = next((name for name in ("owner", "problem") if not values[name].strip()), "")
    return Wrong(missing, "Say at least whose problem it is, and what.") if missing else ""


async def edit(desk: DeskBase) -> None:
    """Its words, the sentence and the test."""
    found = _screen(desk)
    if found is None or desk.event is None:
        return
    event, one = desk.event.id, found[1]
    if one.taken_down:
        desk.say("It was taken down in one piece: bring it anew to work on it.")
        return
    draft = f"popup-edit:{event}:{one.id}"
    fields = (
        Field("how_might_we", "How might we", one.how_might_we, hint="one sentence, no solution in it"),
        Field("test", "Test to try", one.test, lines=3, hint="with whom, how long, what would tell"),
        Field("problem", "Problem", one.problem, lines=3),
        Field("data", "Data", one.data, lines=2),
        Field("owner", "Owner", one.owner),
        Field("school", "School", one.school),
    )
    form = Form("The problem", fields, draft=draft, check=_problem_wrong, hint=_KEPT)
    await ask(desk, form, lambda values: desk.do_deed(deeds.edit(event, one.id, values), draft=draft))


async def type_idea(desk: DeskBase) -> None:
    """Ideas that were said, one a line."""
    found = _screen(desk)
    if found is None or desk.event is None:
        return
    event, one = desk.event.id, found[1]
    draft = f"popup-idea:{event}:{one.id}"
    field = Field("text", "", hint="one idea a line (ctrl+j)", lines=5, enter_saves=True)
    form = Form(
        "Ideas", (field,), draft=draft, intro=plain(one.how_might_we or one.problem),
        check=lambda values: "" if values["text"].strip() else "An idea needs a word.",
        hint="Enter keeps it · ctrl+j new line · Esc back, the text is kept",
    )  # fmt: skip
    await ask(desk, form, lambda values: desk.do_deed(deeds.type_idea(event, one.id, values["text"]), draft=draft))


async def pick(desk: DeskBase) -> None:
    """The idea under the cursor."""
    if isinstance(desk.screen, PopupScreen):
        desk.screen.pick()


async def cluster(desk: DeskBase) -> None:
    """A name for what is picked; on a cluster another name, and what is picked comes in."""
    found = _screen(desk)
    if found is None or desk.event is None:
        return
    screen, one = found
    event, into, ideas = desk.event.id, screen.chosen_cluster(), screen.chosen_ideas()
    if not into and not ideas:
        desk.say("Pick ideas first: space picks the one under the cursor.")
        return
    before = next((each.name for each in one.clusters if each.id == into), "")
    draft = f"popup-cluster:{event}:{one.id}"
    known = ", ".join(each.name for each in one.clusters if each.name)
    form = Form(
        "Cluster", (Field("name", "Name", before, hint="what these ideas have in common"),), draft=draft,
        intro=plain(f"{len(ideas)} ideas" + (f" · there are: {known}" if known else "")),
        check=lambda values: "" if values["name"].strip() else "A cluster needs a name.", hint=_ONE,
    )  # fmt: skip

    def write(values: Values) -> None:
        screen.picked.clear()
        desk.do_deed(deeds.cluster(event, one.id, tidy(values["name"]), ideas, into), draft=draft)

    await ask(desk, form, write)


async def set_aside(desk: DeskBase) -> None:
    """Nobody votes on these."""
    found = _screen(desk)
    if found is None or desk.event is None:
        return
    screen, one = found
    ideas = screen.chosen_ideas()
    if ideas:
        screen.picked.clear()
        desk.do_deed(deeds.cluster(desk.event.id, one.id, "", ideas))


async def ask_ideas(desk: DeskBase) -> None:
    """Phones are asked for ideas, or not any more."""
    await _turn(desk, "ideas")


async def ask_dots(desk: DeskBase) -> None:
    """Phones are asked for dots, or not any more."""
    await _turn(desk, "vote")


async def _turn(desk: DeskBase, kind: RoundKind) -> None:
    found = _screen(desk)
    if found is None or desk.event is None or desk.popup is None:
        return
    event, one, asked = desk.event.id, found[1], found[1].open_round
    if asked is None or asked.kind != kind:
        desk.do_deed(deeds.begin(event, one.id, kind))
        return
    if kind == "ideas":
        came = desk.popup.came(asked) if not asked.named else len(one.ideas)
        words = f"{came} ideas so far. Close it? Phones can't send any more then; another round can be opened."
    else:
        words = f"{desk.popup.came(asked)} have voted. Close the vote and show what came out? It can't be opened again."
    deed = deeds.end(event, one.id, kind)
    await ask(desk, Confirm("Close", words), lambda yes: desk.do_deed(deed) if yes else None)


async def commit(desk: DeskBase) -> None:
    """What the owner will try, the first step, the day."""
    found = _screen(desk)
    if found is None or desk.event is None:
        return
    event, one = desk.event.id, found[1]
    before = one.commitments[-1] if one.commitments else None
    likely = next((option.text for option in one.vote.by_dots), "") if one.vote and not one.vote.open else ""
    draft = f"popup-commit:{event}:{one.id}"
    fields = (
        Field("what", "Will try", before.what if before else likely, hint="what will be tried"),
        Field("first_step", "First step", before.first_step if before else ""),
        due_field(desk, before.due if before else ""),
        Field("who", "Who", before.who if before else one.owner),
    )
    form = Form("Commitment", fields, draft=draft, check=_promise_wrong, hint=_ONE)

    def write(values: Values) -> None:
        desk.do_deed(deeds.commit(event, one.id, dated(values, desk.around.today)), draft=draft)

    await ask(desk, form, write)


def _promise_wrong(values: Values) -> str:
    missing = next((name for name in ("what", "who") if not values[name].strip()), "")
    return Wrong(missing, "Say at least who will try what.") if missing else ""


async def place(desk: DeskBase) -> None:
    """Everybody who is in and on no problem goes where somebody is needed."""
    if desk.event is not None:
        desk.do_deed(deeds.place(desk.event.id))


async def take_groups(desk: DeskBase) -> None:
    """Groups that were drawn, each with a problem: the order is shown, and can be changed, before anything is done."""
    if desk.event is not None:
        desk.feed.ask(drawn_groups(desk.event.id), lambda found: desk.call_later(_take_groups, desk, found))


async def _take_groups(desk: DeskBase, drawing: Drawing | None) -> None:
    event, board = desk.event, desk.popup
    if event is None or board is None:
        return
    if drawing is None:
        desk.say("No groups are drawn yet: G in the room draws them.")
        return
    problems = [one for one in board.picture.problems if not one.taken_down]
    if not problems:
        desk.say("These were taken down in one piece: a brings a problem that a group works on.")
        return
    first = in_order(len(drawing.groups), [one.id for one in problems])
    sizes = [len(group) for group in drawing.groups]
    fields = [
        Field(
            one.id,
            cut(plain(one.owner), 18).rstrip(),
            str(first.get(one.id, "")),
            says=partial(_who_and_what, one, sizes),
        )
        for one in problems
    ]
    form = Form(
        "Which group works on which problem?", fields,
        intro=(
            f"{len(sizes)} group{'s' if len(sizes) > 1 else ''}, drawn at {drawing.at.astimezone(event.zone):%H:%M}. "
            "A number for each problem, empty = none. Owners stay with their own; undone in one step."
        ),
        check=lambda values: _pairs_wrong(values, len(drawing.groups)),
        hint="Enter next, then done · F2 done · Esc back",
    )  # fmt: skip

    def take(values: Values) -> None:
        pairs = {problem: int(number) for problem, number in values.items() if number.strip()}
        desk.do_deed(deeds.take_groups(event.id, pairs))

    await ask(desk, form, take)


def _who_and_what(one: Problem, sizes: Sequence[int], number: str) -> str:
    """How many people would work on what."""
    text = plain(" ".join((one.how_might_we or one.problem).split()))
    given = int(number) if number.isascii() and number.isdigit() else 0
    return f"{sizes[given - 1]} people: {text}" if 1 <= given <= len(sizes) else f"nobody: {text}"


def _pairs_wrong(values: Values, groups: int) -> str:
    given: dict[str, str] = {}
    for problem, text in values.items():
        number = text.strip()
        if number and not (number.isascii() and number.isdigit() and 1 <= int(number) <= groups):
            return Wrong(problem, f"A number from 1 to {groups}, or nothing.")
        if number and str(int(number)) in given:
            return Wrong(problem, f"Group {int(number)} works on one problem only.")
        if number:
            given[str(int(number))] = problem
    return "" if given else Wrong(next(iter(values)), "Give at least one problem a group.")


FORMS: Mapping[str, Callable[[DeskBase], Awaitable[None]]] = {
    "popup-new": bring, "popup-edit": edit, "popup-idea": type_idea, "popup-cluster": cluster, "popup-commit": commit,
}  # fmt: skip


async def open_form(desk: DeskBase, kind: str, problem: str) -> None:
    """Typed text that waits: its problem, then its form."""
    await show(desk, problem)
    desk.call_later(FORMS[kind], desk)
