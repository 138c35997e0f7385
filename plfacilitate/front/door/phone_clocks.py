"""The phones' clocks, which tell when the laptop's is wrong.

Owns what they said and when that is reason for a doubt. Never changes a time: the laptop's clock counts, and a person
corrects it.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from statistics import median

from plfacilitate.core.entry import stable_id
from plfacilitate.core.refusal import Refusal, Refused
from plfacilitate.front.door.reception import Reception
from plfacilitate.front.door.visits import Answer, Handler, Visit

FIELD = "c"  # milliseconds since 1970, written into the form by the page's script as it is sent
LEAST_PHONES = 3
OFF_SECONDS = 120  # phones set themselves by their network: minutes are no accident
MOST_PHONES = 25  # the newest; who came long before the laptop's clock was put right has no say any more
_MILLISECONDS = re.compile(r"[0-9]{10,15}", re.ASCII)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class PhoneClocks:
    """One a door. `heard`: phone → by how many seconds its clock is ahead of the laptop's."""

    desk: Reception
    heard: OrderedDict[str, float] = field(default_factory=OrderedDict)
    said: bool = False

    def listening(self, handler: Handler) -> Handler:
        """The same page; what its form says of the phone's clock is heard."""

        async def page(visit: Visit) -> Answer:
            answer = await handler(visit)
            if not self.said and answer.status == 200 and FIELD in visit.fields:
                await self._hear(visit)
            return answer

        return page

    async def _hear(self, visit: Visit) -> None:
        now = self.desk.hand.clock()
        admission = self.desk.gate.check(visit.fields.get("t", ""), now)
        said = visit.fields[FIELD]
        if isinstance(admission, Refusal) or not _MILLISECONDS.fullmatch(said):
            return
        # A phone is known by whoever used it first, so that one that signs in several people has one say.
        phone = self.desk.holder(visit) or visit.fields.get("p", "") or admission.mark
        self.heard[phone] = int(said) / 1000 - now.timestamp()
        self.heard.move_to_end(phone)
        while len(self.heard) > MOST_PHONES:
            self.heard.popitem(last=False)
        minutes = off(list(self.heard.values()))
        if minutes:
            self.said = True
            await self._flag(minutes)

    async def _flag(self, minutes: int) -> None:
        """One doubt about the whole event, however often the door begins anew."""
        event = self.desk.room.event_id
        way = "behind" if minutes > 0 else "ahead"
        count = abs(minutes)
        body = {
            "code": "laptop-clock",
            "text": f"The phones say that this laptop's clock is {count} {'minute' if count == 1 else 'minutes'} {way}.",
            "about": [],
        }
        hand = replace(self.desk.hand, means="system")
        try:
            draft = hand.draft("flag", event=event, body=body, entry_id=stable_id("door", event, "laptop-clock"))
            await self.desk.writer.append([draft])
        except Refused as no:
            self.said = False
            log.warning("a doubt about the clock could not be saved: %s", no)


def off(ahead: list[float]) -> int:
    """By how many minutes the phones are ahead of the laptop (negative: behind); 0 = no reason to doubt it."""
    if len(ahead) < LEAST_PHONES:
        return 0
    middle = median(ahead)
    agreeing = sum(abs(one) > OFF_SECONDS and (one > 0) is (middle > 0) for one in ahead)
    return round(middle / 60) if abs(middle) > OFF_SECONDS and agreeing >= LEAST_PHONES else 0
