"""Somebody who observes, and what they are in the middle of: the half-typed line, the mode, what is said to them.

Owns what becomes of a key, and what is begun by it (`begun` says how that is kept when the desk is killed). Never draws,
and never writes: it hands drafts on. The stamp of a line is the moment at which its first letter was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plfacilitate.core.entry import Draft, Entry, new_id
from plfacilitate.core.noting import judging
from plfacilitate.core.noting.scripting import last_student, letters, levels_of, next_student, words_of
from plfacilitate.core.protocol import Item, Prompt
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.core.visiting.observation import Line
from plfacilitate.front.desk.observing.begun import Begun, Half, begun_of, draft_of
from plfacilitate.front.desk.observing.keys import press
from plfacilitate.front.desk.observing.modes import Act, Answering, Mode, Sight, Step, Which, Words, Writing, how
from plfacilitate.front.desk.observing.notebook import Notebook
from plfacilitate.front.desk.observing.rows import lasting, value_of

_MARKS = frozenset({"tally", "state", "snapshot"})
_STUDENTS = ("@", "#")


@dataclass(frozen=True, slots=True)
class Pen:
    """What a sitting asks of the desk: write these, take the newest back, let what was taken back count again."""

    send: Callable[[Sequence[Draft]], object]
    back: Callable[[], object]
    again: Callable[[Entry], object]


class Sitting:
    """One observer at one observation, from opening the screen to leaving it."""

    def __init__(self, book: Notebook, pen: Pen, kept: Mapping[str, str] | None = None) -> None:
        """`kept` is the draft of an earlier sitting: what of it became a line meanwhile is no draft any more."""
        self.book = book
        self.letters = letters(book.seen.protocol)
        self.mode: Mode = Writing()
        begun = begun_of(kept or {}, book.seen)
        self.half = begun.half
        self.rewording: Line | None = None
        self.said, self.look = "", "dim"
        self.text = begun.half.text
        """What shall stand in the field."""
        self.insert = ""
        """What shall be typed into it at the cursor."""
        self.failed = ""
        """Why what was noted last is not on the disk; "" = it is, or on its way."""
        self._pen = pen
        self._aside: Half | None = None  # the half-typed line, while the field takes something else
        self._words = dict(begun.words)
        self._halves = dict(begun.slots)
        self._skipped: set[tuple[str, int]] = set()
        self._undone: list[Entry] = []
        self._inserted = ("", "")  # the key and the student's number that it brought

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.book.hand.clock()

    @property
    def sight(self) -> Sight:
        """What the meaning of a key depends on."""
        return Sight(self.book.seen, self.letters, self.now, frozenset(self._skipped), self._halves)

    def say(self, words: str, look: str = "dim") -> None:
        """One sentence; the one before goes."""
        self.said, self.look = words, look

    # -- keys --------------------------------------------------------------------------------------------------------

    def press(self, key: str, letter: str, text: str, selected: str = "") -> bool:
        """A key was pressed while `text` stood in the field and the line `selected` was chosen; False = it is typed."""
        self.text, self.insert = text, ""
        self._typed(text)
        if key == "ctrl+z":
            self._pen.back()
            return True
        if key == "ctrl+y":
            self._again()
            return True
        step = press(self.mode, key, letter, self.sight)
        if step is not None:
            self._follow(step, selected)
            return True
        if key == "enter":
            try:
                self._enter(selected)
            except Refused as no:
                self.say(str(no), "bad")
            return True
        if key == "f2":
            self._reword(self._line(selected))
            return True
        if key == "escape" and self.rewording is not None:
            self._put_back()
            return True
        if letter and letter in _STUDENTS:
            self._student(letter)
            return True
        self._inserted = ("", "")
        if letter and self.half.began is None and isinstance(self.mode, Writing):
            self.half = replace(self.half, began=self.now, entry=new_id(self.book.hand.chance))
        return False

    def typed(self, text: str) -> None:
        """The field holds this now, typed or pasted."""
        self.text = text
        self._typed(text)

    def _typed(self, text: str) -> None:
        if isinstance(self.mode, Words):
            self._words[self.mode.part] = text
        elif self.rewording is None:
            began = text and (self.half.began or self.now)
            entry = self.half.entry or new_id(self.book.hand.chance) if began else ""
            self.half = replace(self.half, text=text, began=began or None, entry=entry) if text else Half(
                items=self.half.items)  # fmt: skip

    def _follow(self, step: Step, selected: str) -> None:
        was, self.mode = self.mode, step.mode
        self.say(step.said, "warn" if step.said else "dim")
        if isinstance(was, Words) and not isinstance(self.mode, Words):
            self._leave_words(was.part)
        if isinstance(was, Which) and was.codes and isinstance(self.mode, Writing):
            self.say("")
        if step.act is not None:
            try:
                self._do(step.act, selected)
            except Refused as no:
                self.say(str(no), "bad")

    # -- lines -------------------------------------------------------------------------------------------------------

    def _enter(self, selected: str) -> None:
        text = self.text.strip()
        if isinstance(self.mode, Words):
            self._keep_words(self.mode, text)
        elif self.rewording is not None:
            self._reworded(self.rewording, text)
        elif text:
            self._stamp(text)
        elif selected:
            self._reword(self._line(selected))

    def _stamp(self, text: str) -> None:
        """The half-typed line is a line, with the moment of its first letter."""
        if self._over():
            return
        half = self.half
        entry = half.entry or new_id(self.book.hand.chance)
        draft = self.book.line(text, half.items, half.began or self.now, entry)
        self.half, self.text = Half(), ""
        self.say(judging.hint(text), "dim")
        self._sent(draft)

    def _line(self, selected: str) -> Line | None:
        """The chosen line, else the newest."""
        lines = self.book.seen.lines
        if not selected:
            return lines[-1] if lines else None
        return next((line for line in reversed(lines) if line.entry == selected), None)

    def _reword(self, line: Line | None) -> None:
        if line is None:
            self.say("No line yet.", "warn")
            return
        self._put_aside()
        self.rewording, self.text = line, line.text

    def _reworded(self, line: Line, text: str) -> None:
        self._put_back()
        if text and text != line.text:
            self._sent(self.book.reword(line, text))
            self.say(judging.hint(text) or "In other words; the time stays.", "dim")
        elif not text:
            self.say("A line can't be empty: it stays as it was.", "warn")

    def _put_aside(self) -> None:
        if self._aside is None:
            self._aside = self.half

    def _put_back(self) -> None:
        """The half-typed line is in the field again."""
        self.rewording = None
        if self._aside is not None:
            self.half, self._aside = self._aside, None
        self.text = self.half.text

    def _student(self, letter: str) -> None:
        """`@` a new student, `#` the one who was mentioned last; pressed again at once, the letter itself."""
        if self._inserted[0] == letter and self.text.endswith(self._inserted[1]):
            self.typed(self.text.removesuffix(self._inserted[1]) + letter)
            self._inserted = ("", "")
            return
        texts = (self.text, *(line.text for line in reversed(self.book.seen.lines)))
        new = letter == "@" or not last_student(texts)
        self.insert = next_student(texts) if new else last_student(texts)
        self._inserted = (letter, self.insert)
        if self.half.began is None and isinstance(self.mode, Writing) and self.rewording is None:
            self.half = replace(self.half, began=self.now, entry=new_id(self.book.hand.chance))

    # -- acts --------------------------------------------------------------------------------------------------------

    def _do(self, act: Act, selected: str) -> None:
        if act.kind == "code":
            self._code(act.part, selected)
        elif act.kind == "words":
            self._open_words(act.part)
        elif act.kind == "half" and isinstance(act.value, Mapping):
            chosen = {str(option): int(str(number)) for option, number in act.value.items()}
            slot = chosen.pop("")
            self._halves[act.part, slot] = tuple(chosen.items())
        elif act.kind == "skip":
            assert isinstance(act.value, int)
            self._skipped.add((act.part, act.value))
            self._halves.pop((act.part, act.value), None)
        elif act.kind in ("note", "state"):
            self._note(act)

    def _note(self, act: Act) -> None:
        part = self.sight.part(act.part)
        kind = how(part, self.book.seen.protocol)
        if kind in _MARKS and self._over():
            return
        words = ""
        if isinstance(part, Prompt):  # its level and its words are one answer
            answer = self.book.seen.of(part.id).answer
            words = answer.note if answer is not None else ""
        self._sent(self.book.note(act.part, act.value, words=words, at=act.moment))
        if kind == "snapshot" and isinstance(act.value, Mapping):
            self._halves.pop((act.part, int(str(act.value["slot"]))), None)
        self.say(self._noted(part, act), "good")

    def _noted(self, part: Item | Prompt, act: Act) -> str:
        """What was just noted, as the status line says it."""
        said, text = value_of(part, self.sight)[0], plain(words_of(part))
        if isinstance(act.value, int) and (sentences := levels_of(part, self.book.seen.protocol)):
            return f"{act.value} {plain(sentences[act.value - 1])}"
        if act.value is None or act.value == () or (isinstance(act.value, Mapping) and act.value.get("gone")):
            return f"Taken away: {text}"
        if isinstance(act.value, Mapping):
            return f"Snapshot {act.value['slot']}: {text}"
        return f"{said} {text}"

    def _code(self, part: str, selected: str) -> None:
        """The chosen line, else the half-typed one, else the newest: coded, or not any more."""
        name = plain(words_of(self.sight.part(part)))
        if not selected and self.half.text.strip():
            self.half = replace(self.half, items=_toggled(self.half.items, part))
            on = part in self.half.items
            self.say(f"{'Coded' if on else 'Not coded any more'}, this line: {name}", "good")
            return
        line = self._line(selected)
        if line is None:
            self.say("No line yet.", "warn")
            return
        items = _toggled(line.items, part)
        self._sent(self.book.code(line, items))
        self.say(f"{'Coded' if part in items else 'Not coded any more'}: {name}", "good")

    def _open_words(self, part: str) -> None:
        self._put_aside()
        self.text = self._words.get(part, self._written(part))

    def _written(self, part: str) -> str:
        """The words that an item has; "" = none."""
        answer = self.book.seen.of(part).answer
        if answer is None:
            return ""
        return answer.note if isinstance(self.sight.part(part), Prompt) else str(answer.value or "")

    def _leave_words(self, part: str) -> None:
        """What was begun waits; what nobody changed does not."""
        self._words[part] = self.text
        if self.text == self._written(part):
            del self._words[part]
        elif self.text:
            self.say("Left open: the words are there when you come back.", "dim")
        self._put_back()

    def _keep_words(self, mode: Words, text: str) -> None:
        part, answer = self.sight.part(mode.part), self.book.seen.of(mode.part).answer
        if isinstance(part, Prompt):
            self._sent(self.book.note(part.id, answer.value if answer is not None else None, words=text))
        else:
            self._sent(self.book.note(part.id, text or None))
        self._words.pop(mode.part, None)
        self.mode = Which(stay=True) if mode.stay else Writing()
        self.say(f"{'Kept' if text else 'Taken away'}: {plain(words_of(part))}", "good")
        self._put_back()

    def _over(self) -> bool:
        if self.book.seen.ended_at is None:
            return False
        self.say(self.book.laid_open() or "This observation has ended: ctrl+z goes on with it.", "warn")
        return True

    def end(self) -> None:
        """The observer is done; what goes on ends by rule."""
        self.mode = Writing()
        self._sent(self.book.end())
        self.say(
            self.book.laid_open() or "Ended. Esc twice leaves; coding and answers still work, ctrl+z goes on.", "good"
        )

    def _sent(self, draft: Draft) -> None:
        self._undone.clear()
        self._pen.send(tuple(self.book.waiting.values()) if self.failed else (draft,))

    # -- what became of it -------------------------------------------------------------------------------------------

    def kept(self, ids: Sequence[str]) -> None:
        """These are on the disk."""
        self.book.kept(ids)
        self.failed = ""

    def not_kept(self, sentence: str) -> None:
        """The disk said no: everything is still here, and is tried again."""
        self.failed = sentence

    def try_again(self) -> None:
        """Write what the disk would not take."""
        if self.failed and self.book.waiting:
            self._pen.send(tuple(self.book.waiting.values()))

    def taken_back(self, undos: Sequence[Entry], said: str) -> None:
        """The newest note does not count any more."""
        self.book.taken_back(undos)
        self._undone += undos
        self.say(said if undos else said or "Nothing to take back.", "good" if undos else "warn")

    def given_again(self, undos: Sequence[Entry]) -> None:
        """What was taken back last counts again."""
        self.book.taken_back(undos)
        self.say("Done again.", "good")

    def _again(self) -> None:
        if not self._undone:
            self.say("Nothing to do again.", "warn")
            return
        self._pen.again(self._undone.pop())

    # -- what is kept of a sitting -----------------------------------------------------------------------------------

    @property
    def draft(self) -> Mapping[str, str]:
        """What was begun and is no entry yet, for the drafts of the desk; no words = there is nothing."""
        slots = dict(self._halves)
        if isinstance(self.mode, Answering) and self.mode.slot and self.mode.chosen:
            slots[self.mode.part, self.mode.slot] = self.mode.chosen
        return draft_of(Begun(self._aside or self.half, self._words, slots))


def _toggled(items: Sequence[str], item: str) -> tuple[str, ...]:
    return tuple(one for one in items if one != item) if item in items else (*items, item)


def doing(sitting: Sitting) -> Iterator[str]:
    """The states that go on, with how long, the one that began last first."""
    seen, now = sitting.book.seen, sitting.now
    for item in sorted(seen.open_states, key=lambda one: seen.of(one.id).bouts[-1].began, reverse=True):
        begun = seen.of(item.id).bouts[-1].began
        yield f"▶ {lasting(int((now - begun).total_seconds()))} {sitting.letters.get(item.id, '')} {plain(item.text)}"
