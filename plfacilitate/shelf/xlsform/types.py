"""The types of a form's rows: what a cell of the column `type` says, in any of the ways in which people write it.

Owns which types there are, and one sentence for each that has no counterpart. Never makes an item.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import NamedTuple


class Type(NamedTuple):
    """What a row is. `kind` is a value of _PLAIN or _SELECTS; `list` names its choices; `other` = with one outside of them.

    `said` is the type as the form has it. "kept" = it is known here without being asked. "left" = it can't be carried over, for the reason in `why`.
    """

    kind: str
    said: str
    list: str = ""
    other: bool = False
    why: str = ""


_PLAIN: Mapping[str, str] = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "range": "range",
    "note": "note", "date": "date", "time": "time", "datetime": "datetime", "acknowledge": "acknowledge",
    "trigger": "acknowledge", "begin group": "begin", "end group": "end", "begin repeat": "begin-repeat",
    "end repeat": "end", "begin lgroup": "begin-repeat", "end lgroup": "end", "begin looped group": "begin-repeat",
    "end looped group": "end", "begin loop": "begin-repeat", "end loop": "end", "begin kobomatrix": "begin-grid",
    "end kobomatrix": "end", "begin score": "begin-grid", "end score": "end", "begin rank": "begin-grid",
    "end rank": "end", "start": "kept", "end": "kept", "today": "kept", "url": "text", "email address": "text", "phone number": "text",
}  # fmt: skip
_WORKED_OUT = "it is worked out, not asked."
_MACHINE = "a machine fills it in, not a person."
_MEDIA = "pictures, sounds and files can't be taken here."
_PLACE = "places on a map can't be taken here."
_ELSEWHERE = "its choices stand in another file."
_LEFT: Mapping[str, str] = {
    **dict.fromkeys(("calculate", "hidden"), _WORKED_OUT),
    **dict.fromkeys(
        ("deviceid", "imei", "subscriberid", "simserial", "phonenumber", "username", "email",
         "audit", "background-audio", "instanceid", "uuid"),
        _MACHINE,
    ),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "draw", "signature", "annotate"), _MEDIA),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "location", "start-geopoint", "background-geopoint", "osm"), _PLACE),
    **dict.fromkeys(("barcode", "qrcode"), "codes can't be scanned into a form here."),
    **dict.fromkeys(("xml-external", "csv-external", "include"), "what it holds stands in another file."),
    **dict.fromkeys(("score row", "rank level"), "it is a row of a grid; ask it as a question of its own."),
}  # fmt: skip
_SELECTS: Mapping[str, str] = {
    "add select multiple prompt using": "several", "add select one prompt using": "one",
    "select all that apply from": "several", "select all that apply": "several",
    "select multiple from file": "file", "select one from file": "file", "select one external": "file",
    "select multiple from": "several", "select one from": "one", "select multiple": "several", "select one": "one",
    "select1": "one", "select": "several", "rank": "rank", "cascading select": "file",
}  # fmt: skip
_OTHER = re.compile(r"[ _]+or[ _]+(?:specify[ _]+)?other$", re.IGNORECASE)


def type_of(cell: str) -> Type | None:
    """What a row's type says; None where it is none that is known."""
    said = " ".join(cell.split())
    bare = said.casefold().replace("_", " ").strip()
    bare = " ".join(bare.split())
    if bare in _PLAIN:
        return Type(_PLAIN[bare], said)
    if bare.startswith("begin loop over "):
        return Type("begin-repeat", said)
    if why := _why_left(bare):
        return Type("left", said, why=why)
    for words, kind in _SELECTS.items():
        if bare.startswith(f"{words} "):
            rest = said[len(words) :].strip()
            name = _OTHER.sub("", rest)
            if kind == "file" or "${" in name:
                return Type("left", said, why=_ELSEWHERE if kind == "file" else "its choices are answers given before.")
            return Type(kind, said, name, other=name != rest)
    return None


def _why_left(bare: str) -> str:
    """Why a type can't be carried over, in the ways in which it is written; "" = it can, or is not known."""
    if bare.startswith("uri:"):
        return _MACHINE
    word = "osm" if bare.startswith("osm ") else bare.removeprefix("add ").removesuffix(" prompt")
    return _LEFT.get(word, "")


def close_to(cell: str) -> str:
    """The known type that comes closest to one that is none; "" = none does."""
    known = {*_PLAIN, *_LEFT, *_SELECTS}
    close = difflib.get_close_matches(cell.casefold().replace("_", " "), known, n=1, cutoff=0.7)
    return close[0].replace(" ", "_") if close else ""
