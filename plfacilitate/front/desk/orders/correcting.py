"""Putting a person's times right: another time, one too many, one that is missing, a doubt.

Owns what is asked; everything asks for a reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.fold import Flag
from plfacilitate.core.minutes import clock, hours_text, minute_of
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import attendance as deeds
from plfacilitate.front.desk.dialogs.form import Check, Field, Form, Values, Wrong
from plfacilitate.front.desk.dialogs.sure import ahead, if_sure
from plfacilitate.front.desk.painting.pictures import PersonPicture
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option

REASON = Field("reason", "Reason", hint="why, in a few words")


async def correct(desk: DeskBase) -> None:
    """Another time for the mark under the cursor."""
    shown, line = desk.portrait, desk.mark
    if shown is None or line is None:
        return
    event, mark, person = shown.event, line.mark, shown.person
    fields = (Field("time", "Time", clock(minute_of(mark.at), event.zone)), REASON)
    form = Form(f"Correct the {'sign-in' if mark.is_in else 'sign-out'}", fields, check=timed(event))

    def write(values: Values) -> None:
        at = moment(event, values["time"])
        deed = deeds.correct(event.id, person.id, person.name, mark, at, values["reason"])
        desk.call_later(if_sure, desk, "Correct", ahead(desk, event, at), lambda: desk.do_deed(deed))

    await ask(desk, form, write)


async def take_away(desk: DeskBase) -> None:
    """The mark under the cursor should not be there."""
    shown, line = desk.portrait, desk.mark
    if shown is None or line is None:
        return
    event, mark, name = shown.event, line.mark, shown.person.name
    when = clock(minute_of(mark.at), event.zone)
    form = Form(f"Take {'in' if mark.is_in else 'out'} {when} away", (REASON,), check=_reasoned)
    await ask(desk, form, lambda values: desk.do_deed(deeds.take_away(event.id, name, mark, values["reason"])))


async def add_mark(desk: DeskBase) -> None:
    """An in or out that nobody wrote down."""
    shown = desk.portrait
    if shown is None:
        return
    event, person = shown.event, shown.person
    verb = "out" if shown.presence.is_in else "in"
    fields = (
        Field("verb", "In or out", verb),
        Field("time", "Time", clock(minute_of(min(desk.now, event.ends_at)), event.zone)),
        REASON,
    )

    def check(values: Values) -> str:
        return (
            "" if values["verb"].strip() in ("in", "out") and not timed(event)(values) else _verb_wrong(values, event)
        )

    def write(values: Values) -> None:
        sign = deeds.sign_in if values["verb"].strip() == "in" else deeds.sign_out
        at = moment(event, values["time"])
        deed = sign(event.id, {person.id: person.name}, at=at, reason=values["reason"], anyhow=True)
        desk.call_later(if_sure, desk, "Add a time", ahead(desk, event, at), lambda: desk.do_deed(deed))

    await ask(desk, Form("Add a time", fields, check=check), write)


def _verb_wrong(values: Values, event: Event) -> str:
    return timed(event)(values) if values["verb"].strip() in ("in", "out") else Wrong("verb", "Type in or out.")


async def keep_version(desk: DeskBase) -> None:
    """Of two versions of a mark this one is right."""
    shown, line = desk.portrait, desk.mark
    if shown is None or line is None:
        return
    event, person, mark = shown.event, shown.person, line.mark
    form = Form(f"Keep {clock(minute_of(mark.at), event.zone)}", (REASON,), check=_reasoned)

    def write(values: Values) -> None:
        desk.do_deed(deeds.keep_version(event.id, person.id, person.name, mark, values["reason"]))

    await ask(desk, form, write)


async def settle(desk: DeskBase) -> None:
    """Decide the first doubt about this person."""
    if desk.doubts:
        await settle_flag(desk, desk.doubts[0])


async def settle_flag(desk: DeskBase, flag: Flag) -> None:
    """Ask for a word on this doubt."""
    if desk.event is None:
        return
    event = desk.event.id
    fields = (Field("answer", "All is well?", "y", hint="y = yes, n = the doubt is right"), REASON)

    def write(values: Values) -> None:
        accepted = values["answer"].strip().lower().startswith("y")
        deed = deeds.settle(event, flag.entry, flag.text or flag.code, accepted=accepted, reason=values["reason"])
        desk.do_deed(deed)

    await ask(desk, Form("Settle the doubt", fields, intro=flag.text or flag.code, check=_answered), write)


async def fewer_hours(desk: DeskBase) -> None:
    """Less than they earned, because they say so."""
    shown = desk.portrait
    if shown is None:
        return
    asked = shown.request.hundredths if shown.request is not None else None
    earned = f"{shown.credit.hours} h as it stands" if shown.credit is not None else ""
    fields = (Field("hours", "Hours", hours_text(asked) if asked is not None else "", hint="such as 4.5"), REASON)

    def write(values: Values) -> None:
        from plfacilitate.steps.correct import hundredths

        hours = values["hours"].strip()
        said = f"asks for {hours_text(hundredths(hours))} h"
        desk.do_deed(deeds.wish(shown.event, shown.person, said, values["reason"], hours=hours))

    form = Form("Fewer hours than earned", fields, intro=earned, check=_hours_reasoned)
    await ask(desk, form, write)


def _hours_reasoned(values: Values) -> str:
    from plfacilitate.steps.correct import hundredths

    try:
        hundredths(values["hours"])
    except Refused as refused:
        return Wrong("hours", str(refused))
    return _reasoned(values)


CHOICES: Mapping[str, tuple[str, str]] = {
    "clock-hours": ("Clock hours", "on the sheet for the clock-hour office"),
    "quarter-credits": ("Quarter credits", "on the list for the university, no clock hours"),
}


async def choose(desk: DeskBase) -> None:
    """Clock hours or credits, once for all sessions of the offering."""
    shown = desk.portrait
    if shown is None:
        return
    options = [Option(one, *CHOICES[one]) for one in shown.event.plan.choice if one != shown.choice]
    now = CHOICES[shown.choice][0].lower()

    def chosen(key: str) -> None:
        desk.call_later(_why_chosen, desk, shown, key)

    await ask(desk, Choose(f"{plain(shown.person.name)} takes {now} now: what instead?", options), chosen)


async def _why_chosen(desk: DeskBase, shown: PersonPicture, choice: str) -> None:
    words = CHOICES[choice][0].lower()
    form = Form(
        f"{words.capitalize()} for the whole offering", (REASON._replace(value="as they asked"),), check=_reasoned
    )

    def write(values: Values) -> None:
        desk.do_deed(deeds.wish(shown.event, shown.person, f"takes {words}", values["reason"], choice=choice))

    await ask(desk, form, write)


async def edit(desk: DeskBase) -> None:
    """Another e-mail, name, school or certificate."""
    shown = desk.portrait
    if shown is None:
        return
    person = shown.person
    labels = {
        "last_name": "Last name", "first_name": "First name", "email": "E-mail", "school": "School",
        "district": "District", "role": "Role", "certificate": "Certificate", "former_name": "Former name",
        "badge": "Badge",
    }  # fmt: skip
    fields = [Field(name, label, getattr(person, name)) for name, label in labels.items()]

    def check(values: Values) -> str:
        return "" if tidy(values["last_name"]) else Wrong("last_name", str(Refused("name-missing")))

    def write(values: Values) -> None:
        changed = {name: tidy(values[name]) for name in labels if tidy(values[name]) != getattr(person, name)}
        if changed:
            desk.do_deed(deeds.edit(person.id, person.name, changed))

    await ask(desk, Form(person.name, fields, check=check), write)


# -- checks ----------------------------------------------------------------------------------------------------------


def moment(event: Event, text: str) -> deeds.Moment:
    """`15:45` on the event's day."""
    from plfacilitate.steps.correct import moment_on

    return moment_on(event, text)


def timed(event: Event) -> Check:
    """What is wrong with a time and its reason."""

    def check(values: Mapping[str, str]) -> str:
        try:
            moment(event, values["time"])
        except Refused as refused:
            return Wrong("time", str(refused))
        return _reasoned(values)

    return check


def _reasoned(values: Mapping[str, str]) -> str:
    return "" if tidy(values["reason"]) else Wrong("reason", str(Refused("reason-missing")))


def _answered(values: Mapping[str, str]) -> str:
    return "" if values["answer"].strip().lower()[:1] in ("y", "n") else Wrong("answer", "Type y or n.")
