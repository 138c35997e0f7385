"""The codes on the wall: one in the QR that changes every half minute, one of six letters that can be read out.

And two that stand for the whole event: the kiosk's PIN and the key in the address of the projector's page.

Owns how a code follows from the door's secret and the hour, and how late one may come. Never counts wrong tries (the
door does) and never remembers what it showed: the secret and the clock say it again.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from functools import lru_cache

QR_STEP_SECONDS = 30
SPOKEN_STEP_SECONDS = 600
# How far the laptop's clock may have been put back since a code was shown. Only this laptop can have made a code that
# lies ahead, so it was on the wall; whoever scanned it a moment before the clock was put right must not be locked out.
PUT_BACK_SECONDS = 3_900
# No vowels (no words come out), no letter that is taken for another or for a figure.
SPOKEN_LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
PIN_DIGITS = 6


def code_at(secret: bytes, event: str, now: datetime, step_seconds: int = QR_STEP_SECONDS) -> str:
    """The code of this moment: 100 bits as 20 capitals and figures, which make a small QR."""
    return _code(secret, event, step_seconds, _step(now, step_seconds))


def code_check(
    secret: bytes, event: str, code: str, now: datetime, steps_back: int = 2, step_seconds: int = QR_STEP_SECONDS
) -> int | None:
    """How many steps late the code comes: 0 = it is the one on the wall now; None = it is no good.

    A negative number is a code from ahead: the laptop's clock was put back by so many steps after it was shown.
    """
    given = _plain(code)
    step = _step(now, step_seconds)
    for late in _lateness(steps_back, step_seconds):
        if hmac.compare_digest(given, _code(secret, event, step_seconds, step - late).encode()):
            return late
    return None


def spoken_at(secret: bytes, event: str, now: datetime, step_seconds: int = SPOKEN_STEP_SECONDS) -> str:
    """The six letters of this moment, for people without a camera."""
    return _spoken(secret, event, step_seconds, _step(now, step_seconds))


def spoken_check(
    secret: bytes, event: str, code: str, now: datetime, steps_back: int = 1, step_seconds: int = SPOKEN_STEP_SECONDS
) -> int | None:
    """As `code_check`, for the six letters; blanks, hyphens and small letters are forgiven."""
    given = _plain(code)
    step = _step(now, step_seconds)
    for late in _lateness(steps_back, step_seconds):
        if hmac.compare_digest(given, _spoken(secret, event, step_seconds, step - late).encode()):
            return late
    return None


def pin_of(secret: bytes, event: str) -> str:
    """The six digits that make a tablet a kiosk of this event, and let it be one no longer."""
    number = int.from_bytes(_bytes(secret, "pin", event, 0, 0)[:16], "big")
    return str(number % 10**PIN_DIGITS).zfill(PIN_DIGITS)


def wall_key(secret: bytes, event: str) -> str:
    """What the address of the projector's page holds for a machine other than the laptop: 100 bits, as in the QR."""
    return _code(secret, f"wall {event}", 0, 0)


def seconds_left(now: datetime, step_seconds: int = QR_STEP_SECONDS) -> int:
    """Seconds until the code on the wall changes, from 1 to `step_seconds`."""
    return step_seconds - int(now.timestamp()) % step_seconds


def _lateness(steps_back: int, step_seconds: int) -> list[int]:
    """The likely ones first, so that only a wrong code costs the whole hour ahead."""
    return [*range(steps_back + 1), *range(-1, -PUT_BACK_SECONDS // step_seconds - 1, -1)]


def _step(now: datetime, step_seconds: int) -> int:
    return int(now.timestamp()) // step_seconds


@lru_cache(maxsize=1024)  # a wrong code is compared with all of the hour ahead
def _code(secret: bytes, event: str, step_seconds: int, step: int) -> str:
    return base64.b32encode(_bytes(secret, "qr", event, step_seconds, step)[:15])[:20].decode()


@lru_cache(maxsize=1024)
def _spoken(secret: bytes, event: str, step_seconds: int, step: int) -> str:
    number = int.from_bytes(_bytes(secret, "spoken", event, step_seconds, step)[:16], "big")
    letters = []
    for _ in range(6):
        number, at = divmod(number, len(SPOKEN_LETTERS))
        letters.append(SPOKEN_LETTERS[at])
    return "".join(letters)


def _bytes(secret: bytes, use: str, event: str, step_seconds: int, step: int) -> bytes:
    return hmac.digest(secret, f"code {use} {step_seconds} {step} {event}".encode(), "sha256")


def _plain(code: str) -> bytes:
    """What was typed or scanned as it is compared: capitals, no blanks, no hyphens."""
    return "".join(code.split()).replace("-", "").upper().encode(errors="replace")
