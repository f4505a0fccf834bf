"""How windows word moments: how long ago something was, and what the clock shows."""

from datetime import datetime
from typing import Literal, cast

from tofan_pos.thai.dates import BANGKOK, format_date, format_time
from tofan_pos.words import Words


def age_said(since: datetime, now: datetime, say: Words) -> str:
    """Say how long ago something was, in the largest unit that fits."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return say("just now")
    if minutes < 60:
        return say("{n} min", n=minutes)
    hours = minutes // 60
    if hours < 48:
        return say("{n} h", n=hours)
    return say("{n} days", n=hours // 24)


def clock_said(now: datetime, language: str) -> str:
    """Write the day and time as people at the counter read it."""
    day = now.astimezone(BANGKOK).date()
    lang = cast("Literal['th', 'en']", language)
    return f"{format_date(day, language=lang, style='short')}  {format_time(now)}"
