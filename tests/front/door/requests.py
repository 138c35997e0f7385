"""Requests as nobody should send them: every address of the door with any method, form, cookie and header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus

from hypothesis import strategies as st

from plfacilitate.front.door.kiosk_pass import KioskPasses
from plfacilitate.front.door.tickets import LIFETIME, Gate
from plfacilitate.seal import tickets
from plfacilitate.seal.codes import code_at, pin_of, spoken_at, wall_key
from tests.front.door.day import LAN, LI, MARIA, ODD, SEAN, SECRET, Day

PROBLEM, OTHER_PROBLEM, IDEAS, VOTE, POLL = "problem-1", "problem-2", "round-1", "round-2", "poll-1"
POPUPS = ("/popup/words", "/popup/ideas", "/popup/vote", "/popup/join", "/popup/new")
"""What a POP-up takes from phones; in this order, since who joins another problem owns this one no more."""

# What each address would like to get: the names of its fields, some with a good value.
FORMS: Mapping[str, Mapping[str, str]] = {
    "/in": {"t": "good form", "p": SEAN, "signed": "Sean O'Leary", "strokes": "", "email": "", "c": "1701878400000"},
    "/out": {"t": "good form", "p": MARIA},
    "/hours": {"l": "good farewell", "p": MARIA, "hours": "1.5", "reason": "away", "choice": "clock-hours"},
    "/answers": {"l": "good farewell", "p": MARIA, "b": "good ballot", "a_useful": "3", "a_next": "1", "a_say": "Hm"},
    "/record": {"l": "good farewell", "p": MARIA, "save": "1"},
    "/new": {"t": "good form", "q": "Zed", "last_name": "Zed", "first_name": "Zoe", "email": "", "sure": "1"},
    "/find": {"t": "good form", "q": "garcia"},
    "/me": {"t": "good form", "p": LAN},
    "/code": {"code": "good letters"},
    "/popup": {"l": "good guest", "p": LAN, "other": "1"},
    "/popup/new": {"l": "good guest", "p": LAN, "b": "good slip", "problem": "Noise", "data": "70 dB"},
    "/popup/join": {"l": "good guest", "p": LAN, "g": OTHER_PROBLEM},
    "/popup/ideas": {"l": "good guest", "p": LAN, "r": IDEAS, "b": "good slip", "ideas": "one"},
    "/popup/vote": {"l": "good voter", "p": LI, "r": VOTE, "b": "good dots", "d0": "1", "d1": "1"},
    "/popup/words": {
        "l": "good guest",
        "p": LAN,
        "how_might_we": "How?",
        "test": "t",
        "what": "w",
        "due": "2023-12-20",
    },
    "/poll": {"l": "good guest", "p": LAN},
    "/poll/answer": {
        "l": "good guest",
        "p": LAN,
        "r": POLL,
        "b": "good answer",
        "a_q1": "1",
        "a_q2_1": "1",
        "a_q3": "w",
    },
    "/ticket": {
        "l": "good farewell",
        "p": MARIA,
        "r": POLL,
        "b": "good answer",
        "a_q1": "2",
        "a_q2_1": "1",
        "a_q3": "w",
    },
    "/kiosk": {"pin": "good pin", "name": "left"},
    "/kiosk/leave": {"pin": "good pin"},
    "/kiosk/find": {"t": "good kiosk form", "q": "garcia"},
    "/kiosk/me": {"t": "good kiosk form", "p": ODD},
    "/kiosk/in": {"t": "good kiosk form", "p": SEAN, "signed": "Sean"},
    "/kiosk/out": {"t": "good kiosk form", "p": MARIA},
    "/kiosk/hours": {
        "l": "good farewell",
        "p": MARIA,
        "step": "fewer",
        "hours": "1",
        "reason": "out",
        "choice": "clock-hours",
    },
    "/kiosk/answers": {
        "l": "good farewell",
        "p": MARIA,
        "b": "good ballot",
        "a_useful": "3",
        "a_next": "1",
        "a_say": "Hm",
    },
    "/kiosk/ticket": {"l": "good farewell", "p": MARIA, "r": POLL, "b": "good answer", "a_q1": "2", "a_q3": "<zq>"},
    "/kiosk/new": {"t": "good kiosk form", "q": "Zed"},
    "/kiosk/add": {"t": "good kiosk form", "last_name": "Zed", "first_name": "Zoe", "sure": "1", "school": "Else"},
    "/wall": {"key": "good key"},
    "/wall/groups": {"key": "good key"},
    "/wall/protocol": {"key": "good key"},
    "/wall/poll": {"key": "good key"},
    "/alive": {},
    "/": {},
    "/{code}": {},
}
# What a POST there must hold before anything may be written; at a kiosk its cookie too.
NEEDED: Mapping[str, Mapping[str, str]] = {
    "/in": {"t": "good form"},
    "/out": {"t": "good form"},
    "/new": {"t": "good form"},
    "/hours": {"l": "good farewell"},
    "/answers": {"l": "good farewell", "b": "good ballot"},
    "/popup/new": {"l": "good guest", "b": "good slip"},
    "/popup/join": {"l": "good guest"},
    "/popup/ideas": {"l": "good guest", "b": "good slip"},
    "/popup/vote": {"l": "good voter", "b": "good dots"},
    "/popup/words": {"l": "good guest"},
    "/poll/answer": {"l": "good guest", "b": "good answer"},
    "/ticket": {"l": "good farewell", "b": "good answer"},
    "/kiosk/ticket": {"l": "good farewell", "b": "good answer"},
    **{f"/kiosk/{one}": {"t": "good kiosk form"} for one in ("find", "in", "out", "add")},
    "/kiosk/hours": {"l": "good farewell"},
    "/kiosk/answers": {"l": "good farewell", "b": "good ballot"},
}
FIELDS = sorted(
    {name for form in FORMS.values() for name in form} | {"c", "to", "skip", "show", "former_name", "certificate"}
)
ALIEN = "zq"  # begins every tag and attribute that only a visitor could have brought in
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "")
MARKUP = (
    "<zq>", '"><zq x="', "' zqa=1 onzq=1 x='", "</title><zq>", "</style><zq>", "</script><script>zq()</script>",
    "<!--", "]]>", "&lt;zq&gt;", "javascript:zq()", "{{ 7*7 }}", "{% zq %}", "%(time)s", "\ue000\ue001\ue002\ue003\ue004",
)  # fmt: skip
_NASTY = (
    *MARKUP, "", " ", "\x00", "\x1b[31m", "\u202eabc", "\ud7ff\U0001f600", "a\r\nSet-Cookie: zq=1", "=1+1", "x" * 300,
    "NEAR(x", '"', "*", "-1", "~", "a@b", "a@b.cc", "es", "en", "4.5", "0", "999", "1.1-2.2", "1.1-2.2_", "٣", "²",
    "clock-hours", "1", "garcia", "gar", "123456789012", MARIA, SEAN, ODD, "9" * 17_000, "//evil.example", "../in",
)  # fmt: skip


def tokens(day: Day) -> dict[str, str]:
    """Every secret of the day by what it is; `good …` opens something, all others must not."""
    now, chance, gate = day.clock(), day.around.chance, day.reception.gate
    other = Gate(SECRET, "another-event")
    kiosks, foreign = KioskPasses(SECRET, day.event), KioskPasses(SECRET, "another-event")
    code = code_at(SECRET, day.event, now)
    form, farewell = gate.admit(code, now, chance), gate.farewell(MARIA, now, chance)
    assert form is not None

    def cookie(passes: KioskPasses, hours: int = 0) -> str:
        made = passes.give("left", "en", now - timedelta(hours=hours), chance).partition(";")[0]
        return f"{kiosks.cookie}={made.partition('=')[2]}"

    return {
        "good form": form,
        "good farewell": farewell,
        "good ballot": gate.ballot(now, chance),
        "good kiosk": cookie(kiosks),
        "good kiosk form": kiosks.ticket(now, chance),
        "good code": code,
        "good letters": spoken_at(SECRET, day.event, now),
        "good pin": pin_of(SECRET, day.event),
        "good key": wall_key(SECRET, day.event),
        "good guest": gate.guest(LAN, now, chance),
        "good voter": gate.guest(LI, now, chance),
        "good slip": gate.slip(now, chance),
        "good dots": gate.dots(VOTE, now, chance),
        "good answer": gate.dots(POLL, now, chance),
        "guest of somebody else": gate.guest(SEAN, now, chance),
        "old guest": gate.guest(LAN, now - timedelta(days=1), chance),
        "guest of another event": other.guest(LAN, now, chance),
        "dots of another vote": gate.dots("round-3", now, chance),
        "slip of another event": other.slip(now, chance),
        "forged form": _turned(form),
        "form of another lateness": form + "~3",
        "later form": _later(gate, day),
        "old form": tickets.issue(SECRET, day.event, "form", now - 2 * LIFETIME, LIFETIME, chance),
        "other form": other.farewell(MARIA, now, chance),
        "form of another event": tickets.issue(SECRET, "another-event", "form", now, LIFETIME, chance),
        "form of another door": tickets.issue(bytes(32), day.event, "form", now, LIFETIME, chance),
        "farewell of somebody else": gate.farewell(SEAN, now, chance),
        "old farewell": gate.farewell(MARIA, now - timedelta(days=1), chance),
        "farewell of another event": other.farewell(MARIA, now, chance),
        "ballot of another event": other.ballot(now, chance),
        "forged ballot": _turned(gate.ballot(now, chance)),
        "kiosk of another event": cookie(foreign),
        "old kiosk": cookie(kiosks, hours=25),
        "forged kiosk": cookie(kiosks)[:-3] + "AAA",
        "kiosk form of another event": foreign.ticket(now, chance),
        "old code": code_at(SECRET, day.event, now - timedelta(hours=1)),
        "code of another event": code_at(SECRET, "another-event", now),
    }


def popups(day: Day) -> None:
    """Lan owns a problem whose group is asked for ideas, Li is in another that votes; both are in."""
    for person, problem, kind, asked in ((LAN, PROBLEM, "ideas", IDEAS), (LI, OTHER_PROBLEM, "vote", VOTE)):
        day.by_hand("sign-in", person=person)
        body = {"owner": "Odd <zq>", "problem": "P {{ 7*7 }} </title>", "data": "\u202e"}
        day.by_hand("popup-opened", entry_id=problem, body=body)
        day.by_hand("popup-joined", person=person, body={"popup": problem, "how": "owner", "reason": ""})
        options = [{"id": "a", "text": "<zq>"}, {"id": "b", "text": "b"}]
        asks: dict[str, Any] = {"popup": problem, "round": kind, "named": False, "dots": 2, "options": options}
        day.by_hand("popup-round", entry_id=asked, body=asks)


def poll(day: Day) -> None:
    """An exit ticket is open."""
    questions = [
        {"id": "q1", "kind": "choice", "ask": "<zq> {{ 7*7 }}", "options": ["<zq>", "b"]},
        {"id": "q2", "kind": "several", "ask": "Which?", "options": ["a", "</title>"]},
        {"id": "q3", "kind": "text", "ask": "\u202eWord"},
    ]
    day.by_hand("poll-opened", entry_id=POLL, body={"title": "T <zq>", "questions": questions, "exit": True})


def _later(gate: Gate, day: Day) -> str:
    """A ticket for a code that had left the screen for two minutes."""
    late = gate.admit(code_at(SECRET, day.event, day.clock() - timedelta(minutes=2)), day.clock(), day.around.chance)
    assert late is not None
    return late


def _turned(text: str) -> str:
    """The same with one letter changed."""
    return ("B" if text[0] == "A" else "A") + text[1:]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request before its secrets are put in: `form` is its pairs, each quoted or sent as it is."""

    path: str
    method: str
    form: Sequence[tuple[str, str | bytes, bool]]
    cookies: Sequence[str] = ()
    headers: Sequence[tuple[bytes, bytes]] = ()
    pieces: int = 1
    breaks_off: bool = False
    sent_as: bytes = b"application/x-www-form-urlencoded"
    extra: bytes = b""
    address: str | None = "192.168.1.50"

    def bytes_of(self, known: Mapping[str, str]) -> bytes:
        """The form as it goes over the wire."""
        pairs = [_quoted(name, known) + b"=" + _value(value, known, quoted) for name, value, quoted in self.form]
        return b"&".join([*pairs, self.extra] if self.extra else pairs)

    def may_write(self) -> bool:
        """Whether somebody who sends this may be believed. Of each field the first counts."""
        first = {name: value for name, value, _ in reversed(self.form)}
        needed = NEEDED.get(self.path)
        if (
            self.method != "POST"
            or needed is None
            or (self.path.startswith("/kiosk") and "good kiosk" not in self.cookies)
        ):
            return False
        # A later code opens the door too, with a doubt.
        given = {name: "good form" if first.get(name) == "later form" else first.get(name) for name in needed}
        return given == needed

    def scope(self, known: Mapping[str, str], form: bytes) -> dict[str, Any]:
        """As an ASGI server gives it."""
        cookies = "; ".join(known.get(one, one) for one in self.cookies).encode("utf-8", "replace")
        path = self.path.replace("{code}", known["good code"])
        posts = self.method == "POST"
        headers = [(b"host", b"door.test"), *self.headers]
        headers += [(b"cookie", cookies)] if cookies else []
        headers += [(b"content-type", self.sent_as)] if posts else []
        return {
            "type": "http", "method": self.method, "path": path, "raw_path": path.encode(), "root_path": "",
            "query_string": self.extra if posts else form, "scheme": "http", "http_version": "1.1",
            "client": (self.address, 50_000) if self.address else None, "server": ("192.168.1.20", 80),
            "headers": headers,
        }  # fmt: skip


def _quoted(text: str, known: Mapping[str, str]) -> bytes:
    return quote_plus(known.get(text, text)).encode()


def _value(value: str | bytes, known: Mapping[str, str], quoted: bool) -> bytes:
    if isinstance(value, bytes):
        return value
    return _quoted(value, known) if quoted else known.get(value, value).encode("utf-8", "replace")


def requests(secrets: Sequence[str]) -> st.SearchStrategy[Asked]:
    """Any request; `secrets` are the names that `tokens` gives. Most are forms that are nearly right."""
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    value = st.one_of(
        st.sampled_from(secrets), st.sampled_from(_NASTY), text, st.binary(max_size=20),
        st.sampled_from([b"%", b"%zz", b"%ff%fe", b"%0d%0aSet-Cookie:zq=1", b"\xff\xfe", b"%3Czq%3E", b"+%20+", b";"]),
    )  # fmt: skip
    name = st.one_of(st.sampled_from(FIELDS), st.sampled_from(MARKUP), text)
    pair = st.tuples(name, value, st.booleans())
    cookie = st.one_of(
        st.sampled_from(secrets), text, st.sampled_from(["language=es", "language=<zq>", "pass_=x", "kiosk_=a.b"])
    )
    header = st.tuples(
        st.sampled_from([b"accept-language", b"origin", b"referer", b"content-length", b"sec-fetch-site", b"x-zq",
                         b"host", b"transfer-encoding", b"x-forwarded-for", b"user-agent", b"cookie"]),
        st.one_of(st.binary(max_size=30), st.sampled_from([b"es", b"en;q=nan", b"null", b"9" * 40, b"-1", b"door.test",
                                                           b"http://evil.example", b"cross-site", b"same-origin"])),
    )  # fmt: skip
    path = st.one_of(
        st.sampled_from(sorted(FORMS)), st.sampled_from(sorted(NEEDED)),
        st.sampled_from(["/x", "/in/", "//in", "/../in", "/kiosk/", "/kiosk/zz", "/WRONG", "/%ff", "/<zq>", '/"onzq=1'])
        | text.map(lambda one: "/" + one),
    )  # fmt: skip
    return path.flatmap(lambda one: _requests(one, pair, cookie, header))


def _requests(
    path: str, pair: st.SearchStrategy[Any], cookie: st.SearchStrategy[str], header: st.SearchStrategy[Any]
) -> st.SearchStrategy[Asked]:
    good = FORMS.get(path, {})
    wanted = [(name, value, True) for name, value in good.items()]
    # One or two fields of this very form are another thing; of each name the first counts.
    own = st.tuples(st.sampled_from([*good, "to"]), pair.map(lambda one: one[1]), st.sampled_from([True, True, False]))
    nearly = st.lists(own, min_size=1, max_size=2).map(lambda odd: [*odd, *wanted])
    at_kiosk, posts = path.startswith("/kiosk"), path in NEEDED or path in ("/kiosk/me", "/kiosk/new", "/record")
    proper = ["POST"] if posts else ["GET", "POST"] if path in ("/new", "/kiosk", "/kiosk/leave") else ["GET"]
    return st.builds(
        Asked,
        path=st.just(path),
        method=st.one_of(*[st.sampled_from(proper)] * 4, st.sampled_from(METHODS)),
        form=st.one_of(*[nearly] * 5, st.lists(pair, max_size=8), st.just([*wanted, *wanted]), st.just(wanted * 20)),
        cookies=st.one_of(*[st.just(["good kiosk"] if at_kiosk else [])] * 3, st.lists(cookie, max_size=3)),
        headers=st.one_of(*[st.just([])] * 3, st.lists(header, max_size=3)),
        pieces=st.sampled_from([1, 1, 1, 2, 7]),
        breaks_off=st.sampled_from([False] * 19 + [True]),
        sent_as=st.sampled_from([b"application/x-www-form-urlencoded"] * 16 + [b"text/plain", b"", b"\xff",
                                 b"multipart/form-data; boundary=zq", b"application/x-www-form-urlencoded; charset=zq"]),
        extra=st.one_of(*[st.just(b"")] * 3, st.binary(max_size=30)),
        address=st.sampled_from(["192.168.1.50", "127.0.0.1", "::1", "zq", None]),
    )  # fmt: skip
