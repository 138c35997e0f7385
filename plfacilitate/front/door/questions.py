"""Questions as a page asks them.

Owns how a plan's question is said in a language. Never knows who answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plfacilitate.core.plan import Question
from plfacilitate.core.text import plain
from plfacilitate.front.door.languages import Speech, mark

# The state's questions stand in steps.evaluation, which knows no language; here they are marked for translation.
_STATE = (
    mark("Were the objectives of this session met?"),
    mark("How relevant and how good was it for your work?"),
    mark("How far were the activities that were announced really held?"),
    mark("What would you suggest for the next time?"),
    mark("not at all"),
    mark("fully"),
    mark("poor"),
    mark("excellent"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, ready to be shown. `options` of a scale are its steps.

    `translated` and `chosen` say whether the question and its options are in the page's language.
    """

    id: str
    kind: str
    ask: str
    options: tuple[str, ...]
    low: str = ""
    high: str = ""
    translated: bool = True
    chosen: bool = True


def asked_in(speech: Speech, questions: Sequence[Question]) -> list[Asked]:
    """The questions in a language: as the plan says them in it, else translated where we know the sentence."""
    return [_asked(speech, one) for one in questions]


def _asked(speech: Speech, one: Question) -> Asked:
    said = one.said.get(speech.code, {})
    options = tuple(map(str, said.get("options") or one.options))
    if one.kind == "scale":
        options = tuple(str(step) for step in range(1, one.steps + 1))
    texts = [plain(str(said.get(name) or speech(getattr(one, name)))) for name in ("ask", "low", "high")]
    translated = bool(said.get("ask")) or speech(one.ask) != one.ask
    chosen = one.kind not in ("choice", "several") or bool(said.get("options"))
    return Asked(one.id, one.kind, texts[0], tuple(map(plain, options)), texts[1], texts[2], translated, chosen)
