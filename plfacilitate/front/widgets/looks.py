"""What a piece of text may look like, and the three themes.

Owns the names of looks and how a theme's colours make them. Numbers of colours stand in the themes alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

THEMES = (
    Theme(
        "dark", primary="#6cb6ff", secondary="#8fa3bf", success="#63d297", warning="#f2b750", error="#ff8593",
        accent="#c3a6ff", foreground="#e6e8eb", background="#14171c", surface="#191d23", panel="#262c35", dark=True,
    ),
    Theme(
        "light", primary="#0b5cad", secondary="#4a5a70", success="#176b3a", warning="#855600", error="#ad1c2c",
        accent="#6438ac", foreground="#1d2127", background="#fbfaf7", surface="#f4f2ec", panel="#e4e0d6", dark=False,
    ),
    Theme(
        "high contrast", primary="#ffff00", secondary="#ffffff", success="#4dff88", warning="#ffcc00", error="#ff8080",
        accent="#66ddff", foreground="#ffffff", background="#000000", surface="#000000", panel="#303030", dark=True,
        variables={"faintest": "80"},
    ),
)  # fmt: skip


class Look(NamedTuple):
    """A theme colour for the letters and one for the ground ("" = as around it); shares are of 100 parts.

    `ink_share` < 100 mixes the letters with the background, less so where a theme sets `faintest`; `ground_share`
    likewise the ground.
    """

    ink: str = ""
    ground: str = ""
    bold: bool = False
    ink_share: int = 100
    ground_share: int = 100


LOOKS: Mapping[str, Look] = {
    # states of a person: always beside a symbol and a word
    "in": Look("success"),
    "late": Look("warning"),
    "out": Look("secondary"),
    "early": Look("warning"),
    "expected": Look("foreground", ink_share=62),
    "flag": Look("error", bold=True),
    # whole lines
    "panel": Look("", "panel"),
    "surface": Look("", "surface"),
    # words
    "dim": Look("foreground", ink_share=62),
    "strong": Look("foreground", bold=True),
    "title": Look("primary", bold=True),
    "good": Look("success"),
    "warn": Look("warning", bold=True),
    "bad": Look("error", bold=True),
    # a whole line for a moment
    "flash-good": Look("background", "success", bold=True),
    "flash-warn": Look("background", "warning", bold=True),
    "flash-bad": Look("background", "error", bold=True),
    # keys
    "key": Look("primary", bold=True),
    "off": Look("foreground", ink_share=40),
    # lists
    "cursor": Look("foreground", "primary", bold=True, ground_share=30),
    "cursor-away": Look("foreground", "panel"),
    "marked": Look("accent", bold=True),
    # bars
    "bar": Look("primary"),
    "bar-rest": Look("foreground", ink_share=25),
    "present": Look("background", "success"),
    # kinds of agenda segments
    "instruction": Look("background", "primary"),
    "work-time": Look("background", "accent"),
    "protocol": Look("background", "secondary"),
    "break": Look("foreground", "panel"),
    "meal": Look("foreground", "panel"),
    "business": Look("foreground", "panel"),
}

_made: dict[tuple[str, ...], dict[str, Style]] = {}


def looks(colours: Mapping[str, str]) -> Mapping[str, Style]:
    """Every look in the colours of a theme (its CSS variables)."""
    key = tuple(colours.get(name, "") for name in ("background", "foreground", "primary", "success", "panel"))
    if key not in _made:
        _made[key] = {name: _style(look, colours) for name, look in LOOKS.items()}
    return _made[key]


def _style(look: Look, colours: Mapping[str, str]) -> Style:
    # What can't be done now stays faint everywhere; words that are read do not.
    faintest = int(colours.get("faintest", "0")) if look.ink_share > 50 else 0
    return Style(
        color=_mixed(look.ink, max(look.ink_share, faintest), colours).rich_color if look.ink else None,
        bgcolor=_mixed(look.ground, look.ground_share, colours).rich_color if look.ground else None,
        bold=look.bold or None,
    )


def _mixed(name: str, share: int, colours: Mapping[str, str]) -> Color:
    colour = Color.parse(colours[name])
    return colour if share >= 100 else Color.parse(colours["background"]).blend(colour, share / 100, 1.0)
