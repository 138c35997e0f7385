"""Every "no" of the program, in one list: a stable code and one kind sentence each.

Owns the wording and the codes; a code that is retired is never used again. Never raises by itself: the place that
says no raises `Refused(refusal)` and a front end shows `sentence`.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass

# code -> sentence; {names} are filled from the details. What is wrong, where, and what to do next.
SENTENCES: Mapping[str, str] = {
    "address-unknown": "No road leads to {address}: name a folder that is there, or an address such as sftp://office.example.org/in or s3://bucket/in.",
    "agenda-fits": "The agenda fits: there is nothing to spread.",
    "agenda-fits-not": "Nothing that is left may become shorter: jump over a segment, or end later.",
    "agenda-not-running": "No segment runs: begin one first.",
    "agenda-over": "The agenda has ended: choose a segment to go on with.",
    "already-another": "Entry {id} is here already with other bytes: the second one is kept aside for a decision.",
    "approved-already": "The sheet of {title} is approved: what is added now ({count} times) needs a reason: --reason TEXT.",
    "badge-taken": "Badge {number} is {name}'s already: take another badge, or change that person's record first.",
    "before-sign-in": "{name} has not signed in yet, so a sign-out at {time} can't be taken: sign in first.",
    "bundle-altered": "{file} is not what its sender packed: {detail} Ask for it to be sent again.",
    "bundle-newer": "{file} was packed by a newer plfacilitate (format {found}, this one knows {known}): update first.",
    "bundle-too-big": "{file} would be too big to be packed: {detail}",
    "certificate-unusable": "{file} can't be used for https: {detail} Without --certificate and --key the door speaks http.",
    "choice-unknown": "That can't be chosen: {title} offers {known}.",
    "claims-columns": "{file} has no column for {what} that is understood: {proposal}.",
    "claims-decision": "{text} is no decision: write LINE=PERSON, such as 7=maria@example.org, where line 7 is a claim of this file.",
    "claims-map": '{text} is no column: write "TITLE=FIELD", where the field is one of {known}.',
    "claims-over": "The result would be written over the claims themselves, {file}: give --out another name.",
    "claims-which": "Nothing in {file} says for which offering it is: name one with --in-service.",
    "cohort-school-unknown": "{school} is not in {title}: it has {known}.",
    "cohort-unknown": "There is no cohort {cohort} here: {known}.",
    "commitment-unknown": "There is no commitment {commitment}: `plfacilitate cohort school` shows those of a school with their ids.",
    "content-damaged": "{detail} Run `plfacilitate doctor` and restore the last backup.",
    "cycle": "This correction would replace itself in a circle: choose the entry that stands now and correct that.",
    "day-to-come": "{day} is still to come: write it down when it was.",
    "day-unreadable": "{text} is no day: write it as 2026-12-06, or `today`.",
    "door-did-not-open": "The door did not open. {detail} `plfacilitate door EVENT` shows more.",
    "door-taken": "A door is open on this workspace already ({address}): use that one, or stop it first.",
    "email-unknown": "Nobody here has the e-mail {email}, but the name fits {candidates}: correct one of the two.",
    "ended-already": "{observer} has ended {title} already: take the end back first.",
    "entry-erased": "Entry {id} was erased for good: it can't be written again.",
    "entry-misshapen": "This can't be saved as it is: {detail}",
    "event-cleared": "{title}: who was there and when was cleared from this laptop on {day} {after}: ask the office, or use a laptop that kept it.",
    "event-closed": "{title} was closed at {time}: open it again with a reason, or correct single times.",
    "event-not-open": "{title} is on {day} and not open yet: `plfacilitate event open {event}` opens it.",
    "event-open-already": "{title} is open already.",
    "event-unknown": "There is no event {event}: `plfacilitate event list` shows what is scheduled.",
    "faults": "{file} has {count} fault(s); nothing was taken from it:\n{faults}",
    "file-empty": "{file} is empty: choose the file that holds the table.",
    "file-in-the-way": "{file} is there already and is no backup: choose another name.",
    "file-is-folder": "{file} is a folder: name the file in it.",
    "file-missing": "{file} is not there: check the name and the folder.",
    "file-unreadable": "{file} can't be read: {detail}",
    "folder-empty": "{folder} holds no bundle (.zip) and no receipt (.receipt.json).",
    "folder-not-empty": "{folder} is not empty: name a folder that is not there yet.",
    "goal-dropped": "The goal “{goal}” was dropped ({reason}): set a new goal, or take that back with `plfacilitate cohort undo`.",
    "goal-empty": "A goal needs words: say what students will do.",
    "goal-pointed-at": "The goal “{goal}” is pointed at ({count} times): drop it with a reason, and it stays with what points at it.",
    "goal-unknown": "{school} has no goal {goal}: say its number, from 1 to {count}, or the beginning of its id.",
    "group-there": "{name} is in group {group} already.",
    "group-twice": "Group {group} can work on one problem only: give each group one.",
    "group-unknown": "There is no group {group}: there are {groups}.",
    "groups-nobody": "Nobody is there to be put into groups: sign people in, or say who is expected.",
    "groups-none": "There are no groups yet: draw them first.",
    "groups-number": "{number} is no number of groups: say how many groups, or how many people in each, one of the two.",
    "groups-too-many": "{groups} groups for {people} people: take fewer groups, so that nobody sits at an empty table.",
    "hold-reason": "Say in a few words why it is held: whoever looks at it next year wants to know.",
    "hours-unreadable": "{text} is no number of hours: write it as 4.5.",
    "in-already": "{name} is in already, since {time}.",
    "item-unknown": "{protocol} has no item {item}: take one that it has.",
    "key-unreadable": "The key {file} can't be used: {detail} Take it from a backup, or move it away and a new one is made.",
    "keyring-missing": "No keyring can be used here: pip install keyring, or give the password as PLFACILITATE_PLACE_SECRET.",
    "labels-unknown": "{name} is no label sheet known here: {known}.",
    "laid-open": "These notes are laid open beside {others}'s and stay as they are: what you agree on now is set at the "
    "debrief.",
    "laptop-unknown": "{laptop} is no one laptop here: {known}.",
    "ledger-foreign": "{file} is not a plfacilitate ledger: choose another workspace with --workspace.",
    "ledger-newer": "{file} was written by a newer plfacilitate (format {found}, this one knows {known}): update first.",
    "ledger-unread": "The ledger can't be read any more: {detail} Close the desk and open it again; `plfacilitate doctor` helps.",
    "left-before-joined": "{school} is in the cohort from {day} on: it can't have left before.",
    "line-gone": "This line was taken away, here or on another laptop.",
    "log-gone": "Not saved: another program moved or deleted a part of {file} while it was open. Close every plfacilitate, "
    "start it again and say it once more; nothing that was acknowledged is lost.",
    "mail-address": "{address} is no mail address: write it as clerk@office.example.org.",
    "merged-already": "{name} and {other} are one person already.",
    "merged-not": "No such merge stands: there is nothing to take apart.",
    "name-missing": "A name is needed: type at least a last name.",
    "name-not-noted": "{name} stands in nothing that was written here: look at the list again, and at how it is "
    "written.",
    "name-taken": "In {place} there is another {file} already: move that one away, then send again.",
    "no-minute-left": "A step keeps one minute at least: n goes on to the next one.",
    "no-terminal": "{what} needs a terminal to draw on: open one and start it there, without < or > or | behind it.",
    "nobody-in": "Nobody is in who came before {time}.",
    "not-an-answer": "That is no answer to {item}: look at the protocol for what can be noted there.",
    "not-approved": "The sheet of {title} is not approved yet: approve it first.",
    "not-closed": "{title} is still open: close it first, then approve the sheet.",
    "not-held": "{title} is not held: `plfacilitate office hold --list` shows what is.",
    "not-in": "{name} is not in: sign in first.",
    "not-led": "{title} has no steps: only a facilitation protocol is led step by step.",
    "not-packed": "{title} is not packed here yet: `plfacilitate pack` first.",
    "not-sent": "Not sent to {place}: {detail} Nothing is lost, it waits here.",
    "not-written": "Not saved: {detail} Nothing that was saved before is lost.",
    "not-yet": "That time is still to come: say when it really was.",
    "nothing-noted": "Nothing is noted here: there is nothing to take back.",
    "nothing-to-do": "There is nothing to do: {what}.",
    "nothing-to-redo": "Nothing was taken back that could be done again.",
    "nothing-to-reopen": "{title} is not closed: there is nothing to open again.",
    "nothing-to-undo": "There is nothing to take back in this sitting: open a person to correct a time.",
    "nothing-typed": "Nothing is typed: write a word first.",
    "observation-gone": "This observation was taken back, here or on another laptop: begin it anew.",
    "observation-noted": "{observer} has noted something in {title}: ctrl+z takes it back there, line by line, first.",
    "observation-unknown": "There is no observation {id}: `plfacilitate visit show EVENT --json` names them.",
    "observer-missing": "Whose eyes are these? Give the observer's name.",
    "offering-purged": "{name}, {title}, was {detail}: nothing of it is here any more. `plfacilitate office purge --list` has what went.",
    "offering-unknown": "There is no offering {name} in this register: `plfacilitate office roll` lists all with their numbers.",
    "office-key-altered": "{file} is not the key file that an office wrote, or not all of it: ask for it again.",
    "office-key-changed": "This register answers with the key {key}, and in {folder} lies {found}: put that one's office.key there, or make a new key with `plfacilitate office key OFFICE --new`.",
    "office-key-gone": "The office's key {key} is not in {folder}: put that folder back from its copy, or make a new key with `plfacilitate office key OFFICE --new`.",
    "office-key-none": "This laptop holds no key of {office}: `plfacilitate key list` shows which it has.",
    "office-key-other": "This laptop holds another key of {office} already: ask the office which one is right; --trust takes the new one.",
    "office-unknown": "There is no office file {office}.toml; there are {known}.",
    "option-empty": "{option} needs a value after it.",
    "out-before-in": "{name} can't be out at {out}, before being in at {came}: correct both times.",
    "outbox-missing": "{file} is not in the outbox any more: `plfacilitate pack` makes it anew.",
    "pair-unclear": "{words} names no group with one problem: write 2=Ana, the number of a group and whose problem it is.",
    "person-held": "{person} can't be erased while {offerings} is held for a dispute: release it first.",
    "person-kept": "The office has to keep the hours of {person} until {until} (WAC 181-85-205): say --despite-duty if they are to go all the same.",
    "person-not-here": "Nobody called {person} is here: `plfacilitate office people list` shows who is in the register.",
    "person-several": "{person} could be {who}: say which by e-mail.",
    "person-unknown": "Nobody here is called {person}: `plfacilitate people list` shows who is known.",
    "place-changed": "{place} shows another key ({key}) than before, so nothing was sent: ask whoever runs it why, then `plfacilitate place trust`.",
    "place-extra": "The road to {scheme}: addresses is not installed: {how}.",
    "place-login": "{place} doesn't let this laptop in: `plfacilitate place login` keeps its password in the system's keyring.",
    "place-not-ready": "{place} is not ready: {detail}",
    "place-not-seen": "{place} can't be looked at: {detail}",
    "place-password": "Leave the password out of the address ({place}): `plfacilitate place login` keeps it in the system's keyring.",
    "place-ssh": "Not sent to {place}: a key, `config` or `known_hosts` in ~/.ssh can't be read: move it away or mend it. Nothing is lost.",
    "place-stranger": "This laptop doesn't know {place} yet, whose key is {key}: ask whoever runs it whether that is right, then `plfacilitate place trust`.",
    "plan-unknown": "There is no plan {plan}: `plfacilitate plan list` shows which there are.",
    "poll-choices": "A question to choose from needs {fewest} to {most} choices, and this one has {count}.",
    "poll-empty": "Ask something: the question has no words.",
    "poll-gone": "This poll was taken back, here or on another laptop.",
    "poll-kind": 'The kind of a question is one, several, scale or text; "{kind}" is none.',
    "poll-long": 'Too long to be read from a wall: "{text}". A question has at most {ask} letters, a choice {choice}.',
    "poll-many": "{count} questions are too many for one form: {most} at most.",
    "poll-none": "Nothing is asked at this event now.",
    "poll-not-open": "The doors are not open, so no phone can answer: open them first.",
    "poll-on": 'One poll at a time: "{title}" is being asked, close that first.',
    "poll-over": "It is closed already.",
    "poll-unknown": 'There is no poll "{poll}" at this event.',
    "popup-empty": "Say at least whose problem it is, and what.",
    "popup-given": "Phones have given something already: close it instead, then it is counted.",
    "popup-gone": "This problem was taken back, here or on another laptop.",
    "popup-many": "{count} options are too many to choose from ({most} at most): put ideas into clusters first.",
    "popup-nothing-to-vote": "There is nothing to put dots on yet: ideas first.",
    "popup-round-on": "{kind} are being asked for already: close that first.",
    "popup-round-over": "Nothing is being asked for here: it is closed already.",
    "port-unusable": "The door can't listen on {host}, port {port}: {detail}. Choose another --host or --port.",
    "problem-elsewhere": "Not there: “{problem}” is no problem of {title}.",
    "problem-goes-on": "A circle: “{problem}” goes on from that very problem, near or far.",
    "problem-nothing-promised": "Nothing was promised for “{problem}”: there is nothing to ask after.",
    "problem-resource-empty": "Say what helps: a title, and where it is to be found.",
    "problem-several-promised": "Several things were promised for “{problem}”: say which by the beginning of its id: {known}.",
    "problem-unknown": "There is no problem of practice {problem}: `plfacilitate problem list` shows those of the bank ({count}).",
    "protocol-in-the-way": "{file} is there already: --replace takes its place, --out FILE gives the new one another name.",
    "protocol-unknown": "There is no protocol {protocol}: `plfacilitate protocol list` shows which there are.",
    "reason-missing": "A correction needs a reason: say in a few words why.",
    "reason-names": "The reason is kept for good: say it without the name of {person}.",
    "receipt-altered": "{file} is not what the office wrote: {detail} Ask for it to be sent again.",
    "receipt-foreign": "{file} answers a bundle that was not packed here: take it to the laptop that packed it.",
    "receipt-none": "{place} holds no receipt of this event. {detail}",
    "receipt-other-office": "{file} is signed by another office than before, or with a new key: ask the office. If the key is new, take its file with `plfacilitate key take FILE --trust`, or --trust here where none was taken.",
    "register-away": "The register {where} can't be used: {detail}",
    "register-damaged": "The register {where} is damaged: put a copy back with `plfacilitate office register restore COPY`, and laptops send what it lacks.",
    "register-busy": "Others are writing to the register at this moment: try again, what was taken before is taken.",
    "register-elsewhere": "The register {where} is kept by its server: {detail}",
    "register-foreign": "{where} is not a plfacilitate register: choose another one with --register.",
    "register-keyring": "No keyring can be used here: pip install keyring, or give the password as PGPASSWORD.",
    "register-missing": "There is no register {where}: look at the address; the first `plfacilitate office receive` makes one.",
    "register-newer": "{where} was written by a newer plfacilitate (format {found}, this one knows {known}): update first.",
    "register-no-login": "{where} asks for no password here: it is a file, or its address says where the password is.",
    "register-password": "Leave the password out of the address ({where}): it is asked for, and kept in the system's keyring.",
    "register-unknown": "{url} names no register: write it as sqlite:///PATH/register.db or postgresql://HOST/DATABASE.",
    "replacement-names": "{words} can't stand in place of a name: write S1, the teacher, or another word without a name.",
    "roll-issued-meanwhile": "Somebody else issued a roll of {title} just now: look at it again, then issue.",
    "rooms-anonymous": "The office of {title} keeps rooms anonymous in reports: leave `rooms` out, or ask the office.",
    "round-counted": "This was closed and counted: it can't be taken back any more.",
    "run-ended": "{title} has ended: take the end back first.",
    "run-gone": "This protocol is not led any more, here or on another laptop: begin it anew.",
    "run-size": "{number} {what} can't be led: take 1 to {most}.",
    "school-in-already": "{school} is in {title} already, since {day}.",
    "school-not-visited": "No visit to {school} is here. Visited: {known}.",
    "school-out-already": "{school} left {title} on {day} already.",
    "school-unknown": "Nobody here is from {school}: `plfacilitate people list` shows the schools.",
    "sealed-for-others": "{file} is sealed, and no key here opens it: only the office whose key was used can, and the laptop that packed it.",
    "segment-far": "{title} did not begin then: that is more than half a day away from the agenda.",
    "segment-runs": "{title} runs already.",
    "segment-unknown": "The agenda has no such segment: choose one of its lines.",
    "segment-which": "{name} is no one segment of the agenda: say its number, 1 to {count}, or more of its title.",
    "sending-stopped": "Stopped: what did not arrive yet waits in the outbox.",
    "series-several": "{name} names several offerings: say the in-service number ({known}).",
    "session-unknown": "Plan {plan} has no session {session}: it has {known}.",
    "sheet-not-drawn": "The sheet can't be printed: {detail}",
    "sqlite-old": "This Python brings SQLite {found}, and {needed} or newer is needed: use a newer Python.",
    "stop-observed": "{room} stays on the way: {names} observed there, and that is kept.",
    "table-too-long": "A sheet of a workbook holds {rows} rows and no more: take CSV, or one year (--year).",
    "team-not-in": "{name} is not in the team of {school}.",
    "ticket-expired": "This page was open for too long: scan the code on the screen again.",
    "ticket-foreign": "This page does not belong to what is on now: scan the code on the screen again.",
    "time-missing": "A time is needed, such as 15:45.",
    "time-unreadable": "{text} is no time: write it as 15:45.",
    "visit-missing": "No visit is planned for {title}: `plfacilitate visit plan {event} FILE` plans one.",
    "visit-not-walkable": "{room} does not fit in: {detail}",
    "visit-school-missing": "A visit belongs to one school of the cohort: say which one.",
    "wait": "Another program holds the ledger for longer than {seconds} s: close other copies and try again.",
    "workspace-taken": "Another desk writes to this workspace (since {time}): this one is open to read only.",
    "year-unreadable": "{text} is no year: write 2023 for a calendar year, 2023-24 for a school year.",
    "zone-unknown": "There is no time zone {name}: write it as America/Los_Angeles.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One "no": its code (a key of SENTENCES) and the details that its sentence names."""

    code: str
    details: Mapping[str, object]

    @property
    def sentence(self) -> str:
        """The one sentence a person reads."""
        return SENTENCES[self.code].format(**self.details)


class Refused(Exception):
    """Carries a Refusal up to whoever talks to a person. `str()` is the sentence."""

    def __init__(self, code: str, **details: object) -> None:
        self.refusal = Refusal(code, details)
        super().__init__(self.refusal.sentence)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where, and one sentence. `line` counts from 1; 0 = the file as a whole.

    `key` is a TOML key path (`session[2].agenda[0].minutes`) or a column title; "" where neither fits.
    """

    file: str
    line: int
    key: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.sentence}" if self.key else f"{place}: {self.sentence}"


def refuse_faults(file: str, faults: list[Fault], shown: int = 20) -> Refused:
    """One refusal out of the faults of one file; more than `shown` are counted, not listed."""
    lines = [str(fault) for fault in faults[:shown]]
    if len(faults) > shown:
        lines.append(f"… and {len(faults) - shown} more")
    return Refused("faults", file=file, count=len(faults), faults="\n".join(lines))


_DISK = {
    errno.ENOSPC: "the disk is full.",
    errno.EDQUOT: "the space that is allowed here is used up.",
    errno.EFBIG: "the file is bigger than this place takes.",
    errno.EROFS: "the place is open to read only.",
    errno.EACCES: "writing is not allowed there.",
    errno.EPERM: "writing is not allowed there.",
    errno.ENOENT: "the folder is not there.",
    errno.EEXIST: "something else has that name already.",
    errno.ENOTDIR: "what should be a folder is a file.",
    errno.EISDIR: "a folder has that name.",
    errno.ENAMETOOLONG: "the name is too long for this place.",
    errno.EIO: "the disk gave an error.",
}


def disk_words(error: OSError) -> str:
    """What a disk's "no" means, as the end of a sentence with its full stop."""
    return _DISK.get(error.errno or 0, f"{error.strerror or type(error).__name__}.")
