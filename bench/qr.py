"""The code on the wall: made and laid out in half blocks, beside qrcode's own making alone."""

from __future__ import annotations

import statistics
from functools import partial

import qrcode

from bench.figures import Figure, ms, seconds
from plfacilitate.front.desk.lists.qr import fit, picture
from plfacilitate.shelf.qr import modules

WINDOW = (100, 36)  # cells that the full screen of a window of 120 × 40 has for it
CODES = 100


def figures() -> list[Figure]:
    """As many codes as an afternoon shows, each made in turn by both."""
    texts = [f"HTTP://192.168.1.20:8100/{number:020}" for number in range(CODES)]
    _ours(texts[0])
    _theirs(texts[0])
    pairs = [(seconds(partial(_ours, text)), seconds(partial(_theirs, text))) for text in texts[1:]]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return [Figure("qr", "a code made and laid out ÷ qrcode's make alone", ratio, most=1.15, detail=ms(ours, theirs))]


def _ours(text: str) -> None:
    code = modules(text)
    how = fit(len(code), *WINDOW)
    assert how is not None
    picture(code, how)


def _theirs(text: str) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0)
    code.add_data(text)
    code.make(fit=True)
