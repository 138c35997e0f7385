"""The debrief as lines: items where observers differ, what each of them noted on one, how far they agree.

Owns how they are drawn and worded. Never works out a difference (`core.debrief.meetings`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.debrief.compared import Said, Talk, Voice, agreed_text, title_of
from plfacilitate.core.debrief.differing import listed
from plfacilitate.core.debrief.meetings import Debrief, Meeting
from plfacilitate.core.debrief.pooled import scale_of
from plfacilitate.core.protocol import Item, Prompt
from plfacilitate.core.results.raters import at_debrief
from plfacilitate.core.results.words import rated_words
from plfacilitate.core.text import cut
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped

MOST_COLUMNS = 5  # observers whose values stand beside each other; the others are in the evidence


class AtTable(NamedTuple):
    """What is talked about: a stop and a protocol, laid open or blind (`debrief` None), and the item under the cursor."""

    meeting: Meeting
    debrief: Debrief | None = None
    talk: Talk | None = None

    @property
    def is_agreed(self) -> bool:
        """Something is agreed on the item under the cursor."""
        return self.debrief is not None and self.talk is not None and self.talk.part.id in self.debrief.agreed


class TalkRow(NamedTuple):
    """An item: what each voice said, why it is to be talked about, what was agreed ("" = nothing yet)."""

    item: str
    title: str
    said: tuple[str, ...]
    why: str
    state: str
    agreed: str = ""


SYMBOLS = {"differs": ("▲", "warn"), "left": ("○", "warn"), "alike": ("=", "dim"), "nobody": ("·", "off")}


def talk_rows(found: Debrief) -> list[TalkRow]:
    """What is not compared, what each one's answers come to, then every item, in the order in which they are talked about."""
    come = (TalkRow("", words, (), "", "result") for one in at_debrief(found) if (words := rated_words(one)))
    aside = (TalkRow("", one, (), "", "aside") for one in found.aside)
    return [*aside, *come, *(_row(one, found) for one in found.talks)]


def _row(one: Talk, found: Debrief) -> TalkRow:
    state = "nobody" if one.nobody else "differs" if one.gap else "left" if one.missing else "alike"
    why = one.why or {"nobody": "nobody noted it", "alike": "" if _is_text(one.part) else "alike"}.get(state, "")
    agreed = found.agreed.get(one.part.id)
    settled = ""
    if agreed is not None:
        settled = agreed_text(one.part, agreed.value, found.protocol) or "in words"
    return TalkRow(one.part.id, title_of(one.part), tuple(map(_short, one.said)), why, state, settled)


def _is_text(part: Item | Prompt) -> bool:
    return isinstance(part, Item) and part.kind == "text"


def _short(said: Said) -> str:
    return str(len(said.value)) if isinstance(said.value, Mapping) else said.text or "—"


class TalkList(LineList[TalkRow]):
    """What to talk about."""

    HELP = (
        "Items where observers differ most come first, ▲ differ, ○ left out, = alike. Type the agreed level (1 to 9; y, n"
        " or - for a look-for) and Enter, or Enter alone for words; x takes it away. Below stands what each noted."
    )
    voices = 2

    def rests(self, item: TalkRow) -> bool:
        """On an item."""
        return bool(item.item)

    def key_of(self, item: TalkRow) -> object:
        """An item is known by its id."""
        return item.item

    def draw(self, item: TalkRow, width: int) -> tuple[Parts, Parts]:
        """Symbol, title, a column for each voice, why; at the right what was agreed."""
        if not item.item:
            return (Part(f" {item.title}", "strong" if item.state == "result" else "warn"),), ()
        title, column, shown = columns(self.size.width, self.voices)
        symbol, look = ("✓", "good") if item.agreed else SYMBOLS[item.state]
        left = [Part(f" {symbol} ", look), Part(cut(item.title, title), "" if item.state != "nobody" else "dim")]
        left += [Part(f" {cut(text, column)}", "strong" if text != "—" else "dim") for text in item.said[:shown]]
        left.append(Part(f"  {item.why}", "dim"))
        return left, (Part(f"  agreed {cut(item.agreed, 18).rstrip()} ", "good"),) if item.agreed else ()


def columns(width: int, voices: int) -> tuple[int, int, int]:
    """Cells of the title and of one voice's column, and for how many voices there is room."""
    shown = min(voices, MOST_COLUMNS)
    column = 11 if width >= 100 else 9 if shown <= 3 else 7
    return max(16, min(44, width - 26 - shown * (column + 1))), column, shown


def column_titles(names: Sequence[str], width: int) -> Parts:
    """The names over their columns."""
    title, column, shown = columns(width, len(names))
    parts = [Part(" " * (title + 3))] + [Part(f" {cut(name, column)}", "title") for name in names[:shown]]
    more = len(names) - shown
    return [*parts, Part(f"  and {more} more, below" if more > 0 else "", "dim")]


def place_text(picture: VisitPicture, stop: str) -> str:
    """What a room is called among the team: as in a report, and the room itself."""
    visit = picture.visit
    found = visit.stop(stop) if visit is not None else None
    if visit is None or found is None:
        return "no stop" if not stop else "a room"
    return visit.place(stop)


def short_names(names: Sequence[str]) -> list[str]:
    """First names, where they tell people apart; whoever is called by what they do keeps all of it."""
    first = [name.split()[0] if name[:1].isupper() else name for name in names]
    return [short if first.count(short) == 1 else name for short, name in zip(first, names, strict=True)]


# -- what each noted -------------------------------------------------------------------------------------------------


def evidence(at: AtTable, zone: ZoneInfo, width: int) -> list[Words]:
    """What each voice noted on the item, and what was agreed, wrapped to a width."""
    found, one = at.debrief, at.talk
    if found is None or one is None:
        return []
    lines = list(_settled(found, one, width))
    blocks = [
        list(_voice(voice, said, one.part, zone, width)) for voice, said in zip(found.voices, one.said, strict=True)
    ]
    if all(len(block) == 1 for block in blocks):
        lines += wrapped(" · ".join(block[0].text for block in blocks), width, "", "strong")
    else:
        lines += chain.from_iterable(blocks)
    names = short_names([voice.name for voice in found.voices])
    for row in one.rows:
        each = "  ".join(f"{name} {said or '—'}" for name, said in zip(names, row.said, strict=True))
        lines.append(Words(f"{cut(row.text, max(16, width // 2))} {each}", "warn" if row.gap else "dim"))
    lines += [*_events(one, zone, width), *_lasted(one, width)]
    return lines + list(_asked(one.part, found, width))


def _asked(part: Item | Prompt, found: Debrief, width: int) -> Iterator[Words]:
    """The item itself: its question, how it is judged here, its levels."""
    judgement = f"Agreed here before: {part.judgement}" if part.judgement else ""
    question = part.help if isinstance(part, Item) else part.ask
    yield from wrapped(" ".join(filter(None, (question, judgement))), width, "", "title")
    for level, words in enumerate(part.levels if isinstance(part, Item) else found.protocol.levels, start=1):
        yield from wrapped(f"{level} {words}", width, "  ", "dim")


def _settled(found: Debrief, one: Talk, width: int) -> Iterator[Words]:
    agreed = found.agreed.get(one.part.id)
    if agreed is not None:
        value = agreed_text(one.part, agreed.value, found.protocol)
        yield from wrapped(" · ".join(filter(None, (f"Agreed: {value}".rstrip(), agreed.note))), width, "", "good")


def _voice(voice: Voice, said: Said, part: Item | Prompt, zone: ZoneInfo, width: int) -> Iterator[Words]:
    yield Words(f"{voice.name}  {said.text or 'left it out'}", "strong" if said.text else "warn")
    yield from wrapped(_descriptor(part, voice, said), width, "  ", "dim")
    yield from wrapped(said.note, width, "  ")
    for line in said.lines:
        yield from wrapped(f"{_clock(line.at, zone)} {line.text}", width, "  ")


def _descriptor(part: Item | Prompt, voice: Voice, said: Said) -> str:
    """What the level says that somebody marked."""
    levels = part.levels if isinstance(part, Item) else voice.seen.protocol.levels
    if levels and isinstance(said.value, int) and 0 < said.value <= len(levels):
        return levels[said.value - 1]
    return ""


def _events(one: Talk, zone: ZoneInfo, width: int) -> Iterator[Words]:
    for a, b, found in one.events:
        only = [
            f"only {name}: {', '.join(_clock(at, zone, seconds=True) for at in times)}"
            for name, times in ((a, found.only_left), (b, found.only_right))
            if times
        ]
        words = "; ".join([f"{a} and {b}: {len(found.pairs)} at the same time", *only])
        yield from wrapped(words, width, "")


def _lasted(one: Talk, width: int) -> Iterator[Words]:
    for a, b, both, either in one.lasted:
        yield from wrapped(f"{a} and {b}: {_minutes(both)} of {_minutes(either)} min at the same time", width, "")


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _clock(at: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    local = at.astimezone(zone)
    return f"{local.hour}:{local.minute:02}" + (f":{local.second:02}" if seconds else "")


# -- how far they agree ----------------------------------------------------------------------------------------------


def figures_of(at: AtTable, width: int) -> list[Words]:
    """The figures of the scale of the item under the cursor: in its section, and in all of the protocol."""
    found, one = at.debrief, at.talk
    if found is None or one is None:
        return []
    part = next((each for each in found.sections if each.title == one.section), None)
    title = _scale(found, one)
    lines: list[Words] = []
    everybody = tuple(voice.name for voice in found.voices)
    for where, some in ((one.section, part.agreements if part is not None else ()), ("All", found.pooled)):
        each = next((each for each in some if each.scale.title == title and each.between == everybody), None)
        if each is not None:
            lines += wrapped(f"{where} · {title}: {each.words}", width, "")
    return lines or [
        Words("Words are not compared." if _is_text(one.part) else "Nothing that could be compared.", "dim")
    ]


def all_figures(found: Debrief, width: int) -> list[Words]:
    """Every figure, section by section, wrapped to a width."""
    blocks = [(part.title, part.agreements) for part in found.sections]
    blocks += [("All of it", found.pooled)] if found.pooled else []
    lines: list[Words] = []
    for title, some in blocks:
        lines += [Words(""), Words(title, "title")] if lines else [Words(title, "title")]
        for one in some:
            lines.append(Words(f"  {one.scale.title} · {listed(one.between)}", "strong"))
            lines += wrapped(one.words, width, "    ")
    return lines or [Words("Nothing that could be compared.", "dim")]


def _scale(found: Debrief, one: Talk) -> str:
    scale = scale_of(one.part, found.protocol)
    return scale.title if scale is not None else ""
