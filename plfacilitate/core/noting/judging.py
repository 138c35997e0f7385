"""A gentle question when a line of the script judges in place of telling.

Owns the list of words, small and English, and the sentence about each kind. Never blocks, never changes a line, and
never asks about what somebody else said: speech and quotes are evidence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# kind → the words, and what is asked
_WORDS: Mapping[str, str] = {
    "verdict": "good great excellent amazing awesome wonderful fantastic nice lovely perfect effective ineffective bad "
    "poor poorly weak terrible awful boring sloppy lazy rude chaotic inappropriate disrespectful disruptive "
    "impressive successful disorganized disorganised unprofessional well-behaved misbehaving misbehaved behaved",
    "verdict phrases": "nice job|good job|great job|well done|off task|off-task|on task|on-task|bad behaviour|"
    "bad behavior|out of control|good rapport|classroom management",
    "mind": "engaged disengaged unengaged bored interested uninterested motivated unmotivated excited enthusiastic happy "
    "unhappy confused frustrated attentive inattentive distracted focused unfocused confident proud curious enjoyed "
    "enjoys enjoying understands understood",
    "guess": "seems seemed apparently obviously clearly probably maybe",
    "advice": "should shouldn't ought",
}
_ASKED: Mapping[str, str] = {
    "verdict": "is a verdict: what can be quoted or counted?",
    "mind": "is inside a head: what did they say or do?",
    "guess": "is a guess: what did you see or hear?",
    "advice": "is advice, good for the debrief: what happened here?",
}
_HARMLESS = re.compile(
    r"\bgood (?:morning|afternoon|evening|night|bye)\b|\bgreat (?:britain|depression|lakes|plains|wall)\b|\bhappy birthday\b"
    r"|\bgood or bad\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]*(?:[\"“”„«»]|$)")
_SPEECH = re.compile(r"^\s*(?:t|ta|s|ss|s\d{1,3}|teacher|students?|aide|para)\s*:.*$", re.IGNORECASE | re.DOTALL)


def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    phrases = _WORDS["verdict phrases"]
    kinds = {kind: "|".join(map(re.escape, words.split())) for kind, words in _WORDS.items() if " " not in kind}
    kinds["verdict"] = f"{phrases}|{kinds['verdict']}"  # of "nice job" the whole is named
    return tuple((kind, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)) for kind, words in kinds.items())


_PATTERNS = _patterns()


def hint(text: str) -> str:
    """One sentence that asks what was seen, where a line holds a judging word; "" = nothing is asked.

    Not about words in quotes, nor about a line that says who speaks (`T: good job`, `S3: this is boring`).
    """
    told = _HARMLESS.sub(" ", _QUOTED.sub(" ", _SPEECH.sub(" ", text)))
    found = [(match.start(), match.group(), kind) for kind, one in _PATTERNS if (match := one.search(told))]
    if not found:
        return ""
    _, word, kind = min(found)
    return f"“{word.lower()}” {_ASKED[kind]}"
