"""Every command of the desk in one table: its key, its words, where it works and what it needs.

Owns the table and the one rule for what is greyed out. Keys, footer, help and palette are read from here; what a
command does stands in `orders/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType

from plfacilitate.core.visiting.plan import SITE_VISIT
from plfacilitate.front.desk.base import DeskBase

SCREENS = (
    "today",
    "room",
    "person",
    "close",
    "search",
    "received",
    "visit",
    "cohort",
    "agenda",
    "popup",
    "polls",
    "insights",
    "bank",
)
EVERYWHERE = (*SCREENS, "notes", "paper", "debrief", "fill")
LED = (*EVERYWHERE, "run", "groups")


class Command(NamedTuple):
    """One thing that can be done. `keys` as Textual names them, the first is shown; "" = palette only.

    `label` is the short word of the key line, `tip` the sentence of help and palette. `foot` False = not on the key
    line. `run` names a function of `orders/`.
    """

    name: str
    keys: str
    label: str
    tip: str
    on: tuple[str, ...]
    run: str
    needs: tuple[str, ...] = ()
    foot: bool = True


# The key line shows them in this order, as far as the width goes.
COMMANDS: tuple[Command, ...] = (
    # today
    Command("open-room", "r", "room", "Show the room of the event", ("today", "search"), "views:room", ("event",),
            foot=False),
    Command("schedule", "s", "schedule", "Put a session of a plan on a day", ("today",), "day:schedule", ("write",)),
    Command("expect", "", "", "Who is expected: read a people file", ("today", "room"), "day:expect",
            ("write", "event")),
    Command("doors", "d", "open the doors", "Open the event and start the sign-in for phones", ("today", "room"),
            "day:open_doors", ("write", "event", "not-over", "door-shut")),
    # the room
    Command("sign-in", "i", "sign in", "Sign somebody in by name, or all who are marked", ("room", "person"),
            "signing:sign_in", ("write", "open")),
    Command("sign-out", "o", "out", "Sign somebody out by name, or all who are marked", ("room", "person"),
            "signing:sign_out", ("write", "open")),
    Command("walk-in", "w", "walk-in", "Somebody who is on no list comes in", ("room",), "signing:walk_in",
            ("write", "open")),
    Command("mark", "space", "mark", "Mark this person, to do something with several at once", ("room",),
            "signing:mark", ("event",), foot=False),
    Command("qr", "q", "QR", "Fill the screen with the code, for the projector", ("room",), "views:qr", ("event",)),
    Command("devices", "D", "further screens", "Further screens: a tablet as a kiosk, the projector's page", ("room",), "views:devices",
            ("door-open",), foot=False),
    Command("what-to-try", "T", "no phone comes", "What to try when phones don't come through to this laptop", ("room",),
            "views:what_to_try", ("unproven",)),
    # the agenda as it goes
    Command("agenda", "a", "agenda", "The agenda as it goes: what runs, what is left, whether the day still fits", ("room",),
            "agenda:show", ("event",)),
    Command("next-segment", "right", "next", "The next segment begins; after the last one the agenda has ended", ("agenda",),
            "agenda:move_on", ("write", "event")),
    Command("more-time", "plus,equals_sign", "a minute more", "One minute more for the segment that runs", ("room", "agenda"),
            "agenda:longer", ("write", "event"), foot=False),
    Command("less-time", "minus", "a minute less", "One minute less for the segment that runs", ("room", "agenda"),
            "agenda:shorter", ("write", "event"), foot=False),
    Command("re-time", "r", "re-time", "Spread what is too late, or was won, over what is left up to the next fixed time",
            ("agenda", "room"), "agenda:spread", ("write", "agenda-runs")),
    Command("pause", "space", "pause", "The running segment's clock stands still, or goes on", ("agenda",), "agenda:pause",
            ("write", "agenda-runs")),
    Command("set-minutes", "m", "minutes", "So many minutes for the segment under the cursor; what it took before is offered",
            ("agenda",), "agenda:set_minutes", ("write", "event")),
    Command("past-minutes", "M", "as before", "What is still to come takes the minutes that it took before, made to fit",
            ("agenda",), "agenda:take_past", ("write", "past"), foot=False),
    Command("began-at", "t", "began at", "The segment under the cursor began at another time, with a reason", ("agenda",),
            "agenda:began_at", ("write", "event")),
    Command("sound", "s", "sound", "A sound when the running segment turns orange, red and is over; off until wanted",
            ("agenda",), "agenda:sound", foot=False),
    Command("back-from-agenda", "a", "back", "Back to the room", ("agenda",), "agenda:show", foot=False),
    Command("close-day", "c", "close day", "Everyone out, doubts, approve, pack, hand over",
            ("room", "today"), "views:close", ("event",)),
    Command("filter", "slash", "filter", "Show only the lines that match", ("room",), "views:filter_board", ("event",)),
    Command("order", "O", "order", "Another order: last name, still missing first, newest first", ("room",), "views:order",
            ("event",), foot=False),
    Command("everyone-out", "e", "everyone out", "All who are still in are out at one time, with exceptions",
            ("room", "close"), "signing:everyone_out", ("write", "event")),
    Command("head-count", "h", "head count", "How many heads you count in the room", ("room", "close"),
            "day:head_count", ("write", "event"), foot=False),
    Command("sign-in-matching", "", "", "Sign in all who match the filter", ("room",), "signing:sign_in_matching",
            ("write", "open")),
    Command("sign-out-matching", "", "", "Sign out all who match the filter", ("room",), "signing:sign_out_matching",
            ("write", "open")),
    Command("visit", "v", "visit", "The site visit: where the team goes and who observes what",
            ("today", "room"), "visiting:show", ("visit",)),
    Command("protocol", "p", "protocol", "Lead the running segment's protocol, or go on with it", ("room", "agenda"), "running:show",
            ("event",)),
    Command("other-protocol", "", "", "Lead another protocol, found by typing", ("room", "run"), "running:other",
            ("write", "event")),
    # groups
    Command("groups", "G", "groups", "Who works with whom: drawn, changed by hand, printed", ("room", "run"), "grouping:show",
            ("event",), foot=False),
    Command("draw-groups", "d", "draw", "Draw groups: evenly mixed, by chance, or empty ones to choose from", ("groups",),
            "grouping:draw", ("write", "event")),
    Command("move-member", "m", "move", "Put the person under the cursor into another group", ("groups",), "grouping:move",
            ("write", "drawn", "seat")),
    Command("place-late", "l", "latecomers", "Put everybody who is in no group where it is smallest", ("groups",),
            "grouping:take_in", ("write", "late")),
    Command("print-groups", "p", "print", "Print the groups on one page, to be hung up: a PDF in the folder printed",
            ("groups",), "grouping:print_page", ("write", "drawn")),
    # a protocol that is led
    Command("step-on", "n", "next", "The next step, for the group that is looked at or for all", ("run",), "running:step_on",
            ("write", "led")),
    Command("all-on", "N", "next for all", "The next step for all groups, each from where it is", ("run",),
            "running:all_on", ("write", "led-together")),
    Command("pause-clock", "space", "pause", "The clock stands still, or goes on", ("run",), "running:pause",
            ("write", "led")),
    Command("minute-more", "plus,equals_sign", "minute", "A minute more for this step", ("run",), "running:more",
            ("write", "led")),
    Command("minute-less", "minus", "less", "A minute less for this step; one stays", ("run",), "running:less",
            ("write", "led"), foot=False),
    Command("write-line", "i", "write", "Type a line, kept with its step: Enter keeps it, Esc gives the keys back", ("run",),
            "running:write_line", ("write", "run")),
    Command("step-back", "b", "back", "The step before; its clock goes on where it was left", ("run",),
            "running:step_back", ("write", "led")),
    Command("skip-step", "x", "skip", "Leave the next step out", ("run",), "running:skip", ("write", "led")),
    Command("jump-step", "j", "jump", "Any step, forwards or back", ("run",), "running:jump", ("write", "led"), foot=False),
    Command("run-size", "g", "groups", "Another number of groups or people; says when it does not fit any more", ("run",),
            "running:resize", ("write", "led")),
    Command("all-lines", "l", "lines", "Everything that was written down; words one anew, says whose a commitment is, takes one away",
            ("run",), "led_lines:show",
            ("run",)),
    Command("on-the-wall", "w", "wall", "Large for the projector, without anything private; the same keys work", ("run",),
            "running:wall", ("run",)),
    Command("end-run", "e", "end", "The protocol is over; lines can still be written down", ("run",), "running:end",
            ("write", "led")),
    # a cohort
    Command("cohorts", "o", "cohorts", "Schools that go through a year together: where each stands, what is next",
            ("today",), "cohorts:show"),
    Command("contact", "enter", "write down", "Coaching, planning or support with this school, in minutes", ("cohort",),
            "cohorts:contact", ("write", "school"), foot=False),
    Command("team", "t", "team", "Who is in the school's leadership team, and as what", ("cohort",), "teams:team",
            ("write", "school")),
    Command("new-goal", "g", "goal", "A goal of the school's action plan", ("cohort",), "action_plan:new_goal",
            ("write", "school")),
    Command("change-goal", "e", "edit goal", "Other words for a goal; what points at it stays", ("cohort",),
            "action_plan:change_goal", ("write", "school"), foot=False),
    Command("drop-goal", "x", "drop goal", "Drop a goal, with a reason", ("cohort",), "action_plan:drop_goal",
            ("write", "school"), foot=False),
    Command("point", "p", "evidence", "A visit, what was filled in there, or a promise points at a goal", ("cohort",),
            "action_plan:point", ("write", "school")),
    Command("settle-promise", "s", "promise", "What became of something that was promised", ("cohort",), "action_plan:settle",
            ("write", "school")),
    Command("link-event", "d", "event", "An event is a session, a visit or a meeting of this cohort", ("cohort",),
            "cohorts:link", ("write", "a-cohort")),
    Command("cohort-file", "l", "from a file", "Begin a cohort, or bring it up to date, as a file says", ("cohort",),
            "cohorts:from_file", ("write",)),
    Command("school-joins", "", "", "A school joins the cohort, or comes back", ("cohort",), "cohorts:join",
            ("write", "a-cohort")),
    Command("school-leaves", "", "", "The school leaves the cohort; all that was recorded stays", ("cohort",),
            "cohorts:leave", ("write", "school")),
    Command("next-cohort", "o", "next cohort", "Another cohort", ("cohort",), "cohorts:turn", ("cohorts",)),
    # insights
    Command("insights", "I", "insights", "What many visits show together, school by school, with plots",
            ("today",), "insights:show"),
    Command("insight-school", "s", "school", "Another school; of many, found by typing", ("insights",),
            "insights:school", ("schools",)),
    Command("insight-attribute", "a", "attribute", "The next attribute or facet, then adoption and adherence, agreement, "
            "who came", ("insights",), "insights:attribute", ("visited",)),
    Command("insight-instrument", "i", "instrument", "The next instrument, then all of them again", ("insights",),
            "insights:instrument", ("visited",)),
    Command("insight-report", "w", "report", "The school's report over its visits, as a PDF and a page for a browser",
            ("insights",), "insights:write", ("write", "visited")),
    # a site visit
    Command("observe", "o", "observe", "Observe at the stop under the cursor, or go on there", ("visit",),
            "visiting:observe", ("write", "stop"), foot=False),
    Command("observe-as", "O", "observe as", "Another of the team observes at this stop, on this laptop", ("visit",),
            "visiting:observe_as", ("write", "stop"), foot=False),
    Command("not-begun", "X", "not begun", "Take back what was begun here by mistake, with nothing in it", ("visit",),
            "visiting:not_begun", ("write", "event"), foot=False),
    Command("rate", "r", "rate", "Item by item through what you saw here, after the lesson", ("visit",),
            "visiting:rate", ("write", "stop"), foot=False),
    Command("visit-paper", "K,k", "key in paper", "Key in a form that was filled on paper at this stop", ("visit",),
            "visiting:key_in", ("write", "event"), foot=False),
    Command("visit-interview", "i", "interview", "An interview, in this room or beside the way", ("visit",),
            "visiting:interview", ("write", "event")),
    Command("visit-debrief", "d,B", "debrief", "Where observers of a room differ, and how far they agree", ("visit",),
            "debriefing:show", ("event",)),
    Command("visit-file", "l", "from a file", "Announce the visit as a file says", ("visit",), "visiting:from_file",
            ("write", "event"), foot=False),
    Command("new-visit", "", "", "Announce a site visit for this event, as a file says", ("today", "room"),
            "visiting:from_file", ("write", "event")),
    Command("add-stop", "a", "add a stop", "One stop more on the way", ("visit",), "visit_forms:add_stop",
            ("write", "event")),
    Command("edit-stop", "e", "edit", "The stop under the cursor: room, time, who, with what", ("visit",),
            "visit_forms:edit_stop", ("write", "stop")),
    Command("take-stop", "x", "take away", "The stop under the cursor is on the way no more", ("visit",),
            "visiting:take_stop_away", ("write", "stop")),
    Command("purpose", "p", "purpose", "School, purpose, look-fors, hosts and the debrief's time", ("visit",),
            "visit_forms:purpose", ("write", "event")),
    Command("sum-up", "s", "for the report", "What the report says: patterns, adoption, adherence, next",
            ("visit",), "visit_forms:sum_up", ("write", "event")),
    Command("write-report", "w", "report", "Write the report of what was seen: a PDF and a page for a browser, in the folder printed",
            ("visit",), "reporting:write", ("write", "event")),
    Command("print-visit", "", "", "Print the page for the school: who comes when, what is written down; a PDF in the folder printed",
            ("visit",), "visiting:print_page", ("write", "event")),
    # problems of practice
    Command("bring", "a", "bring", "A problem of practice is brought: whose, what, one piece of data",
            ("popup",), "popup:bring", ("write", "event")),
    Command("edit-problem", "e", "edit", "Problem, data, the how-might-we sentence, the test to try", ("popup",),
            "popup:edit", ("write", "problem")),
    Command("ask-ideas", "i", "ideas", "Ask the phones of the group for ideas, or close that", ("popup",),
            "popup:ask_ideas", ("write", "problem", "at-work")),
    Command("pick", "space", "pick", "Pick the idea under the cursor, to put several into one cluster", ("popup",),
            "popup:pick", ("problem", "at-work")),
    Command("cluster", "c", "cluster", "Put the picked ideas into a cluster and name it", ("popup",), "popup:cluster",
            ("write", "problem", "at-work")),
    Command("ask-dots", "v", "vote", "Ask the phones of the group for dots, or close the vote", ("popup",),
            "popup:ask_dots", ("write", "problem", "at-work")),
    Command("commit", "m", "commitment", "What the owner will try: first step and date", ("popup",), "popup:commit",
            ("write", "problem", "at-work")),
    Command("place", "g", "groups", "Place everybody who is in and on no problem: smallest group, other schools first",
            ("popup",), "popup:place", ("write", "problem")),
    Command("take-groups", "G", "drawn groups", "Take the drawn groups over: which works on which problem is shown first",
            ("popup",), "popup:take_groups", ("write", "problem"), foot=False),
    Command("type-idea", "t", "type one", "Type an idea that somebody says or wrote on paper", ("popup",),
            "popup:type_idea", ("write", "problem", "at-work")),
    Command("set-aside", "x", "set aside", "Put the picked ideas aside: nobody votes on them", ("popup",),
            "popup:set_aside", ("write", "problem", "at-work"), foot=False),
    Command("key-in-popup", "k", "all at once", "Take a problem of practice down in one form, from ideas to commitment",
            ("popup",), "notes:popup", ("write", "event"), foot=False),
    # polls and exit tickets
    Command("ask-phones", "A", "ask the phones", "A question to all phones: one choice, several, a scale, a word or a line",
            (*SCREENS, "run", "groups"), "polls:new", ("write", "open"), foot=False),
    Command("polls", "V", "polls", "Polls and exit tickets: what phones are asked, what comes in, what is ready",
            (*(name for name in SCREENS if name != "polls"), "run", "groups"), "polls:show", ("event",), foot=False),
    Command("ask-here", "a", "ask", "A question to all phones: one choice, several, a scale, a word or a line", ("polls",),
            "polls:new", ("write", "open")),
    Command("exit-ticket", "e", "exit ticket", "One to five questions near the end; who signs out is shown them too",
            ("polls",), "polls:exit_ticket", ("write", "open")),
    Command("wall-counts", "w", "wall", "Counts stand on the projector's page before it is closed, or not", ("polls",),
            "polls:wall_counts", ("write", "poll")),
    Command("wall-texts", "t", "texts", "What was written stands on the projector's page, or not", ("polls",),
            "polls:wall_texts", ("write", "poll")),
    Command("close-poll", "c", "close", "Close it and count; it can't be opened again", ("polls",), "polls:close",
            ("write", "open-poll")),
    # the problem bank
    Command("bank", "B", "bank", "The problem bank: every problem of practice, what was promised, what is due, what became of it",
            ("today", "popup", "cohort"), "bank:show"),
    Command("follow-up", "enter", "follow up", "What became of a promise: tried, what happened, keep, change or drop",
            ("bank",), "bank:follow_up", ("write", "promised"), foot=False),
    Command("file-problem", "e", "file", "The theme and the attribute of the problem under the cursor", ("bank",),
            "bank:file_under", ("write", "banked")),
    Command("what-helps", "h", "what helps", "Add something that helps with this problem: a text, an address, a person",
            ("bank",), "bank:add_resource", ("write", "banked")),
    Command("back-to-popup", "r", "return", "The problem comes back to a POP-up of today, with its history", ("bank",),
            "bringing_back:bring_back", ("write", "banked")),
    Command("problem-page", "w", "page", "One page for the owner: the whole story, as a PDF in the folder printed",
            ("bank",), "bank:write_page", ("write", "banked")),
    Command("find-in-bank", "slash", "filter", "Show only the problems that have these words", ("bank",), "narrowing:find"),
    Command("point-promise", "p", "goal", "The promise points at a goal of a school's action plan", ("bank",),
            "bank:point", ("write", "promised")),
    Command("bank-theme", "t", "theme", "Another theme; of many, found by typing", ("bank",), "narrowing:theme", foot=False),
    Command("bank-school", "s", "school", "Another school; of many, found by typing", ("bank",), "narrowing:school", foot=False),
    Command("bank-attribute", "a", "attribute", "The next attribute, then all again", ("bank",), "narrowing:attribute", foot=False),
    Command("bank-state", "o", "state", "Due, promised, tried, nothing promised, settled, then all again", ("bank",),
            "narrowing:state", foot=False),
    # the debrief of a visit
    Command("debrief", "B", "debrief", "Where observers of one room differ, and how far they agree", ("room",),
            "debriefing:show", ("visit",)),
    Command("agree", "enter", "agree", "What is agreed on the item under the cursor, and why", ("debrief",),
            "debriefing:agree", ("write", "talk")),
    Command("take-agreed-away", "x", "take away", "What was agreed on this item does not stand any more",
            ("debrief",), "debriefing:take_away", ("write", "agreed")),
    Command("figures", "a", "all figures", "How far they agree: every figure, section by section", ("debrief",),
            "debriefing:figures", ("laid-open",)),
    Command("lay-open", "o", "lay open", "Show the notes before all are done; a note says so",
            ("debrief",), "debriefing:lay_open", ("write", "blind")),
    Command("other-debrief", "B", "another", "The debrief of another room or protocol", ("debrief",),
            "debriefing:choose"),
    # a person
    Command("correct", "c", "correct", "Another time for the mark under the cursor, with a reason", ("person",),
            "correcting:correct", ("write", "mark")),
    Command("take-away", "x", "take away", "The mark under the cursor should not be there", ("person",),
            "correcting:take_away", ("write", "mark")),
    Command("add-mark", "t", "add a time", "An in or out that nobody wrote down", ("person",), "correcting:add_mark",
            ("write", "event")),
    Command("keep-version", "v", "keep this one", "Of two versions of a time the one under the cursor is right",
            ("person",), "correcting:keep_version", ("write", "doubtful-mark"), foot=False),
    Command("fewer-hours", "h", "fewer hours", "They ask for fewer hours than they earned, until the sheet is approved",
            ("person",), "correcting:fewer_hours", ("write", "person", "not-approved")),
    Command("choose-credits", "q", "credits", "Clock hours or credits for the whole offering, until the sheet is approved",
            ("person",), "correcting:choose", ("write", "choice", "not-approved"), foot=False),
    Command("edit", "e", "edit", "Name, e-mail, school, certificate", ("person",), "correcting:edit",
            ("write", "person")),
    Command("settle", "y", "settle doubt", "Decide the doubt about this person", ("person",), "correcting:settle",
            ("write", "doubt")),
    Command("next-doubt", "g", "next doubt", "Go to the next person with a doubt", ("room", "person", "close", "received"),
            "reviewing:next_doubt", ("event", "doubts"), foot=False),
    # without a phone, and from other laptops
    Command("receive", "R", "take in", "Take in another laptop's bundle or ledger, or the office's receipt",
            ("today", "room", "close"), "receiving:receive", ("write",), foot=False),
    Command("kiosk", "L", "kiosk", "This laptop as a kiosk: people sign themselves in by name or badge, a PIN leads back",
            ("room",), "kiosk:start", ("write", "open"), foot=False),
    Command("key-in", "K", "key in paper", "Key a signed sheet in: everybody in the sheet's order, 830 1545 a row",
            ("room", "close"), "paper:key_in", ("write", "event"), foot=False),
    Command("print-sheet", "", "", "Print the sign-in sheet, to be signed by hand: a PDF in the folder printed",
            ("today", "room", "close"), "paper:print_sheet", ("write", "event")),
    Command("print-badges", "", "", "Print badges with a code on label sheets: a PDF in the folder printed",
            ("today", "room", "close"), "paper:print_badges", ("write", "event")),
    # names out of the notes
    Command("visit-names", "t", "names", "Names that slipped into the notes: look at them, and take them out for good",
            ("visit",), "unnaming:look", ("write", "event")),
    Command("slipped-names", "", "", "Names that slipped into what was written here: look at them, and take them out for good",
            ("room", "popup", "run"), "unnaming:look", ("write", "event")),
    Command("names-turn", "f3", "take or leave", "Take the proposal for this name, or leave the name", ("names",),
            "unnaming:turn", ("write",)),
    Command("names-out", "f9", "take them out", "Take the chosen names out for good, after a question", ("names",),
            "unnaming:take_out", ("write",)),
    # an observation or interview, item by item
    Command("fill-paper", "", "key in an observation", "Key in an observation that was made on paper", ("room", "close"), "filling:paper",
            ("write", "event")),
    Command("fill-interview", "", "interview", "An interview or a self-assessment: prompts, levels, words", ("room", "close"),
            "filling:interview", ("write", "event")),
    Command("fill-on", "", "go on with a form", "Go on with an observation or interview, item by item", ("room", "close"),
            "filling:choose", ("write", "event")),
    Command("fill-change", "f2", "change", "Bring what stands at this item into the field, to change it", ("fill",),
            "filling:change", ("write",)),
    Command("fill-open", "f3", "next open", "Go to the next item that has no answer", ("fill",), "filling:next_open",
            ("write",)),
    Command("fill-away", "f8", "take away", "Take the answer of this item away", ("fill",), "filling:away", ("write",)),
    Command("fill-done", "f9", "done", "End it: what is open is named first, what still runs ends by rule", ("fill",),
            "filling:done", ("write",)),
    # closing
    Command("same-person", "m", "one person", "The pair under the cursor is one person, or all that are sure",
            ("close", "received"),
            "reviewing:same_person", ("write", "pairs")),
    Command("two-people", "x", "two people", "The pair under the cursor is two people: nobody asks again",
            ("close", "received"),
            "reviewing:two_people", ("write", "pairs")),
    Command("answers", "a", "answers", "What people answered at the end, without names: how many, how it spreads, all texts",
            ("close",), "answers:show", ("closed",)),
    Command("office-key", "", "office's key", "Take the office's key: what is packed for it is sealed from then on",
            ("today", "close"), "office_keys:take", ("write",)),
    Command("write-mail", "", "mail", "Write a mail to the office with sheet, table and parcel, ready to be sent", ("close",),
            "closing:write_mail", ("write", "closed")),
    Command("stop-sending", "", "stop sending", "What is being handed over stays here and waits", ("close",),
            "closing:stop_sending", ("write", "sending")),
    Command("reopen", "", "", "Open a closed event again, with a reason", ("room", "close"), "day:reopen",
            ("write", "closed")),
    Command("stop-door", "", "", "Stop the sign-in for phones; the event stays open", ("room", "today"),
            "day:stop_door", ("write", "door-open")),
    # observing: its keys are dealt with in the field's own queue, so that none overtakes another
    Command("marks", "tab", "mark", "The next key is a mark; Tab Tab stays, Tab / finds an item",
            ("observe",), "observing:marks", ("write",)),
    Command("codes", "shift+tab", "code", "The next letter codes the chosen, half-typed or newest line",
            ("observe",), "observing:codes", ("write",)),
    Command("snapshot", "f6", "snapshot", "Open the snapshot that is due, or the next one", ("observe",),
            "observing:snapshot", ("write", "glances")),
    Command("student", "at", "S1…", "The next student's number: S1, S2 and so on", ("observe",),
            "observing:student", ("write",)),
    Command("same-student", "number_sign", "same student", "The student who was mentioned last, again",
            ("observe",), "observing:same_student", ("write",), foot=False),
    Command("reword", "f2", "other words", "Other words for the chosen or newest line; its time stays", ("observe",),
            "observing:reword", ("write",), foot=False),
    Command("unnote", "ctrl+z", "undo", "Take back what was noted last, back to the beginning",
            ("observe",), "observing:undo", ("write",)),
    Command("note-again", "ctrl+y", "redo", "Let what was taken back count again", ("observe",), "observing:redo",
            ("write",), foot=False),
    Command("end-observation", "ctrl+e", "end", "End the observation; what is open is listed first",
            ("observe",), "observing:end", ("write",)),
    Command("observe-on", "J", "go on observing", "Go on with an observation that has not ended", ("today", "room"),
            "observing:go_on", ("write", "event"), foot=False),
    # anywhere
    Command("scan-side", "S", "", "What a scanned badge does: signs in, out, or by the agenda's end", EVERYWHERE,
            "scanning:turn", ("write", "open"), foot=False),
    Command("whose-badge", "b", "whose badge", "Find whose the scanned badge is, or take a walk-in with it", EVERYWHERE,
            "scanning:whose", ("write", "strange-badge")),
    Command("note", "n,f4", "note", "A note, something for the parking lot or a decision, with the time and what runs",
            (*SCREENS, "notes", "groups", "debrief"), "notes:note", ("write",)),
    Command("note-beside", "f4", "note", "A note, something for the parking lot or a decision, with the time and what runs",
            ("run", "paper", "fill", "observe", "names"), "notes:note", ("write",), foot=False),
    Command("notes", "W", "notes", "All that was noted, parked and decided at the event", (*SCREENS, "run", "groups", "debrief"),
            "notes:show", ("event",), foot=False),
    Command("note-kind", "tab", "kind", "Only notes, only the parking lot, only decisions, then all again", ("notes",),
            "notes:next_kind"),
    Command("draft", "N", "draft", "Go on with typed text that was left and waits (✎)", ("today", "room", "person", "close", "visit"),
            "drafts:open_draft", ("write", "draft"), foot=False),
    Command("popup", "P", "POP-up", "Problems of practice: who works on which, ideas, dots, commitments", SCREENS,
            "popup:show", foot=False),
    Command("search", "f,ctrl+f", "find", "Find people and notes", SCREENS, "views:search"),
    Command("undo", "u,ctrl+z", "undo", "Take back the last thing done here", LED, "day:undo", ("write",)),
    Command("redo", "U,ctrl+y", "redo", "Do again what was taken back", LED, "day:redo", ("write",), foot=False),
    Command("theme", "", "", "Dark, light or high contrast", (*LED, "observe", "names"),
            "views:theme"),
    Command("back", "escape", "back", "One step back; nothing that was typed is lost", (*LED, "observe", "names"),
            "views:back", foot=False),
    Command("help-observing", "f1", "help", "What can be done here", ("observe",), "views:help_here"),
    Command("quit", "Q,ctrl+q", "quit", "Leave the desk; an open door goes on", (*LED, "names"), "views:quit_desk",
            foot=False),
    Command("help", "question_mark,f1", "help", "What can be done here", (*LED, "names"), "views:help_here"),
)  # fmt: skip

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}


def on_foot(screen: str) -> list[Command]:
    """The commands of a screen's key line, in their order."""
    return [command for command in COMMANDS if screen in command.on and command.foot and command.keys]


def bindings(screen: str) -> list[BindingType]:
    """The keys of a screen. They are looked up before a widget sees the key, unless somebody is typing."""
    return [
        Binding(key, f"app.do('{command.name}')", command.label, tooltip=command.tip, priority=key != "escape")
        for command in COMMANDS
        if screen in command.on
        for key in command.keys.split(",")
        if key
    ]


# need → whether it is there. One rule for all: a command whose need is not met is greyed out.
NEEDS: Mapping[str, Callable[[DeskBase], bool]] = {
    "write": lambda desk: desk.may_write,
    "event": lambda desk: desk.event is not None,
    "open": lambda desk: desk.event is not None and desk.event.opened_at is not None and desk.event.closed_at is None,
    "sending": lambda desk: desk.event is not None and desk.carrier.busy(desk.event.id),
    "closed": lambda desk: desk.event is not None and desk.event.closed_at is not None,
    "not-over": lambda desk: desk.event is not None and desk.event.closed_at is None,
    "door-shut": lambda desk: not desk.door_open,
    "door-open": lambda desk: desk.door_open,
    "mark": lambda desk: desk.mark is not None,
    "doubtful-mark": lambda desk: desk.mark is not None and desk.mark.mark.doubtful,
    "person": lambda desk: desk.portrait is not None,
    "choice": lambda desk: desk.portrait is not None and len(desk.portrait.event.plan.choice) > 1,
    "not-approved": lambda desk: desk.room.delivery.approved_at is None,
    "strange-badge": lambda desk: bool(desk.strange_badges),
    "unproven": lambda desk: desk.door_open and desk.code is not None and not desk.code.proven,
    "doubts": lambda desk: bool(desk.room.doubts),
    "pairs": lambda desk: bool(desk.pairs),
    "cohorts": lambda desk: len(desk.cohorts or ()) > 1,
    "school": lambda desk: desk.school is not None,
    "a-cohort": lambda desk: bool(desk.cohorts),
    "visited": lambda desk: desk.insights is not None and bool(desk.insights.schools),
    "schools": lambda desk: desk.insights is not None and len(desk.insights.schools) > 1,
    "banked": lambda desk: desk.banked is not None,
    "promised": lambda desk: desk.banked is not None and bool(desk.banked.held),
    "glances": lambda desk: desk.glances,
    "draft": lambda desk: bool(desk.waiting_drafts),
    "doubt": lambda desk: bool(desk.doubts),
    "past": lambda desk: bool(desk.past),
    "agenda-runs": lambda desk: desk.room.run.running is not None,
    "visit": lambda desk: desk.event is not None and (desk.event.plan.kind == SITE_VISIT or desk.room.visit),
    "stop": lambda desk: bool(desk.stop),
    "problem": lambda desk: desk.problem is not None,
    "at-work": lambda desk: desk.problem is not None and not desk.problem.taken_down,
    "poll": lambda desk: desk.poll is not None,
    "open-poll": lambda desk: desk.poll is not None and desk.poll.open,
    "talk": lambda desk: desk.table is not None and desk.table.talk is not None,
    "agreed": lambda desk: desk.table is not None and desk.table.is_agreed,
    "drawn": lambda desk: desk.seated is not None and desk.seated.drawing is not None,
    "seat": lambda desk: bool(desk.seat),
    "late": lambda desk: desk.seated is not None and desk.seated.drawing is not None and bool(desk.seated.late),
    "run": lambda desk: desk.run_led is not None,
    "led": lambda desk: desk.run_led is not None and desk.run_led.ended_at is None,
    "led-together": lambda desk: (
        desk.run_led is not None and desk.run_led.ended_at is None and len(desk.run_led.groups) > 1
    ),
    "laid-open": lambda desk: desk.table is not None and desk.table.debrief is not None,
    "blind": lambda desk: desk.table is not None and desk.table.debrief is None,
}


# need → what is said when its key is pressed all the same.
WHY_NOT: Mapping[str, str] = {
    "write": "This desk only reads: another one writes.",
    "event": "There is no event yet: Today shows them, s puts one on a day.",
    "open": "The doors are not open.",
    "closed": "That comes once the event is closed.",
    "sending": "Nothing of this event is on its way.",
    "not-over": "The event is closed.",
    "door-shut": "The doors are open already.",
    "door-open": "The doors are not open to phones yet.",
    "mark": "Nothing is chosen here.",
    "doubtful-mark": "This mark is in no doubt.",
    "person": "Nobody is chosen here.",
    "choice": "Here there is nothing to choose: the plan gives clock hours only.",
    "not-approved": "It is approved already: c shows what comes next.",
    "strange-badge": "No badge waits for its holder.",
    "unproven": "A phone has come through already, or the doors are not open.",
    "doubts": "There is no doubt to settle.",
    "pairs": "Under the cursor are no two records that may be one person.",
    "cohorts": "There is no other cohort.",
    "a-cohort": "There is no cohort yet: l begins one as a file says.",
    "school": "No school is under the cursor.",
    "problem": "There is no problem of practice yet: a brings one.",
    "at-work": "That problem was taken down in one piece: a brings it anew, to work on it with phones.",
    "poll": "Nothing that was asked is under the cursor.",
    "open-poll": "What is under the cursor is not being asked.",
    "visited": "No visit has been observed yet.",
    "schools": "No other school was visited.",
    "banked": "No problem of the bank is under the cursor.",
    "promised": "Nothing was promised for this problem: r brings it back to a POP-up.",
    "glances": "What is observed here has no snapshots.",
    "draft": "No typed text waits.",
    "doubt": "There is no doubt here.",
    "visit": "This event is no site visit. Ctrl+P, Announce, makes it one.",
    "stop": "No stop is under the cursor.",
    "talk": "No item is under the cursor.",
    "agreed": "Nothing was agreed on this item.",
    "drawn": "There are no groups yet: d draws them.",
    "seat": "Nobody is under the cursor.",
    "late": "Everybody who is there is in a group.",
    "run": "Nothing is led here yet.",
    "led": "The protocol has ended: u takes that back.",
    "led-together": "There is one clock: g makes it several.",
    "laid-open": "The notes are not laid open yet.",
    "blind": "The notes are laid open already.",
    "past": "This session was never kept at a desk before.",
    "agenda-runs": "No segment of the agenda runs: a shows it, and Enter begins one.",
}

# Needs that are never met again, or not soon: the key line leaves a command out whose time is over.
PASSING = frozenset(
    {
        "unproven",
        "pairs",
        "strange-badge",
        "door-shut",
        "not-over",
        "not-approved",
        "visit",
        "blind",
        "glances",
        "led-together",
        "agenda-runs",
    }
)


def _has_protocol(desk: DeskBase) -> bool:
    """The running segment says by which protocol it is led."""
    now = desk.standing
    return now is not None and now.running is not None and bool(now.running.span.segment.protocol)


# command → when it is likely next; at other times its key works too, and the key line leaves it out.
LIKELY: Mapping[str, Callable[[DeskBase], bool]] = {"protocol": _has_protocol}


def over(desk: DeskBase, command: Command) -> bool:
    """Whether a command's time is over, such as opening doors that are open, or has not come."""
    if command.name in LIKELY and not LIKELY[command.name](desk):
        return True
    return any(not NEEDS[need](desk) for need in PASSING.intersection(command.needs))


def allowed(desk: DeskBase, command: Command) -> bool:
    """Whether a command can be given now."""
    return all(NEEDS[need](desk) for need in command.needs)


def why_not(desk: DeskBase, screen: str, key: str) -> str:
    """Why a key does nothing on this screen now, in a sentence; "" = it does something, or never means anything here."""
    meant = [one for one in COMMANDS if screen in one.on and key in one.keys.split(",")]
    if not meant or any(allowed(desk, one) for one in meant):
        return ""
    need = next(need for need in meant[0].needs if not NEEDS[need](desk))
    return desk.why_not_write or WHY_NOT[need] if need == "write" else WHY_NOT[need]
